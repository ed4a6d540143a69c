package parcels

import "muchan/geo"

// Parcel (宗地) is land under one right between two dates. A split or merge ends it and starts others that name it as parent.
type Parcel struct {
	Code          string // 19 characters, GB/T 37346-2019
	Park          string
	Address       string       // 坐落
	UseScheme     string       // land-use classification: see UseSchemes
	UseCode       string       // code within UseScheme, e.g. 1001 industrial
	State         string       // see ParcelStates
	TitleAreaM2   Opt[float64] // area on the certificate; the denominator of every per-mu figure
	YardAreaM2    Opt[float64] // open yards (堆场)
	WorksAreaM2   Opt[float64] // footprint of structures that are not buildings (构筑物)
	OfficeLandM2  Opt[float64] // land of offices and staff services (行政办公及生活服务设施用地)
	GreenAreaM2   Opt[float64]
	UndeliveredM2 Opt[float64] // of the title area, what the government has not delivered
	PublicM2      Opt[float64] // of the title area, public roads and public green
	Contract      Contract
	Parents       []string // codes of the parcels it was split or merged from
	ValidFrom     Date
	ValidTo       Date // exclusive; missing while valid
	Shape         geo.Shape
}

// Contract (出让合同) is what was agreed and done about a parcel. Its zero value means no contract is on file.
type Contract struct {
	Number            string
	SignedOn          Date
	HandedOverOn      Date // land actually delivered
	DueStartOn        Date // agreed start of construction (动工)
	StartedOn         Date // actual start
	DueCompletionOn   Date
	CompletedOn       Date
	DueProductionOn   Date
	ProducedOn        Date         // actual start of production
	SuspendedOn       Date         // construction standing still since
	GovernmentCause   Opt[bool]    // delay caused by government or force majeure
	PriceWan          Opt[Wan]     // land price (出让价款)
	AgreedFAIWan      Opt[Wan]     // agreed fixed-asset investment, land price included
	FAIWan            Opt[Wan]     // fixed-asset investment so far: plant, equipment and land price (投资强度口径)
	TotalBuildWan     Opt[Wan]     // total construction investment, land price and taxes excluded (闲置口径)
	InvestedBuildWan  Opt[Wan]     // of which invested, land price and taxes excluded (闲置口径)
	ToDevelopM2       Opt[float64] // area that should be developed
	DevelopedM2       Opt[float64] // area developed
	MinFAR            Opt[float64]
	MaxFAR            Opt[float64]
	AgreedFloorM2     Opt[float64] // floor area of all phases
	AgreedOutputWanMu Opt[float64] // output promised, 万元/亩
	AgreedTaxWanMu    Opt[float64] // tax promised, 万元/亩
}

// UseSchemes lists the land-use classifications: 国土空间用地用海分类, GB 50137-2011, GB/T 21010-2017.
var UseSchemes = []string{"ydyh2023", "gb50137", "gbt21010"}

// The states of land, from conversion to redevelopment.
const (
	StateApproved  = "approved"  // 批而未供
	StateSupplied  = "supplied"  // 供而未用
	StateBuilding  = "building"  // 在建
	StateUnused    = "unused"    // 建而未用
	StatePartial   = "partial"   // 未满额建设
	StateInUse     = "in_use"    // 在用
	StateLow       = "low"       // 低效
	StateReclaimed = "reclaimed" // 收储
)

// ParcelStates lists the allowed states.
var ParcelStates = []string{StateApproved, StateSupplied, StateBuilding, StateUnused, StatePartial, StateInUse, StateLow, StateReclaimed}

// ParcelTable lists the columns of Parcel.
var ParcelTable = Table[Parcel]{
	Name: "parcels", Title: "宗地", TitleEn: "Parcels",
	Columns: append([]Column[Parcel]{
		{Name: "code", Title: "宗地代码", TitleEn: "Parcel code", Key: true, Required: true, Field: func(p *Parcel) any { return &p.Code }},
		{Name: "park", Title: "园区代码", TitleEn: "Park", Required: true, Field: func(p *Parcel) any { return &p.Park }},
		{Name: "address", Title: "坐落", TitleEn: "Address", Field: func(p *Parcel) any { return &p.Address }},
		{Name: "use_scheme", Title: "用地分类标准", TitleEn: "Land-use scheme", Enum: UseSchemes, Field: func(p *Parcel) any { return &p.UseScheme }},
		{Name: "use_code", Title: "用地代码", TitleEn: "Land-use code", Field: func(p *Parcel) any { return &p.UseCode }},
		{Name: "state", Title: "土地状态", TitleEn: "State", Enum: ParcelStates, Field: func(p *Parcel) any { return &p.State }},
		{Name: "title_area_m2", Title: "证载面积", TitleEn: "Title area", Unit: "m²", Field: func(p *Parcel) any { return &p.TitleAreaM2 }},
		{Name: "yard_area_m2", Title: "堆场面积", TitleEn: "Open yards", Unit: "m²", Field: func(p *Parcel) any { return &p.YardAreaM2 }},
		{Name: "works_area_m2", Title: "构筑物占地", TitleEn: "Structures", Unit: "m²", Field: func(p *Parcel) any { return &p.WorksAreaM2 }},
		{Name: "office_land_m2", Title: "行政办公及生活服务设施用地", TitleEn: "Office and service land", Unit: "m²", Field: func(p *Parcel) any { return &p.OfficeLandM2 }},
		{Name: "green_area_m2", Title: "绿地面积", TitleEn: "Green", Unit: "m²", Field: func(p *Parcel) any { return &p.GreenAreaM2 }},
	}, append(contractColumns, []Column[Parcel]{
		{Name: "parents", Title: "来源宗地", TitleEn: "Parents", Field: func(p *Parcel) any { return &p.Parents }},
		{Name: "valid_from", Title: "生效日期", TitleEn: "Valid from", Key: true, Required: true, Field: func(p *Parcel) any { return &p.ValidFrom }},
		{Name: "valid_to", Title: "失效日期", TitleEn: "Valid to", Field: func(p *Parcel) any { return &p.ValidTo }},
		{Name: "shape", Title: "界址", TitleEn: "Boundary", Required: true, Field: func(p *Parcel) any { return &p.Shape }},
		{Name: "undelivered_m2", Title: "政府未交付面积", TitleEn: "Not delivered by the government", Unit: "m²", Field: func(p *Parcel) any { return &p.UndeliveredM2 }},
		{Name: "public_m2", Title: "公共道路绿地面积", TitleEn: "Public road and green", Unit: "m²", Field: func(p *Parcel) any { return &p.PublicM2 }},
	}...)...),
}

