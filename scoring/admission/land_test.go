package admission_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/admission"
)

// TestAboveTheContract: 泉政办规〔2025〕13号 sorts the land inside the block lines by what its present users yield. Whatever that is, a
// ratio above the contract's 2.0 is neither passed nor failed for somebody else's project, and the document is named.
func TestAboveTheContract(t *testing.T) {
	for _, taxPerMu := range []float64{4.99, 10, 20, 30} {
		for far, want := range map[float64]string{1.8: scoring.Passed, 2: scoring.Passed, 2.0001: scoring.Unknown, 2.5: scoring.Unknown, 3: scoring.Unknown} {
			rows := zone()
			rows.Parcels[0].Contract.MaxFAR = parcels.Some(2.0)
			rows.Figures[0].VATWan = wan(10 * taxPerMu)
			p := &admission.Project{Park: "QM", Parcel: code(0), LandMu: 10, FARFloorM2: parcels.Some(far * 20_000 / 3)}
			r := try(t, run(t, rows), p)
			got := find(t, r, "planning", "far", true)
			if got.Outcome != want || got.Limit.Or(0) != 2 {
				t.Errorf("tax %v, ratio %v: %s at %v, want %s at the contract's 2", taxPerMu, far, got.Outcome, got.Limit.Or(0), want)
			}
			names := strings.Contains(got.Note.Zh, "泉政办规〔2025〕13号") && strings.Contains(got.Note.En, "泉政办规〔2025〕13号")
			listed := false
			for _, rule := range r.Rules {
				listed = listed || rule.Kind == scoring.KindStock
			}
			if above := want == scoring.Unknown; names != above || listed != above {
				t.Errorf("ratio %v: named %t, among the rules %t: %+v", far, names, listed, got.Note)
			}
		}
	}
	// The band of a user with 10 万元/亩 names 2.5; a contract that names nothing does not make it the limit.
	rows := zone()
	rows.Figures[0].VATWan = wan(100)
	p := &admission.Project{Park: "QM", Parcel: code(0), LandMu: 10, FARFloorM2: parcels.Some(1.8 * 20_000 / 3)}
	if got := find(t, try(t, run(t, rows), p), "planning", "far", true); got.Outcome != scoring.Unknown || got.Limit.OK() {
		t.Errorf("without a contract's maximum: %+v", got)
	}
}

