package scoring

import (
	"unicode"
	"unicode/utf8"

	"muchan/parcels"
)

// indicatorInput is what the indicators of a firm are computed from, for one year.
type indicatorInput struct {
	landMu      parcels.Opt[float64]
	floorM2     parcels.Opt[float64]
	tax         parcels.Opt[parcels.Wan]
	figures     *parcels.Figures // never nil; empty when the firm filed nothing
	energyBasis string           // required basis, "" for any
}

// formulaInput is a quantity a formula may name.
type formulaInput struct {
	name  string
	title Text
	unit  string
	of    func(*indicatorInput) parcels.Opt[float64]
}

// formulaInputs are all of them: what a run finds out about the firm, then the numeric columns of the yearly figures by their names.
var formulaInputs = append([]formulaInput{
	{"land_mu", Text{"用地面积", "land"}, "亩", func(in *indicatorInput) parcels.Opt[float64] { return in.landMu }},
	{"floor_m2", Text{"使用建筑面积", "floor area used"}, "m²", func(in *indicatorInput) parcels.Opt[float64] { return in.floorM2 }},
	{"rated_tax_wan", Text{"评价税收", "rated tax"}, "万元", func(in *indicatorInput) parcels.Opt[float64] { return wanFloat(in.tax) }},
}, figureInputs()...)

// FormulaInputs lists the names a formula may use.
func FormulaInputs() []string {
	names := make([]string, len(formulaInputs))
	for i := range formulaInputs {
		names[i] = formulaInputs[i].name
	}
	return names
}

func inputByName(name string) *formulaInput {
	for i := range formulaInputs {
		if formulaInputs[i].name == name {
			return &formulaInputs[i]
		}
	}
	return nil
}

// figureInputs makes an input of every column of the yearly figures that holds a number a firm may lack.
func figureInputs() []formulaInput {
	var out []formulaInput
	for i := range parcels.FiguresTable.Columns {
		c := &parcels.FiguresTable.Columns[i]
		in := formulaInput{name: c.Name, title: Text{c.Title, lowerFirst(c.TitleEn)}, unit: c.Unit}
		switch c.Field(&parcels.Figures{}).(type) {
		case *parcels.Opt[parcels.Wan]:
			in.of = func(of *indicatorInput) parcels.Opt[float64] {
				return wanFloat(*c.Field(of.figures).(*parcels.Opt[parcels.Wan]))
			}
		case *parcels.Opt[float64]:
			in.of = func(of *indicatorInput) parcels.Opt[float64] { return *c.Field(of.figures).(*parcels.Opt[float64]) }
		default:
			continue
		}
		if c.Name == "energy_tce" {
			in.of = ofEnergy
		}
		out = append(out, in)
	}
	return out
}

// lowerFirst turns a column's title into a word inside a sentence; VAT and R&D stay as they are.
func lowerFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); !unicode.IsLower(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

func wanFloat(m parcels.Opt[parcels.Wan]) parcels.Opt[float64] {
	v, ok := m.Get()
	return someIf(v.Float(), ok)
}

// ofEnergy is missing when the energy was counted on another basis than the set asks for: 等价值 and 当量值 of the same electricity
// differ by more than a factor of two.
func ofEnergy(in *indicatorInput) parcels.Opt[float64] {
	if in.energyBasis != "" && in.figures.EnergyBasis != "" && in.figures.EnergyBasis != in.energyBasis {
		return parcels.Opt[float64]{}
	}
	return in.figures.EnergyTce
}
