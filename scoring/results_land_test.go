package scoring_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// domain §6.2: due 2023-03-01, a day before the year is full: one day to the fee and 366 to the take-back stage.
func TestResultsTellDaysAndFindings(t *testing.T) {
	c := parcels.Contract{SignedOn: day("2022-09-01"), DueStartOn: day("2023-03-01"), PriceWan: wan(1860)}
	type parcelDoc struct {
		Type   string `json:"idle_type"`
		Due    string `json:"idle_due"`
		Left   int    `json:"idle_days_left"`
		Stages []struct {
			ID, On string
			Left   int `json:"days_left"`
		} `json:"idle_stages"`
		Findings []struct {
			Type, Since, Rule, Document, Clause, Why string
			Value, Limit                             *float64
		}
	}
	read := func(asOf string) parcelDoc {
		b, err := scoring.EncodeResults(run(t, landCase(c, 0), shipped(t), asOf))
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Parcels []parcelDoc }
		if err := json.Unmarshal(b, &doc); err != nil || len(doc.Parcels) != 1 {
			t.Fatalf("%v %s", err, b)
		}
		return doc.Parcels[0]
	}
	p := read("2024-02-29")
	if p.Type != "warning" || p.Due != "2023-03-01" || p.Left != 1 || len(p.Stages) != 3 || p.Stages[1].On != "2024-03-01" || p.Stages[1].Left != 1 || p.Stages[2].Left != 366 {
		t.Errorf("%+v", p)
	}
	if len(p.Findings) != 1 || p.Findings[0].Type != "signed_unbuilt" || p.Findings[0].Since != "2022-09-01" || p.Findings[0].Value != nil {
		t.Errorf("%+v", p.Findings)
	}
	p = read("2024-03-01")
	if p.Left != 365 || len(p.Findings) != 1 || p.Findings[0].Type != "idle_unstarted" || p.Findings[0].Document != "国土资源部令第53号" || p.Findings[0].Rule != "idle.order53" || p.Findings[0].Why == "" {
		t.Errorf("%+v", p)
	}
}

// Runs that were kept before days and findings were told are read as before.
func TestOlderResultsAreRead(t *testing.T) {
	b, err := scoring.EncodeResults(run(t, rated(3, func(i int) float64 { return float64(10 - i) }), ratingByTax(t, ""), someDay))
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	doc["format"] = 1
	for _, p := range doc["parcels"].([]any) {
		for key := range p.(map[string]any) {
			if key == "findings" || strings.HasPrefix(key, "idle_") {
				delete(p.(map[string]any), key)
			}
		}
	}
	old, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	now, _ := scoring.PublishedClasses(b)
	then, err := scoring.PublishedClasses(old)
	if err != nil || len(then) != 3 || !reflect.DeepEqual(now, then) {
		t.Errorf("%v, %v: %v", now, then, err)
	}
	a, _ := scoring.ReadVerdicts(b)
	v, err := scoring.ReadVerdicts(old)
	if err != nil || !reflect.DeepEqual(a, v) {
		t.Errorf("%+v, %+v: %v", a, v, err)
	}
}
