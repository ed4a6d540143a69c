package quality_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis/oracle"
	"muchan/parcels/quality"
)

// town is n parcels of random rectangles thrown over each other, each with a building.
func town(n int, seed uint64) parcels.Rows {
	rng := rand.New(rand.NewPCG(seed, 1))
	rows := parcels.Rows{Parks: []parcels.Park{{Code: "QM", Name: "清濛", County: "350502", Shape: rect(-10, -10, 1000, 1000)}}}
	for i := range n {
		x, y := 1000*rng.Float64(), 1000*rng.Float64()
		p := parcelOf(fmt.Sprintf("350502001001GB%05d", i+1), rect(x, y, 20+60*rng.Float64(), 20+60*rng.Float64()))
		b := buildingOf(fmt.Sprintf("B%05d", i+1), rect(x+40*rng.Float64(), y+40*rng.Float64(), 20, 20), 400)
		b.Parcel = p.Code
		rows.Parcels, rows.Buildings = append(rows.Parcels, p), append(rows.Buildings, b)
	}
	return rows
}

func TestOverlapsAgainstPostGIS(t *testing.T) {
	rows := town(150, 5)
	conn := oracle.Load(t, rows)
	want := map[string]float64{}
	result, err := conn.Query(t.Context(), `SELECT a.code, b.code, ST_Area(ST_Intersection(a.shape, b.shape)::geography)
		FROM parcels a JOIN parcels b ON a.code < b.code AND ST_Intersects(a.shape, b.shape)`)
	if err != nil {
		t.Fatal(err)
	}
	for result.Next() {
		var a, b string
		var area float64
		if err := result.Scan(&a, &b, &area); err != nil {
			t.Fatal(err)
		}
		if area > quality.DefaultOptions().OverlapM2 {
			want[a+" "+b] = area
		}
	}
	if len(want) < 100 {
		t.Fatalf("only %d pairs overlap", len(want))
	}
	r := check(rows)
	found := 0
	for _, f := range r.Findings {
		if f.Rule != "parcel.overlap" {
			continue
		}
		found++
		var area float64
		if _, err := fmt.Sscanf(f.Message, "it shares %f m²", &area); err != nil {
			t.Fatalf("%q: %v", f.Message, err)
		}
		if w, ok := want[f.Key+" "+f.Others[0]]; !ok || math.Abs(area-w) > 0.0051+1e-6*w {
			t.Errorf("%s and %s share %v m², PostGIS %v", f.Key, f.Others[0], area, w)
		}
	}
	if found < len(want)-3 || found > len(want) { // a sliver narrower than a point's error is none
		t.Errorf("%d overlaps, PostGIS %d", found, len(want))
	}
	checkOutside(t, conn, &r, "parcel.over_park_boundary", 1, `SELECT p.code, ST_Area(ST_Difference(p.shape, k.shape)::geography), ST_Area(ST_Intersection(p.shape, k.shape)::geography)
		FROM parcels p JOIN parks k ON k.code = p.park`)
	checkOutside(t, conn, &r, "building.over_boundary", 2, `SELECT b.id, ST_Area(ST_Difference(b.shape, p.shape)::geography), ST_Area(ST_Intersection(b.shape, p.shape)::geography)
		FROM buildings b JOIN parcels p ON p.code = b.parcel`)
}

// checkOutside compares what reaches over a boundary with PostGIS: beyond a tolerance in m², and not wholly outside.
func checkOutside(t *testing.T, conn *pgx.Conn, r *quality.Report, rule string, tolerance float64, query string) {
	t.Helper()
	result, err := conn.Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{}
	for result.Next() {
		var key string
		var outside, inside float64
		if err := result.Scan(&key, &outside, &inside); err != nil {
			t.Fatal(err)
		}
		if outside > tolerance && inside > 1 {
			want[key] = outside
		}
	}
	found := 0
	for _, f := range r.Findings {
		if f.Rule != rule {
			continue
		}
		found++
		var area float64
		if _, err := fmt.Sscanf(f.Message, "%f m²", &area); err != nil {
			t.Fatalf("%q: %v", f.Message, err)
		}
		if w, ok := want[f.Key]; !ok || math.Abs(area-w) > 0.0051+1e-6*w {
			t.Errorf("%s: %s has %v m² outside, PostGIS %v", rule, f.Key, area, w)
		}
	}
	if found != len(want) || found < 5 {
		t.Errorf("%s: %d found, PostGIS %d", rule, found, len(want))
	}
}

func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	rows := town(3000, 6)
	want := check(clone(rows))
	if len(want.Findings) < 1000 {
		t.Fatalf("only %d findings", len(want.Findings))
	}
	for seed := range uint64(3) {
		rng := rand.New(rand.NewPCG(seed, 2))
		mixed := clone(rows)
		rng.Shuffle(len(mixed.Parcels), func(i, k int) { mixed.Parcels[i], mixed.Parcels[k] = mixed.Parcels[k], mixed.Parcels[i] })
		rng.Shuffle(len(mixed.Buildings), func(i, k int) { mixed.Buildings[i], mixed.Buildings[k] = mixed.Buildings[k], mixed.Buildings[i] })
		if got := check(mixed); !reflect.DeepEqual(got, want) {
			t.Errorf("shuffle %d gives another report", seed)
		}
	}
}

func clone(r parcels.Rows) parcels.Rows {
	r.Parcels, r.Buildings = slices.Clone(r.Parcels), slices.Clone(r.Buildings)
	return r
}

func TestFindingsAreOrderedAndCapped(t *testing.T) {
	s := parcels.NewSnapshot(1, asOf, town(3000, 7))
	opt := quality.DefaultOptions()
	opt.Keep = 0
	all := quality.Check(s, opt)
	opt.Keep = 25
	few := quality.Check(s, opt)
	kept := map[string]int{}
	for _, f := range few.Findings {
		kept[f.Rule+string(f.Severity)]++
	}
	for i, c := range few.Counts {
		if c.Found != all.Counts[i].Found || c.Kept != min(25, c.Found) || kept[c.Rule+string(c.Severity)] != c.Kept {
			t.Errorf("count %+v, all %+v", c, all.Counts[i])
		}
	}
	order := map[parcels.Severity]int{parcels.SeverityError: 0, parcels.SeverityWarning: 1, parcels.SeverityNote: 2}
	if !slices.IsSortedFunc(all.Findings, func(a, b quality.Finding) int {
		return slices.Compare([]string{fmt.Sprint(order[a.Severity]), a.Rule, a.Entity, a.Key}, []string{fmt.Sprint(order[b.Severity]), b.Rule, b.Entity, b.Key})
	}) {
		t.Error("findings are out of order")
	}
}
