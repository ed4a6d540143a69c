package parcels

// Event (事项) happened to a firm or a parcel and is proved by a document. Rules turn its kind into effects.
type Event struct {
	ID        string
	USCC      string // the firm, or
	Parcel    string // the parcel; at least one of both is present
	Kind      string // see EventKinds
	Document  string // number of the document that proves it
	Note      string
	On        Date
	ValidFrom Date // an effect that lasts: first day
	ValidTo   Date // exclusive
}

// EventKinds lists what the rules know: 安全生产事故, 重大环境责任事故, 重大食品安全事故, 节能减排任务未完成, 处罚, 通知, 违法建设,
// 未报送数据, 免于评价, 加分, 转租, 异议, 现场核查空置, 闲置调查, 闲置认定; and the firm's tags (see FirmTags), given for a time: 小升规 of a
// year, 高新技术 until its certificate ends.
var EventKinds = []string{
	"safety_accident", "environment_accident", "food_accident", "target_missed", "penalty", "notice",
	"illegal_building", "not_filed", "exempted", "bonus", "sublet", "objection", "vacancy_check", "idle_inquiry", "idle_determined",
	"utility", "newly_above_scale", "major_project", "policy_move", "listed", "specialised", "champion", "high_tech", "micro_park", "logistics", "research",
}

// Target (规划指标) is a figure the plan sets.
type Target struct {
	ID         string
	Name       string
	NameEn     string
	Unit       string
	BaseYear   int
	Base       Opt[float64]
	TargetYear int
	Target     Opt[float64]
	GrowthPct  Opt[float64] // planned mean yearly growth, percent
	Binding    Opt[bool]    // 约束性, else 预期性
	Source     string       // document and place in it
	Note       string       // contradictions and readings
}

// TargetValue (指标实际值) is what an indicator of the plan came to in a year, as a bulletin or report says.
type TargetValue struct {
	Target string // ID of the target
	Year   int
	Value  Opt[float64] // in the target's unit
	Source string       // document and place in it
	Note   string
}

// EventTable lists the columns of Event.
var EventTable = Table[Event]{
	Name: "events", Title: "事项", TitleEn: "Events",
	Columns: []Column[Event]{
		{Name: "id", Title: "编号", TitleEn: "ID", Key: true, Required: true, Field: func(e *Event) any { return &e.ID }},
		{Name: "uscc", Title: "统一社会信用代码", TitleEn: "Credit code", Field: func(e *Event) any { return &e.USCC }},
		{Name: "parcel", Title: "宗地代码", TitleEn: "Parcel code", Field: func(e *Event) any { return &e.Parcel }},
		{Name: "kind", Title: "类型", TitleEn: "Kind", Required: true, Enum: EventKinds, Field: func(e *Event) any { return &e.Kind }},
		{Name: "document", Title: "文号", TitleEn: "Document", Field: func(e *Event) any { return &e.Document }},
		{Name: "note", Title: "说明", TitleEn: "Note", Field: func(e *Event) any { return &e.Note }},
		{Name: "on", Title: "日期", TitleEn: "Date", Required: true, Field: func(e *Event) any { return &e.On }},
		{Name: "valid_from", Title: "生效日期", TitleEn: "Valid from", Field: func(e *Event) any { return &e.ValidFrom }},
		{Name: "valid_to", Title: "失效日期", TitleEn: "Valid to", Field: func(e *Event) any { return &e.ValidTo }},
	},
}

// TargetTable lists the columns of Target.
var TargetTable = Table[Target]{
	Name: "targets", Title: "规划指标", TitleEn: "Plan targets",
	Columns: []Column[Target]{
		{Name: "id", Title: "编号", TitleEn: "ID", Key: true, Required: true, Field: func(t *Target) any { return &t.ID }},
		{Name: "name", Title: "指标名称", TitleEn: "Indicator (Chinese)", Required: true, Field: func(t *Target) any { return &t.Name }},
		{Name: "name_en", Title: "英文名称", TitleEn: "Indicator", Field: func(t *Target) any { return &t.NameEn }},
		{Name: "unit", Title: "单位", TitleEn: "Unit", Field: func(t *Target) any { return &t.Unit }},
		{Name: "base_year", Title: "基期年", TitleEn: "Base year", Field: func(t *Target) any { return &t.BaseYear }},
		{Name: "base", Title: "基期值", TitleEn: "Base", Field: func(t *Target) any { return &t.Base }},
		{Name: "target_year", Title: "目标年", TitleEn: "Target year", Field: func(t *Target) any { return &t.TargetYear }},
		{Name: "target", Title: "目标值", TitleEn: "Target", Field: func(t *Target) any { return &t.Target }},
		{Name: "growth_pct", Title: "年均增长", TitleEn: "Yearly growth", Unit: "%", Field: func(t *Target) any { return &t.GrowthPct }},
		{Name: "binding", Title: "约束性", TitleEn: "Binding", Field: func(t *Target) any { return &t.Binding }},
		{Name: "source", Title: "出处", TitleEn: "Source", Field: func(t *Target) any { return &t.Source }},
		{Name: "note", Title: "备注", TitleEn: "Note", Field: func(t *Target) any { return &t.Note }},
	},
}

// TargetValueTable lists the columns of TargetValue.
var TargetValueTable = Table[TargetValue]{
	Name: "target_values", Title: "指标实际值", TitleEn: "Actual values of targets",
	Columns: []Column[TargetValue]{
		{Name: "target", Title: "指标编号", TitleEn: "Target ID", Key: true, Required: true, Field: func(v *TargetValue) any { return &v.Target }},
		{Name: "year", Title: "年度", TitleEn: "Year", Key: true, Required: true, Field: func(v *TargetValue) any { return &v.Year }},
		{Name: "value", Title: "实际值", TitleEn: "Value", Required: true, Field: func(v *TargetValue) any { return &v.Value }},
		{Name: "source", Title: "出处", TitleEn: "Source", Field: func(v *TargetValue) any { return &v.Source }},
		{Name: "note", Title: "备注", TitleEn: "Note", Field: func(v *TargetValue) any { return &v.Note }},
	},
}
