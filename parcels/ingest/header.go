package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

// target is a column of ours that a column of the file feeds.
type target struct {
	index  int // in the table
	name   string
	title  string
	kind   parcels.Kind
	unit   string
	enum   map[string]string // folded code or Chinese name -> code
	need   bool
	key    bool
	cell   int     // in Record.Values; -1 for a fixed value
	factor float64 // from the file's unit to ours
	from   string  // the file's column; "" for a fixed value
	fixed  string  // the value in every row
}

// isWords reports whether a column holds no numbers.
func (t *target) isWords() bool {
	return t.kind != parcels.KindInteger && t.kind != parcels.KindReal && t.kind != parcels.KindMoney
}

// plan says which cell goes where.
type plan struct {
	targets  []target
	shape    int      // column of the table that takes Record.Shape; -1 for none
	unread   []string // columns of the file that have no place
	lent     []int    // columns of the table that stored rows lend; nil but for a ledger
	date1904 bool
	named    map[string]string // the file's column -> our name
	carried  []string          // ours that the file has, in the table's order
	notes    []string
	problems []parcels.Problem
}

// header matches the columns of a file with those of a table.
type header struct {
	plan
	entity string
	dbf    bool     // names are cut to ten bytes
	units  declared // above the header
	year   string   // whose figures are read, where columns name it; "" for none
	ours   []target
	byName map[string]int // folded name or title -> index in ours
	fed    map[int]string // index in ours -> the file's column
	exact  map[int]bool   // indexes in ours that the file names as we do, or that the mapping names
}

func newPlan[T any](t *parcels.Table[T], r layerfile.Reader, units declared, opt Options) *plan {
	h := &header{units: units, plan: plan{shape: -1, named: map[string]string{}, date1904: r.Info().Date1904}, entity: t.Name, byName: map[string]int{}, fed: map[int]string{}}
	h.dbf = strings.HasSuffix(r.Info().Format, "Shapefile")
	for i, c := range t.Columns {
		kind := c.Kind()
		h.ours = append(h.ours, target{index: i, name: c.Name, title: c.Title, kind: kind, unit: c.Unit, need: c.Required, key: c.Key, enum: enumNames(t.Name, c.Name, c.Enum)})
		for _, alias := range []string{c.Name, c.Title, c.TitleEn} {
			h.byName[fold(alias)] = i
		}
		if kind == parcels.KindShape && r.Layer().HasShape {
			h.shape = i
			h.named["geometry"], h.named["shape"] = c.Name, c.Name
			h.fed[i] = "shape"
			if r.Info().Format == "GeoJSON" {
				h.fed[i] = "geometry"
			}
		}
	}
	if len(r.Layer().Fields) == 0 {
		h.fail("", layerfile.RuleEmpty, "the features have no properties, or there are none", "Export the layer with its attributes.")
		return &h.plan
	}
	set := h.pickYear(r.Layer().Fields, opt.Set, known(t, nil))
	h.match(r.Layer().Fields, opt.Map)
	h.set(set)
	if opt.stored != nil && h.shapeless() {
		h.useLedger()
	} else {
		h.missing(opt.unassigned)
	}
	if t.Name == parcels.FiguresTable.Name {
		h.valueless()
	}
	for _, t := range h.ours {
		if _, fed := h.fed[t.index]; fed {
			h.carried = append(h.carried, t.name)
		}
	}
	return &h.plan
}

// fold makes names comparable: full-width forms, case, blanks and invisible marks do not count.
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	return folded(s)
}

func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

func enumNames(table, column string, codes []string) map[string]string {
	if len(codes) == 0 {
		return nil
	}
	names := map[string]string{}
	for _, code := range codes {
		names[fold(code)] = code
		if title := parcels.EnumTitles[table+"."+column][code]; title != "" {
			names[fold(title)] = code
		}
	}
	return names
}

