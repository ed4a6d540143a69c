package parcels

// Firm (企业) is a legal person, known by its unified social credit code.
type Firm struct {
	USCC         string // 统一社会信用代码, 18 characters, GB 32100-2015
	Name         string
	Industry     string    // GB/T 4754-2017 code, two to four digits, without the section letter
	AboveScale   Opt[bool] // 规上
	RegisteredOn Date
	ProducedOn   Date // production began
	ClosedOn     Date
	Tags         []string // see FirmTags
}

// FirmTags lists the tags the rules know: utility (电热燃水), newly above scale (小升规), major project, moved by policy, listed,
// 专精特新, 单项冠军, high-tech, micro park tenant, logistics, research.
var FirmTags = []string{"utility", "newly_above_scale", "major_project", "policy_move", "listed", "specialised", "champion", "high_tech", "micro_park", "logistics", "research"}

// Occupancy (用地关系) says that a firm uses a parcel, or floor area in one of its buildings, between two dates.
type Occupancy struct {
	Parcel   string
	Building string // "" when the whole parcel or no building is meant
	USCC     string
	Tenure   string       // own or lease
	FloorM2  Opt[float64] // floor area used
	From     Date
	To       Date // exclusive; missing while it lasts
}

// Tenures lists how a firm holds what it occupies: 自有, 租赁.
var Tenures = []string{"own", "lease"}

// FirmTable lists the columns of Firm.
var FirmTable = Table[Firm]{
	Name: "firms", Title: "企业", TitleEn: "Firms",
	Columns: []Column[Firm]{
		{Name: "uscc", Title: "统一社会信用代码", TitleEn: "Credit code", Key: true, Required: true, Field: func(f *Firm) any { return &f.USCC }},
		{Name: "name", Title: "企业名称", TitleEn: "Name", Required: true, Field: func(f *Firm) any { return &f.Name }},
		{Name: "industry", Title: "行业代码", TitleEn: "Industry", Field: func(f *Firm) any { return &f.Industry }},
		{Name: "above_scale", Title: "规上", TitleEn: "Above scale", Field: func(f *Firm) any { return &f.AboveScale }},
		{Name: "registered_on", Title: "成立日期", TitleEn: "Registered", Field: func(f *Firm) any { return &f.RegisteredOn }},
		{Name: "produced_on", Title: "投产日期", TitleEn: "In production", Field: func(f *Firm) any { return &f.ProducedOn }},
		{Name: "closed_on", Title: "注销日期", TitleEn: "Closed", Field: func(f *Firm) any { return &f.ClosedOn }},
		{Name: "tags", Title: "标签", TitleEn: "Tags", Enum: FirmTags, Field: func(f *Firm) any { return &f.Tags }},
	},
}

// OccupancyTable lists the columns of Occupancy.
var OccupancyTable = Table[Occupancy]{
	Name: "occupancies", Title: "用地关系", TitleEn: "Occupancies",
	Columns: []Column[Occupancy]{
		{Name: "parcel", Title: "宗地代码", TitleEn: "Parcel code", Key: true, Required: true, Field: func(o *Occupancy) any { return &o.Parcel }},
		{Name: "building", Title: "幢编号", TitleEn: "Building ID", Key: true, Field: func(o *Occupancy) any { return &o.Building }},
		{Name: "uscc", Title: "统一社会信用代码", TitleEn: "Credit code", Key: true, Required: true, Field: func(o *Occupancy) any { return &o.USCC }},
		{Name: "tenure", Title: "权属方式", TitleEn: "Tenure", Required: true, Enum: Tenures, Field: func(o *Occupancy) any { return &o.Tenure }},
		{Name: "floor_m2", Title: "使用建筑面积", TitleEn: "Floor area used", Unit: "m²", Field: func(o *Occupancy) any { return &o.FloorM2 }},
		{Name: "from", Title: "起始日期", TitleEn: "From", Key: true, Required: true, Field: func(o *Occupancy) any { return &o.From }},
		{Name: "to", Title: "终止日期", TitleEn: "To", Field: func(o *Occupancy) any { return &o.To }},
	},
}
