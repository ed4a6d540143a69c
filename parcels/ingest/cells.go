package ingest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
)

// blanks are what people write into a cell of a number or a date that is not known.
var blanks = []string{"", "-", "--", "—", "——", "/", "\\", "无", "空", "null", "none", "n/a", "na", "#n/a", "…", "..."}

// longestBlank is more bytes than any of the blanks has, in full-width letters too.
const longestBlank = 16

// cellReader reads the cells of one row.
type cellReader struct {
	tally *tally
	row   int
}

// fill reads the cells of a row into the fields of a table's columns, and returns what cannot be read.
func (p *plan) fill(r *cellReader, values []any, field func(column int) any) []parcels.Problem {
	var problems []parcels.Problem
	for i := range p.targets {
		t := &p.targets[i]
		v := t.value(values)
		if isBlank(v, t.kind) {
			if v != nil && v != "" && strings.TrimSpace(fmt.Sprint(v)) != "" {
				r.tally.add("cell.blank", t.name, r.row, fmt.Sprintf("%q is taken as missing", v))
			}
			if t.need && t.kind == parcels.KindInteger {
				problems = append(problems, parcels.Problem{Column: t.name, Rule: "column.required", Message: t.title + " (" + t.name + ") is missing", Remedy: "Give it a value."})
			}
			continue
		}
		if problem := r.set(t, field(t.index), v, p.date1904); problem != nil {
			problem.Column, problem.Value = t.name, shorten(fmt.Sprint(v))
			problems = append(problems, *problem)
		}
	}
	return problems
}

// value is what the file has for a column, or the value of every row.
func (t *target) value(values []any) any {
	if t.cell < 0 {
		return t.fixed
	}
	return values[t.cell]
}

func isBlank(v any, kind parcels.Kind) bool {
	s, ok := v.(string)
	if !ok {
		return v == nil
	}
	s = strings.TrimSpace(s)
	if kind == parcels.KindText || s == "" {
		return s == ""
	}
	if len(s) > longestBlank || '0' <= s[0] && s[0] <= '9' { // as nearly every number and day begins, and no blank does
		return false
	}
	return slices.Contains(blanks, strings.ToLower(width.Fold.String(s)))
}

// set reads one cell into a field.
func (r *cellReader) set(t *target, field, v any, date1904 bool) *parcels.Problem {
	switch f := field.(type) {
	case *string:
		return setText(f, t, v)
	case *int:
		return setInteger(f, v)
	case *parcels.Opt[float64]:
		if n, ok := amountIn(v, t); ok {
			*f = parcels.Some(n)
			return nil
		}
		n, problem := numberOf(v, t.unit == "%")
		if problem == nil {
			*f = parcels.Some(n * t.factor)
		}
		return problem
	case *parcels.Opt[parcels.Wan]:
		return setMoney(f, t, v)
	case *parcels.Opt[bool]:
		b, ok := ParseFlag(v)
		if !ok {
			return &parcels.Problem{Rule: "flag.form", Message: "this is neither yes nor no", Remedy: "Write 是 or 否, true or false, 1 or 0."}
		}
		*f = parcels.Some(b)
	case *parcels.Date:
		return setDay(f, v, date1904)
	case *[]string:
		*f = parcels.ParseList(strings.NewReplacer("、", ";", "，", ";").Replace(fmt.Sprint(v)))
		for i, item := range *f {
			if code, ok := t.enum[fold(item)]; ok {
				(*f)[i] = code
			}
		}
	case *[]parcels.Storey:
		storeys, err := parcels.ParseStoreys(width.Fold.String(fmt.Sprint(v)))
		if err != nil {
			return &parcels.Problem{Rule: "storeys.form", Message: err.Error(), Remedy: "Write floor area in m² @ height in m for each storey: 6000@9;6000@4.5."}
		}
		*f = storeys
	}
	return nil
}

func setShape(field any, s geo.Shape) { *field.(*geo.Shape) = s }

func setText(f *string, t *target, v any) *parcels.Problem {
	s, isText := v.(string)
	if !isText {
		s = fmt.Sprint(v)
	}
	s = strings.TrimSpace(s)
	if n, ok := v.(layerfile.Number); ok {
		if strings.ContainsAny(s, "eE") || len(s) > maxExactDigits && strings.Trim(s[maxExactDigits:], "0") == "" {
			return &parcels.Problem{Rule: "text.rounded", Message: fmt.Sprintf("the text was typed as the number %s, whose last digits may be lost", n), Remedy: "Format the column as text and enter it again."}
		}
		s = strings.TrimSuffix(s, ".0")
	}
	if len(t.enum) > 0 {
		if code, ok := t.enum[fold(s)]; ok {
			s = code
		}
	}
	*f = s
	return nil
}

// maxExactDigits is how many digits a spreadsheet keeps; it fills up with zeros.
const maxExactDigits = 15

func setInteger(f *int, v any) *parcels.Problem {
	if s, ok := v.(string); ok {
		v = strings.TrimSuffix(strings.TrimSpace(s), "年")
	}
	n, problem := numberOf(v, false)
	if problem != nil {
		return problem
	}
	if n != math.Trunc(n) || math.Abs(n) > 1e9 {
		return &parcels.Problem{Rule: "number.whole", Message: "this is not a whole number", Remedy: "Correct it."}
	}
	*f = int(n)
	return nil
}

func setMoney(f *parcels.Opt[parcels.Wan], t *target, v any) *parcels.Problem {
	amount, ok, err := moneyOf(v, t)
	if !ok {
		_, problem := numberOf("", false)
		return problem
	}
	if err != nil {
		return &parcels.Problem{Rule: "money.range", Message: err.Error(), Remedy: "Check the unit: amounts are in 万元 unless the header says otherwise."}
	}
	*f = parcels.Some(amount)
	return nil
}

func numberOf(v any, percent bool) (float64, *parcels.Problem) {
	switch v := v.(type) {
	case layerfile.Number:
		if n, err := strconv.ParseFloat(string(v), 64); err == nil {
			return n, nil
		}
	case string:
		s := strings.TrimSpace(v)
		if percent {
			s = strings.TrimRight(s, "%％")
		}
		if n, ok := ParseNumber(s); ok {
			return n, nil
		}
	}
	return 0, &parcels.Problem{Rule: "number.form", Message: "this is not a number", Remedy: "Write digits with a decimal point, for example 12345.67; put the unit into the header."}
}

func setDay(f *parcels.Date, v any, date1904 bool) *parcels.Problem {
	day, ok := ParseDay(v, date1904)
	if !ok {
		return &parcels.Problem{Rule: "date.form", Message: "this is not a date", Remedy: "Write it as 2021-06-30."}
	}
	*f = day
	return nil
}

func shorten(s string) string {
	const most = 80
	if r := []rune(s[:min(len(s), 4*most+4)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