func (h *header) match(fields []layerfile.Field, mapped map[string]string) {
	mapping := map[string]string{}
	for from, to := range mapped {
		mapping[fold(from)] = to
	}
	var unknown []string
	var strange []int
	for i, f := range fields {
		full := h.plainName(f.Name)
		base, unit := splitUnit(full)
		to, isMapped := mapping[fold(f.Name)]
		if !isMapped {
			to, isMapped = mapping[full]
		}
		if !isMapped {
			to, isMapped = mapping[base]
		}
		delete(mapping, fold(f.Name))
		delete(mapping, full)
		delete(mapping, base)
		switch {
		case isOurs(f.Name): // of a file of refused rows that comes back
		case isMapped && to == "-":
			h.notes = append(h.notes, fmt.Sprintf("column %q is left out, as the mapping says", f.Name))
		case isMapped:
			h.feedMapped(i, f.Name, to, unit)
		default:
			if !h.feedNamed(i, f.Name, full, base, unit) {
				strange = append(strange, i)
			}
		}
	}
	h.exact = map[int]bool{}
	for i := range h.fed {
		h.exact[i] = true
	}
	for _, i := range strange {
		if !h.synonym(i, fields[i]) && !h.cut(i, fields[i]) {
			unknown = append(unknown, fields[i].Name)
		}
	}
	h.unread = unknown
	if len(unknown) > 0 {
		h.notes = append(h.notes, "columns without a place here were not read: "+listed(unknown))
	}
	for _, name := range unknown[:min(len(unknown), 20)] {
		h.suggest(name)
	}
	for _, from := range slices.Sorted(maps.Keys(mapping)) {
		if to := h.find(mapping[from]); to >= 0 && h.ours[to].kind == parcels.KindShape {
			continue // the reader took it
		}
		h.fail("", "header.map", fmt.Sprintf("the mapping names a column %q, which the file does not have", from), "Its columns are: "+names(fields)+".")
	}
}

func (h *header) find(name string) int {
	if i, ok := h.byName[fold(name)]; ok {
		return i
	}
	return -1
}

func (h *header) feedMapped(cell int, from, to, unit string) {
	i := h.find(to)
	if base, given := splitUnit(fold(to)); i < 0 && given != "" { // the mapping names the unit too
		i, unit = h.find(base), given
	}
	if i < 0 {
		h.fail("", "header.map", fmt.Sprintf("the mapping names a column %q, which %s do not have", to, h.entity), "The columns are: "+h.columns()+".")
		return
	}
	h.feed(cell, i, from, unit)
}

func (h *header) feedNamed(cell int, from, full, base, unit string) bool {
	if i, ok := h.byName[full]; ok {
		h.feed(cell, i, from, "")
		return true
	}
	if i, ok := h.byName[base]; ok {
		h.feed(cell, i, from, unit)
		return true
	}
	return false
}

func (h *header) feed(cell, i int, from, unit string) {
	t := h.ours[i]
	if other, taken := h.fed[i]; taken {
		h.fail(t.name, "header.duplicate", fmt.Sprintf("the columns %q and %q both mean %s", other, from, t.title), "Remove one, or leave it out by the mapping.")
		return
	}
	h.fed[i] = from
	if t.kind == parcels.KindShape {
		h.fail(t.name, "header.shape", fmt.Sprintf("the column %q means the shape, but is not named so", from), "Name it shape.")
		return
	}
	if t.isWords() {
		unit = "" // what stands in brackets behind the name of a text is a remark
	}
	if unit == "" && !t.isWords() && fold(from) != fold(t.name) { // our own names say their unit
		var clash bool
		if unit, clash = h.units.of(t.unit); clash {
			h.fail(t.name, "header.unit", fmt.Sprintf("the lines above the header name several units, and %q does not say which is its own", from),
				fmt.Sprintf("Say it with the column: --map '%s=%s(%s)', or with the unit that it has.", from, t.name, t.unit))
			return
		}
		if unit != "" {
			h.notes = append(h.notes, fmt.Sprintf("%q is in %s, as the lines above the header say", from, unit))
		}
	}
	factor, ok := factorOf(unit, t.unit)
	if !ok {
		h.fail(t.name, "header.unit", fmt.Sprintf("the unit in %q is not one for %s", from, t.title), unitHelp(t.unit))
		return
	}
	if factor != 1 {
		h.notes = append(h.notes, fmt.Sprintf("%q is turned into %s: times %.6g", from, t.unit, factor))
	}
	t.cell, t.factor, t.from = cell, factor, from
	h.named[from] = t.name
	h.targets = append(h.targets, t)
}

