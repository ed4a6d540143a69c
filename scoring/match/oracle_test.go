package match_test

import (
	"cmp"
	"context"
	"math"
	"slices"
	"testing"

	"muchan/parcels/postgis/oracle"
	"muchan/scoring/match"
)

// shortestLines measures every pair in PostGIS: the nearest positions on a conformal plane (EPSG:4549, 120E), and the geodesic between
// them; beside it ST_Distance of the shapes as geographies, which looks for the nearest positions on a sphere and so finds a distance
// that is too long by up to half the square of the eccentricity squared (2.3e-5), being off the foot of a perpendicular by that part.
const shortestLines = `
	SELECT b.code, ST_Distance(ST_Transform(ST_StartPoint(s.line), 4490)::geography, ST_Transform(ST_EndPoint(s.line), 4490)::geography),
		ST_Distance(a.shape::geography, b.shape::geography)
	FROM parcels a, parcels b, LATERAL (SELECT ST_ShortestLine(ST_Transform(a.shape, 4549), ST_Transform(b.shape, 4549)) line) s
	WHERE a.code = $1 AND a.valid_to IS NULL AND b.valid_to IS NULL`

// PostGIS agrees on how far everything in the demonstration is from some firms' land, and on the order.
func TestPostGISAgreesOnDistances(t *testing.T) {
	rows, err := demoRows()
	if err != nil {
		t.Fatal(err)
	}
	scores := demo(t)
	pool, snap := match.NewPool(scores), scores.Snapshot()
	conn := oracle.Load(t, rows)
	measured := 0
	for p := 3; p < snap.Parcels.Len(); p += 97 {
		home := snap.Parcels.At(p).Code
		params := match.Defaults()
		params.Weights = map[match.Part]float64{match.PartDistance: 1}
		r, err := pool.Find(match.Need{NearParcel: home}, params)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		gaps := map[string]float64{}
		for i := range r.Len() {
			item := r.Item(i)
			code := snap.Parcels.At(item.Parcel).Code
			got, gaps[code] = append(got, code), item.GapM.Or(math.NaN())
		}
		list, err := conn.Query(context.Background(), shortestLines, home)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]float64{}
		for list.Next() {
			var code string
			var line, geography float64
			if err := list.Scan(&code, &line, &geography); err != nil {
				t.Fatal(err)
			}
			gap, ok := gaps[code]
			if !ok {
				continue
			}
			measured++
			want[code] = line
			if math.Abs(gap-line) > 0.001 {
				t.Errorf("%s to %s: %.4f m, PostGIS %.4f m", home, code, gap, line)
			}
			if gap > geography+0.001 || geography-gap > 0.001+2.3e-5*gap {
				t.Errorf("%s to %s: %.4f m, ST_Distance(geography) %.4f m", home, code, gap, geography)
			}
		}
		if list.Err() != nil {
			t.Fatal(list.Err())
		}
		slices.SortStableFunc(got, func(a, b string) int {
			if math.Abs(want[a]-want[b]) < 0.002 { // the order of what is equally far is ours
				return 0
			}
			return cmp.Compare(want[a], want[b])
		})
		for i, code := range got {
			if item := r.Item(i); snap.Parcels.At(item.Parcel).Code != code {
				t.Errorf("%s: place %d is %s, PostGIS has %s", home, i, snap.Parcels.At(item.Parcel).Code, code)
			}
		}
	}
	if measured < 150 {
		t.Errorf("only %d distances were compared", measured)
	}
	t.Logf("%d distances", measured)
}
