package potential

import (
	"math"
	"strconv"

	"muchan/parcels"
	"muchan/scoring"
)

// reasons name why something is missing or left out.
var reasons = map[string]scoring.Text{
	noRule:     {Zh: "无适用的控制指标，无法判断是否工业用地", En: "no control indicators apply, so nobody can say whether the land is industrial"},
	noUse:      {Zh: "用途未登记，无法判断是否工业用地", En: "the use is not on file, so nobody can say whether the land is industrial"},
	otherUse:   {Zh: "非工业用地", En: "not industrial land"},
	notOurs:    {Zh: "批而未供", En: "not supplied yet"},
	takenBack:  {Zh: "已收储", En: "taken back"},
	noLand:     {Zh: "缺用地面积", En: "the land area is not known"},
	noFloor:    {Zh: "缺建筑面积", En: "no floor area is on file"},
	partFloor:  {Zh: "部分建筑缺分层面积，潜力会被高估，不计", En: "some buildings have no storeys on file; the gain would be overstated"},
	noLimit:    {Zh: "无容积率上限：合同未约定，也无适用的提容文件", En: "no limit: the contract names none and no document on raising applies"},
	noGround:   {Zh: "缺建筑基底、构筑物和堆场面积", En: "footprints, structures and yards are not on file"},
	noTarget:   {Zh: "无适用的建筑系数指标", En: "no building coefficient applies"},
	noMedian:   {Zh: "园区内无可参照的宗地", En: "the park has no parcel to refer to"},
	isBuilding: {Zh: "在建，已建面积未登记", En: "under construction; what stands is not on file"},
}

// Reason names why something is missing or left out; empty for none.
func Reason(id string) scoring.Text { return reasons[id] }

// groupNames are for readers.
var groupNames = map[Group]scoring.Text{
	Stock: {Zh: "存量", En: "built"}, Unbuilt: {Zh: "已供未建成", En: "unbuilt"},
	Idle: {Zh: "疑似闲置", En: "suspected idle"}, Left: {Zh: "不计", En: "left out"},
}

// Title names a group in both languages.
func (g Group) Title() scoring.Text { return groupNames[g] }

// limitNames are for readers.
var limitNames = map[string]scoring.Text{
	ByContract: {Zh: "出让合同约定的容积率上限", En: "maximum of the contract"},
	ByStock:    {Zh: "存量工业用地提容文件的上限", En: "maximum of the document on stock industrial land"},
	ByControl:  {Zh: "控制指标的容积率上限", En: "maximum of the control indicators"},
}

// LimitTitle names a limit in both languages; empty for none.
func LimitTitle(id string) scoring.Text { return limitNames[id] }

// Explain says where a parcel's areas come from: floor_gain and footprint_gain. It holds no money and no firm's figure. p is a
// position in Parcels.
func (o *Potential) Explain(p int) []scoring.Explanation {
	return []scoring.Explanation{o.explainFloor(p), o.explainFootprint(p)}
}

func (o *Potential) explainFloor(p int) scoring.Explanation {
	out, ps, parcel := &o.Parcels[p], &o.scores.Parcels[p], o.scores.Snapshot().Parcels.At(p)
	e := scoring.Explanation{
		ID: "floor_gain", Title: "可增建筑面积（拔高）", TitleEn: "Floor area to gain", Unit: "m²", Value: out.FloorGainM2,
		Formula: "max(0, 容积率上限 × 用地面积 − 计容建筑面积)", FormulaEn: "max(0, limit of the floor-area ratio × land − floor area as the ratio counts it)",
		Inputs: []scoring.Operand{
			o.land(p),
			scoring.NumberOperand("计容建筑面积", "Floor area as the ratio counts it", out.standing(ps.FARM2), "m²", 2, ""),
			scoring.NumberOperand("建筑面积", "Floor area", out.standing(ps.FloorM2), "m²", 2, ""),
			scoring.NumberOperand(limitNames[ByContract].Zh, limitNames[ByContract].En, out.ContractFAR, "", 4, "parcels "+parcel.Code+" max_far"),
			scoring.NumberOperand(limitNames[ByStock].Zh, limitNames[ByStock].En, out.StockFAR, "", 4, ""),
			scoring.NumberOperand(limitNames[ByControl].Zh, limitNames[ByControl].En, out.ControlFAR, "", 4, ""),
		},
	}
	o.nameRule(&e, p)
	if v, ok := out.LimitFAR.Get(); ok {
		name := limitNames[out.Binding]
		e.AddNote(scoring.Text{Zh: "起作用的上限：" + name.Zh + " " + scoring.NumberText(v, 4), En: "the limit that binds: " + name.En + ", " + scoring.NumberText(v, 4)})
	}
	e.AddNote(reasons[out.Why])
	e.AddNote(reasons[out.FloorMissing])
	o.noteFloor(&e, out)
	if out.Binding == ByStock {
		e.AddNote(o.rules[p].stock.Stock.Provisos(o.scores.Parcels[p].Band))
	}
	return e
}

