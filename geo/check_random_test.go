package geo_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// block is a square on a grid, counter-clockwise, or clockwise for a hole.
func block(x, y, size float64, hole bool) orb.Ring {
	r := orb.Ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
	if hole {
		r.Reverse()
	}
	return r
}

// faults make a shape that breaks a rule most of the time. Coordinates are small whole numbers and halves, so that shapes touch often.
var faults = map[string]func(rng *rand.Rand) geo.Shape{
	"random ring": func(rng *rand.Rand) geo.Shape {
		ring := make(orb.Ring, 4+rng.IntN(6))
		for i := range ring {
			ring[i] = orb.Point{float64(rng.IntN(7)), float64(rng.IntN(7))}
		}
		return geo.Shape{{append(ring, ring[0])}}
	},
	"two corners swapped": func(rng *rand.Rand) geo.Shape {
		ring := star(rng, orb.Point{10, 10}, 5, 5+rng.IntN(8), false)
		i := 1 + rng.IntN(len(ring)-3)
		ring[i], ring[i+1] = ring[i+1], ring[i]
		return geo.Shape{{ring}}
	},
	"spike": func(rng *rand.Rand) geo.Shape {
		ring := block(0, 0, 10, false)
		at := orb.Point{10, float64(1 + rng.IntN(8))}
		tip := orb.Point{float64(rng.IntN(21)), at[1]}
		return geo.Shape{{append(orb.Ring{ring[0], ring[1], at, tip, at}, ring[2:]...)}}
	},
	"hole anywhere": func(rng *rand.Rand) geo.Shape {
		return geo.Shape{{block(0, 0, 10, false), block(float64(rng.IntN(16)-3), float64(rng.IntN(16)-3), float64(1+rng.IntN(6)), true)}}
	},
	"two holes": func(rng *rand.Rand) geo.Shape {
		hole := func() orb.Ring {
			return block(1+float64(rng.IntN(6)), 1+float64(rng.IntN(6)), float64(1+rng.IntN(4)), true)
		}
		return geo.Shape{{block(0, 0, 12, false), hole(), hole()}}
	},
	"chain of holes": func(rng *rand.Rand) geo.Shape {
		s := geo.Shape{{block(0, 0, 8, false)}}
		for i := range 4 {
			x, y := float64(2*i), float64(2*i)
			if rng.IntN(4) == 0 {
				x += 0.5
			}
			s[0] = append(s[0], orb.Ring{{x, y}, {x, y + 2}, {x + 2, y + 2}, {x, y}})
		}
		return s
	},
	"two parts": func(rng *rand.Rand) geo.Shape {
		return geo.Shape{{block(0, 0, 6, false)}, {block(float64(rng.IntN(10)-2), float64(rng.IntN(10)-2), float64(1+rng.IntN(6)), false)}}
	},
	"part in a hole": func(rng *rand.Rand) geo.Shape {
		return geo.Shape{
			{block(0, 0, 10, false), block(2, 2, 5, true)},
			{block(1+float64(rng.IntN(5)), 1+float64(rng.IntN(5)), float64(1+rng.IntN(5)), false)},
		}
	},
	"ring twice": func(rng *rand.Rand) geo.Shape {
		ring := star(rng, orb.Point{10, 10}, 5, 4+rng.IntN(5), false)
		again := append(orb.Ring{}, ring...)
		if rng.IntN(2) == 0 {
			return geo.Shape{{ring}, {again}}
		}
		again.Reverse()
		return geo.Shape{{ring, again}}
	},
	"figure of eight": func(rng *rand.Rand) geo.Shape {
		d := float64(rng.IntN(3)) / 2
		return geo.Shape{{{{0, 0}, {4, 4}, {8 - d, 0}, {8, 8}, {4, 4}, {0, 8 - d}, {0, 0}}}}
	},
}

// TestCheckThousandShapesAgainstPostGIS holds our verdict on more than a thousand invalid shapes, and on those beside them that are
// valid, against ST_IsValidReason.
func TestCheckThousandShapesAgainstPostGIS(t *testing.T) {
	const each = 150
	rng := rand.New(rand.NewPCG(2026, 11))
	var shapes []geo.Shape
	var names []string
	for _, name := range []string{
		"random ring", "two corners swapped", "spike", "hole anywhere", "two holes", "chain of holes", "two parts", "part in a hole", "ring twice", "figure of eight",
	} {
		for range each {
			shapes, names = append(shapes, faults[name](rng)), append(names, name)
		}
	}
	blobs := make([][]byte, len(shapes))
	for i, s := range shapes {
		blobs[i] = ewkb(t, s)
	}
	rows, err := postgis(t).Query(t.Context(), `SELECT ST_IsValidReason(ST_SetSRID(ST_GeomFromEWKB(g), 0))
		FROM unnest($1::bytea[]) WITH ORDINALITY AS u (g, n) ORDER BY n`, blobs)
	if err != nil {
		t.Fatal(err)
	}
	invalid, otherWord := 0, 0
	for i := 0; rows.Next(); i++ {
		var reason string
		if err := rows.Scan(&reason); err != nil {
			t.Fatal(err)
		}
		plain, _, _ := strings.Cut(reason, "[")
		v := geo.Check(shapes[i])
		if v.Valid != (plain == "Valid Geometry") {
			t.Errorf("%s %v: %+v, PostGIS says %s", names[i], shapes[i], v, reason)
		}
		if v.Valid {
			continue
		}
		invalid++
		if allowed, known := reasons[plain]; !known {
			t.Errorf("PostGIS says %q, which is not known here", plain)
		} else if !contains(allowed, v.Rule) {
			otherWord++ // of several faults it names another one first
			t.Logf("%s: %s, PostGIS says %s", names[i], v.Rule, plain)
		}
		if v.Rule == "" || v.Message == "" {
			t.Errorf("%s: a verdict without rule or sentence: %+v", names[i], v)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if invalid < 1000 {
		t.Errorf("%d of %d shapes are invalid, want 1000", invalid, len(shapes))
	}
	if otherWord*20 > invalid {
		t.Errorf("in %d of %d shapes another fault is named than PostGIS names", otherWord, invalid)
	}
}
