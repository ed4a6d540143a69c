package parcels

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"muchan/geo"
)

// Validate returns what is wrong with a normalised row by itself: form, ranges, and its columns against each other. Rules that
// need other rows are the store's. It returns nil for a row without fault.
func (p *Park) Validate() []Problem { return validate(&ParkTable, p, (*Park).rules) }

// Validate is as for Park.
func (z *Zone) Validate() []Problem { return validate(&ZoneTable, z, (*Zone).rules) }

// Validate is as for Park.
func (p *Parcel) Validate() []Problem { return validate(&ParcelTable, p, (*Parcel).rules) }

// Validate is as for Park.
func (b *Building) Validate() []Problem { return validate(&BuildingTable, b, (*Building).rules) }

// Validate is as for Park.
func (r *Firm) Validate() []Problem { return validate(&FirmTable, r, (*Firm).rules) }

// Validate is as for Park.
func (o *Occupancy) Validate() []Problem { return validate(&OccupancyTable, o, (*Occupancy).rules) }

// Validate is as for Park.
func (r *Figures) Validate() []Problem { return validate(&FiguresTable, r, (*Figures).rules) }

// Validate is as for Park.
func (e *Event) Validate() []Problem { return validate(&EventTable, e, (*Event).rules) }

// Validate is as for Park.
func (t *Target) Validate() []Problem { return validate(&TargetTable, t, (*Target).rules) }

// Validate is as for Park.
func (v *TargetValue) Validate() []Problem {
	return validate(&TargetValueTable, v, (*TargetValue).rules)
}

func validate[T any](t *Table[T], row *T, rules func(*T, *findings)) []Problem {
	f := newFindings(t, row)
	for i := range t.Columns {
		checkColumn(f, &t.Columns[i], t.Columns[i].Field(row))
	}
	rules(row, f)
	return f.list
}

// checkColumn checks what follows from a column's declaration alone.
func checkColumn[T any](f *findings, c *Column[T], field any) {
	if Missing(field) {
		if c.Required {
			f.fail(c.Name, "column.required", c.Title+" ("+c.Name+") is missing", "Give it a value.")
		}
		return
	}
	switch v := field.(type) {
	case *string:
		checkText(f, c.Name, *v, c.Key)
		checkEnum(f, c.Name, *v, c.Enum)
	case *[]string:
		for _, item := range *v {
			checkText(f, c.Name, item, false)
			checkEnum(f, c.Name, item, c.Enum)
		}
	case *Opt[float64]:
		checkReal(f, c.Name, c.Unit, v.Or(0))
	case *Opt[Wan]:
		checkMoney(f, c.Name, v.Or(0))
	case *Date:
		if *v < firstDate || *v > lastDate {
			f.fail(c.Name, "date.range", fmt.Sprintf("the year %d is not between 1900 and 2200", v.Year()), "Correct the date.")
		}
	case *geo.Shape:
		checkShape(f, c.Name, *v)
	}
}

// The days that a date may be.
var firstDate, lastDate = MustDate("1900-01-01"), MustDate("2200-12-31")

// The lengths are far beyond what names and notes need; a longer text is a file read in the wrong way.
const (
	maxCodeChars = 100
	maxTextChars = 4000
)

func checkText(f *findings, column, s string, key bool) {
	most := maxTextChars
	if key {
		most = maxCodeChars
	}
	if isPlainText(s) && len(s) <= most && !(key && strings.Contains(s, "|")) {
		return
	}
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError):
		f.fail(column, "text.encoding", "the text is not readable", "Read the file with its true encoding, for example --encoding gb18030.")
	case n > most:
		f.fail(column, "text.length", fmt.Sprintf("the text has %d characters, the limit is %d", n, most), "Shorten it, or check the quotation marks around it.")
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && (key || r != '\n' && r != '\r' && r != '\t') }):
		f.fail(column, "text.control", "the text holds a control character", "Remove it.")
	case key && strings.Contains(s, "|"):
		f.fail(column, "key.separator", `it holds "|", which separates the parts of a key`, "Use another character in codes.")
	}
}

