package aggregate

import (
	"math"

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
}

// Defaults are the options that are used where nobody asks for others. The limit of 85 % is customary; no document that binds the
// zone and states it was found.
var Defaults = Options{Dominance: 0.85, Zoom: 15}

// Year is what one year contributes: small beside the scores it is taken from.
type Year struct {
	Year  int
	firms []entry // by position in Snapshot.Firms
}

// entry is one firm in one year.
type entry struct {
	present  bool // it held land in the zone
	park     string
	industry string
	class    string // published, "" for none
	at       tile
	placed   bool
	amounts  [measures]parcels.Opt[float64] // fen; land in mu
}

// tile is a cell of the map.
type tile struct{ x, y int }

// Gather takes a year out of its scores. classes are the final classes of that year's evaluation by credit code, nil while none is
// published; preview classes must not be given.
func Gather(s *scoring.Scores, classes map[string]scoring.Class, opt Options) Year {
	snap := s.Snapshot()
	y := Year{Year: s.Year, firms: make([]entry, len(s.Firms))}
	main, held := mainParcels(s)
	for f := range y.firms {
		if main[f] < 0 {
			continue
		}
		p, e, firm := &snap.Parcels[main[f]], &y.firms[f], &snap.Firms[f]
		*e = entry{present: true, park: p.Park, industry: division(firm.Industry), class: string(classes[firm.USCC])}
		e.at, e.placed = tileOf(p, opt.Zoom)
		e.amounts[land] = parcels.Some(held[f])
		e.amounts[tax] = fen(s.Firms[f].TaxWan)
		if g := snap.FiguresOf(firm.USCC, s.Year); g != nil {
			e.amounts[output], e.amounts[revenue], e.amounts[valueAdded] = fen(g.OutputWan), fen(g.RevenueWan), fen(g.ValueAddedWan)
		}
	}
	return y
}

// mainParcels returns for each firm the parcel where it holds most land, -1 for none, and all the land it holds in mu. Equal parcels
// go to the first by code.
func mainParcels(s *scoring.Scores) (main []int, held []float64) {
	main, held = make([]int, len(s.Firms)), make([]float64, len(s.Firms))
	best := make([]float64, len(s.Firms))
	for f := range main {
		main[f] = -1
	}
	for p := range s.Parcels {
		for _, share := range s.Parcels[p].Firms {
			held[share.Firm] += share.LandMu
			if main[share.Firm] < 0 || share.LandMu > best[share.Firm] {
				main[share.Firm], best[share.Firm] = p, share.LandMu
			}
		}
	}
	return main, held
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

// tileOf is the Web Mercator tile of the middle of a parcel's bounding box.
func tileOf(p *parcels.Parcel, zoom int) (tile, bool) {
	if len(p.Shape) == 0 {
		return tile{}, false
	}
	c := p.Shape.Bound().Center()
	n := math.Exp2(float64(zoom))
	lat := c[1] * math.Pi / 180
	x := (c[0] + 180) / 360 * n
	y := (1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * n
	if !(x >= 0 && x < n && y >= 0 && y < n) {
		return tile{}, false
	}
	return tile{int(x), int(y)}, true
}
