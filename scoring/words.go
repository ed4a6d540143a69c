package scoring

import "muchan/parcels"

// Text is one expression in both languages.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// words are the names that explanations use for what scores hold as identifiers, by kind of identifier. Bands, overrides and
// groups are named by their rule sets.
var words = map[string]map[string]Text{
	"effect": {
		"not_rated":    {"不评级", "not rated"},
		"exempt":       {"免于评价", "exempt"},
		"follow_owner": {"随业主定级", "follows the owner's class"},
		"add_points":   {"加减分", "points added or deducted"},
		"cap_class":    {"最高评为", "at most"},
		"floor_class":  {"最低评为", "at least"},
		"set_class":    {"直接评为", "set to"},
	},
	"reason": {
		"no_rule_set":       {"无适用的评价方案", "no evaluation set applies"},
		"scale_unknown":     {"规上规下未登记", "above or below scale is not on file"},
		"no_cohort":         {"方案未设该评价组", "the set has no such cohort"},
		"no_figures":        {"本年度无数据", "no figures for the year"},
		"within_contract":   {"用地均在合同约定建设期内", "all its land is within the contractual building period"},
		ReasonNoOccupancy:   {"本年度无占用", "occupied nothing in the year"},
		ReasonUnknownParcel: {"占用的宗地不在库", "occupied a parcel that is not on file"},
		ReasonNotAllYear:    {"部分时间不在园", "away for a part of the year"},
	},
	"cohort": {
		"above_scale":       {"规上", "above scale"},
		"below_scale":       {"规下", "below scale"},
		"below_scale_small": {"规下（小面积）", "below scale, little land"},
		"tenant":            {"承租企业", "tenants"},
		"land":              {"用地达到界限", "land from the limit up"},
		"land_small":        {"用地小于界限", "land below the limit"},
	},
	"state": entitled("parcels.state", map[string]string{
		parcels.StateApproved: "approved, not supplied", parcels.StateSupplied: "supplied, not used", parcels.StateBuilding: "under construction",
		parcels.StateUnused: "built, not used", parcels.StatePartial: "partly built", parcels.StateInUse: "in use",
		parcels.StateLow: "low efficiency", parcels.StateReclaimed: "taken back",
	}),
	"idle": {
		"":            {"否", "no"},
		IdleUnstarted: {"第一类：未动工", "type 1: not started"},
		IdleStalled:   {"第二类：动工后停工", "type 2: started and standing still"},
		IdleWarning:   {"临期预警", "due soon"},
	},
	"start": {
		StartFiled:     {"已填实际动工日期", "an actual start is on file"},
		StartCompleted: {"有竣工记录", "completion is on file"},
		StartProduced:  {"有投产记录", "production is on file"},
		StartBuilding:  {"地上有合同或交地以后的建筑", "a building from after the contract or the hand-over stands here"},
		StartState:     {"登记状态表明已动工", "the register's state says that building began"},
		StartOutput:    {"在此且别无用地的企业已报产值", "a firm here that has no other land filed output"},
	},
	"stage": {
		StageWarning:    {"临期预警", "early warning"},
		StageFee:        {"征费阶段", "fee stage"},
		StageTakeBack:   {"收回阶段", "take-back stage"},
		StageGovernment: {"政府原因处置", "disposal for government cause"},
		StageSuspected:  {"疑似闲置", "suspected idle"},
	},
	"finding": {
		FindSignedUnbuilt: {"疑似已签约未建设", "suspected: signed and not built"},
		FindIdleUnstarted: {"疑似闲置（第一类：未动工）", "suspected idle land, type 1: not started"},
		FindIdleStalled:   {"疑似闲置（第二类：动工后停工）", "suspected idle land, type 2: started and standing still"},
		FindUnfinished:    {"疑似低效：开发未完成", "suspected low efficiency: development not finished"},
		FindBuiltUnused:   {"疑似建而未用", "suspected: built and not used"},
		FindPartlyBuilt:   {"疑似未满额建设", "suspected: built below the agreed amount"},
		FindLowOutput:     {"疑似低效：产出效率差", "suspected low efficiency: poor yield"},
		FindLowIntensity:  {"疑似低效：集约程度低", "suspected low efficiency: loosely built"},
		FindBadFaith:      {"疑似低效：诚信差", "suspected low efficiency: bad faith"},
		FindLowBenefit:    {"疑似低效：亩均效益低于下限", "suspected low efficiency: benefit below the lowest bound"},
	},
	"limb": {
		"signed":        {"合同已签或已交地，未见动工，闲置年限未满", "signed or handed over, no start on file, and the idle year is not full"},
		"unstarted":     {"约定动工日期已满闲置年限而未动工", "not started by the end of the idle period after the agreed start"},
		"developed":     {"已开发面积占比低于下限且停工满期", "developed share below the limit and work stopped for the full period"},
		"invested":      {"已投资额占比低于下限且停工满期", "invested share below the limit and work stopped for the full period"},
		"unfinished":    {"开发面积和投资占比均不低于闲置下限，未竣工且停工满期", "developed and invested beyond the limits of idle land, not completed, and work stopped for the full period"},
		"vacant":        {"已竣工，空置建筑面积占比和时间均达提示参数", "completed, and vacant in share and time as the parameters say"},
		"floor_agreed":  {"建筑面积低于合同约定总量", "floor area below the agreed total"},
		"far_agreed":    {"容积率低于合同约定下限", "floor-area ratio below the contract's least"},
		"state_partial": {"登记状态为未满额建设，缺面积可比", "the register says partly built; no areas on file to compare"},
		"not_producing": {"已建成，约定投产日期已过而未投产", "built, and not producing after the agreed day"},
		"no_output":     {"本年度产值为零", "the year's output on file is zero"},
		"no_tax":        {"连续多年无税收", "no tax for years running"},
		"tax_agreed":    {"亩均税收低于合同约定", "tax per mu below the agreed"},
		"far_room":      {"正常生产，容积率远低于合同上限", "in normal production, floor-area ratio far below the contract's upper limit"},
		"benefit":       {"亩均经济效益低于最低档上限", "benefit per mu below the end of the lowest band"},
		"small":         {"用地面积小于小面积界限（按一般工业项目）", "less land than the limit for small land (taken as a general project)"},
	},
	"not_neighbour": {
		FindSignedUnbuilt: {"未满闲置年限，故非闲置第一类；未动工，故非第二类", "not idle type 1: the idle year is not full; not type 2: nothing was started"},
		FindIdleUnstarted: {"已满闲置年限，故不止于已签约未建设；未动工，故非第二类", "more than signed and unbuilt: the idle year is full; not type 2: nothing was started"},
		FindIdleStalled:   {"已动工，故非第一类；低于开发或投资下限，故非开发未完成", "not type 1: work began; not development unfinished: developed or invested below the limit"},
		FindUnfinished:    {"开发和投资均不低于闲置下限，故非闲置第二类；未竣工，故非未满额建设", "not idle type 2: neither share is below its limit; not partly built: nothing is completed"},
		FindBuiltUnused:   {"以空置面积和时间判断；产出另行判断", "judged by vacant area and time; yield is judged apart"},
		FindPartlyBuilt:   {"未达约定建设量，故不按产出效率差或集约程度低归类", "below the agreed amount, so neither poor yield nor loosely built"},
		FindLowOutput:     {"已按约定建成，故非未满额建设", "built as agreed, so not partly built"},
		FindLowIntensity:  {"正常生产，故非产出效率差；达约定下限，故非未满额建设", "in production, so not poor yield; the agreed amount stands, so not partly built"},
		FindLowBenefit:    {"按存量用地文件分档，与县级类型并列", "by the band of the stock-land document, beside the county's types"},
	},
	"why_not": {
		"reclaimed":       {"已收储", "taken back"},
		"bad_faith":       {"承租企业是否在本地登记纳税不在库，无法判断", "not decidable: whether tenants are registered for tax locally is not on file"},
		"built":           {"已有建成建筑或竣工、投产记录", "a building stands, or completion or production is on file"},
		"unbuilt":         {"尚无建成建筑", "no building stands"},
		FindSignedUnbuilt: {"无已签约或交地记录、已动工，或登记状态非未用", "no contract or hand-over on file, work began, or the register does not say unused"},
		FindIdleUnstarted: {"已动工、缺约定动工和交地日期，或未满闲置年限", "work began, neither an agreed start nor a hand-over is on file, or the idle period is not full"},
		FindIdleStalled:   {"未停工满期、未低于下限，或缺面积和投资数据", "not stopped for the full period, not below the limits, or areas and investment are not on file"},
		FindUnfinished:    {"未停工满期，或面积、投资不全而无法判断", "not stopped for the full period, or not decidable because areas or investment are missing"},
		FindBuiltUnused:   {"空置面积占比或时间未达提示参数", "vacant share or time below the parameters"},
		FindPartlyBuilt:   {"未到约定竣工日，或达约定建设量，或无约定可比", "the agreed completion is yet to come, the agreed amount stands, or nothing was agreed"},
		FindLowOutput:     {"未见不投产、零产值、连续无税或低于约定税收；数据缺失不作推定；半停产数据不在库", "no sign of standing still, zero output, untaxed years or less than the agreed tax; missing figures prove nothing; half-stopped production is not on file"},
		FindLowIntensity:  {"容积率未低于提示比例，或缺上限、产值数据", "the floor-area ratio is not below the share, or the upper limit or output is not on file"},
		FindLowBenefit:    {"不适用该文件、缺数据，或不在最低档", "the document does not apply, figures are missing, or the band is a higher one"},
	},
	"metric": {
		"fai_per_mu":         {"投资强度", "investment intensity"},
		"tax_per_mu":         {"亩均税收", "tax per mu"},
		"output_per_mu":      {"亩均产值", "output per mu"},
		"revenue_per_mu":     {"亩均营业收入", "revenue per mu"},
		"value_added_per_mu": {"亩均增加值", "value added per mu"},
		"benefit_per_mu":     {"亩均经济效益", "benefit per mu"},
		"far":                {"容积率", "floor-area ratio"},
		"density":            {"建筑密度", "building density"},
		"coefficient":        {"建筑系数", "building coefficient"},
	},
	"exit_group": {"investment": {"投资强度", "investment"}, "yield": {"亩产", "yield"}, "density": {"密度强度", "density"}},
	"aggregate": {
		"mean": {"各年平均", "mean of the years"},
		"min":  {"各年最低", "lowest of the years"},
		"each": {"逐年均须达到（取最低年）", "every year by itself (the lowest counts)"},
		// where lower is better
		"each_lower": {"逐年均须达到（取最高年）", "every year by itself (the highest counts)"},
	},
	"tenure": entitled("occupancies.tenure", map[string]string{"own": "own", "lease": "leased"}),
	"class": {
		string(ClassA): {"A", "A"}, string(ClassB): {"B", "B"}, string(ClassC): {"C", "C"}, string(ClassD): {"D", "D"},
		string(ClassNotRated): {"不评级", "not rated"}, string(ClassNone): {"", ""},
	},
	"answer": {"yes": {"是", "yes"}, "no": {"否", "no"}},
}

