package scoring_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// A tenant's class is explained though it is the largest firm of no parcel: its set, cohort, group, land, indicators and steps, so that
// points and class can be found again by hand.
func TestExplainFirm(t *testing.T) {
	rows := rated(3, func(i int) float64 { return float64(300 / i) })
	tenant := firm(4, false)
	rows.Firms = append(rows.Firms, tenant)
	rows.Buildings = []parcels.Building{plant("b", 1, 1000)}
	rows.Occupancies = append(rows.Occupancies, holds(1, 4, "lease", m2(250)))
	g := filed(4, 1, 1, 1, 50)
	g.ElectricityMWh = m2(100)
	rows.Figures = append(rows.Figures, g)
	rows.Events = []parcels.Event{event("safety_accident", 4, "2024-05-01")}
	s := run(t, rows, shipped(t), someDay)
	list := s.ExplainFirm(3)
	e := map[string]*scoring.Explanation{}
	for i := range list {
		e[list[i].ID] = &list[i]
		checkWords(t, list[i].ID, &list[i])
		for _, o := range list[i].Inputs {
			if o.Firm != uscc(4) {
				t.Errorf("%s: %+v is no figure of the firm", list[i].ID, o)
			}
		}
	}
	value := func(id, name string) string {
		for _, o := range e[id].Inputs {
			if o.NameEn == name {
				return orValue(o.ValueEn, o.Value)
			}
		}
		t.Errorf("%s names no %q", id, name)
		return ""
	}
	class := e["class"]
	if class.TextEn != "D" || class.Rule == nil || class.Rule.ID != "evaluation.default" || class.Rule.Notice == "" {
		t.Errorf("class %q by %+v", class.TextEn, class.Rule)
	}
	if value("class", "Cohort") != "tenants" || value("class", "at most: C") != "D → D" || value("class", "Rank") != "1 / 1" {
		t.Errorf("%+v", class.Inputs)
	}
	// A quarter of 10 mu, leased; tax 50 on 2.5 mu; alone in its cohort it is its own mean: 50 points for each of two indicators.
	near(t, "land", e["land_mu"].Value, 2.5, 1e-9)
	if value("land_mu", code(1)+" (leased)") != "2.5" {
		t.Errorf("%+v", e["land_mu"].Inputs)
	}
	near(t, "I1", e["I1"].Value, 20, 1e-9)
	sum := 0.0
	for _, id := range []string{"I1", "I8"} {
		points, err := strconv.ParseFloat(value(id, id+" points"), 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += points
	}
	if total, err := strconv.ParseFloat(value("class", "Total"), 64); err != nil || math.Abs(sum-total) > 1e-9 || sum != 100 {
		t.Errorf("points %v, total %v", sum, total)
	}
	if s.ExplainFirm(-1) != nil || s.ExplainFirm(4) != nil {
		t.Error("a firm that is not there is explained")
	}
}

func orValue(en, value string) string {
	if en != "" {
		return en
	}
	return value
}

// A firm that no set rates, and one whose land is inside its building period, say why.
func TestExplainFirmThatIsNotRated(t *testing.T) {
	rows := rated(1, func(int) float64 { return 10 })
	rows.Parcels[0].Contract.DueProductionOn = day("2030-01-01")
	list := run(t, rows, shipped(t), someDay).ExplainFirm(0)
	if len(list) != 2 || list[0].TextEn != "not rated" || !strings.Contains(list[1].Inputs[0].NameEn, "building period, left out") {
		t.Errorf("%+v", list)
	}
	list = run(t, rows, scoring.Book{}, someDay).ExplainFirm(0)
	if len(list) != 2 || list[0].Rule != nil || list[0].Inputs[len(list[0].Inputs)-1].NameEn != "not rated: no evaluation set applies" {
		t.Errorf("%+v", list)
	}
}
