package parcels

import (
	"fmt"
	"math"
	"regexp"
	"slices"

	"muchan/geo"
)

var (
	parkCode   = regexp.MustCompile(`^[A-Z][A-Z0-9]{0,9}$`)
	countyCode = regexp.MustCompile(`^[1-9]\d{5}$`)
)

func checkPark(f *findings, column, code string) {
	if code != "" && !parkCode.MatchString(code) {
		f.fail(column, "park_code.form", "a park's code is a letter and up to nine letters or digits", "Use the park's code, for example QM.")
	}
}

func (p *Park) rules(f *findings) {
	checkPark(f, "code", p.Code)
	if p.County != "" && !countyCode.MatchString(p.County) {
		f.fail("county", "county.form", "a county's code has six digits", "Use the code of GB/T 2260, for example 350502.")
	} else if town, ok := TownOf(p.Name); ok && p.County != "" && p.County != town.CountyCode() {
		f.warn("county", "park.county", fmt.Sprintf("%s is %s in %s, %s", p.Name, town.Name, town.County, town.CountyCode()),
			"Use the code of the county that registers its land; 安溪 has another 官桥镇.")
	}
	if p.AreaM2.OK() && p.Definition == "" {
		f.warn("definition", "area.definition", "it is not said what the area means", "Fill in approved, planned or built.")
	}
	if area, ok := p.AreaM2.Get(); ok && len(p.Shape) > 0 {
		if drawn := float64(geo.Area(p.Shape)); area > 10*drawn || area < drawn/10 {
			f.warn("area_m2", "area.drawn", fmt.Sprintf("the boundary encloses %.0f m²", drawn), "Check the unit of the area.")
		}
	}
}

func (z *Zone) rules(f *findings) {
	checkPark(f, "park", z.Park)
	f.period("valid_to", z.ValidFrom, z.ValidTo)
	switch {
	case z.Kind == ZoneBlockLine && z.Level != 1 && z.Level != 2:
		f.fail("level", "zone.level", "an industrial block line has level 1 or 2", "Fill in the level.")
	case z.Kind != ZoneBlockLine && z.Level != 0:
		f.fail("level", "zone.level", "only an industrial block line has a level", "Leave it empty.")
	}
}

// useCodes are the forms of land-use codes by scheme.
var useCodes = map[string]*regexp.Regexp{
	"ydyh2023": regexp.MustCompile(`^\d{2}(\d{2}(\d{2})?)?$`),
	"gb50137":  regexp.MustCompile(`^[A-Z]\d{0,2}$`),
	"gbt21010": regexp.MustCompile(`^\d{2}(\d{2})?[A-Z]?$`),
}

func (p *Parcel) rules(f *findings) {
	checkCode(f, "code", p.Code)
	checkPark(f, "park", p.Park)
	for _, parent := range p.Parents {
		checkCode(f, "parents", parent)
	}
	if slices.Contains(p.Parents, p.Code) && p.Code != "" {
		f.fail("parents", "parcel.parent", "the parcel is its own parent", "Name the parcels it was split or merged from.")
	}
	f.period("valid_to", p.ValidFrom, p.ValidTo)
	p.useRules(f)
	p.areaRules(f)
	p.Contract.dateRules(f)
	p.Contract.sumRules(f, p.TitleAreaM2)
}

func (p *Parcel) useRules(f *findings) {
	form := useCodes[p.UseScheme]
	switch {
	case p.UseCode == "":
	case form == nil && isUseWord(p.UseCode):
		f.warn("use_scheme", "use.scheme", "the land use is written in words without its classification, and has another code in each",
			"Name it: ydyh2023, gb50137 or gbt21010, for all rows by --set use_scheme=ydyh2023.")
	case form == nil:
		f.warn("use_scheme", "use.scheme", "the land-use code stands without its classification", "Name it: ydyh2023, gb50137 or gbt21010.")
	case !form.MatchString(p.UseCode):
		f.warn("use_code", "use.form", "this is not how codes of "+p.UseScheme+" look", "Check the classification.")
	}
}

// areaRules compare the certificate's area with the drawn one and with its parts.
func (p *Parcel) areaRules(f *findings) {
	title, ok := p.TitleAreaM2.Get()
	if ok && title == 0 {
		f.fail("title_area_m2", "area.zero", "the area is 0", "Leave it empty when it is not known.")
	}
	if !ok || title <= 0 {
		return
	}
	if len(p.Shape) > 0 {
		titleAgainstDrawn(f, title, p.Shape)
	}
	for _, part := range []struct {
		column string
		area   Opt[float64]
	}{{"yard_area_m2", p.YardAreaM2}, {"works_area_m2", p.WorksAreaM2}, {"office_land_m2", p.OfficeLandM2}, {"green_area_m2", p.GreenAreaM2}, {"undelivered_m2", p.UndeliveredM2}, {"public_m2", p.PublicM2}} {
		if v := part.area.Or(0); v > title*1.005 {
			f.warn(part.column, "area.part", fmt.Sprintf("it is larger than the parcel's %v m²", title), "Check the unit.")
		}
	}
}

