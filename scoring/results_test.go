package scoring_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

func clone(r parcels.Rows) parcels.Rows {
	r.Parcels, r.Buildings, r.Firms = slices.Clone(r.Parcels), slices.Clone(r.Buildings), slices.Clone(r.Firms)
	r.Occupancies, r.Figures, r.Events = slices.Clone(r.Occupancies), slices.Clone(r.Figures), slices.Clone(r.Events)
	return r
}

func TestResultsRoundTrip(t *testing.T) {
	s := run(t, rated(112, func(i int) float64 { return float64(1000 - i) }), ratingByTax(t, ""), someDay)
	a, err := scoring.EncodeResults(s)
	if err != nil {
		t.Fatal(err)
	}
	b, err := scoring.EncodeResults(s)
	if err != nil || !bytes.Equal(a, b) {
		t.Fatal("two encodings differ")
	}
	got, err := scoring.PublishedClasses(a)
	if err != nil || len(got) != 112 {
		t.Fatalf("%d classes, %v", len(got), err)
	}
	for i := range s.Parcels {
		if got[s.Parcels[i].Code] != s.Parcels[i].Class {
			t.Errorf("%s was published as %q, scored %q", s.Parcels[i].Code, got[s.Parcels[i].Code], s.Parcels[i].Class)
		}
	}
	if !json.Valid(a) || bytes.Contains(a, []byte(`"tax_wan":0,`)) {
		t.Error("results are no JSON, or missing tax is 0")
	}
	for _, bad := range []string{"", "{}", `{"format":0}`, `{"format":3}`, `{"format":2,"parcels":[{"code":"x","class":"Z"}]}`} {
		if _, err := scoring.PublishedClasses([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestRulesDigest(t *testing.T) {
	a, b := scoring.RuleRef{ID: "a", Hash: "1"}, scoring.RuleRef{ID: "b", Hash: "2"}
	id1, hash1 := scoring.RulesDigest([]scoring.RuleRef{a, b})
	id2, hash2 := scoring.RulesDigest([]scoring.RuleRef{b, a})
	if id1 != "a+b" || id1 != id2 || hash1 != hash2 || len(hash1) != 64 {
		t.Errorf("%s %s, %s %s", id1, hash1, id2, hash2)
	}
	if _, other := scoring.RulesDigest([]scoring.RuleRef{a, {ID: "b", Hash: "3"}}); other == hash1 {
		t.Error("another text has the same hash")
	}
}

func TestRunRefuses(t *testing.T) {
	snap := parcels.NewSnapshot(1, day(someDay), parcels.Rows{})
	for name, in := range map[string]scoring.Input{
		"no snapshot": {Year: 2024, AsOf: day(someDay)},
		"no year":     {Snapshot: snap, AsOf: day(someDay)},
		"no date":     {Snapshot: snap, Year: 2024},
	} {
		if _, err := scoring.Run(in); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := scoring.Run(scoring.Input{Snapshot: snap, Year: 2024, AsOf: day(someDay)}); err != nil {
		t.Errorf("an empty snapshot: %v", err)
	}
}

func TestExplain(t *testing.T) {
	rows := poor()
	rows.Buildings[0].Storeys[0].FloorM2 = 15_999
	other := firm(2, false)
	rows.Firms = append(rows.Firms, other)
	rows.Occupancies = append(rows.Occupancies, holds(1, 2, "lease", m2(5000)))
	s := run(t, rows, shipped(t), someDay)
	p := s.Parcels[0]
	all := map[string]scoring.Explanation{}
	for _, e := range s.Explain(p.Code) {
		if _, twice := all[e.ID]; twice || e.Title == "" || e.TitleEn == "" {
			t.Errorf("%s stands twice or has no title", e.ID)
		}
		if (e.Note == "") != (e.NoteEn == "") || (e.Formula == "") != (e.FormulaEn == "") {
			t.Errorf("%s speaks one language only: %q %q", e.ID, e.Note, e.NoteEn)
		}
		for _, x := range rows.Firms {
			if strings.Contains(e.Note+e.NoteEn+e.Formula+e.Text, x.USCC) || strings.Contains(e.Note+e.NoteEn+e.Formula+e.Text, x.Name) {
				t.Errorf("%s names a firm outside its operands", e.ID)
			}
			for _, in := range e.Inputs {
				if strings.Contains(in.Name+in.Value+in.Source, x.USCC) && in.Firm != x.USCC {
					t.Errorf("%s: operand %+v speaks of a firm and does not say so", e.ID, in)
				}
			}
		}
		all[e.ID] = e
	}
	percent := func(o parcels.Opt[float64]) parcels.Opt[float64] {
		if v, ok := o.Get(); ok {
			return parcels.Some(100 * v)
		}
		return o
	}
	for id, want := range map[string]parcels.Opt[float64]{
		"land_mu": p.LandMu, "tax_per_mu": p.TaxPerMu(), "output_per_mu": p.OutputPerMu(), "value_added_per_mu": p.ValueAddedPerMu(),
		"revenue_per_mu": p.RevenuePerMu(), "far": p.FAR, "density": percent(p.Density), "coefficient": percent(p.Coefficient),
		"office_share": percent(p.OfficeShare), "fai_per_mu": p.FAIPerMu, "vacant_share": percent(p.VacantShare), "unassigned_mu": p.UnassignedMu,
		"class": p.Points, "benefit_per_mu": p.BenefitPerMu, "idle": {}, "idle_plant": {}, "exit": parcels.Some(s.Exit[0].Severity),
	} {
		if e, ok := all[id]; !ok || e.Value != want {
			t.Errorf("%s explains %v, the score is %v", id, e.Value, want)
		}
	}
	if !strings.Contains(all["tax_per_mu"].Note, "不完整") || all["tax_per_mu"].Rule == nil {
		t.Errorf("a firm without figures is not told: %+v", all["tax_per_mu"])
	}
	if s.Explain("no such parcel") != nil {
		t.Error("an unknown parcel is explained")
	}
}

// TestExplainedPartsAddUp takes the amounts an explanation lists and finds the score again by hand.
func TestExplainedPartsAddUp(t *testing.T) {
	rows := rated(2, func(i int) float64 { return float64(i) * 33.333333 })
	rows.Parcels = rows.Parcels[:1]
	rows.Occupancies = []parcels.Occupancy{holds(1, 1, "own", m2(7)), holds(1, 2, "lease", m2(3)), holds(9, 2, "lease", m2(4))}
	s := run(t, rows, shipped(t), someDay)
	sum := 0.0
	for _, e := range s.Explain(code(1)) {
		if e.ID != "tax_per_mu" {
			continue
		}
		for _, in := range e.Inputs {
			if strings.HasSuffix(in.Name, "分摊评价税收") {
				v, err := parcels.ParseWan(in.Value)
				if err != nil {
					t.Fatal(err)
				}
				sum += v.Float()
			}
		}
	}
	near(t, "tax per mu", s.Parcels[0].TaxPerMu(), sum/10, 1e-12)
}
