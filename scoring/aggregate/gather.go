package aggregate

import (
	"cmp"
	"math"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// The measures that are summed.
const (
	output = iota
	revenue
	valueAdded
	tax
	land
	measures
)

// Options are the parameters of the suppression.
type Options struct {
	// Dominance is the largest share of a cell's absolute sum that one firm may have, 0..1.
	Dominance float64
	// Zoom is the zoom level of the Web Mercator tiles that are the map's cells. At 25° north a tile of zoom 15 is 1.1 km wide.
	Zoom int
	// Plan are the industries that the zone's plan speaks of.
	Plan []PlanIndustry
}

// PlanIndustry is an industry of the zone's plan: prefixes of GB/T 4754-2017 codes under the ID of its target.
type PlanIndustry struct {
	ID       string
	Prefixes []string
}

// PlanIndustries are those of the plan that came with the service. Which divisions make an industry is this program's choice; the plan
// does not say.
var PlanIndustries = []PlanIndustry{
	{"output-textiles", []string{"17", "18", "195"}},
	{"output-electronics", []string{"39"}},
	{"output-machinery", []string{"34", "35", "36", "38"}},
	{"output-food-medicine", []string{"13", "14", "15", "27"}},
}

// Defaults are the options that are used where nobody asks for others. The limit of 85 % is customary; no document that binds the
// zone and states it was found.
var Defaults = Options{Dominance: 0.85, Zoom: 15, Plan: PlanIndustries}

// Year is what one year contributes: small beside the run it is taken from.
type Year struct {
	Year  int
	Run   string // whose figures they are
	firms []entry
}

// entry is one firm in one year. One that held no land in the zone is not present.
type entry struct {
	uscc     string
	present  bool
	park     string
	industry string // division
	code     string // industry in full
	class    string // published, "" for none
	at       tile
	placed   bool
	amounts  [measures]parcels.Opt[float64] // fen; land in mu
}

// tile is a cell of the map.
type tile struct{ x, y int }

// Gather takes a year out of what a run kept. classes are that run's by credit code; preview classes must not be given.
func Gather(year int, kept []scoring.Summand, classes map[string]scoring.Class, opt Options) Year {
	y := Year{Year: year, firms: make([]entry, len(kept))}
	for f := range kept {
		k, e := &kept[f], &y.firms[f]
		*e = entry{uscc: k.USCC, present: true, park: k.Park, industry: division(k.Industry), code: k.Industry, class: string(classes[k.USCC])}
		e.at, e.placed = tileOf(k.Lon, k.Lat, opt.Zoom)
		e.amounts = [measures]parcels.Opt[float64]{
			output: fen(k.OutputWan), revenue: fen(k.RevenueWan), valueAdded: fen(k.ValueAddedWan), tax: fen(k.TaxWan), land: parcels.Some(k.LandMu),
		}
	}
	return y
}

// align gives every firm the same position in all years, by credit code.
func align(years []Year) []Year {
	at := map[string]int{}
	var all []string
	for i := range years {
		for f := range years[i].firms {
			if u := years[i].firms[f].uscc; at[u] == 0 {
				at[u], all = 1, append(all, u)
			}
		}
	}
	slices.SortFunc(all, cmp.Compare)
	for k, u := range all {
		at[u] = k
	}
	aligned := slices.Clone(years)
	for i := range aligned {
		firms := make([]entry, len(all))
		for f := range years[i].firms {
			firms[at[years[i].firms[f].uscc]] = years[i].firms[f]
		}
		aligned[i].firms = firms
	}
	return aligned
}

// division is the two-digit division (大类) of an industry code of GB/T 4754-2017, "" when it has none.
func division(code string) string {
	if len(code) < 2 || parcels.IndustrySection(code) == "" {
		return ""
	}
	return code[:2]
}

// fen are the amounts as whole numbers, exact in a float up to 9·10^9 万元.
func fen(o parcels.Opt[parcels.Wan]) parcels.Opt[float64] {
	v, ok := o.Get()
	if !ok {
		return parcels.Opt[float64]{}
	}
	return parcels.Some(float64(v))
}

// tileOf is the Web Mercator tile of a place in degrees.
func tileOf(lon, lat parcels.Opt[float64], zoom int) (tile, bool) {
	if !lon.OK() || !lat.OK() {
		return tile{}, false
	}
	n := math.Exp2(float64(zoom))
	phi := lat.Or(0) * math.Pi / 180
	x := (lon.Or(0) + 180) / 360 * n
	y := (1 - math.Asinh(math.Tan(phi))/math.Pi) / 2 * n
	if !(x >= 0 && x < n && y >= 0 && y < n) {
		return tile{}, false
	}
	return tile{int(x), int(y)}, true
}
