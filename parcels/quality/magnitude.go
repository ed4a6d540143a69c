package quality

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"muchan/geo"
	"muchan/parcels"
)

// measured are the columns of figures that have a unit to be mistaken in.
var measured = func() []*parcels.Column[parcels.Figures] {
	var list []*parcels.Column[parcels.Figures]
	for i := range parcels.FiguresTable.Columns {
		c := &parcels.FiguresTable.Columns[i]
		if kind := c.Kind(); kind == parcels.KindMoney || kind == parcels.KindReal {
			list = append(list, c)
		}
	}
	return list
}()

// amount is a figure in its column's unit, false when it is missing or not positive: only positive ones have a magnitude.
func amount(c *parcels.Column[parcels.Figures], row *parcels.Figures) (float64, bool) {
	v := 0.0
	switch f := c.Field(row).(type) {
	case *parcels.Opt[parcels.Wan]:
		v = f.Or(0).Float()
	case *parcels.Opt[float64]:
		v = f.Or(0)
	}
	return v, v > 0 && !math.IsInf(v, 0)
}

// magnitudes compares each figure of a firm with the median of its other years.
func (c *checker) magnitudes(figures []parcels.Figures, at int, s *sink) {
	var others []float64
	for _, column := range measured {
		for i := range figures {
			v, ok := amount(column, &figures[i])
			if !ok {
				continue
			}
			others = others[:0]
			for k := range figures {
				if w, ok := amount(column, &figures[k]); ok && k != i {
					others = append(others, w)
				}
			}
			if len(others) == 0 {
				continue
			}
			if slices.Sort(others); c.off(v, median(others)) {
				c.offFinding("figures.magnitude", column, &figures[i], v, median(others), at, Text{"本企业其他年度的中位数", "the median of the firm's other years"}, s)
			}
		}
	}
}

// off reports whether a figure is so many times its measure, or such a part of it, that the unit must be another.
func (c *checker) off(v, measure float64) bool {
	large, small := max(v, measure), min(v, measure)
	return large >= c.opt.FloorWan && large >= c.opt.Magnitude*small
}

// median of sorted positive numbers; between two it is their geometric mean, since magnitudes are compared.
func median(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return math.Sqrt(sorted[n/2-1]) * math.Sqrt(sorted[n/2])
}

func (c *checker) offFinding(rule string, column *parcels.Column[parcels.Figures], row *parcels.Figures, v, measure float64, at int, of Text, s *sink) {
	c.tell(s, rule, func() Finding {
		f := c.finding("figures", parcels.FiguresTable.Key(row), at,
			fmt.Sprintf("%s%s%s，%s为%s", column.Title, number(v), column.Unit, of.Zh, number(measure)),
			fmt.Sprintf("%s is %s, %s is %s", column.Name, number(v), of.En, number(measure)))
		f.Column, f.Value = column.Name, number(v)
		return f
	})
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// cohort is what one figure is compared by: the same column and year of firms of the same industry division.
type cohort struct {
	division string
	year     int
	column   int
}

// sizes are the columns compared per mu of land.
var sizes = slices.DeleteFunc(slices.Clone(measured), func(c *parcels.Column[parcels.Figures]) bool {
	return !slices.Contains([]string{"output_wan", "revenue_wan", "value_added_wan"}, c.Name)
})

// cohorts compares each firm's sizes per mu with the median of its industry division and year. Land shared by firms counts to each
// by heads, which is rough, but no thousandfold.
func (c *checker) cohorts() {
	mu := c.landMu()
	values := map[cohort][]float64{}
	c.eachSize(mu, func(k cohort, _ int, perMu float64) { values[k] = append(values[k], perMu) })
	for _, list := range values {
		slices.Sort(list)
	}
	c.eachSize(mu, func(k cohort, row int, perMu float64) {
		list := values[k]
		if len(list) < c.opt.CohortLeast {
			return
		}
		r := c.Figures.At(row)
		m := median(list)
		if v, _ := amount(sizes[k.column], r); !c.off(v, m*v/perMu) {
			return
		}
		c.offFinding("figures.cohort", sizes[k.column], r, perMu, m, c.landOf(r.USCC),
			Text{"按亩计，同行业同年度亩均中位数", "per mu, the median of its industry and year per mu"}, c.all)
	})
}

func (c *checker) eachSize(mu []float64, visit func(k cohort, row int, perMu float64)) {
	for i, r := range c.Figures.All() {
		firm, ok := c.FirmIndex(r.USCC)
		if !ok || mu[firm] <= 0 || len(c.Firms[firm].Industry) < 2 {
			continue
		}
		for n, column := range sizes {
			if v, ok := amount(column, r); ok {
				visit(cohort{c.Firms[firm].Industry[:2], r.Year, n}, i, v/mu[firm])
			}
		}
	}
}

// landMu is the land in mu of each firm on the day, 0 for none: a parcel's title area, else its drawn area, by the number of
// occupancies on it.
func (c *checker) landMu() []float64 {
	mu := make([]float64, len(c.Firms))
	for i := range c.Parcels.Len() {
		var firms []int
		for _, o := range c.OccupanciesAt(i) {
			if f := c.OccupancyFirm(o); f >= 0 && c.current(&c.Occupancies[o]) && !slices.Contains(firms, f) {
				firms = append(firms, f)
			}
		}
		if len(firms) == 0 {
			continue
		}
		area, ok := c.Parcels.At(i).TitleAreaM2.Get()
		if !ok && c.drawn[i] {
			area = float64(geo.Area(c.Parcels.At(i).Shape))
		}
		for _, f := range firms {
			mu[f] += float64(geo.M2(area).Mu()) / float64(len(firms))
		}
	}
	return mu
}
