package scoring_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/scoring"
	"muchan/seeds"
)

// explained are the explanations of a parcel by ID.
func explained(t testing.TB, s *scoring.Scores, code string) map[string]scoring.Explanation {
	t.Helper()
	all := map[string]scoring.Explanation{}
	for _, e := range s.Explain(code) {
		all[e.ID] = e
	}
	if len(all) == 0 {
		t.Fatalf("%s is not explained", code)
	}
	return all
}

// demoRows are the demonstration's rows, imported as a user imports them.
var demoRows = sync.OnceValues(func() (parcels.Rows, error) {
	var rows parcels.Rows
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		return rows, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, seeds.Demo); err != nil {
		return rows, err
	}
	for _, f := range seeds.DemoFiles {
		c, _, err := ingest.Read(context.Background(), f.Kind, []string{filepath.Join(dir, f.Name)}, ingest.Options{Encoding: f.Encoding})
		if err != nil {
			return rows, fmt.Errorf("%s: %w", f.Name, err)
		}
		r := &c.Rows
		rows.Parks, rows.Zones = append(rows.Parks, r.Parks...), append(rows.Zones, r.Zones...)
		rows.Parcels, rows.Buildings = append(rows.Parcels, r.Parcels...), append(rows.Buildings, r.Buildings...)
		rows.Firms, rows.Occupancies = append(rows.Firms, r.Firms...), append(rows.Occupancies, r.Occupancies...)
		rows.Figures, rows.Events = append(rows.Figures, r.Figures...), append(rows.Events, r.Events...)
	}
	return rows, nil
})

// programWord is how identifiers look: tax_per_mu, cap_class, 1_a.
var programWord = regexp.MustCompile(`[a-z]+_[a-z]+`)

// plainWords are words of the program that no sentence needs, as whole texts or beside the sign of a change.
var plainWords = regexp.MustCompile(`\b(renew|unstarted|stalled|supplied|lease|T|mean) →|→ T\b|^(T|renew|unstarted|stalled|warning|yes|no|mean)$`)

