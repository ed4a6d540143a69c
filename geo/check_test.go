package geo_test

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// reasons lists, for each answer of PostGIS, the rules that name the same fault. GEOS has one word where we have two, and stops
// at another fault first when a shape has several.
var reasons = map[string][]string{
	"Valid Geometry":                       {""},
	"Self-intersection":                    {geo.RuleSelfCross, geo.RuleRingsCross, geo.RulePartsOverlap},
	"Ring Self-intersection":               {geo.RuleSelfCross},
	"Too few points in geometry component": {geo.RuleFewPoints},
	"Invalid Coordinate":                   {geo.RuleNumber},
	"Hole lies outside shell":              {geo.RuleHoleOutside},
	"Holes are nested":                     {geo.RuleHoleNested},
	"Interior is disconnected":             {geo.RuleDisconnected, geo.RuleRingsCross, geo.RuleSelfCross},
	"Nested shells":                        {geo.RulePartsOverlap},
	"Duplicate Rings":                      {geo.RulePartsOverlap, geo.RuleRingsCross},
}

func TestCheckAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	for _, c := range corpus(t) {
		t.Run(c.name, func(t *testing.T) {
			var reason string
			if err := conn.QueryRow(context.Background(), "SELECT ST_IsValidReason(ST_GeomFromText($1))", c.wkt).Scan(&reason); err != nil {
				t.Fatal(err)
			}
			plain, _, _ := strings.Cut(reason, "[")
			v := geo.Check(wkt(t, c.wkt))
			if v.Valid != (plain == "Valid Geometry") {
				t.Errorf("valid %v (%s), PostGIS says %s", v.Valid, v.Rule, reason)
			}
			if v.Rule != c.rule {
				t.Errorf("rule %q, the corpus expects %q; PostGIS says %s", v.Rule, c.rule, reason)
			}
			allowed, known := reasons[plain]
			if !known || !contains(allowed, v.Rule) {
				t.Errorf("rule %q does not mean %q", v.Rule, reason)
			}
		})
	}
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

type corpusCase struct{ name, rule, wkt string }

// corpus reads testdata/validity.txt: name | rule | WKT.
func corpus(t testing.TB) []corpusCase {
	t.Helper()
	b, err := os.ReadFile("testdata/validity.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []corpusCase
	for _, line := range lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != 3 {
			t.Fatalf("validity.txt: %q", line)
		}
		rule := strings.TrimSpace(cells[1])
		if rule == "valid" {
			rule = ""
		}
		out = append(out, corpusCase{strings.TrimSpace(cells[0]), rule, strings.TrimSpace(cells[2])})
	}
	if len(out) < 60 {
		t.Fatalf("the corpus has %d cases, want 60 or more", len(out))
	}
	return out
}

// Faults that PostGIS cannot be asked about: it refuses to read them, or knows no degrees.
func TestCheckBeforeGeometry(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	cases := []struct {
		name  string
		shape geo.Shape
		rule  string
	}{
		{"nil", nil, geo.RuleEmpty},
		{"no polygon", geo.Shape{}, geo.RuleEmpty},
		{"no rings", geo.Shape{{}}, geo.RuleEmpty},
		{"no rings beside a part", geo.Shape{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, {}}, geo.RuleEmpty},
		{"no points", geo.Shape{{{}}}, geo.RuleEmpty},
		{"empty hole", geo.Shape{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, {}}}, geo.RuleFewPoints},
		{"NaN", geo.Shape{{{{0, 0}, {nan, 0}, {1, 1}, {0, 0}}}}, geo.RuleNumber},
		{"infinity", geo.Shape{{{{0, 0}, {1, inf}, {1, 1}, {0, 0}}}}, geo.RuleNumber},
		{"metres for degrees", geo.Shape{{{{356490, 2752401}, {356590, 2752401}, {356590, 2752501}, {356490, 2752401}}}}, geo.RuleRange},
		{"latitude first", geo.Shape{{{{24.8, 118.5}, {24.9, 118.5}, {24.9, 118.6}, {24.8, 118.5}}}}, geo.RuleRange},
		{"huge", geo.Shape{{{{0, 0}, {1e308, 0}, {1, 1}, {0, 0}}}}, geo.RuleRange},
		{"open", geo.Shape{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}}, geo.RuleOpen},
		{"one point", geo.Shape{{{{0, 0}}}}, geo.RuleFewPoints},
		{"back and forth", geo.Shape{{{{0, 0}, {1, 0}, {0, 0}}}}, geo.RuleFewPoints},
	}
	for _, c := range cases {
		v := geo.Check(c.shape)
		if v.Valid || v.Rule != c.rule || v.Message == "" {
			t.Errorf("%s: %+v, want rule %s", c.name, v, c.rule)
		}
	}
}

