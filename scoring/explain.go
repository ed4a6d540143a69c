package scoring

import (
	"fmt"
	"math"
	"strconv"

	"muchan/parcels"
)

// Explain says where every published metric and flag of a parcel comes from, in a fixed order; nil when the parcel is not in the
// snapshot or the scores were not made by Run. Values are those of the scores; operands are read again from the snapshot or taken from the same functions that made
// the scores. Operands that are a firm's own figures carry Firm, and notes never name a firm.
func (s *Scores) Explain(code string) []Explanation {
	if s.run == nil {
		return nil
	}
	p, ok := s.run.snap.ParcelIndex(code)
	if !ok {
		return nil
	}
	x := &explainer{run: s.run, p: p, parcel: s.run.snap.Parcels.At(p), ps: &s.Parcels[p], site: &s.run.sites[p]}
	out := []Explanation{x.land()}
	out = append(out, x.moneyMetrics()...)
	out = append(out, x.buildMetrics()...)
	return append(out, x.flags()...)
}

// explainer explains one parcel.
type explainer struct {
	run    *run
	p      int
	parcel *parcels.Parcel
	ps     *ParcelScore
	site   *site
}

// decimals says to how many places a number of a unit is written: more would show how floats round. Money in Wan is not in it; it is
// written with all its digits.
var decimals = map[string]int{"m²": 2, "m": 2, "m²·天": 2, "亩": 4, "%": 4}

// textOf writes a number of a unit. Ratios and amounts per mu have six places.
func textOf(v float64, unit string) string {
	places, ok := decimals[unit]
	if !ok {
		places = 6
	}
	scale := math.Pow10(places)
	if math.Abs(v) < 1e9 {
		v = math.Round(v*scale) / scale
	}
	if v == 0 {
		return "0" // not -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// percent makes per cent of a share.
func percent(o parcels.Opt[float64]) parcels.Opt[float64] {
	v, ok := o.Get()
	return someIf(100*v, ok)
}

// missingText stands for a value that is not on file.
const missingText = ""

func realText(o parcels.Opt[float64], unit string) string {
	if v, ok := o.Get(); ok {
		return textOf(v, unit)
	}
	return missingText
}

func wanText(o parcels.Opt[parcels.Wan]) string {
	if v, ok := o.Get(); ok {
		return v.String()
	}
	return missingText
}

// column is an operand that is one column of the parcel.
func (x *explainer) column(name, value string) Operand {
	for i := range parcels.ParcelTable.Columns {
		if c := &parcels.ParcelTable.Columns[i]; c.Name == name {
			return Operand{Name: c.Title, NameEn: c.TitleEn, Value: value, Unit: c.Unit, Source: "parcels " + x.parcel.Code + " " + name}
		}
	}
	panic("scoring: parcels has no column " + name)
}

// landOperand is the land in mu with the column it comes from.
func (x *explainer) landOperand() Operand {
	o := Operand{Name: "用地面积", NameEn: "Land", Value: realText(x.ps.LandMu, "亩"), Unit: "亩", Source: "parcels " + x.parcel.Code + " title_area_m2"}
	if !x.ps.LandIsTitle {
		o.Source = "parcels " + x.parcel.Code + " shape"
	}
	return o
}

func (x *explainer) land() Explanation {
	e := Explanation{
		ID: "land_mu", Title: "用地面积", TitleEn: "Land", Unit: "亩", Value: x.ps.LandMu,
		Formula: "证载面积 × 3 ÷ 2000", FormulaEn: "title area × 3 ÷ 2000",
		Inputs: []Operand{
			x.column("title_area_m2", realText(x.parcel.TitleAreaM2, "m²")),
			{Name: "图上面积", NameEn: "Drawn area", Value: textOf(x.ps.DrawnM2, "m²"), Unit: "m²", Source: "parcels " + x.parcel.Code + " shape"},
		},
		Clause: "1 亩 = 2000/3 m²",
	}
	if !x.ps.LandIsTitle {
		e.Formula, e.FormulaEn = "图上椭球面积 × 3 ÷ 2000", "drawn ellipsoidal area × 3 ÷ 2000"
		e.Note, e.NoteEn = "缺证载面积，以图上面积代替", "the title area is missing; the drawn area stands in"
	}
	return e
}

func (x *explainer) ref(kind string) (*RuleSet, *RuleRef) {
	set := x.run.ruleAt(kind, x.p)
	if set == nil {
		return nil, nil
	}
	ref := set.Ref()
	return set, &ref
}

func (e *Explanation) note(zh, en string, args ...any) {
	e.Note, e.NoteEn = join(e.Note, fmt.Sprintf(zh, args...)), join(e.NoteEn, fmt.Sprintf(en, args...))
}