// entitled joins the Chinese names that parcels gives an enumeration with the English ones used here.
func entitled(column string, english map[string]string) map[string]Text {
	named := make(map[string]Text, len(english))
	for id, en := range english {
		named[id] = Text{parcels.EnumTitles[column][id], en}
	}
	return named
}

// wordOf names an identifier. One that is not in the table stands for itself: only a rule set of another edition can bring it in.
func wordOf(kind, id string) Text {
	if w, ok := words[kind][id]; ok {
		return w
	}
	return Text{id, id}
}

// Word names an identifier of a kind, such as a land state, in both languages. One that has no name stands for itself.
func Word(kind, id string) Text { return wordOf(kind, id) }

// Title names the type of a suspicion in Chinese and English; both are empty when there is none.
func (i Idle) Title() (zh, en string) {
	if i.Type == "" {
		return "", ""
	}
	w := wordOf("idle", i.Type)
	return w.Zh, w.En
}

// MetricTitle names a metric such as fai_per_mu in both languages.
func MetricTitle(id string) Text { return wordOf("metric", id) }

// between puts a mark between two words; an empty one leaves the other alone.
func (w Text) between(mark, markEn string, next Text) Text {
	switch {
	case w == Text{}:
		return next
	case next == Text{}:
		return w
	}
	return Text{w.Zh + mark + next.Zh, w.En + markEn + next.En}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
