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
	ByPlan         = "plan_industry"
	ByParkIndustry = "park,industry"
	ByCell         = "cell"
)

// Groupings lists them.
var Groupings = []string{ByZone, ByPark, ByIndustry, ByClass, ByPlan, ByParkIndustry, ByCell}

// mostRows bounds the groups of one grouping and year that are audited: those with most firms. The others are told as TooLarge.
const mostRows = 64

// Table is one year, all groupings.
type Table struct {
	Year int    `json:"year"`
	Run  string `json:"run"`  // whose frozen figures are summed; "" where none are published
	Rows []Row  `json:"rows"` // by grouping, then by key
}

// Row is one group of firms.
type Row struct {
	By         string `json:"by"`
	Park       string `json:"park,omitempty"`
	Industry   string `json:"industry,omitempty"`        // division of GB/T 4754-2017
	Class      string `json:"published_class,omitempty"` // of the final evaluation
	Plan       string `json:"plan_industry,omitempty"`   // ID of the plan's target for the industry
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
	Suppressed string               `json:"suppressed,omitempty"` // few, dominance, complementary, limit or not_published
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

// Tables audits all years together and returns one table for each. Years come in the order in which they were published: what a year
// added later leaves of the earlier ones is what readers have read already, and whatever it adds is audited beside that.
func Tables(years []Year, opt Options) []Table { return tables(years, opt, false) }

func tables(years []Year, opt Options, careless bool) []Table {
	years = align(years)
	groups, firms := make([][]*group, len(years)), 0
	for i := range years {
		firms = len(years[i].firms)
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
	audit(pooled, firms, opt.Dominance, careless)
	out := make([]Table, len(years))
	for i := range years {
		out[i] = Table{Year: years[i].Year, Run: years[i].Run, Rows: make([]Row, 0, len(groups[i]))}
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
	for f := range y.firms {
		if e := &y.firms[f]; e.present {
			for _, r := range e.rows(opt) {
				key := r.key()
				g, ok := found[r.By+" "+key]
				if !ok {
					g = &group{row: r, key: key}
					found[r.By+" "+key], all = g, append(all, g)
				}
				g.members = append(g.members, int32(f))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *group) int {
		return cmp.Or(slices.Index(Groupings, a.row.By)-slices.Index(Groupings, b.row.By), len(b.members)-len(a.members), strings.Compare(a.key, b.key))
	})
	return all
}

// rows are the groups that a firm stands in.
func (e *entry) rows(opt Options) []Row {
	list := []Row{{By: ByZone}, {By: ByPark, Park: e.park}}
	if e.industry != "" {
		list = append(list, Row{By: ByIndustry, Industry: e.industry}, Row{By: ByParkIndustry, Park: e.park, Industry: e.industry})
		for _, p := range opt.Plan {
			if slices.ContainsFunc(p.Prefixes, func(prefix string) bool { return strings.HasPrefix(e.code, prefix) }) {
				list = append(list, Row{By: ByPlan, Plan: p.ID})
			}
		}
	}
	if e.class != "" {
		list = append(list, Row{By: ByClass, Class: e.class})
	}
	if e.placed {
		list = append(list, Row{By: ByCell, Cell: fmt.Sprintf("%d/%d/%d", opt.Zoom, e.at.x, e.at.y)})
	}
	return list
}

// key tells a row from the others of its grouping.
func (r *Row) key() string {
	if r.By == ByParkIndustry {
		return r.Park + " " + r.Industry
	}
	return r.Park + r.Industry + r.Class + r.Plan + r.Cell
}

// cells makes the cells of one measure, in the order of groups, with the firms that have the figure.
func (y *Year) cells(groups []*group, m int) []*cell {
	cells := make([]*cell, len(groups))
	inFamily := map[int]int{}
	for k, g := range groups {
		c := &cell{family: slices.Index(Groupings, g.row.By), year: y.Year}
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
