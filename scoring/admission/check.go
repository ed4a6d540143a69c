package admission

import (
	"fmt"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// Problem is one thing wrong with a project: which member and why. Try returns one where a project contradicts the land it names.
type Problem struct {
	Member string
	Reason scoring.Text
}

// Error is the reason in English.
func (p *Problem) Error() string { return p.Member + ": " + p.Reason.En }

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
	for _, f := range p.figures() {
		if v, ok := f.value.Get(); ok && !(v >= 0) {
			say(f.member, "不能为负数", "must not be negative")
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

// stated is a member with its number.
type stated struct {
	member string
	value  parcels.Opt[float64]
}

// figures lists what cannot be negative. Value added is not among them: it is what is left after costs.
func (p *Project) figures() []stated {
	f := &p.Figures
	return []stated{
		{"fai_wan", money(p.FAIWan)},
		{"output_wan", money(f.OutputWan)},
		{"revenue_wan", money(f.RevenueWan)},
		{"tax_wan", money(p.TaxWan)},
		{"rd_wan", money(f.RDWan)},
		{"energy_tce", f.EnergyTce},
		{"emissions_t", f.EmissionsT},
		{"staff", f.Staff},
		{"electricity_mwh", f.ElectricityMWh},
	}
}

func (p *Project) areas() []stated {
	return []stated{
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
	land := parcels.Some(p.LandMu * geo.M2PerMu)
	more("built_ground_m2", p.BuiltGroundM2, land, "大于用地面积", "is more than the land")
	more("office_land_m2", p.OfficeLandM2, land, "大于用地面积", "is more than the land")
	more("green_m2", p.GreenM2, land, "大于用地面积", "is more than the land")
	floor, _ := p.floor()
	more("office_floor_m2", p.OfficeFloorM2, floor, "大于建筑面积", "is more than the floor area")
	more("floor_m2", p.FloorM2, p.FARFloorM2, "大于计容建筑面积", "is more than the floor area for the ratio")
	return out
}