// TestLandAgainstItsParcel: the parcel has 10 mu; mu are stated to two decimals, so 10.004 may be the same land.
func TestLandAgainstItsParcel(t *testing.T) {
	s := run(t, zone())
	for _, c := range []struct {
		name   string
		mu     float64
		at     *geo.Point
		member string // refused for
	}{
		{"part of it", 4, nil, ""},
		{"all of it", 10, nil, ""},
		{"rounded up", 10.004, nil, ""},
		{"more", 10.006, nil, "land_mu"},
		{"much more", 5000, nil, "land_mu"},
		{"a point on it", 10, &geo.Point{118.5805, 24.8705}, ""},
		{"a point beside it", 10, &geo.Point{118.5815, 24.8705}, "lon"},
		{"a point in Beijing", 10, &geo.Point{116.4, 39.9}, "lon"},
	} {
		_, err := admission.Try(s, &admission.Project{Park: "QM", Parcel: code(0), LandMu: c.mu, At: c.at})
		var wrong *admission.Problem
		if errors.As(err, &wrong) != (c.member != "") || wrong != nil && (wrong.Member != c.member || wrong.Reason.Zh == "" || wrong.Reason.En == "") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestOutsideThePark: a point outside the boundary is refused; where no boundary is on file nothing is known of a point.
func TestOutsideThePark(t *testing.T) {
	p := &admission.Project{Park: "QM", At: &geo.Point{116.4, 39.9}, LandMu: 10}
	var wrong *admission.Problem
	if _, err := admission.Try(run(t, zone()), p); !errors.As(err, &wrong) || wrong.Member != "lon" || wrong.Reason.Zh == "" || wrong.Reason.En == "" {
		t.Errorf("Beijing: %v", err)
	}
	rows := zone()
	rows.Parks = nil
	s := run(t, rows)
	for _, at := range []geo.Point{{116.4, 39.9}, {118.585, 24.865}} {
		p.At = &at
		r := try(t, s, p)
		for _, id := range []string{"red_line", "block_line"} {
			if got := find(t, r, "place", id, false); got.Outcome != scoring.Unknown || !strings.Contains(got.Note.Zh, "边界") || got.Note.En == "" {
				t.Errorf("%v without a boundary: %+v", at, got)
			}
		}
	}
	p.At = &geo.Point{118.615, 24.8755}
	if got := find(t, try(t, s, p), "place", "red_line", false); got.Outcome != scoring.Failed {
		t.Errorf("in the red line without a boundary: %s", got.Outcome)
	}
}

// TestLinesInForce: a line counts from its first day to the day before its end.
func TestLinesInForce(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		red, block     string
	}{
		{"in force", "2026-11-22", "2026-11-23", scoring.Failed, scoring.Passed},
		{"not yet", "2026-11-23", "", scoring.Unknown, scoring.Unknown},
		{"no longer", "2010-01-01", "2026-11-22", scoring.Unknown, scoring.Unknown},
	} {
		rows := zone()
		for i := range rows.Zones {
			rows.Zones[i].Shape = square(118.57, 24.85, 0.06)
			rows.Zones[i].ValidFrom = parcels.MustDate(c.from)
			if c.to != "" {
				rows.Zones[i].ValidTo = parcels.MustDate(c.to)
			}
		}
		r := try(t, run(t, rows), &admission.Project{Park: "QM", Parcel: code(1), LandMu: 10})
		if red, block := find(t, r, "place", "red_line", false).Outcome, find(t, r, "place", "block_line", false).Outcome; red != c.red || block != c.block {
			t.Errorf("%s: red line %s, block line %s; want %s, %s", c.name, red, block, c.red, c.block)
		}
	}
}

// strip is a red line over the last part of parcel 3's width: at 24.87 a degree of longitude is 101 092 m and a degree of latitude
// 110 778 m, so 10⁻³° of height and w degrees of width are 11 198 × 10³ w m².
func strip(width float64) geo.Shape {
	east := 118.61 + 0.001
	return geo.Shape{{{{east - width, 24.86}, {east + 0.001, 24.86}, {east + 0.001, 24.88}, {east - width, 24.88}, {east - width, 24.86}}}}
}

// TestRedLineSlack: an overlap of about 0.9 m² is a drawing error, one of about 1.1 m² fails.
func TestRedLineSlack(t *testing.T) {
	for m2, want := range map[float64]string{0: scoring.Passed, 0.9: scoring.Passed, 1.1: scoring.Failed} {
		rows := zone()
		rows.Zones[2].Shape = strip(m2 / 11_198e3)
		r := try(t, run(t, rows), &admission.Project{Park: "QM", Parcel: code(3), LandMu: 10})
		if got := find(t, r, "place", "red_line", false); got.Outcome != want {
			t.Errorf("%v m²: %s, want %s", m2, got.Outcome, want)
		}
	}
}

// TestFailedOverlay: a red line that crosses itself encloses no area anybody can tell, and that proves nothing.
func TestFailedOverlay(t *testing.T) {
	rows := zone()
	rows.Zones[2].Shape = geo.Shape{{{{118.6105, 24.86}, {118.62, 24.88}, {118.62, 24.86}, {118.6105, 24.88}, {118.6105, 24.86}}}}
	s := run(t, rows)
	for place, p := range map[string]*admission.Project{
		"parcel": {Park: "QM", Parcel: code(3), LandMu: 10}, "point": {Park: "QM", At: &geo.Point{118.585, 24.865}, LandMu: 10},
	} {
		if got := find(t, try(t, s, p), "place", "red_line", false); got.Outcome != scoring.Unknown || got.Note.Zh == "" || got.Note.En == "" {
			t.Errorf("%s: %+v", place, got)
		}
	}
}

// TestSetsOfThePlace: a set for one level of block line holds for a parcel and for a point inside such a line that is in
// force, and nowhere else.
func TestSetsOfThePlace(t *testing.T) {
	text, err := os.ReadFile("../../seeds/rules/admission.default.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own := strings.NewReplacer("id: admission.default", "id: admission.lines\nzones: [{kind: industrial_line, levels: [2]}]", "at_least: 350", "at_least: 500").Replace(string(text))
	set, err := scoring.ParseRuleSet("lines.yaml", []byte(own))
	if err != nil {
		t.Fatal(err)
	}
	book := shipped(t)
	book.Sets = append(book.Sets, set)
	rows := zone()
	rows.Zones[1].Shape = square(118.599, 24.86, 0.0125)
	rows.Zones = append(rows.Zones, parcels.Zone{
		ID: "old", Park: "QM", Kind: parcels.ZoneBlockLine, Level: 2, ValidTo: parcels.MustDate(asOf), Shape: square(118.579, 24.86, 0.015),
	})
	s, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: book,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, parcel string
		at           *geo.Point
		set          string
	}{
		{"no place", "", nil, "admission.default"},
		{"parcel in level 1", code(0), nil, "admission.default"},
		{"parcel in level 2", code(2), nil, "admission.lines"},
		{"point in level 1", "", &geo.Point{118.585, 24.865}, "admission.default"},
		{"point in level 2", "", &geo.Point{118.605, 24.865}, "admission.lines"},
	} {
		p := &admission.Project{Park: "QM", Industry: "1951", Parcel: c.parcel, At: c.at, LandMu: 10, FAIWan: wan(4000)}
		if got := find(t, try(t, s, p), "admission", "fai_per_mu", false); got.Rule.ID != c.set || (got.Outcome == scoring.Passed) != (c.set == "admission.default") {
			t.Errorf("%s: %s by %s, want %s", c.name, got.Outcome, got.Rule.ID, c.set)
		}
	}
}

// TestIndustryTooShort: a code that may still turn out to be named by a row is as open as none; without a general row nothing is decided.
func TestIndustryTooShort(t *testing.T) {
	least := func(v float64) *float64 { return &v }
	general, special := scoring.AdmissionRow{Indicator: "tax_per_mu", AtLeast: least(20)}, scoring.AdmissionRow{Indicator: "tax_per_mu", AtLeast: least(30), Industries: []string{"391"}}
	for _, c := range []struct {
		name, industry string
		rows           []scoring.AdmissionRow
		value          float64
		want           string
	}{
		{"the division of a group", "39", []scoring.AdmissionRow{general, special}, 25, scoring.Unknown},
		{"the group", "391", []scoring.AdmissionRow{general, special}, 25, scoring.Failed},
		{"a class of it", "3911", []scoring.AdmissionRow{general, special}, 30, scoring.Passed},
		{"another group", "392", []scoring.AdmissionRow{general, special}, 25, scoring.Passed},
		{"no general row", "", []scoring.AdmissionRow{special}, 1, scoring.Unknown},
		{"a value that was not found", "", []scoring.AdmissionRow{{Indicator: "tax_per_mu"}, special}, 100, scoring.Unknown},
	} {
		rules := scoring.AdmissionRules{Tiers: []scoring.AdmissionTier{{Rows: c.rows}}}
		got := rules.JudgeAdmission(scoring.RuleRef{}, &rules.Tiers[0], &scoring.ControlFacts{Industry: c.industry, TaxPerMu: parcels.Some(c.value)})
		if len(got) != 1 || got[0].Outcome != c.want || c.want == scoring.Unknown && (!strings.Contains(got[0].Note.Zh, "391") || got[0].Note.En == "") {
			t.Errorf("%s: %+v, want %s", c.name, got, c.want)
		}
	}
}

// TestElectronicsIsAReading: the report names no code, and the rows say who chose division 39.
func TestElectronicsIsAReading(t *testing.T) {
	p := example()
	p.Industry = "3982"
	for _, id := range []string{"fai_per_mu", "output_per_mu"} {
		got := find(t, try(t, run(t, zone()), p), "admission", id, false)
		if !strings.Contains(got.Note.Zh, "本系统的理解") || !strings.Contains(got.Note.En, "reading") || !strings.Contains(got.Rule.Document, "媒体报道") {
			t.Errorf("%s: %+v of %q", id, got.Note, got.Rule.Document)
		}
	}
}

// TestBaseNotAboveZero: where nobody pays tax the mean is 0 and rates nobody. A project that states its tax does not lack it.
func TestBaseNotAboveZero(t *testing.T) {
	rows := zone()
	for i := range rows.Figures {
		rows.Figures[i].VATWan = wan(0)
	}
	set, err := scoring.ParseRuleSet("mean.yaml", []byte(strings.Replace(byTax, "{kind: fixed, value: 10}", "{kind: cohort_mean}", 1)))
	if err != nil {
		t.Fatal(err)
	}
	s, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: scoring.Book{Sets: []scoring.RuleSet{set}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := example()
	got := try(t, s, p).Ranks[2]
	if strings.Contains(got.Note.Zh, "缺 ") || !strings.Contains(got.Note.Zh, "基准值不大于 0") || !strings.Contains(got.Note.En, "not above 0") {
		t.Errorf("%+v", got.Note)
	}
	if got.Rank == 0 || !got.Items[0].Filled || got.Items[0].Points != 0 { // as the run does with the firms
		t.Errorf("%+v", got)
	}
	p.TaxWan = parcels.Opt[parcels.Wan]{}
	if got := try(t, s, p).Ranks[2]; got.Rank != 0 || !strings.Contains(got.Note.Zh, "缺 ") {
		t.Errorf("without tax: %+v", got.Note)
	}
}