func TestCheckSize(t *testing.T) {
	ring := make(orb.Ring, 1_000_002)
	for i := range ring {
		ring[i] = orb.Point{float64(i) / 1e5, 0}
	}
	if v := geo.Check(geo.Shape{{ring}}); v.Rule != geo.RuleSize {
		t.Errorf("%+v, want rule %s", v, geo.RuleSize)
	}
}

func TestCheckNamesThePlace(t *testing.T) {
	cases := []struct {
		name, wkt string
		at        orb.Point
	}{
		{"bowtie", "POLYGON((0 0,2 2,2 0,0 2,0 0))", orb.Point{1, 1}},
		{"figure of eight at a vertex", "POLYGON((0 0,1 1,2 0,2 2,1 1,0 2,0 0))", orb.Point{1, 1}},
		{"spike", "POLYGON((0 0,4 0,4 4,6 6,4 4,0 4,0 0))", orb.Point{4, 4}},
		{"hole outside", "POLYGON((0 0,4 0,4 4,0 4,0 0),(6 6,7 6,7 7,6 6))", orb.Point{6, 6}},
		{"overlapping parts", "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((1 1,1 2,2 2,2 1,1 1)))", orb.Point{1, 1}},
		{"interior cut in two", "POLYGON((0 0,4 0,4 4,0 4,0 0),(0 2,2 0,4 2,2 4,0 2))", orb.Point{4, 2}},
		{"chain of holes", "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 3,4 2,4 4,0 3),(4 3,9 2.5,8 4,4 3))", orb.Point{9, 2.5}},
	}
	for _, c := range cases {
		if v := geo.Check(wkt(t, c.wkt)); v.Valid || v.Place != c.at {
			t.Errorf("%s: %+v, want the place %v", c.name, v, c.at)
		}
	}
}

func TestRepairCases(t *testing.T) {
	cases := []struct {
		name, wkt string
		valid     bool
		rule      string
		want      string // WKT of the same land
	}{
		{"nothing to do", "POLYGON((0 0,4 0,4 4,0 4,0 0))", true, "", "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"open ring", "POLYGON((0 0,4 0,4 4,0 4))", false, geo.RuleOpen, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"repeated point", "POLYGON((0 0,4 0,4 0,4 4,0 4,0 0))", true, geo.RuleRepeated, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"clockwise", "POLYGON((0 0,0 4,4 4,4 0,0 0))", true, geo.RuleOrientation, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"spike out", "POLYGON((0 0,4 0,4 4,6 6,4 4,0 4,0 0))", false, geo.RuleSelfCross, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"spike in", "POLYGON((0 0,4 0,4 4,2 2,4 4,0 4,0 0))", false, geo.RuleSelfCross, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"spike along an edge", "POLYGON((0 0,4 0,2 0,4 0,4 4,0 4,0 0))", false, geo.RuleSelfCross, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"bowtie", "POLYGON((0 0,2 2,2 0,0 2,0 0))", false, geo.RuleSelfCross, "MULTIPOLYGON(((0 0,1 1,0 2,0 0)),((2 0,2 2,1 1,2 0)))"},
		{"hole outside", "POLYGON((0 0,4 0,4 4,0 4,0 0),(6 6,7 6,7 7,6 6))", false, geo.RuleHoleOutside, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"hole across the edge", "POLYGON((0 0,4 0,4 4,0 4,0 0),(3 1,5 1,5 2,3 2,3 1))", false, geo.RuleRingsCross, "POLYGON((0 0,4 0,4 1,3 1,3 2,4 2,4 4,0 4,0 0))"},
		{"hole in a hole", "POLYGON((0 0,8 0,8 8,0 8,0 0),(1 1,1 7,7 7,7 1,1 1),(2 2,2 3,3 3,3 2,2 2))", false, geo.RuleHoleNested, "POLYGON((0 0,8 0,8 8,0 8,0 0),(1 1,1 7,7 7,7 1,1 1))"},
		{"overlapping parts", "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((1 0,3 0,3 2,1 2,1 0)))", false, geo.RulePartsOverlap, "POLYGON((0 0,3 0,3 2,0 2,0 0))"},
		{"parts share an edge", "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((2 0,3 0,3 2,2 2,2 0)))", false, geo.RulePartsOverlap, "POLYGON((0 0,3 0,3 2,0 2,0 0))"},
		{"hole without area", "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 2,1 1))", false, geo.RuleFewPoints, "POLYGON((0 0,4 0,4 4,0 4,0 0))"},
		{"self-touching hole drawn as one ring", "POLYGON((0 0,4 0,4 4,0 4,0 0,1 1,1 3,3 3,3 1,1 1,0 0))", false, geo.RuleSelfCross, "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 3,3 3,3 1,1 1))"},
	}
	conn := postgis(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := wkt(t, c.wkt)
			before := in.Clone()
			out, v, err := geo.Repair(in)
			if err != nil {
				t.Fatal(err)
			}
			if !in.Equal(before) {
				t.Error("the input was written into")
			}
			if v.Valid != c.valid || v.Rule != c.rule {
				t.Errorf("verdict %+v, want valid %v rule %q", v, c.valid, c.rule)
			}
			if after := geo.Check(out); !after.Valid {
				t.Errorf("still invalid: %+v", after)
			}
			if got := geo.Area(out) - geo.Area(in); got != v.Change {
				t.Errorf("change %v, it is %v", v.Change, got)
			}
			var same bool
			if err := conn.QueryRow(t.Context(), "SELECT ST_Equals(ST_SetSRID(ST_GeomFromEWKB($1), 0), ST_GeomFromText($2))", ewkb(t, out), c.want).Scan(&same); err != nil {
				t.Fatal(err)
			}
			if !same {
				t.Errorf("%v is not %s", out, c.want)
			}
			checkOrientation(t, out)
		})
	}
}