// standing is what was counted as standing: zero where nothing is on file and the land is not built on.
func (out *Parcel) standing(v parcels.Opt[float64]) parcels.Opt[float64] {
	if !v.OK() && out.FloorGainM2.OK() {
		return parcels.Some(0.0)
	}
	return v
}

// ground is the coefficient that was counted, likewise.
func (out *Parcel) ground() parcels.Opt[float64] {
	if !out.Coefficient.OK() && out.FootprintGainM2.OK() {
		return parcels.Some(0.0)
	}
	return out.Coefficient
}

// nameRule names the document behind the limit.
func (o *Potential) nameRule(e *scoring.Explanation, p int) {
	switch out, r := &o.Parcels[p], o.rules[p]; out.Binding {
	case ByContract:
		e.Clause = "国有建设用地使用权出让合同：容积率"
	case ByStock:
		ref := r.stock.Ref()
		e.Rule, e.Clause = &ref, r.stock.Stock.Clause
	case ByControl:
		ref := r.control.Ref()
		e.Rule, e.Clause = &ref, "容积率"
	}
}

func (o *Potential) noteFloor(e *scoring.Explanation, out *Parcel) {
	gain, ok := out.FloorGainM2.Get()
	if !ok {
		return
	}
	if plain, _ := out.PlainGainM2.Get(); math.Abs(plain-gain) >= 0.01 {
		e.AddNote(scoring.Text{Zh: "层高超过 8 米的层加倍计容；如不加倍，可增 " + scoring.NumberText(plain, 2) + " m²", En: "storeys above 8 m count twice; counted once the gain would be " + scoring.NumberText(plain, 2) + " m²"})
	}
	if out.Binding == ByStock {
		within := out.ContractGainM2.Or(0)
		e.AddNote(scoring.Text{
			Zh: "合同范围内可增 " + scoring.NumberText(within, 2) + " m²，其余须按该文件办理提容并符合园区单元控规",
			En: scoring.NumberText(within, 2) + " m² of it within the contract; the rest needs that document's procedure and the unit plan",
		})
	}
	if out.Open {
		e.AddNote(scoring.Text{Zh: "该档为“以上”，实际上限由单元控规确定，此处为下限", En: "the band is open upward and the unit plan decides: this is a least value"})
	}
	if out.FAR.Or(0) > out.LimitFAR.Or(0) {
		e.AddNote(scoring.Text{Zh: "现状容积率已超过上限", En: "the present ratio exceeds the limit already"})
	}
	if !out.FAR.OK() {
		e.AddNote(scoring.Text{Zh: "供而未用，无建筑记录，现状计 0", En: "supplied and not used, no building on file: nothing stands"})
	}
	if out.Group != Stock {
		e.AddNote(scoring.Text{Zh: out.Group.Title().Zh + "，单独合计", En: out.Group.Title().En + "; added up apart"})
	}
	e.AddNote(scoring.Text{Zh: "未计控规限制", En: "limits of the control plan are not in it"})
}

