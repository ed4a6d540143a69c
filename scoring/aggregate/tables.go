package aggregate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"muchan/parcels"
)

// The ways in which firms are grouped, in the order in which cells are wanted.
const (
	ByZone         = "zone"
	ByPark         = "park"
	ByIndustry     = "industry"
	ByClass        = "class"
	ByParkIndustry = "park,industry"
	ByCell         = "cell"
)

// Groupings lists them.
var Groupings = []string{ByZone, ByPark, ByIndustry, ByClass, ByParkIndustry, ByCell}

// mostRows bounds the groups of one grouping and year that are audited: those with most firms. The others are told as TooLarge.
const mostRows = 64

// Table is one year, all groupings.
type Table struct {
	Year int   `json:"year"`
	Rows []Row `json:"rows"` // by grouping, then by key
}

// Row is one group of firms.
type Row struct {
	By         string `json:"by"`
	Park       string `json:"park,omitempty"`
	Industry   string `json:"industry,omitempty"`        // division of GB/T 4754-2017
	Class      string `json:"published_class,omitempty"` // of the final evaluation
	Cell       string `json:"cell,omitempty"`            // zoom/x/y of a Web Mercator tile
	Land       Sum    `json:"land_sum_mu"`
	Output     Sum    `json:"output_sum_wan"` // 万元, as the others
	Revenue    Sum    `json:"revenue_sum_wan"`
	ValueAdded Sum    `json:"value_added_sum_wan"`
	Tax        Sum    `json:"tax_sum_wan"`
}

// sum returns the sum of a measure.
func (r *Row) sum(m int) *Sum {
	return [measures]*Sum{output: &r.Output, revenue: &r.Revenue, valueAdded: &r.ValueAdded, tax: &r.Tax, land: &r.Land}[m]
}

// Sum is what is published of a group's measure. Where Suppressed says why nothing is, all else is missing; that is no zero.
type Sum struct {
	Suppressed string               `json:"suppressed,omitempty"` // few, dominance, complementary or limit
	Firms      parcels.Opt[int]     `json:"firms"`                // that have the figure
	Sum        parcels.Opt[float64] `json:"sum"`
	// PerMu is the sum over the published land of the same group, 万元/亩; missing for land, and where the land is not published.
	PerMu parcels.Opt[float64] `json:"per_mu"`
	// Partial says that some firm of the group has land and not the figure, so that the sum and PerMu are lower bounds.
	Partial bool `json:"lower_bound,omitempty"`
}

// group is a row with the firms in it.
type group struct {
	row     Row
	key     string
	members []int32
	cells   [measures]*cell
}

// Tables audits all years together and returns one table for each, in the order given.
func Tables(years []Year, opt Options) []Table { return tables(years, opt, false) }

func tables(years []Year, opt Options, careless bool) []Table {
	firms := 0
	groups := make([][]*group, len(years))
	for i := range years {
		firms = max(firms, len(years[i].firms))
		groups[i] = years[i].groups(opt)
	}
	var pooled []*cell
	for i := range years {
		for m := range measures {
			cells := years[i].cells(groups[i], m)
			if m == land {
				pooled = append(pooled, cells...)
				continue
			}
			audit(cells, firms, opt.Dominance, careless)
		}
	}
	// All years of a family before the next family, so that no year's details cost another year its totals; the newest year first.
	slices.SortStableFunc(pooled, func(a, b *cell) int { return cmp.Or(a.family-b.family, b.year-a.year, a.place-b.place) })
	audit(pooled, firms, opt.Dominance, careless)
	out := make([]Table, len(years))
	for i := range years {
		out[i] = Table{Year: years[i].Year, Rows: make([]Row, 0, len(groups[i]))}
		slices.SortStableFunc(groups[i], func(a, b *group) int {
			return cmp.Or(slices.Index(Groupings, a.row.By)-slices.Index(Groupings, b.row.By), strings.Compare(a.key, b.key))
		})
		for _, g := range groups[i] {
			out[i].Rows = append(out[i].Rows, g.publish())
		}
	}
	return out
}

// groups puts the firms of a year into groups: by grouping, and within one those of most firms first.
func (y *Year) groups(opt Options) []*group {
	found := map[string]*group{}
	var all []*group
	put := func(f int, r Row, key string) {
		id := r.By + " " + key
		g, ok := found[id]
		if !ok {
			g = &group{row: r, key: key}
			found[id], all = g, append(all, g)
		}
		g.members = append(g.members, int32(f))
	}
	for f := range y.firms {
		e := &y.firms[f]
		if !e.present {
			continue
		}
		put(f, Row{By: ByZone}, "")
		put(f, Row{By: ByPark, Park: e.park}, e.park)
		if e.industry != "" {
			put(f, Row{By: ByIndustry, Industry: e.industry}, e.industry)
			put(f, Row{By: ByParkIndustry, Park: e.park, Industry: e.industry}, e.park+" "+e.industry)
		}
		if e.class != "" {
			put(f, Row{By: ByClass, Class: e.class}, e.class)
		}
		if e.placed {
			name := fmt.Sprintf("%d/%d/%d", opt.Zoom, e.at.x, e.at.y)
			put(f, Row{By: ByCell, Cell: name}, name)
		}
	}
	slices.SortStableFunc(all, func(a, b *group) int {
		return cmp.Or(slices.Index(Groupings, a.row.By)-slices.Index(Groupings, b.row.By), len(b.members)-len(a.members), strings.Compare(a.key, b.key))
	})
	return all
}

// cells makes the cells of one measure, in the order of groups, with the firms that have the figure.
func (y *Year) cells(groups []*group, m int) []*cell {
	cells := make([]*cell, len(groups))
	inFamily := map[int]int{}
	for k, g := range groups {
		c := &cell{family: slices.Index(Groupings, g.row.By), year: y.Year, place: k}
		for _, f := range g.members {
			if v, ok := y.firms[f].amounts[m].Get(); ok {
				c.members, c.amounts = append(c.members, f), append(c.amounts, v)
			}
		}
		if inFamily[c.family]++; inFamily[c.family] > mostRows {
			c.reason = TooLarge
		}
		cells[k], g.cells[m] = c, c
	}
	return cells
}

// publish fills the row with what its cells' reasons leave.
func (g *group) publish() Row {
	r := g.row
	for m := range measures {
		c, s := g.cells[m], r.sum(m)
		if c.reason != "" {
			s.Suppressed = c.reason
			continue
		}
		s.Firms, s.Sum = parcels.Some(len(c.members)), parcels.Some(c.rounded(m))
		if m == land {
			continue
		}
		s.Partial = !slices.Equal(c.members, g.cells[land].members)
		if area := g.cells[land]; area.reason == "" && area.rounded(land) > 0 {
			s.PerMu = parcels.Some(math.Round(1e4*c.rounded(m)/area.rounded(land)) / 1e4)
		}
	}
	return r
}

// rounded is the sum as published: whole 万元, or hundredths of a mu.
func (c *cell) rounded(m int) float64 {
	sum := 0.0
	for _, v := range c.amounts {
		sum += v
	}
	if m == land {
		return math.Round(sum*100) / 100
	}
	return math.Round(sum / parcels.FenPerWan)
}