// checkOrientation asserts the contract of geo.Shape with orb's own arithmetic.
func checkOrientation(t *testing.T, s geo.Shape) {
	t.Helper()
	for _, polygon := range s {
		for i, ring := range polygon {
			if want := map[bool]orb.Orientation{true: orb.CCW, false: orb.CW}[i == 0]; ring.Orientation() != want || !ring.Closed() {
				t.Errorf("ring %d runs %v, closed %v", i, ring.Orientation(), ring.Closed())
			}
		}
	}
}

func TestRepairRefuses(t *testing.T) {
	cases := []struct {
		name  string
		shape geo.Shape
		rule  string
	}{
		{"nil", nil, geo.RuleEmpty},
		{"NaN", geo.Shape{{{{0, 0}, {math.NaN(), 0}, {1, 1}, {0, 0}}}}, geo.RuleNumber},
		{"metres", geo.Shape{{{{356490, 2752401}, {356590, 2752401}, {356590, 2752501}, {356490, 2752401}}}}, geo.RuleRange},
		{"a line", geo.Shape{{{{0, 0}, {1, 0}, {0, 0}}}}, geo.RuleFewPoints},
		{"a line with three points", geo.Shape{{{{0, 0}, {1, 0}, {2, 0}, {0, 0}}}}, geo.RuleSelfCross},
	}
	for _, c := range cases {
		out, v, err := geo.Repair(c.shape)
		if err == nil || out != nil || v.Rule != c.rule || v.Valid {
			t.Errorf("%s: %v, %+v, %v; want an error by %s", c.name, out, v, err, c.rule)
		}
	}
}

// Whatever the corner order, a repaired ring is valid and covers what GEOS makes of the same ring with the method that fixes ring
// by ring.
func TestRepairRandomRingsAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(11, 12))
	refused := 0
	for n := range 400 {
		ring := make(orb.Ring, 4+rng.IntN(6))
		for i := range ring {
			ring[i] = orb.Point{float64(rng.IntN(6)), float64(rng.IntN(6))}
		}
		in := geo.Shape{{append(ring, ring[0])}}
		out, v, err := geo.Repair(in)
		if err != nil {
			refused++
		} else if after := geo.Check(out); !after.Valid {
			t.Fatalf("case %d %v: still %+v", n, in, after)
		}
		var want, got float64
		err = conn.QueryRow(t.Context(), `SELECT ST_Area(ST_MakeValid(ST_SetSRID(ST_GeomFromEWKB($1), 0), 'method=structure')),
			ST_Area(ST_SetSRID(ST_GeomFromEWKB($2), 0))`, ewkb(t, in), ewkb(t, append(geo.Shape{}, out...))).Scan(&want, &got)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("case %d %v: area %v, PostGIS makes %v of it (%+v)", n, in, got, want, v)
		}
	}
	t.Logf("%d of 400 hold no area", refused)
}