// isPlainText tells printable ASCII.
func isPlainText(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func checkEnum(f *findings, column, s string, allowed []string) {
	if len(allowed) > 0 && !slices.Contains(allowed, s) {
		f.fail(column, "enum.unknown", fmt.Sprintf("%q is not one of the values of this column", shorten(s)), "Use one of "+enumHelp(f.entity, column, allowed)+".")
	}
}

// bounds are what a real number can sensibly be, by its unit. A park of 1 000 km², the staff of a city.
var bounds = map[string]struct{ low, high float64 }{
	"m²":    {0, 1e9},
	"万元/亩":  {0, 1e5},
	"吨标准煤":  {0, 1e8},
	"吨":     {0, 1e8},
	"人":     {0, 1e6},
	"兆瓦时":   {0, 1e8},
	"%":     {-100, 1000},
	"ratio": {0, 20}, // floor-area ratio
}

func checkReal(f *findings, column, unit string, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		f.fail(column, "number.finite", fmt.Sprintf("%v is not a number", v), "Leave the cell empty when the number is not known.")
		return
	}
	if strings.HasSuffix(column, "_far") {
		unit = "ratio"
	}
	b, known := bounds[unit]
	switch {
	case !known:
	case v < b.low:
		f.fail(column, "number.range", fmt.Sprintf("it is below %v", b.low), "Correct the number.")
	case v > b.high:
		f.fail(column, "number.range", fmt.Sprintf("it is above %v, which is not plausible", b.high), "Check the unit and the decimal point.")
	}
}

// mayBeNegative are amounts that corrections and refunds make negative in real books, and those that are so by nature.
var mayBeNegative = map[string]bool{
	"revenue_wan": true, "vat_wan": true, "income_tax_wan": true, "urban_tax_wan": true, "land_use_tax_wan": true, "property_tax_wan": true, "other_tax_wan": true,
}

func checkMoney(f *findings, column string, v Wan) {
	switch {
	case v > maxWan || v < -maxWan:
		f.fail(column, "money.range", v.String()+" 万元 is beyond 10^9 万元", "Check the unit: amounts are in 万元.")
	case v >= 0 || column == "value_added_wan":
	case mayBeNegative[column]:
		f.warn(column, "money.negative", "the amount is negative", "Keep it when it is a refund or a correction.")
	default:
		f.fail(column, "money.negative", "the amount is negative", "Correct it.")
	}
}

// china is where EPSG:4490 may be used, generously.
var china = geo.Bound{Min: geo.Point{73, 3}, Max: geo.Point{136, 54}}

func checkShape(f *findings, column string, s geo.Shape) {
	verdict := geo.Check(s)
	if !verdict.Valid {
		f.fail(column, verdict.Rule, verdict.Message, "Repair the shape in QGIS (Check validity) and import it again.")
		f.list[len(f.list)-1].Place = place(verdict.Place)
		return
	}
	b := s.Bound()
	for _, corner := range []geo.Point{b.Min, b.Max} {
		if !china.Contains(corner) {
			f.fail(column, "shape.place", "the shape lies outside China", "Check the coordinate system and the order of longitude and latitude.")
			f.list[len(f.list)-1].Place = place(corner)
			return
		}
	}
}

func checkCode(f *findings, column, code string) {
	if code == "" {
		return
	}
	if message, remedy := ParcelCodeCheck(code); message != "" {
		f.fail(column, "parcel_code.form", message, remedy)
	}
}

func checkUSCC(f *findings, code string) {
	if code == "" {
		return
	}
	message, pilot, ok := USCCCheck(code)
	switch {
	case ok:
	case pilot:
		f.warn("uscc", "uscc.pilot", message+"; codes of the early series M000 may differ", "Compare it with the business licence.")
	default:
		f.fail("uscc", "uscc.form", message, "Compare it with the business licence; a space, or O for 0 and I for 1, is the usual slip.")
	}
}

func checkYear(f *findings, column string, year int) {
	if year < 1990 || year > 2100 {
		f.fail(column, "year.range", fmt.Sprintf("the year %d is not between 1990 and 2100", year), "Correct the year.")
	}
}
