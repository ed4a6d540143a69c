package scoring

import (
	"slices"
	"strings"

	"muchan/parcels"
)

// CodesOf translates an industry code of GB/T 4754-2017 to the edition of the set. More than one code means that the old edition
// spread the industry; none that the crosswalk does not know it, and then no row may be read with the code as it stands.
func (r *ControlRules) CodesOf(industry string) []string {
	if industry == "" {
		return nil
	}
	if r.IndustryEdition == firmEdition {
		return []string{industry}
	}
	var best *Crossing
	for i := range r.Crosswalk {
		x := &r.Crosswalk[i]
		if strings.HasPrefix(industry, x.From) && (best == nil || len(x.From) > len(best.From)) {
			best = x
		}
	}
	if best == nil {
		return nil
	}
	return best.To
}

// byCode returns the value of the longest prefix of a code, both of the set's edition.
func (r *ControlRow) byCode(code string) (float64, bool) {
	for n := len(code); n >= 2; n-- {
		if v, ok := r.Industries[code[:n]]; ok {
			return v, true
		}
	}
	return 0, false
}

// industryLimit is what a row asks of an industry: the least and the greatest value of its codes, and why there is none.
type industryLimit struct {
	least, greatest parcels.Opt[float64]
	codes           []string
	note            Text
}

// limitOf returns the row's limit for an industry of GB/T 4754-2017. Where the edition spread the industry over codes with different
// values nobody may pick one: the limit is a range.
func (r *ControlRules) limitOf(row *ControlRow, industry string) industryLimit {
	l := industryLimit{codes: r.CodesOf(industry)}
	switch {
	case industry == "":
		l.note = Text{"行业未登记，无法对应指标", "the industry is not on file, so no value can be looked up"}
		return l
	case len(l.codes) == 0:
		l.note = Text{"行业代码 " + industry + "（2017）未能对应到本版代码，不取值", "the industry code " + industry + " (2017) leads to no code of this edition; no value is taken"}
		return l
	}
	var values []float64
	for _, code := range l.codes {
		if v, ok := row.byCode(code); ok {
			values = append(values, v)
		}
	}
	list := strings.Join(l.codes, "、")
	if len(values) < len(l.codes) {
		l.note = Text{"指标表中无行业 " + list + " 的数值", "the table has no value for all of " + strings.Join(l.codes, ", ")}
		return l
	}
	l.least, l.greatest = parcels.Some(slices.Min(values)), parcels.Some(slices.Max(values))
	if len(l.codes) > 1 {
		l.note = Text{
			"旧版将该行业分列于 " + list + "，无唯一数值：低于最低值不合格，达到最高值合格，其间取决于归类",
			"the old edition spread this industry over " + strings.Join(l.codes, ", ") +
				", so there is no single value: below the least it fails, from the greatest on it passes, between them it depends on the code",
		}
	}
	return l
}