// set feeds columns that the file does not have with a value of their own.
func (h *header) set(values map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := h.find(name)
		switch {
		case i < 0:
			h.fail("", "header.set", fmt.Sprintf("%s have no column %q to set", h.entity, name), "The columns are: "+h.columns()+".")
			continue
		case h.ours[i].kind == parcels.KindShape:
			h.fail(h.ours[i].name, "header.set", "a shape cannot be set", "Leave it out.")
			continue
		}
		t := h.ours[i]
		if other, taken := h.fed[i]; taken {
			h.fail(t.name, "header.set", fmt.Sprintf("the file has a column %q for %s, which is to be set to %q", other, t.title, values[name]),
				"Leave out the one or the other: the column by --map "+other+"=-.")
			continue
		}
		t.cell, t.factor, t.fixed = -1, 1, values[name]
		h.fed[i] = name
		h.targets = append(h.targets, t)
		h.notes = append(h.notes, fmt.Sprintf("%s (%s) is set to %q in every row", t.title, t.name, values[name]))
	}
}

func (h *header) missing(unassigned bool) {
	for i, t := range h.ours {
		if _, fed := h.fed[i]; fed || !t.need || unassigned && t.name == "parcel" {
			continue
		}
		h.required(t)
	}
}

func (h *header) required(t target) {
	remedy := fmt.Sprintf("Name a column %s or %s, map one by --map, or give all rows one value by --set %s=….", t.name, t.title, t.name)
	if t.kind == parcels.KindShape {
		remedy = "Use GeoJSON, or add a column named shape that holds WKT."
	}
	h.fail(t.name, "header.required", fmt.Sprintf("the file has no column %s (%s)", t.name, t.title), remedy)
}

// shapeless tells that rows of the table have shapes, and the file has none.
func (h *header) shapeless() bool {
	return slices.ContainsFunc(h.ours, func(t target) bool { return t.kind == parcels.KindShape && h.fed[t.index] == "" })
}

// valueless refuses figures without any: their rows would say that nothing is known of the year, over what is.
func (h *header) valueless() {
	for i := range h.fed {
		if t := h.ours[i]; t.kind == parcels.KindMoney || t.kind == parcels.KindReal || t.kind == parcels.KindInteger && !t.need {
			return
		}
	}
	h.fail("", "header.values", "no column of the file is a figure of ours", "Name one or map one by --map. The columns are: "+h.columns()+".")
}

func (h *header) fail(column, rule, message, remedy string) {
	h.problems = append(h.problems, parcels.Problem{Entity: h.entity, Column: column, Rule: rule, Message: message, Remedy: remedy, Severity: parcels.SeverityError})
}

func (h *header) columns() string {
	all := make([]string, len(h.ours))
	for i, t := range h.ours {
		all[i] = t.name
	}
	return strings.Join(all, ", ")
}

func names(fields []layerfile.Field) string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.Name
	}
	return listed(all)
}

// listed joins names for a message, not too many.
func listed(names []string) string {
	const most = 20
	short := make([]string, 0, most)
	for _, n := range names[:min(most, len(names))] {
		short = append(short, shorten(n))
	}
	s := strings.Join(short, ", ")
	if more := len(names) - most; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}
