package tiles_test

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

// origin is the town's south-west corner; a cell is a parcel of about 80 by 60 m.
var origin = orb.Point{118.551, 24.851}

const (
	cellX = 0.0008
	cellY = 0.00055
)

// town is a grid of n parcels with shared vertices, among them L-shapes, holes and parcels in two parts.
func town(n int) []geo.Shape {
	side := 1
	for side*side < n {
		side++
	}
	shapes := make([]geo.Shape, 0, n)
	for k := range n {
		shapes = append(shapes, lot(k%side, k/side, k))
	}
	return shapes
}

func corner(i, j float64) orb.Point { return orb.Point{origin[0] + i*cellX, origin[1] + j*cellY} }

func lot(i, j, k int) geo.Shape {
	x, y := float64(i), float64(j)
	square := orb.Ring{corner(x, y), corner(x+1, y), corner(x+1, y+1), corner(x, y+1), corner(x, y)}
	switch {
	case k%37 == 5:
		return geo.Shape{{orb.Ring{corner(x, y), corner(x+1, y), corner(x+1, y+0.4), corner(x+0.5, y+0.4), corner(x+0.5, y+1), corner(x, y+1), corner(x, y)}}}
	case k%37 == 11:
		return geo.Shape{{square, orb.Ring{corner(x+0.3, y+0.3), corner(x+0.3, y+0.6), corner(x+0.6, y+0.6), corner(x+0.6, y+0.3), corner(x+0.3, y+0.3)}}}
	case k%37 == 17:
		return geo.Shape{
			{orb.Ring{corner(x, y), corner(x+0.4, y), corner(x+0.4, y+1), corner(x, y+1), corner(x, y)}},
			{orb.Ring{corner(x+0.6, y), corner(x+1, y), corner(x+1, y+1), corner(x+0.6, y+1), corner(x+0.6, y)}},
		}
	case k%37 == 23: // a comb, whose teeth leave and enter a tile many times
		return geo.Shape{{orb.Ring{
			corner(x, y), corner(x+1, y), corner(x+1, y+1), corner(x+0.9, y+1), corner(x+0.9, y+0.2), corner(x+0.7, y+0.2), corner(x+0.7, y+1),
			corner(x+0.5, y+1), corner(x+0.5, y+0.2), corner(x+0.3, y+0.2), corner(x+0.3, y+1), corner(x, y+1), corner(x, y),
		}}}
	}
	return geo.Shape{{square}}
}

func code(k int) string { return fmt.Sprintf("350583118%03dGB%05d", k/100_000, k%100_000) }

// tables builds the layers of a town of shapes.
func tables(t testing.TB, shapes []geo.Shape, audience layers.Audience) map[string]*layers.Table {
	t.Helper()
	var rows parcels.Rows
	scores := &scoring.Scores{Year: 2025, Version: 1}
	for k, s := range shapes {
		rows.Parcels = append(rows.Parcels, parcels.Parcel{Code: code(k), Park: "QM", UseCode: "1001", State: parcels.StateInUse, Address: fmt.Sprintf("德泰路%d号", k), Shape: s})
		score := scoring.ParcelScore{Code: code(k), Measured: &scoring.Measured{DrawnM2: float64(geo.Area(s))}, Idle: &scoring.Idle{}, Exit: -1, Class: scoring.Class("ABCD"[k%4 : k%4+1])}
		if k%3 > 0 {
			score.FAR = parcels.Some(float64(k%20) / 10)
		}
		if k%11 > 0 {
			score.LandMu = parcels.Some(5 + float64(k%7))
		}
		if k%4 > 0 {
			wan, _ := parcels.WanOf(float64(k%13)*100 - 50)
			score.TaxWan = parcels.Some(wan)
		}
		score.Idle.Plant = k%5 == 0
		scores.Parcels = append(scores.Parcels, score)
	}
	if len(shapes) > 0 {
		rows.Parks = []parcels.Park{{Code: "QM", Name: "清濛", Definition: "planned", Shape: geo.Shape{{shapes[0].Bound().Union(shapes[len(shapes)-1].Bound()).ToRing()}}}}
	}
	built, err := layers.Build(parcels.NewSnapshot(1, parcels.MustDate("2026-11-22"), rows), scores, nil, audience)
	if err != nil {
		t.Fatal(err)
	}
	return built
}