func TestExplanationsSpeakNoProgramWords(t *testing.T) {
	rows, err := demoRows()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, year := range []int{2023, 2025} {
		s, err := scoring.Run(scoring.Input{
			Snapshot: parcels.NewSnapshot(1, day(someDay), rows), Year: year, AsOf: day(someDay), Rules: shipped(t),
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Parcels {
			for _, e := range s.Explain(s.Parcels[i].Code) {
				seen++
				checkWords(t, s.Parcels[i].Code, &e)
			}
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d explanations were read", seen)
	}
}

func checkWords(t *testing.T, code string, e *scoring.Explanation) {
	t.Helper()
	zh := []string{e.Title, e.Text, e.Formula, e.Note, e.Clause}
	en := []string{e.TitleEn, e.TextEn, e.FormulaEn, e.NoteEn}
	for _, o := range e.Inputs {
		zh, en = append(zh, o.Name, o.Value), append(en, o.NameEn, o.ValueEn)
	}
	for _, text := range zh {
		if programWord.MatchString(text) || plainWords.MatchString(text) {
			t.Errorf("%s %s: %q speaks to programs", code, e.ID, text)
		}
	}
	for _, text := range en {
		if programWord.MatchString(text) {
			t.Errorf("%s %s: %q speaks to programs", code, e.ID, text)
		}
	}
	if (e.Text == "") != (e.TextEn == "") {
		t.Errorf("%s %s: the outcome %q is %q in English", code, e.ID, e.Text, e.TextEn)
	}
	for _, o := range e.Inputs {
		checkDigits(t, code, e.ID, &o)
	}
}

// longFraction is what shows that a float was written out: more decimals than any unit has.
var longFraction = regexp.MustCompile(`\.[0-9]{7,}`)

func checkDigits(t *testing.T, code, id string, o *scoring.Operand) {
	t.Helper()
	most := map[string]string{"m²": `\.[0-9]{3,}`, "亩": `\.[0-9]{5,}`, "%": `\.[0-9]{5,}`}
	if longFraction.MatchString(o.Name+o.NameEn) || (!strings.HasPrefix(o.Unit, "万元") && longFraction.MatchString(o.Value)) {
		t.Errorf("%s %s: %q = %q", code, id, o.Name, o.Value)
	}
	if p := most[o.Unit]; p != "" && regexp.MustCompile(p).MatchString(o.Value) {
		t.Errorf("%s %s: %q = %q %s", code, id, o.Name, o.Value, o.Unit)
	}
}

func TestOperandsAreRounded(t *testing.T) {
	rows := poor()
	rows.Parcels[0].TitleAreaM2 = m2(9321.599999999999)
	rows.Buildings[0].Storeys[0].FloorM2 = 0.1 + 0.2
	all := explained(t, run(t, rows, shipped(t), someDay), code(1))
	want := map[string]string{"证载面积": "9321.6", "用地面积": "13.9824"}
	for _, o := range append(all["land_mu"].Inputs, all["tax_per_mu"].Inputs...) {
		if w, ok := want[o.Name]; ok && o.Value != w {
			t.Errorf("%s is %q, want %q", o.Name, o.Value, w)
		}
	}
	if got := all["far"].Inputs[0].Value; got != "0.3@5" {
		t.Errorf("storeys %q", got)
	}
	for _, id := range []string{"density", "coefficient", "office_share", "vacant_share", "idle_plant"} {
		if all[id].Unit != "%" {
			t.Errorf("%s is in %q", id, all[id].Unit)
		}
	}
}

func TestIdlePlantNamesOnlyVacantBuildings(t *testing.T) {
	rows := poor()
	full, empty := plant("full", 1, 1000), plant("empty", 1, 1000)
	none := plant("none", 1, 1000)
	full.VacantM2, empty.VacantM2 = m2(0), m2(600)
	full.VacantSince = day("2020-01-01")
	rows.Buildings = []parcels.Building{full, empty, none}
	var since []string
	for _, o := range explained(t, run(t, rows, shipped(t), someDay), code(1))["idle_plant"].Inputs {
		if strings.Contains(o.NameEn, "vacant since") {
			since = append(since, o.NameEn+" = "+o.Value)
		}
	}
	if len(since) != 1 || since[0] != "empty vacant since: not on file, counted from completion = 2011-01-01" {
		t.Errorf("%q", since)
	}
}

func TestTakeBackExplainsTheFee(t *testing.T) {
	p := plot(1, 30)
	p.State, p.Contract = parcels.StateSupplied, parcels.Contract{DueStartOn: day("2023-03-01"), PriceWan: wan(1860)}
	e := explained(t, run(t, parcels.Rows{Parcels: []parcels.Parcel{p}}, shipped(t), someDay), code(1))["idle"]
	fee := ""
	for _, o := range e.Inputs {
		if strings.HasPrefix(o.Name, "闲置费") {
			fee = o.Value
		}
	}
	if fee != "372.000000" && fee != "372" {
		t.Errorf("fee %q", fee)
	}
	if !strings.Contains(e.Note, "闲置费不因") || !strings.Contains(e.NoteEn, "stays due") || !strings.Contains(e.Note, "收回") {
		t.Errorf("%s | %s", e.Note, e.NoteEn)
	}
}

// TestPointsCanBeRecomputed adds up the points of every rated firm from the operands alone.
func TestPointsCanBeRecomputed(t *testing.T) {
	rows := rated(12, func(i int) float64 { return float64(i*i*i) / 3 })
	for i := range rows.Figures {
		g := &rows.Figures[i]
		g.EnergyTce, g.Staff, g.RDWan, g.ValueAddedWan = m2(float64(10+i)), m2(float64(7*i+3)), wan(float64(i)), wan(float64(1000-31*i))
	}
	s := run(t, rows, shipped(t), someDay)
	capped := 0
	for i := range s.Parcels {
		e := explained(t, s, s.Parcels[i].Code)["class"]
		sum, n := pointsByHand(t, &e)
		capped += n
		if want, _ := e.Value.Get(); math.Abs(sum-want) > 1e-3 {
			t.Errorf("%s: the operands make %v points, the score is %v", s.Parcels[i].Code, sum, want)
		}
	}
	if capped == 0 {
		t.Error("no cap was reached, so none was tested")
	}
	if name := explained(t, s, code(3))["class"].Inputs[4].Name; name != "I1 基准（同组 12 家企业 Σ评价税收 ÷ Σ用地面积）" {
		t.Errorf("the base is called %q", name)
	}
}

// pointsByHand returns the points that follow from the operands and the number of caps said to be reached.
func pointsByHand(t *testing.T, e *scoring.Explanation) (sum float64, capped int) {
	t.Helper()
	for item := 1; item <= 8; item++ {
		of := map[string]float64{}
		reached := false
		for _, o := range e.Inputs {
			rest, ok := strings.CutPrefix(o.NameEn, fmt.Sprintf("I%d ", item))
			if !ok || o.Value == "" {
				continue
			}
			v, err := strconv.ParseFloat(o.Value, 64)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{"base", "cap", "weight", "points"} {
				if strings.HasPrefix(rest, part) {
					of[part] = v
				}
			}
			if len(of) == 0 {
				of["value"] = v
			}
			reached = reached || strings.HasSuffix(rest, "cap (reached)")
		}
		value, has := of["value"]
		if !has {
			sum += of["points"]
			continue
		}
		q := min(max(value/of["base"], 0), of["cap"])
		if (q == of["cap"]) != reached {
			t.Errorf("I%d: %v of %v, cap %v, said to be reached: %t", item, value, of["base"], of["cap"], reached)
		}
		if math.Abs(q*of["weight"]-of["points"]) > 1e-3 {
			t.Errorf("I%d: %v × %v is not %v", item, q, of["weight"], of["points"])
		}
		sum += q * of["weight"]
		capped += map[bool]int{true: 1}[reached]
	}
	return sum, capped
}

// TestSharesMultiplyToTheMoney takes a firm that came in July: amount × days in the park ÷ days at work × weight is what the parcel
// carries.
func TestSharesMultiplyToTheMoney(t *testing.T) {
	rows := rated(1, func(int) float64 { return 100 })
	first, second := holds(1, 1, "own", m2(300)), holds(2, 1, "lease", m2(700))
	first.From, second.From = day("2024-07-02"), day("2024-07-02")
	rows.Parcels, rows.Occupancies = append(rows.Parcels, plot(2, 10)), []parcels.Occupancy{first, second}
	s := run(t, rows, shipped(t), someDay)
	for i := range s.Parcels {
		amount, share := 0.0, 1.0
		for _, o := range explained(t, s, s.Parcels[i].Code)["tax_per_mu"].Inputs {
			switch {
			case strings.HasSuffix(o.Name, "增值税"):
				amount, _ = strconv.ParseFloat(o.Value, 64)
			case strings.HasSuffix(o.NameEn, "days in the park / days at work"), strings.HasSuffix(o.NameEn, " weight"):
				part, whole, ok := strings.Cut(o.Value, " / ")
				a, _ := strconv.ParseFloat(part, 64)
				b, _ := strconv.ParseFloat(whole, 64)
				if !ok || o.Firm == "" {
					t.Fatalf("%+v", o)
				}
				share *= a / b
			}
		}
		got, _ := s.Parcels[i].TaxWan.Get()
		if want := amount * share; share == 1 || math.Abs(got.Float()-want) > 2e-6 {
			t.Errorf("%s carries %v, the operands make %v", s.Parcels[i].Code, got, want)
		}
	}
}