// A drawn boundary may differ from the certificate by half a percent, or by what its corners' error makes of its perimeter: 5 cm
// is the error of a corner of class one, 解析界址点 (TD/T 1001).
const (
	areaTolerance   = 0.005
	cornerTolerance = 0.05
)

func titleAgainstDrawn(f *findings, title float64, s geo.Shape) {
	drawn := float64(geo.Area(s))
	if math.Abs(drawn-title) <= max(areaTolerance*title, cornerTolerance*perimeter(s)) {
		return
	}
	f.warn("title_area_m2", "area.drawn", fmt.Sprintf("the certificate says %.2f m², the boundary encloses %.2f m² (%+.2f %%)", title, drawn, 100*(drawn-title)/title),
		"Check the boundary, its coordinate system and the unit of the area.")
}

// perimeter is good to a percent, which is enough for a tolerance.
func perimeter(s geo.Shape) float64 {
	const metresPerDegree = 111_320
	sum := 0.0
	for _, polygon := range s {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				dx := (ring[i][0] - ring[i-1][0]) * math.Cos(ring[i][1]*math.Pi/180)
				sum += math.Hypot(dx, ring[i][1]-ring[i-1][1]) * metresPerDegree
			}
		}
	}
	return sum
}

// dateRules refuse what cannot be and warn of what real life does: building before hand-over, producing before completion.
func (c *Contract) dateRules(f *findings) {
	f.order(SeverityWarning, "signed_on", "handed_over_on", "handed over before the contract", c.SignedOn, c.HandedOverOn)
	f.order(SeverityWarning, "signed_on", "due_start_on", "agreed start before the contract", c.SignedOn, c.DueStartOn)
	f.order(SeverityWarning, "handed_over_on", "started_on", "started before hand-over", c.HandedOverOn, c.StartedOn)
	f.order(SeverityError, "due_start_on", "due_completion_on", "agreed completion before agreed start", c.DueStartOn, c.DueCompletionOn)
	f.order(SeverityWarning, "due_completion_on", "due_production_on", "agreed production before agreed completion", c.DueCompletionOn, c.DueProductionOn)
	f.order(SeverityError, "started_on", "completed_on", "completed before it was started", c.StartedOn, c.CompletedOn)
	f.order(SeverityWarning, "started_on", "produced_on", "production before construction", c.StartedOn, c.ProducedOn)
	f.order(SeverityWarning, "completed_on", "produced_on", "production before completion", c.CompletedOn, c.ProducedOn)
	f.order(SeverityWarning, "started_on", "suspended_on", "suspended before it was started", c.StartedOn, c.SuspendedOn)
	if c.CompletedOn.OK() && !c.StartedOn.OK() {
		f.warn("started_on", "date.missing", "completed, but the start is missing", "Fill it in; idle land is judged by it.")
	}
}

// Land price and investment per square metre beyond these are 元 in a column of 万元: industrial land here costs some hundred 元.
const (
	maxPriceWanPerM2 = 5
	maxFAIWanPerM2   = 30
)

func (c *Contract) sumRules(f *findings, title Opt[float64]) {
	if low, high := c.MinFAR, c.MaxFAR; low.OK() && high.OK() && low.Or(0) > high.Or(0) {
		f.fail("max_far", "far.order", fmt.Sprintf("it is below the minimum of %v", low.Or(0)), "Swap them.")
	}
	if to, done := c.ToDevelopM2, c.DevelopedM2; to.OK() && done.Or(0) > to.Or(0)*1.005 {
		f.warn("developed_m2", "area.part", fmt.Sprintf("it is more than the %v m² to develop", to.Or(0)), "Check both.")
	}
	if total, spent := c.TotalBuildWan, c.InvestedBuildWan; total.OK() && spent.Or(0) > 2*total.Or(0) {
		f.warn("invested_build_wan", "money.part", fmt.Sprintf("it is more than twice the total of %s 万元", total.Or(0)), "Check both, and 元 against 万元.")
	}
	area, ok := title.Get()
	if !ok || area <= 0 {
		return
	}
	for _, m := range []struct {
		column string
		amount Opt[Wan]
		most   float64
	}{
		{"price_wan", c.PriceWan, maxPriceWanPerM2},
		{"agreed_fai_wan", c.AgreedFAIWan, maxFAIWanPerM2},
		{"fai_wan", c.FAIWan, maxFAIWanPerM2},
		{"total_build_wan", c.TotalBuildWan, maxFAIWanPerM2},
		{"invested_build_wan", c.InvestedBuildWan, maxFAIWanPerM2},
	} {
		if perM2 := m.amount.Or(0).Float() / area; perM2 > m.most {
			f.warn(m.column, "money.unit", fmt.Sprintf("%.0f 万元 for each m² is not plausible", perM2), "Check whether the amount is in 元; columns are in 万元.")
		}
	}
}
