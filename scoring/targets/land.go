package targets

import (
	"slices"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

const (
	m2PerKm2 = 1e6
	muPerKm2 = 1500 // 1 km² is 10⁶ m², a mu 2000/3 m²
)

// Denominator is the area that a target per km² implies together with the target of its total.
type Denominator struct {
	Total, PerKm2 *parcels.Target
	Km2, Mu       float64
	WanPerMu      float64 // the target per km² in 万元 per mu
	Actual        opt     // of the total in the year, 亿元
	ActualPerKm2  opt     // on the implied area, 亿元/km²
}

// perKm2 are the targets per km² with that of their total.
var perKm2 = []struct{ total, per string }{{"gdp", "gdp-per-km2"}, {"budget", "budget-per-km2"}}

func denominators(known map[string]*parcels.Target, actuals map[string]Actual) []Denominator {
	var list []Denominator
	for _, pair := range perKm2 {
		total, per := known[pair.total], known[pair.per]
		if total == nil || per == nil {
			continue
		}
		t, p, ok := both(total.Target, per.Target)
		if !ok || p == 0 {
			continue
		}
		d := Denominator{Total: total, PerKm2: per, Km2: t / p, Mu: t / p * muPerKm2, WanPerMu: p * wanPerYi / muPerKm2, Actual: actuals[pair.total].Value}
		d.ActualPerKm2, _ = over2(d.Actual, d.Km2)
		list = append(list, d)
	}
	return list
}

// Area is an area of the zone and what it means.
type Area struct {
	Definition string // approved, planned, built; supplied for the land of all parcels on file; "" for one the asker does not define
	Km2        float64
	Parks      []string // codes of the parks it is the sum of; none for one that was stated
	Stated     bool     // by the asker, not from the file
	Note       scoring.Text
}

// DefinitionSupplied is the land of all parcels on file.
const DefinitionSupplied = "supplied"

// DefinitionTitles name what an area means.
var DefinitionTitles = map[string]scoring.Text{
	"approved":         {Zh: "核准面积", En: "approved area"},
	"planned":          {Zh: "规划面积", En: "planned area"},
	"built":            {Zh: "建成面积", En: "built area"},
	DefinitionSupplied: {Zh: "库内宗地面积合计", En: "land of all parcels on file"},
	"":                 {Zh: "口径未说明", En: "not defined"},
}

// AreaYield is an area with what the zone yields on it and what the targets per km² would demand of it.
type AreaYield struct {
	Area
	Mu            float64
	OutputYiKm2   opt      // 亿元/km²
	OutputWanMu   opt      // 万元/亩
	TaxYiKm2      opt      // 亿元/km²
	TaxWanMu      opt      // 万元/亩
	Demands       []Demand // one for each denominator
	MissingParks  []string // parks without an area of this definition
	OutputLacking int      // firms with figures but no output: the sum is a lower bound
}

// Demand is what a target per km² means on an area.
type Demand struct {
	PerKm2       *parcels.Target
	TotalYi      float64 // area × target, 亿元
	ActualPerKm2 opt     // actual total ÷ area, 亿元/km²
	AreaOver     float64 // area ÷ the area the plan implies
}

// areas lists the areas on file by definition, the land of all parcels, and those the asker states.
func (in *Input) areas() []Area {
	snap := in.Scores.Snapshot()
	var list []Area
	for _, definition := range parcels.AreaDefinitions {
		a := Area{Definition: definition}
		for i := range snap.Parks {
			p := &snap.Parks[i]
			if m2, ok := p.AreaM2.Get(); ok && p.Definition == definition && m2 > 0 {
				a.Km2, a.Parks = a.Km2+m2/m2PerKm2, append(a.Parks, p.Code)
			}
		}
		if a.Km2 > 0 {
			list = append(list, a)
		}
	}
	supplied := Area{Definition: DefinitionSupplied, Note: scoring.Text{Zh: "证载面积，缺者用图上面积；不含道路、绿地等未供土地", En: "title areas, drawn ones where missing; without roads, greens and other land not supplied"}}
	seen := map[string]bool{}
	for i := range in.Scores.Parcels {
		if mu, ok := in.Scores.Parcels[i].LandMu.Get(); ok {
			supplied.Km2 += float64(geo.Mu(mu).M2()) / m2PerKm2
			seen[snap.Parcels.At(i).Park] = true
		}
	}
	if supplied.Km2 > 0 {
		for i := range snap.Parks {
			if seen[snap.Parks[i].Code] {
				supplied.Parks = append(supplied.Parks, snap.Parks[i].Code)
			}
		}
		list = append(list, supplied)
	}
	for _, a := range in.Areas {
		a.Stated, a.Parks = true, nil
		list = append(list, a)
	}
	return list
}

// yields sets output and tax of the whole zone against each area. An area that lacks a park is not the zone's, and has no yield.
func (in *Input) yields(actuals map[string]Actual, needed []Denominator) []AreaYield {
	var list []AreaYield
	for _, a := range in.areas() {
		y := AreaYield{Area: a, Mu: a.Km2 * muPerKm2, OutputLacking: actuals[metricOutput].Lacking}
		if !a.Stated {
			for i := range in.Scores.Snapshot().Parks {
				if code := in.Scores.Snapshot().Parks[i].Code; !slices.Contains(a.Parks, code) {
					y.MissingParks = append(y.MissingParks, code)
				}
			}
		}
		if len(y.MissingParks) == 0 && a.Km2 > 0 {
			y.OutputYiKm2, y.OutputWanMu = over2(actuals[metricOutput].Value, a.Km2)
			y.TaxYiKm2, y.TaxWanMu = over2(actuals[metricTax].Value, a.Km2)
		}
		for _, d := range needed {
			per, _ := d.PerKm2.Target.Get()
			demand := Demand{PerKm2: d.PerKm2, TotalYi: a.Km2 * per, AreaOver: a.Km2 / d.Km2}
			if len(y.MissingParks) == 0 {
				demand.ActualPerKm2, _ = over2(d.Actual, a.Km2)
			}
			y.Demands = append(y.Demands, demand)
		}
		list = append(list, y)
	}
	return list
}

// over2 divides an amount in 亿元 by an area, per km² and in 万元 per mu.
func over2(yi opt, km2 float64) (perKm2, perMu opt) {
	v, ok := yi.Get()
	if !ok {
		return opt{}, opt{}
	}
	return finite(v / km2), finite(v * wanPerYi / (km2 * muPerKm2))
}