var contractColumns = []Column[Parcel]{
	{Name: "contract_no", Title: "合同编号", TitleEn: "Contract", Field: func(p *Parcel) any { return &p.Contract.Number }},
	{Name: "signed_on", Title: "签订日期", TitleEn: "Signed", Field: func(p *Parcel) any { return &p.Contract.SignedOn }},
	{Name: "handed_over_on", Title: "交地日期", TitleEn: "Handed over", Field: func(p *Parcel) any { return &p.Contract.HandedOverOn }},
	{Name: "due_start_on", Title: "约定动工日期", TitleEn: "Due start", Field: func(p *Parcel) any { return &p.Contract.DueStartOn }},
	{Name: "started_on", Title: "实际动工日期", TitleEn: "Started", Field: func(p *Parcel) any { return &p.Contract.StartedOn }},
	{Name: "due_completion_on", Title: "约定竣工日期", TitleEn: "Due completion", Field: func(p *Parcel) any { return &p.Contract.DueCompletionOn }},
	{Name: "completed_on", Title: "实际竣工日期", TitleEn: "Completed", Field: func(p *Parcel) any { return &p.Contract.CompletedOn }},
	{Name: "due_production_on", Title: "约定投产日期", TitleEn: "Due production", Field: func(p *Parcel) any { return &p.Contract.DueProductionOn }},
	{Name: "produced_on", Title: "实际投产日期", TitleEn: "In production", Field: func(p *Parcel) any { return &p.Contract.ProducedOn }},
	{Name: "suspended_on", Title: "停工起始日期", TitleEn: "Suspended since", Field: func(p *Parcel) any { return &p.Contract.SuspendedOn }},
	{Name: "government_cause", Title: "政府原因", TitleEn: "Government cause", Field: func(p *Parcel) any { return &p.Contract.GovernmentCause }},
	{Name: "price_wan", Title: "出让价款", TitleEn: "Land price", Unit: "万元", Field: func(p *Parcel) any { return &p.Contract.PriceWan }},
	{Name: "agreed_fai_wan", Title: "约定固定资产投资", TitleEn: "Agreed investment", Unit: "万元", Field: func(p *Parcel) any { return &p.Contract.AgreedFAIWan }},
	{Name: "fai_wan", Title: "累计固定资产投资", TitleEn: "Investment to date", Unit: "万元", Field: func(p *Parcel) any { return &p.Contract.FAIWan }},
	{Name: "total_build_wan", Title: "建设总投资(不含地价)", TitleEn: "Total construction investment", Unit: "万元", Field: func(p *Parcel) any { return &p.Contract.TotalBuildWan }},
	{Name: "invested_build_wan", Title: "已投建设资金(不含地价)", TitleEn: "Construction investment so far", Unit: "万元", Field: func(p *Parcel) any { return &p.Contract.InvestedBuildWan }},
	{Name: "to_develop_m2", Title: "应动工开发面积", TitleEn: "Area to develop", Unit: "m²", Field: func(p *Parcel) any { return &p.Contract.ToDevelopM2 }},
	{Name: "developed_m2", Title: "已动工开发面积", TitleEn: "Area developed", Unit: "m²", Field: func(p *Parcel) any { return &p.Contract.DevelopedM2 }},
	{Name: "min_far", Title: "容积率下限", TitleEn: "Minimum FAR", Field: func(p *Parcel) any { return &p.Contract.MinFAR }},
	{Name: "max_far", Title: "容积率上限", TitleEn: "Maximum FAR", Field: func(p *Parcel) any { return &p.Contract.MaxFAR }},
	{Name: "agreed_floor_m2", Title: "约定总建筑面积", TitleEn: "Agreed floor area", Unit: "m²", Field: func(p *Parcel) any { return &p.Contract.AgreedFloorM2 }},
	{Name: "agreed_output_wan_mu", Title: "约定亩均产值", TitleEn: "Agreed output per mu", Unit: "万元/亩", Field: func(p *Parcel) any { return &p.Contract.AgreedOutputWanMu }},
	{Name: "agreed_tax_wan_mu", Title: "约定亩均税收", TitleEn: "Agreed tax per mu", Unit: "万元/亩", Field: func(p *Parcel) any { return &p.Contract.AgreedTaxWanMu }},
}
