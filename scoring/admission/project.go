package admission

import (
	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// Project is what somebody proposes. Money is 万元, of the year at full production; missing is not zero.
type Project struct {
	Park          string
	Industry      string // GB/T 4754-2017
	Parcel        string // code of the land, "" for none
	At            *geo.Point
	Tier          string // of the admission set, "" for its own
	LandMu        float64
	FloorM2       parcels.Opt[float64]
	FARFloorM2    parcels.Opt[float64] // with storeys above 8 m counted twice
	Storeys       []parcels.Storey
	BuiltGroundM2 parcels.Opt[float64] // buildings, structures and open yards
	OfficeLandM2  parcels.Opt[float64]
	OfficeFloorM2 parcels.Opt[float64]
	GreenM2       parcels.Opt[float64]
	FAIWan        parcels.Opt[parcels.Wan] // land price included
	AboveScale    parcels.Opt[bool]
	// Figures hold output, value added, revenue, R&D, staff, energy, emissions and electricity as a firm would file them.
	Figures parcels.Figures
	TaxWan  parcels.Opt[parcels.Wan] // all that the evaluation would sum
}

// floor returns the floor area, plain and as the ratio counts it.
func (p *Project) floor() (plain, far parcels.Opt[float64]) {
	plain, far = p.FloorM2, p.FARFloorM2
	if len(p.Storeys) == 0 {
		return plain, far
	}
	once, counted := scoring.FloorsOf(p.Storeys)
	if !plain.OK() {
		plain = parcels.Some(once)
	}
	if !far.OK() {
		far = parcels.Some(counted)
	}
	return plain, far
}

// facts are the project's values with what they were made of.
func (p *Project) facts() *scoring.ControlFacts {
	land := parcels.Some(p.LandMu * geo.M2PerMu)
	mu := parcels.Some(p.LandMu)
	plain, far := p.floor()
	f := &scoring.ControlFacts{
		Industry: p.Industry, FAR: scoring.Over(far, land), Coefficient: scoring.Over(p.BuiltGroundM2, land), OfficeLand: scoring.Over(p.OfficeLandM2, land),
		OfficeFloor: scoring.Over(p.OfficeFloorM2, plain), Green: scoring.Over(p.GreenM2, land), FAIPerMu: scoring.Over(money(p.FAIWan), mu),
		OutputPerMu: scoring.Over(money(p.Figures.OutputWan), mu), TaxPerMu: scoring.Over(money(p.TaxWan), mu),
		LowerBound: map[string]bool{}, Notes: map[string]scoring.Text{}, Inputs: map[string][]scoring.Operand{},
	}
	if !far.OK() && plain.OK() {
		f.FAR, f.LowerBound["far"] = scoring.Over(plain, land), true
		f.Notes["far"] = scoring.Text{Zh: "未给出层高或计容建筑面积，按不加倍计，为下限", En: "heights or the floor area for the ratio are not stated: counted once, a lower bound"}
	}
	if !p.OfficeLandM2.OK() {
		f.OfficeLand = f.OfficeFloor
		if f.OfficeLand.OK() {
			f.Notes["office_land"] = scoring.Text{Zh: "未单独划分用地，按建筑面积比例推算", En: "the land is not set apart; the share of floor area stands in"}
		}
	}
	p.lend(f, land, plain, far)
	return f
}

// lend gives every value its operands.
func (p *Project) lend(f *scoring.ControlFacts, land, plain, far parcels.Opt[float64]) {
	onLand := func(id, name, nameEn string, v parcels.Opt[float64]) {
		f.Inputs[id] = []scoring.Operand{scoring.NumberOperand(name, nameEn, v, "m²", 2, ""), scoring.NumberOperand("用地面积", "Land", land, "m²", 2, "")}
	}
	if f.LowerBound["far"] {
		far = plain
	}
	onLand("far", "计容建筑面积", "Floor area for the ratio", far)
	onLand("coefficient", "建筑物、构筑物、堆场占地", "Buildings, structures and yards", p.BuiltGroundM2)
	onLand("office_land", "行政办公及生活服务设施用地", "Office and service land", p.OfficeLandM2)
	onLand("green", "绿地面积", "Green", p.GreenM2)
	f.Inputs["office_floor"] = []scoring.Operand{
		scoring.NumberOperand("行政办公及生活服务设施建筑面积", "Office and service floor area", p.OfficeFloorM2, "m²", 2, ""),
		scoring.NumberOperand("建筑面积", "Floor area", plain, "m²", 2, ""),
	}
	if !p.OfficeLandM2.OK() {
		f.Inputs["office_land"] = f.Inputs["office_floor"]
	}
	perMu := func(id, name, nameEn string, v parcels.Opt[parcels.Wan]) {
		f.Inputs[id] = []scoring.Operand{
			scoring.NumberOperand(name, nameEn, money(v), "万元", 6, ""), scoring.NumberOperand("用地面积", "Land", parcels.Some(p.LandMu), "亩", 4, ""),
		}
	}
	perMu("fai_per_mu", "固定资产投资（含地价款）", "Fixed-asset investment, land price included", p.FAIWan)
	perMu("output_per_mu", "年产值", "Output of a year", p.Figures.OutputWan)
	perMu("tax_per_mu", "年税收", "Tax of a year", p.TaxWan)
}

func money(o parcels.Opt[parcels.Wan]) parcels.Opt[float64] {
	if v, ok := o.Get(); ok {
		return parcels.Some(v.Float())
	}
	return parcels.Opt[float64]{}
}
