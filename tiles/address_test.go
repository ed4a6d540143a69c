package tiles_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"muchan/tiles"
	"muchan/tiles/layers"
)

func TestParseAddress(t *testing.T) {
	accepted := map[string]tiles.Address{
		"0/0/0": {}, "1/1/1": {Z: 1, X: 1, Y: 1}, "14/13588/7000": {Z: 14, X: 13588, Y: 7000}, "18/262143/0": {Z: 18, X: 262143},
	}
	for text, want := range accepted {
		p := strings.Split(text, "/")
		if got, err := tiles.ParseAddress(p[0], p[1], p[2]); err != nil || got != want || got.String() != text {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"-1/0/0", "0/-1/0", "0/0/-1", "0/1/0", "0/0/1", "1/2/0", "1/0/2", "19/0/0", "30/0/0", "64/0/0", "z/x/y", "//", "1//0", "01/0/0", "+1/0/0", "1/0/0.0",
		"1/0/ 0", "1/0x0/0", "1e0/0/0", "１/0/0", "99999999999999999999/0/0", "1/18446744073709551616/0", "NaN/0/0", "-0/0/0",
	} {
		p := strings.Split(text, "/")
		if got, err := tiles.ParseAddress(p[0], p[1], p[2]); err == nil {
			t.Errorf("%s is taken for %v", text, got)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	nothing := image(tables(f, nil, layers.Public)[layers.Parcels])
	f.Add("14", "13588", "7000")
	f.Add("18", "262144", "-1")
	f.Add("01", "+1", "１")
	f.Fuzz(func(t *testing.T, z, x, y string) {
		at, err := tiles.ParseAddress(z, x, y)
		if err != nil {
			return
		}
		if at.String() != fmt.Sprintf("%s/%s/%s", z, x, y) {
			t.Errorf("%q/%q/%q is taken for %v", z, x, y, at)
		}
		if _, err := nothing.AppendFeatures(nil, at); err != nil {
			t.Errorf("%v was parsed and then refused: %v", at, err)
		}
	})
}

func TestProjectionAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(71, 72))
	for range 300 {
		p := orb.Point{-170 + 340*rng.Float64(), -80 + 160*rng.Float64()}
		at := addressOf(1+rng.IntN(tiles.MaxZoom), p)
		var inside bool
		var west, north float64
		err := conn.QueryRow(t.Context(), `
			SELECT ST_Intersects(tile, ST_Transform(ST_SetSRID(ST_Point($1, $2), 4326), 3857)), ST_X(corner), ST_Y(corner)
			FROM (SELECT tile, ST_Transform(ST_SetSRID(ST_Point(ST_XMin(tile), ST_YMax(tile)), 3857), 4326) AS corner
				FROM (SELECT ST_TileEnvelope($3, $4, $5) AS tile) AS a) AS b`, p[0], p[1], at.Z, at.X, at.Y).Scan(&inside, &west, &north)
		if err != nil {
			t.Fatal(err)
		}
		if corner := tiles.Unproject(at, orb.Point{}); !inside || math.Hypot(corner[0]-west, corner[1]-north) > 1e-9 {
			t.Errorf("%v in tile %v: %v; its corner is %v, PostGIS says %v %v", p, at, inside, corner, west, north)
		}
		back := tiles.Unproject(at, tiles.Project(at, p))
		if math.Hypot(back[0]-p[0], back[1]-p[1]) > 1e-9 {
			t.Errorf("%v comes back as %v", p, back)
		}
		b := tiles.Bound(at)
		corner := tiles.Project(at, orb.Point{b.Max[0], b.Min[1]})
		if math.Hypot(corner[0]-4160, corner[1]-4160) > 1e-3 {
			t.Errorf("%v reaches to %v, want 4160 4160", at, corner)
		}
	}
}
