package scoring_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

const (
	someDay = "2026-11-22"
	inYear  = 2024
)

// code is the n-th parcel code of the tests.
func code(n int) string { return fmt.Sprintf("350502001001GB%05d", n) }

// uscc is the n-th credit code of the tests; scoring does not look inside.
func uscc(n int) string { return fmt.Sprintf("91359900%09dX", n) }

// box is a rectangle of about so many metres whose corner lies dx, dy metres from a point in 清濛.
func box(dx, dy, width, depth float64) geo.Shape {
	const lon0, lat0 = 118.58, 24.87
	perLat := 110_800.0
	perLon := 111_320 * math.Cos(lat0*math.Pi/180)
	x0, y0, x1, y1 := lon0+dx/perLon, lat0+dy/perLat, lon0+(dx+width)/perLon, lat0+(dy+depth)/perLat
	return geo.Shape{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}}
}

func m2(v float64) parcels.Opt[float64] { return parcels.Some(v) }

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(v)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

func day(s string) parcels.Date { return parcels.MustDate(s) }

// plot is a parcel of so many mu by certificate.
func plot(n int, mu float64) parcels.Parcel {
	return parcels.Parcel{
		Code: code(n), Park: "QM", UseScheme: "ydyh2023", UseCode: "1001", State: parcels.StateInUse,
		TitleAreaM2: m2(mu * 2000 / 3), ValidFrom: day("2010-01-01"), Shape: box(float64(n)*500, 0, 200, 100),
	}
}

// plant is a building of one storey of 5 m.
func plant(id string, parcel int, floor float64) parcels.Building {
	return parcels.Building{
		ID: id, Parcel: code(parcel), Use: "plant", ValidFrom: day("2010-01-01"), CompletedOn: day("2011-01-01"),
		Storeys: []parcels.Storey{{FloorM2: floor, HeightM: 5}}, Shape: box(float64(parcel)*500+5, 5, 20, 20),
	}
}

func firm(n int, above bool) parcels.Firm {
	return parcels.Firm{USCC: uscc(n), Name: fmt.Sprintf("演示企业%d", n), Industry: "1951", AboveScale: parcels.Some(above), RegisteredOn: day("2005-01-01")}
}

func holds(parcel, firm int, tenure string, floor parcels.Opt[float64]) parcels.Occupancy {
	return parcels.Occupancy{Parcel: code(parcel), USCC: uscc(firm), Tenure: tenure, FloorM2: floor, From: day("2010-01-01")}
}

// filed are figures with output, revenue, value added and VAT as the only tax.
func filed(firm int, output, revenue, added, tax float64) parcels.Figures {
	return parcels.Figures{
		USCC: uscc(firm), Year: inYear, OutputWan: wan(output), RevenueWan: wan(revenue), ValueAddedWan: wan(added), VATWan: wan(tax),
	}
}

func run(t testing.TB, rows parcels.Rows, book scoring.Book, asOf string) *scoring.Scores {
	t.Helper()
	s, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(1, day(asOf), rows), Year: inYear, AsOf: day(asOf), Rules: book,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func parse(t testing.TB, text string) scoring.RuleSet {
	t.Helper()
	set, err := scoring.ParseRuleSet("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// head is the head of a rule set for any park.
func head(id, kind string) string {
	return fmt.Sprintf("id: %s\nkind: %s\ntitle: test\nvalid_from: 2010-01-01\napplies_to: [\"*\"]\nverified: true\n", id, kind)
}

// rating is an evaluation with one cohort rule for all, by tax per mu alone, and the given bounds and overrides.
func ratingByTax(t testing.TB, overrides string) scoring.Book {
	t.Helper()
	text := head("test", "evaluation") + `
evaluation:
  tax: [vat_wan]
  small_below_mu: 3
  cohorts:
    - id: above_scale
      indicators: &one
        - {id: I1, weight: 100, base: {kind: fixed, value: 10}, missing: not_rated}
      bounds: &bounds [{class: A, upto: 20%}, {class: B, upto: 0.6}, {class: C, upto: 19/20}, {class: D, upto: 1}]
    - {id: below_scale, indicators: *one, bounds: *bounds}
    - {id: below_scale_small, indicators: *one, bounds: *bounds}
    - {id: tenant, indicators: *one, bounds: *bounds}
` + strings.TrimLeft(overrides, "\n")
	return scoring.Book{Sets: []scoring.RuleSet{parse(t, text)}}
}

func near(t *testing.T, what string, got parcels.Opt[float64], want, tolerance float64) {
	t.Helper()
	v, ok := got.Get()
	if !ok || math.Abs(v-want) > tolerance {
		t.Errorf("%s = %v (present %t), want %v", what, v, ok, want)
	}
}
