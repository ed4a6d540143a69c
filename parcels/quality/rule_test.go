package quality_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/parcels/quality"
)

func TestRulesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range quality.Rules {
		if seen[r.ID] {
			t.Errorf("%s stands twice", r.ID)
		}
		seen[r.ID] = true
		if r.Severity == "" || r.Title.Zh == "" || r.Title.En == "" || r.Meaning.Zh == "" || r.Meaning.En == "" || r.Remedy.Zh == "" {
			t.Errorf("%s lacks a word: %+v", r.ID, r)
		}
	}
}

// ruleCall is how rules of rows name themselves.
var ruleCall = regexp.MustCompile(`f\.(?:fail|warn|note|add)\([^\n]*?"([a-z_]+\.[a-z_.]+)"`)

func TestEveryRuleOfARowIsInTheTable(t *testing.T) {
	known := map[string]bool{}
	for _, r := range quality.Rules {
		known[r.ID] = true
	}
	files, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ruleCall.FindAllStringSubmatch(string(text), -1) {
			if named++; !known[m[1]] {
				t.Errorf("%s: %s is not in the table", filepath.Base(file), m[1])
			}
		}
	}
	if named < 30 {
		t.Errorf("only %d rules found in the source", named)
	}
}

func TestRuleOfATableInFront(t *testing.T) {
	if r := quality.RuleOf("occupancies.period.order"); r.ID != "occupancies.period.order" || r.Title.Zh != "起止日期颠倒" {
		t.Errorf("%+v", r)
	}
	if r := quality.RuleOf("unheard.of"); r.Title.Zh != "unheard.of" {
		t.Errorf("%+v", r)
	}
}

// Six firms on one mu each: five with an output of 1 000 万元 a mu, the sixth with so many times that. The median of six is the
// geometric mean of the third and fourth, 1 000.
func TestCohort(t *testing.T) {
	for _, c := range []struct {
		name  string
		times float64
		firms int
		want  int
	}{
		{"1 000 times the industry", 1000, 6, 1},
		{"999 times the industry", 999, 6, 0},
		{"a thousandth of the industry", 0.001, 6, 1},
		{"five firms are a cohort", 1000, 5, 1},
		{"four firms are none", 1000, 4, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := parcels.Rows{Parks: sound().Parks}
			for i := range c.firms {
				p := parcelOf(fmt.Sprintf("350502001001GB%05d", i+1), rect(float64(200*i), 0, 30, 30))
				p.TitleAreaM2 = parcels.Some(2000.0 / 3)
				uscc := fmt.Sprintf("91359900MA%08d", i)
				output := 1000.0
				if i == 0 {
					output *= c.times
				}
				rows.Parcels = append(rows.Parcels, p)
				rows.Firms = append(rows.Firms, parcels.Firm{USCC: uscc, Name: uscc, Industry: []string{"1951", "195"}[i%2]})
				rows.Occupancies = append(rows.Occupancies, parcels.Occupancy{Parcel: p.Code, USCC: uscc, Tenure: "own", From: since})
				rows.Figures = append(rows.Figures, parcels.Figures{USCC: uscc, Year: 2024, OutputWan: wan(output)})
			}
			if n := strings.Count(rules(check(rows)), "figures.cohort"); n != c.want {
				t.Errorf("%d findings, want %d", n, c.want)
			}
		})
	}
}

// Two codes of one organisation: 9135…MA0000015 and 9235…MA0000015 with their own check characters.
func TestTwins(t *testing.T) {
	rows := sound()
	var other string
	for _, c := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if code := "92" + firmA[2:17] + string(c); func() bool { _, _, ok := parcels.USCCCheck(code); return ok }() {
			other = code
		}
	}
	rows.Firms = append(rows.Firms, parcels.Firm{USCC: other, Name: "演示丙", ClosedOn: asOf})
	rows.Figures = append(rows.Figures, parcels.Figures{USCC: other, Year: 2024})
	r := check(rows)
	if rules(r) != "firm.same_organisation" || r.Findings[0].Key != other || r.Findings[0].Others[0] != firmA {
		t.Errorf("%+v", r.Findings)
	}
}

func TestPlaceAndShape(t *testing.T) {
	rows := sound()
	rows.Parcels[1] = parcelOf(codeB, rect(90, 0, 100, 100))
	f := check(rows).Findings[0]
	if b, want := f.Shape.Bound(), rect(90, 0, 10, 100).Bound(); abs(b.Min[0]-want.Min[0]) > 1e-9 || abs(b.Max[1]-want.Max[1]) > 1e-9 || f.Place == "" || f.Park != "QM" {
		t.Errorf("shape %v at %q of %q, want %v", b, f.Place, f.Park, want)
	}
	if !strings.HasPrefix(f.Message, "it shares 99") || f.MessageZh == "" || f.Remedy == "" || f.RemedyZh == "" {
		t.Errorf("%+v", f)
	}
	none := parcels.Rows{Firms: []parcels.Firm{{USCC: firmA, Name: "演示甲"}}}
	if f := check(none).Findings[0]; f.Rule != "firm.without_land" || f.Shape != nil || f.Place != "" {
		t.Errorf("%+v", f)
	}
}

func abs(v float64) float64 { return max(v, -v) }

// 2 500 rows are more than two chunks: none of them is lost.
func TestEveryRowIsLookedAt(t *testing.T) {
	rows := parcels.Rows{}
	for i := range 2500 {
		rows.Firms = append(rows.Firms, parcels.Firm{USCC: fmt.Sprintf("%018d", i), Name: fmt.Sprint(i)})
	}
	for _, c := range check(rows).Counts {
		if c.Rule == "firm.without_land" && c.Found == 2500 && c.Kept == 2500 {
			return
		}
	}
	t.Error("not all of 2 500 firms without land are told")
}
