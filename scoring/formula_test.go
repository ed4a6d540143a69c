package scoring_test

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"muchan/parcels"
	"muchan/scoring"
)

// sample has value added 300, revenue 1000, VAT 40 and R&D 20 万元, 50 tce, 8 t COD, 100 MWh and 4 people.
func sample() *parcels.Figures {
	f := filed(1, 1200, 1000, 300, 40)
	f.RDWan, f.EnergyTce, f.CODT, f.ElectricityMWh, f.Staff = wan(20), m2(50), m2(8), m2(100), m2(4)
	return &f
}

func TestFormula(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want float64
	}{
		"an input":                        {"value_added_wan", 300},
		"a number":                        {"2.5", 2.5},
		"land and floor and tax of a run": {"land_mu + floor_m2 + rated_tax_wan", 10 + 5000 + 55},
		"product before sum":              {"1 + 2 * 3", 7},
		"quotient before difference":      {"10 - 6 / 2", 7},
		"from the left":                   {"10 - 3 - 2", 5},
		"quotients from the left":         {"100 / 5 / 2", 10},
		"parentheses first":               {"(1 + 2) * 3", 9},
		"parentheses inside":              {"2 * (3 + (4 - 1) * 2)", 18},
		"printed signs":                   {"10 − 2 × 3 ÷ 2", 7},
		"MWh to 万千瓦时":                     {"electricity_mwh / 10", 10},
		"energy and electricity together": {"energy_tce + 0.1229 * electricity_mwh * 10", 50 + 122.9},
		"an input may come out negative":  {"rd_wan - revenue_wan", -980},
		"COD":                             {"cod_t", 8},
		"no blanks":                       {"(rd_wan+revenue_wan)/staff", 255},
	} {
		got, err := scoring.FormulaValue(c.text, m2(10), m2(5000), wan(55), sample())
		if v, ok := got.Get(); err != nil || !ok || math.Abs(v-c.want) > 1e-9 {
			t.Errorf("%s: %q is %v (%v), want %v", name, c.text, got, err, c.want)
		}
	}
}

func TestFormulaOfWhatIsMissing(t *testing.T) {
	for _, text := range []string{"water_t", "value_added_wan + water_t", "0 * water_t", "value_added_wan / (staff - 4)", "1 / (1 / (staff - 4))", "land_mu", "floor_m2", "rated_tax_wan"} {
		got, err := scoring.FormulaValue(text, parcels.Opt[float64]{}, parcels.Opt[float64]{}, parcels.Opt[parcels.Wan]{}, sample())
		if err != nil || got.OK() {
			t.Errorf("%q is %v (%v), want missing", text, got, err)
		}
	}
}

func TestFormulaIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, reason string }{
		"nothing":                {"", "character 1: an input, a number or a parenthesis is missing"},
		"an unknown input":       {"value_added_wan / water", `character 19: there is no input "water"; the inputs are land_mu, floor_m2, rated_tax_wan, output_wan`},
		"a column of text":       {"energy_basis", `there is no input "energy_basis"`},
		"the key":                {"year", `there is no input "year"`},
		"an end too soon":        {"staff +", "character 8: an input, a number or a parenthesis is missing"},
		"an open parenthesis":    {"(staff + 1", "character 11: a closing parenthesis is missing"},
		"a closed one too many":  {"staff)", `character 6: ")" is not expected here`},
		"two inputs in a row":    {"staff land_mu", `character 7: "l" is not expected here`},
		"a sign in front":        {"-staff", `character 1: "-" is neither an input nor a number nor a parenthesis`},
		"a power":                {"staff ^ 2", `character 7: "^" is not expected here`},
		"a number with two dots": {"1.2.3", `"1.2.3" is not a number`},
		"too large a number":     {"9999999999999", "not a number up to 1e12"},
		"too long":               {strings.Repeat("1+", 150) + "1", "301 bytes; at most 300"},
		"too deep":               {strings.Repeat("(", 16) + "1" + strings.Repeat(")", 16), "parentheses deeper than 15"},
	} {
		if _, err := scoring.FormulaValue(c.text, m2(1), m2(1), wan(1), sample()); err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v, want %q", name, err, c.reason)
		}
	}
	if _, err := scoring.FormulaValue(strings.Repeat("(", 15)+"1"+strings.Repeat(")", 15), m2(1), m2(1), wan(1), sample()); err != nil {
		t.Errorf("15 parentheses: %v", err)
	}
}

func TestFormulaTakesNoMemory(t *testing.T) {
	if n := scoring.FormulaAllocations("(value_added_wan + revenue_wan) / (staff * 2 - 1)", sample()); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzFormula(f *testing.F) {
	for _, text := range []string{"value_added_wan / energy_tce", "(1 + 2) * 3 ÷ 4 − 5", "((((", "1.", "9e9", "rated_tax_wan/land_mu"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := scoring.FormulaValue(text, m2(10), m2(5000), wan(55), sample())
		if v, ok := got.Get(); err == nil && ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Fatalf("%q is %v", text, v)
		}
		if err != nil && utf8.ValidString(text) && !utf8.ValidString(err.Error()) {
			t.Fatalf("%q: the reason is no text: %q", text, err)
		}
	})
}