func (o *Potential) explainFootprint(p int) scoring.Explanation {
	out := &o.Parcels[p]
	e := scoring.Explanation{
		ID: "footprint_gain", Title: "可增占地（种密）", TitleEn: "Footprint to gain", Unit: "m²", Value: out.FootprintGainM2,
		Formula:   "max(0, (建筑系数指标 − 现状建筑系数) × 用地面积)",
		FormulaEn: "max(0, (coefficient to reach − present coefficient) × land)",
		Inputs: []scoring.Operand{
			o.land(p),
			scoring.NumberOperand("建筑系数指标", "Coefficient to reach", percent(out.Target), "%", 4, ""),
			scoring.NumberOperand("现状建筑系数", "Present coefficient", percent(out.ground()), "%", 4, ""),
		},
	}
	if r := o.rules[p]; r.control != nil && out.Target.OK() {
		ref := r.control.Ref()
		e.Rule = &ref
		for i := range r.control.Control.Rows {
			if row := &r.control.Control.Rows[i]; row.Indicator == "coefficient" {
				e.Clause = row.Clause
			}
		}
		e.AddNote(scoring.Text{Zh: "指标为至少应达到的建筑系数；未见密度上限", En: "the coefficient is what must be reached at least; no upper limit of density is on file"})
	}
	e.AddNote(reasons[out.Why])
	e.AddNote(reasons[out.FootMissing])
	return e
}

// ExplainWorth says where a parcel's money comes from: output and tax of a year by both conversions. It is for analysts.
func (o *Potential) ExplainWorth(p int) []scoring.Explanation {
	out, m := &o.Parcels[p], o.park(o.scores.Snapshot().Parcels.At(p).Park).Medians
	return []scoring.Explanation{
		out.explainWorth("output", scoring.Text{Zh: "产值", En: "output"}, &m, m.Output, out.Worth.OutputByLand, out.Worth.OutputByFloor),
		out.explainWorth("tax", scoring.Text{Zh: "税收", En: "tax"}, &m, m.Tax, out.Worth.TaxByLand, out.Worth.TaxByFloor),
	}
}

func (out *Parcel) explainWorth(id string, what scoring.Text, all *Medians, m Median, byLand, byFloor parcels.Opt[parcels.Wan]) scoring.Explanation {
	v, ok := byLand.Get()
	e := scoring.Explanation{
		ID: "worth_" + id, Title: "新增面积按园区中位亩产折算年" + what.Zh, TitleEn: "A year's " + what.En + " of the gain at the park's median", Unit: "万元",
		Formula:   "可增建筑面积 ÷ 亩均建筑面积中位数 × 亩均" + what.Zh + "中位数",
		FormulaEn: "floor area to gain ÷ median floor area per mu × median " + what.En + " per mu",
		Inputs: []scoring.Operand{
			scoring.NumberOperand("可增建筑面积", "Floor area to gain", out.FloorGainM2, "m²", 2, ""),
			scoring.NumberOperand("亩均建筑面积中位数", "Median floor area per mu", all.FloorPerMu, "m²/亩", 4, ""),
			scoring.NumberOperand("亩均"+what.Zh+"中位数", "Median "+what.En+" per mu", m.PerMu, "万元/亩", 6, ""),
			scoring.NumberOperand("单位建筑面积"+what.Zh+"中位数", "Median "+what.En+" per m² of floor", m.PerM2, "万元/m²", 8, ""),
			{Name: "参照宗地数", NameEn: "Parcels referred to", Value: strconv.Itoa(m.Parcels)},
		},
	}
	if ok {
		e.Value = parcels.Some(v.Float())
	}
	if floor, has := byFloor.Get(); has {
		e.AddNote(scoring.Text{Zh: "按单位建筑面积折算为 " + floor.String() + " 万元", En: "by floor area it is " + floor.String() + " 万元"})
		e.AddNote(scoring.Text{Zh: "折算值，不是预测", En: "a conversion, not a forecast"})
	}
	e.AddNote(reasons[out.FloorMissing])
	if out.FloorGainM2.OK() && !ok {
		e.AddNote(reasons[noMedian])
	}
	return e
}

// park returns a park's sums.
func (o *Potential) park(code string) *Park {
	for k := range o.Parks {
		if o.Parks[k].Code == code {
			return &o.Parks[k]
		}
	}
	return &Park{}
}

func (o *Potential) land(p int) scoring.Operand {
	source := " shape"
	if o.scores.Parcels[p].LandIsTitle {
		source = " title_area_m2"
	}
	return scoring.NumberOperand("用地面积", "Land", o.Parcels[p].LandM2, "m²", 2, "parcels "+o.scores.Parcels[p].Code+source)
}

func percent(o parcels.Opt[float64]) parcels.Opt[float64] {
	if v, ok := o.Get(); ok {
		return parcels.Some(100 * v)
	}
	return o
}
