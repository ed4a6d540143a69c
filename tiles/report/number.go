package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"muchan/parcels"
	"muchan/tiles/layers"
)

// decimal writes a number with a fixed number of decimals and a comma between thousands.
func decimal(v float64, places int) string {
	return thousands(strconv.FormatFloat(v, 'f', places, 64))
}

// someDecimal is decimal for an amount that is not nothing: one above zero and too small for the decimals is ＜0.01.
func someDecimal(v float64, places int) string {
	if least := math.Pow10(-places); v > 0 && v < least/2 {
		return "＜" + decimal(least, places)
	}
	return decimal(v, places)
}

// thousands puts the commas into a number.
func thousands(digits string) string {
	whole, rest, fraction := strings.Cut(digits, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction {
		rest = "." + rest
	}
	return sign + whole + rest
}

func realText(o parcels.Opt[float64], places int) string {
	if v, ok := o.Get(); ok {
		return decimal(v, places)
	}
	return ""
}

func percentText(o parcels.Opt[float64]) string {
	if v, ok := o.Get(); ok {
		return decimal(100*v, 1) + " %"
	}
	return ""
}

func moneyText(o parcels.Opt[parcels.Wan]) string {
	if v, ok := o.Get(); ok {
		return thousands(v.String()) + " 万元"
	}
	return ""
}

func (l tongue) truth(o parcels.Opt[bool]) string {
	v, ok := o.Get()
	switch {
	case !ok:
		return ""
	case v:
		return l.say("是")
	}
	return l.say("否")
}

func dayText(d parcels.Date) string {
	if d.OK() {
		return d.String()
	}
	return ""
}

// record is one row of a published table.
type record struct {
	table *layers.Table
	row   int
	tongue
}

// field returns a field's title and its value in words with its unit; ok is false when the audience has no such field. A missing value
// is "".
func (r record) field(name string) (f fact, ok bool) {
	col, ok := r.table.FieldIndex(name)
	if !ok {
		return fact{}, false
	}
	field := r.table.Layer.Fields[col]
	f.name = r.pick(field.Title, field.TitleEn)
	v, present := r.table.Value(r.row, col)
	if !present {
		return f, true
	}
	switch v := v.(type) {
	case string:
		words, _ := r.table.Layer.Words(name, v)
		f.value = r.of(words)
	case bool:
		f.value = r.truth(parcels.Some(v))
	case float64:
		f.value = decimal(v, placesOf(field.Unit))
	default:
		f.value = fmt.Sprint(v)
	}
	f.value = r.joined(" ", f.value, r.unit(field.Unit))
	return f, true
}

// text is a field's value alone, "" when it is missing or the audience has no such field.
func (r record) text(name string) string {
	f, _ := r.field(name)
	return f.value
}

// facts lists the named fields that the audience has.
func (r record) facts(names ...string) []fact {
	var list []fact
	for _, name := range names {
		if f, ok := r.field(name); ok {
			list = append(list, f)
		}
	}
	return list
}

func placesOf(unit string) int {
	if unit == "%" || unit == "m" {
		return 1
	}
	return 2
}
