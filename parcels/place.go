package parcels

import "muchan/geo"

// Park (园区) is one of the zone's parks. Its area has a definition and is never a constant of the program.
type Park struct {
	Code       string // "QM" 清濛, "GQ" 官桥
	Name       string
	NameEn     string
	County     string // six-digit county code under which its parcels are registered
	Definition string // what the area means: approved, planned or built
	AreaM2     Opt[float64]
	Shape      geo.Shape
}

// Zone (片区、控制线) is an area with a meaning, such as an industrial block line or the ecological red line.
type Zone struct {
	ID        string
	Park      string
	Name      string
	Kind      string // see ZoneKinds
	Level     int    // 1 or 2 for an industrial block line, else 0
	Document  string // the document that draws it
	ValidFrom Date
	ValidTo   Date // exclusive; missing while valid
	Shape     geo.Shape
}

// The zone kinds.
const (
	ZoneFunctional  = "functional"      // 功能区
	ZoneRenewal     = "renewal"         // 更新片区
	ZoneBlockLine   = "industrial_line" // 工业产业区块线
	ZoneRedLine     = "red_line"        // 生态保护红线
	ZoneControlUnit = "control_unit"    // 控规单元
	ZonePlannedUse  = "planned_use"     // 规划用途
	ZoneWater       = "water"           // 水域
	ZoneRoad        = "road"            // 道路
)

// ZoneKinds lists the allowed kinds.
var ZoneKinds = []string{ZoneFunctional, ZoneRenewal, ZoneBlockLine, ZoneRedLine, ZoneControlUnit, ZonePlannedUse, ZoneWater, ZoneRoad}

// AreaDefinitions lists what a park's area may mean: 核准, 规划, 建成.
var AreaDefinitions = []string{"approved", "planned", "built"}

// ParkTable lists the columns of Park.
var ParkTable = Table[Park]{
	Name: "parks", Title: "园区", TitleEn: "Parks",
	Columns: []Column[Park]{
		{Name: "code", Title: "园区代码", TitleEn: "Park code", Key: true, Required: true, Field: func(p *Park) any { return &p.Code }},
		{Name: "name", Title: "园区名称", TitleEn: "Name", Required: true, Field: func(p *Park) any { return &p.Name }},
		{Name: "name_en", Title: "英文名称", TitleEn: "English name", Field: func(p *Park) any { return &p.NameEn }},
		{Name: "county", Title: "县级区划代码", TitleEn: "County code", Field: func(p *Park) any { return &p.County }},
		{Name: "definition", Title: "面积口径", TitleEn: "Area definition", Enum: AreaDefinitions, Field: func(p *Park) any { return &p.Definition }},
		{Name: "area_m2", Title: "园区面积", TitleEn: "Area", Unit: "m²", Field: func(p *Park) any { return &p.AreaM2 }},
		{Name: "shape", Title: "范围", TitleEn: "Boundary", Required: true, Field: func(p *Park) any { return &p.Shape }},
	},
}

// ZoneTable lists the columns of Zone.
var ZoneTable = Table[Zone]{
	Name: "zones", Title: "片区、控制线", TitleEn: "Zones",
	Columns: []Column[Zone]{
		{Name: "id", Title: "编号", TitleEn: "ID", Key: true, Required: true, Field: func(z *Zone) any { return &z.ID }},
		{Name: "park", Title: "园区代码", TitleEn: "Park", Required: true, Field: func(z *Zone) any { return &z.Park }},
		{Name: "name", Title: "名称", TitleEn: "Name", Required: true, Field: func(z *Zone) any { return &z.Name }},
		{Name: "kind", Title: "类型", TitleEn: "Kind", Required: true, Enum: ZoneKinds, Field: func(z *Zone) any { return &z.Kind }},
		{Name: "level", Title: "级别", TitleEn: "Level", Field: func(z *Zone) any { return &z.Level }},
		{Name: "document", Title: "依据文件", TitleEn: "Document", Field: func(z *Zone) any { return &z.Document }},
		{Name: "valid_from", Title: "生效日期", TitleEn: "Valid from", Required: true, Field: func(z *Zone) any { return &z.ValidFrom }},
		{Name: "valid_to", Title: "失效日期", TitleEn: "Valid to", Field: func(z *Zone) any { return &z.ValidTo }},
		{Name: "shape", Title: "范围", TitleEn: "Area", Required: true, Field: func(z *Zone) any { return &z.Shape }},
	},
}
