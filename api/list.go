package api

import (
	"cmp"
	"slices"
	"strings"

	"muchan/parcels"
)

// order is one field a list can be sorted by.
type order[T any] struct {
	name string
	of   func(c *call, row T) sortKey
}

// sortKey is what a row has in a field: a number or a text, or nothing.
type sortKey struct {
	number  float64
	text    string
	missing bool
}

func byNumber[N int | int64 | float64 | parcels.Wan](v N) sortKey { return sortKey{number: float64(v)} }

func byText(s string) sortKey { return sortKey{text: s, missing: s == ""} }

func byDay(d parcels.Date) sortKey { return sortKey{number: float64(d), missing: !d.OK()} }

func byOpt[N float64 | parcels.Wan](o parcels.Opt[N]) sortKey {
	v, ok := o.Get()
	return sortKey{number: float64(v), missing: !ok}
}

// byPointer is the number at a pointer; nil is missing.
func byPointer(n *int) sortKey {
	if n == nil {
		return sortKey{missing: true}
	}
	return byNumber(*n)
}

// listParams are the parameters of every list: what to sort by, and the page.
func listParams[T any](standard string, orders []order[T]) []param {
	names := make([]string, 0, 2*len(orders))
	for _, o := range orders {
		names = append(names, o.name, "-"+o.name)
	}
	return append([]param{{
		name: "sort", kind: wordParam, words: names, standard: standard,
		doc: words{"排序字段，前加 - 为降序；缺值者排最后", "field to sort by, - in front for descending; rows without a value come last"},
	}}, pageParams...)
}

// listed sorts rows by what is asked for and returns the page asked for. Rows that are alike keep their order; those without a value
// come last either way.
func listed[T any](c *call, rows []T, orders []order[T]) []T {
	name, descending := strings.CutPrefix(c.text("sort"), "-")
	at := slices.IndexFunc(orders, func(o order[T]) bool { return o.name == name })
	if at < 0 {
		return windowOf(c, rows)
	}
	type keyed struct {
		key sortKey
		row T
	}
	sorted := make([]keyed, len(rows))
	for i, row := range rows {
		sorted[i] = keyed{orders[at].of(c, row), row}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return a.key.compare(b.key, descending) })
	page := []T{}
	for _, k := range windowOf(c, sorted) {
		page = append(page, k.row)
	}
	return page
}

func (k sortKey) compare(o sortKey, descending bool) int {
	if k.missing || o.missing {
		return compareTruth(k.missing, o.missing)
	}
	by := cmp.Or(cmp.Compare(k.number, o.number), strings.Compare(k.text, o.text))
	if descending {
		return -by
	}
	return by
}

// windowOf is the part of a list that limit and offset ask for.
func windowOf[T any](c *call, list []T) []T {
	from := min(c.number("offset"), len(list))
	return list[from:min(from+c.number("limit"), len(list))]
}
