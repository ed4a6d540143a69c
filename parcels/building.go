package parcels

import "muchan/geo"

// Building (幢) stands on a parcel between two dates.
type Building struct {
	ID          string
	Parcel      string // parcel code
	Name        string
	Use         string   // see BuildingUses
	Storeys     []Storey // from the ground up
	CompletedOn Date
	VacantM2    Opt[float64] // floor area standing empty
	VacantSince Date
	ValidFrom   Date
	ValidTo     Date
	Shape       geo.Shape // footprint
}

// Storey is one storey above ground. Its floor area counts once as floor area, and twice for the floor-area ratio when it is
// higher than 8 m.
type Storey struct {
	FloorM2 float64
	HeightM float64 // floor to floor; 0 when unknown
}

// BuildingUses lists the allowed uses: 厂房, 仓库, 办公, 宿舍, 研发, 配套, 其他.
var BuildingUses = []string{"plant", "warehouse", "office", "dormitory", "research", "service", "other"}

// BuildingTable lists the columns of Building.
var BuildingTable = Table[Building]{
	Name: "buildings", Title: "幢", TitleEn: "Buildings",
	Columns: []Column[Building]{
		{Name: "id", Title: "幢编号", TitleEn: "Building ID", Key: true, Required: true, Field: func(b *Building) any { return &b.ID }},
		{Name: "parcel", Title: "宗地代码", TitleEn: "Parcel code", Required: true, Field: func(b *Building) any { return &b.Parcel }},
		{Name: "name", Title: "名称", TitleEn: "Name", Field: func(b *Building) any { return &b.Name }},
		{Name: "use", Title: "用途", TitleEn: "Use", Enum: BuildingUses, Field: func(b *Building) any { return &b.Use }},
		{Name: "storeys", Title: "分层面积和层高", TitleEn: "Storeys", Unit: "m²@m", Field: func(b *Building) any { return &b.Storeys }},
		{Name: "completed_on", Title: "竣工日期", TitleEn: "Completed", Field: func(b *Building) any { return &b.CompletedOn }},
		{Name: "vacant_m2", Title: "空置建筑面积", TitleEn: "Vacant floor area", Unit: "m²", Field: func(b *Building) any { return &b.VacantM2 }},
		{Name: "vacant_since", Title: "空置起始日期", TitleEn: "Vacant since", Field: func(b *Building) any { return &b.VacantSince }},
		{Name: "valid_from", Title: "生效日期", TitleEn: "Valid from", Key: true, Required: true, Field: func(b *Building) any { return &b.ValidFrom }},
		{Name: "valid_to", Title: "失效日期", TitleEn: "Valid to", Field: func(b *Building) any { return &b.ValidTo }},
		{Name: "shape", Title: "基底", TitleEn: "Footprint", Required: true, Field: func(b *Building) any { return &b.Shape }},
	},
}
