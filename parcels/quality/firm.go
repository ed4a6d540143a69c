package quality

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"muchan/parcels"
)

// firm runs the rules about one firm.
func (c *checker) firm(i int, s *sink) {
	f := &c.Firms[i]
	closed := f.ClosedOn.OK() && f.ClosedOn <= c.AsOf
	at := c.landOf(f.USCC)
	switch occupies := c.occupies(f.USCC); {
	case !occupies && !closed:
		c.tell(s, "firm.without_land", func() Finding {
			return c.finding("firms", f.USCC, -1, f.Name+"当日没有用地关系", f.Name+" occupies no land on the day")
		})
	case occupies && closed:
		c.tell(s, "firm.closed_on_land", func() Finding {
			g := c.finding("firms", f.USCC, at, f.Name+"已于"+f.ClosedOn.String()+"注销，用地关系未终止", f.Name+" closed on "+f.ClosedOn.String()+" and still occupies land")
			g.Column = "closed_on"
			return g
		})
	}
	figures := c.figuresOf(f.USCC)
	c.missingYears(f, figures, at, s)
	c.magnitudes(figures, at, s)
}

func (c *checker) occupies(uscc string) bool {
	return slices.ContainsFunc(c.OccupanciesOf(uscc), func(k int) bool { return c.current(&c.Occupancies[k]) })
}

// figuresOf are a firm's rows by year: rows stand by credit code and year.
func (c *checker) figuresOf(uscc string) (rows []parcels.Figures) {
	n := c.Figures.Len()
	for i := sort.Search(n, func(i int) bool { return c.Figures.At(i).USCC >= uscc }); i < n && c.Figures.At(i).USCC == uscc; i++ {
		rows = append(rows, *c.Figures.At(i))
	}
	return rows
}

// missingYears reports the years between a firm's first and the last that is due for which it has no figures. Due is the last year
// for which anybody has some, for a firm that closed the year before it did.
func (c *checker) missingYears(f *parcels.Firm, figures []parcels.Figures, at int, s *sink) {
	if len(figures) == 0 {
		c.tell(s, "firm.without_figures", func() Finding {
			return c.finding("firms", f.USCC, at, f.Name+"没有任何年度数据", f.Name+" has no figures of any year")
		})
		return
	}
	last := c.lastYear
	if f.ClosedOn.OK() {
		last = min(last, f.ClosedOn.Year()-1)
	}
	var missing []string
	for year, k := figures[0].Year, 0; year <= last; year++ {
		for k < len(figures) && figures[k].Year < year {
			k++
		}
		if (k == len(figures) || figures[k].Year != year) && len(missing) < maxYears {
			missing = append(missing, strconv.Itoa(year))
		}
	}
	if len(missing) == 0 {
		return
	}
	c.tell(s, "figures.year_missing", func() Finding {
		return c.finding("firms", f.USCC, at, fmt.Sprintf("%s缺%s年度数据", f.Name, strings.Join(missing, "、")),
			fmt.Sprintf("%s has no figures of %s", f.Name, strings.Join(missing, ", ")))
	})
}

// maxYears bounds a list of missing years, for a year that is itself wrong.
const maxYears = 50

// twins reports firms that share a name or an organisation code: one firm under two codes, most likely.
func (c *checker) twins() {
	c.group("firm.same_name", func(f *parcels.Firm) string { return f.Name }, "企业名称相同", "it has the same name as ")
	c.group("firm.same_organisation", func(f *parcels.Firm) string {
		if _, _, ok := parcels.USCCCheck(f.USCC); !ok {
			return ""
		}
		return f.USCC[8:17]
	}, "统一社会信用代码的主体标识码相同", "its credit code holds the organisation code of ")
}

func (c *checker) group(rule string, key func(*parcels.Firm) string, zh, en string) {
	first := make(map[string]int, len(c.Firms))
	for i := range c.Firms {
		k := key(&c.Firms[i])
		if k == "" {
			continue
		}
		before, known := first[k]
		if !known {
			first[k] = i
			continue
		}
		c.tell(c.all, rule, func() Finding {
			other := c.Firms[before].USCC
			f := c.finding("firms", c.Firms[i].USCC, c.landOf(c.Firms[i].USCC), zh+"："+other, en+other)
			f.Others = []string{other}
			return f
		})
	}
}
