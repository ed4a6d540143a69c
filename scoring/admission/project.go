package admission

import (
	"fmt"
	"math"

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

// Problem is one thing wrong with a project: which member and why.
type Problem struct {
	Member string
	Reason scoring.Text
}

// Check lists what makes a project senseless, in a fixed order.
func (p *Project) Check() []Problem {
	var out []Problem
	say := func(member, zh, en string) { out = append(out, Problem{member, scoring.Text{Zh: zh, En: en}}) }
	if p.Park == "" {
		say("park", "缺少园区代码", "the park is missing")
	}
	if !(p.LandMu > 0 && p.LandMu <= maxLandMu) {
		say("land_mu", fmt.Sprintf("应大于 0、不超过 %d 亩", maxLandMu), fmt.Sprintf("must be above 0 and at most %d mu", maxLandMu))
	}
	if why := parcels.IndustryCheck(p.Industry); p.Industry != "" && why != "" {
		say("industry", "不是 GB/T 4754-2017 的行业代码", why)
	}
	for _, a := range p.areas() {
		if v, ok := a.value.Get(); ok && !(v >= 0 && v <= maxAreaM2) {
			say(a.member, "面积应在 0 到 1 亿 m² 之间", "an area must lie between 0 and 10^8 m²")
		}
	}
	if len(p.Storeys) > maxStoreys {
		say("storeys", fmt.Sprintf("最多 %d 层", maxStoreys), fmt.Sprintf("at most %d storeys", maxStoreys))
	}
	for _, s := range p.Storeys {
		if !(s.FloorM2 >= 0 && s.FloorM2 <= maxAreaM2 && s.HeightM >= 0 && s.HeightM <= 200) {
			say("storeys", "面积或层高超出范围", "floor area or height out of range")
			break
		}
	}
	return append(out, p.contradictions()...)
}

// Bounds on what a project may state.
const (
	maxLandMu  = 100_000
	maxAreaM2  = 1e8
	maxStoreys = 500
)

type area struct {
	member string
	value  parcels.Opt[float64]
}

func (p *Project) areas() []area {
	return []area{
		{"floor_m2", p.FloorM2},
		{"far_floor_m2", p.FARFloorM2},
		{"built_ground_m2", p.BuiltGroundM2},
		{"office_land_m2", p.OfficeLandM2},
		{"office_floor_m2", p.OfficeFloorM2},
		{"green_m2", p.GreenM2},
	}
}

// contradictions lists statements that cannot hold together.
func (p *Project) contradictions() []Problem {
	var out []Problem
	more := func(member string, part, whole parcels.Opt[float64], zh, en string) {
		a, ok := part.Get()
		b, known := whole.Get()
		if ok && known && a > b*(1+1e-9) {
			out = append(out, Problem{member, scoring.Text{Zh: zh, En: en}})
		}
	}
	land := parcels.Some(p.LandMu * m2PerMu)
	more("built_ground_m2", p.BuiltGroundM2, land, "大于用地面积", "is more than the land")
	more("office_land_m2", p.OfficeLandM2, land, "大于用地面积", "is more than the land")
	more("green_m2", p.GreenM2, land, "大于用地面积", "is more than the land")
	floor, _ := p.floor()
	more("office_floor_m2", p.OfficeFloorM2, floor, "大于建筑面积", "is more than the floor area")
	more("floor_m2", p.FloorM2, p.FARFloorM2, "大于计容建筑面积", "is more than the floor area for the ratio")
	return out
}

const m2PerMu = 2000.0 / 3

// floor returns the floor area, plain and as the ratio counts it.
func (p *Project) floor() (plain, far parcels.Opt[float64]) {
	plain, far = p.FloorM2, p.FARFloorM2
	if len(p.Storeys) == 0 {
		return plain, far
	}
	once, counted := 0.0, 0.0
	for _, s := range p.Storeys {
		once += s.FloorM2
		counted += s.FloorM2
		if s.HeightM > doubleAbove {
			counted += s.FloorM2
		}
	}
	if !plain.OK() {
		plain = parcels.Some(once)
	}
	if !far.OK() {
		far = parcels.Some(counted)
	}
	return plain, far
}

// doubleAbove is the storey height in metres above which floor counts twice: strictly above 8 m, as in scoring.
const doubleAbove = 8.0

// facts are the project's values with what they were made of.
func (p *Project) facts() *scoring.ControlFacts {
	land := parcels.Some(p.LandMu * m2PerMu)
	mu := parcels.Some(p.LandMu)
	plain, far := p.floor()
	f := &scoring.ControlFacts{
		Industry: p.Industry, FAR: over(far, land), Coefficient: over(p.BuiltGroundM2, land), OfficeLand: over(p.OfficeLandM2, land),
		OfficeFloor: over(p.OfficeFloorM2, plain), Green: over(p.GreenM2, land), FAIPerMu: over(money(p.FAIWan), mu),
		OutputPerMu: over(money(p.Figures.OutputWan), mu), TaxPerMu: over(money(p.TaxWan), mu),
		LowerBound: map[string]bool{}, Notes: map[string]scoring.Text{}, Inputs: map[string][]scoring.Operand{},
	}
	if !far.OK() && plain.OK() {
		f.FAR, f.LowerBound["far"] = over(plain, land), true
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
		f.Inputs[id] = []scoring.Operand{operand(name, nameEn, v, "m²", 2), operand("用地面积", "Land", land, "m²", 2)}
	}
	if f.LowerBound["far"] {
		far = plain
	}
	onLand("far", "计容建筑面积", "Floor area for the ratio", far)
	onLand("coefficient", "建筑物、构筑物、堆场占地", "Buildings, structures and yards", p.BuiltGroundM2)
	onLand("office_land", "行政办公及生活服务设施用地", "Office and service land", p.OfficeLandM2)
	onLand("green", "绿地面积", "Green", p.GreenM2)
	f.Inputs["office_floor"] = []scoring.Operand{
		operand("行政办公及生活服务设施建筑面积", "Office and service floor area", p.OfficeFloorM2, "m²", 2),
		operand("建筑面积", "Floor area", plain, "m²", 2),
	}
	if !p.OfficeLandM2.OK() {
		f.Inputs["office_land"] = f.Inputs["office_floor"]
	}
	perMu := func(id, name, nameEn string, v parcels.Opt[parcels.Wan]) {
		f.Inputs[id] = []scoring.Operand{
			operand(name, nameEn, money(v), "万元", 6), operand("用地面积", "Land", parcels.Some(p.LandMu), "亩", 4),
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

func over(part, whole parcels.Opt[float64]) parcels.Opt[float64] {
	a, ok := part.Get()
	b, known := whole.Get()
	if v := a / b; ok && known && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return parcels.Some(v)
	}
	return parcels.Opt[float64]{}
}
