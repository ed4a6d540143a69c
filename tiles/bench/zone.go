package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/seeds"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// attributes are the twelve that every contestant's tiles carry: codes, words, numbers with many digits and with few.
var attributes = []string{
	"code", "park", "use_code", "drawn_mu", "address", "state", "land_mu", "class", "far", "density", "tax_wan_mu", "output_wan_mu",
}

// zone is the data that all contestants serve. It is a server's source, too.
type zone struct {
	snapshot *parcels.Snapshot
	scores   *scoring.Scores
	table    *layers.Table // of the parcels
}

// asOf is the day of everything that is measured, year the year whose figures are shown.
var asOf = parcels.MustDate("2026-11-22")

const year = 2025

// newZone makes a zone with the generator, scores it, and lets the public see the attributes and no others. Its map is made smaller by a
// factor, so that a tile holds the more.
func newZone(n int, smaller float64) (*zone, error) {
	if err := publishAttributes(); err != nil {
		return nil, err
	}
	rows := seeds.Rows(seeds.Options{Parcels: n, Seed: 1})
	rows.Figures = slices.Clip(slices.DeleteFunc(rows.Figures, func(f parcels.Figures) bool { return f.Year != year })) // others would be scored, too
	scores, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, asOf, rows), Year: year, AsOf: asOf})
	if err != nil {
		return nil, err
	}
	z := landOf(rows, scores)
	shrink(z.snapshot, smaller)
	built, err := layers.Build(z.snapshot, z.scores, nil, layers.Public)
	if err != nil {
		return nil, err
	}
	z.table = built[layers.Parcels]
	return z, nil
}

// landOf keeps the parcels with their scores, and nothing of buildings and firms: a million parcels have gigabytes of them, and no
// attribute that is measured needs them once they are scored.
func landOf(rows parcels.Rows, scores *scoring.Scores) *zone {
	for i := range scores.Parcels {
		scores.Parcels[i].Firms = nil
	}
	return &zone{
		snapshot: parcels.NewSnapshot(1, asOf, parcels.Rows{Parks: rows.Parks, Parcels: rows.Parcels}),
		scores:   &scoring.Scores{Version: scores.Version, Year: scores.Year, AsOf: scores.AsOf, Parcels: scores.Parcels},
	}
}

// shrink draws all parcels and parks closer to the first parcel's corner. Nothing is scored or measured anew.
func shrink(s *parcels.Snapshot, factor float64) {
	if factor == 1 || s.Parcels.Len() == 0 {
		return
	}
	fixed := s.Parcels.At(0).Shape.Bound().Min
	for i := range s.Parcels.Len() {
		s.Parcels.At(i).Shape = shrunk(s.Parcels.At(i).Shape, fixed, factor)
	}
	for i := range s.Parks {
		s.Parks[i].Shape = shrunk(s.Parks[i].Shape, fixed, factor)
	}
}

func shrunk(shape geo.Shape, fixed geo.Point, factor float64) geo.Shape {
	shape = shape.Clone()
	for _, polygon := range shape {
		for _, ring := range polygon {
			for i, p := range ring {
				ring[i] = geo.Point{fixed[0] + (p[0]-fixed[0])/factor, fixed[1] + (p[1]-fixed[1])/factor}
			}
		}
	}
	return shape
}

// score gives each server the scores that are there: it is tiles that are measured.
func (z *zone) score(in scoring.Input) (*scoring.Scores, error) {
	if in.Snapshot != z.snapshot || in.Year != year {
		return nil, fmt.Errorf("scores of %d were not expected", in.Year)
	}
	return z.scores, nil
}

// publishAttributes changes the list of layers in this process alone, so that no contestant has to ask who is asking, and our servers
// make one table for all audiences.
func publishAttributes() error {
	parks, _ := layers.ByName(layers.Parks)
	l, _ := layers.ByName(layers.Parcels)
	var fields []layers.Field
	for _, f := range l.Fields {
		if slices.Contains(attributes, f.Name) {
			f.Audience = layers.Public
			fields = append(fields, f)
		}
	}
	if len(fields) != len(attributes) {
		return fmt.Errorf("only %d of the attributes %v are fields of parcels", len(fields), attributes)
	}
	l.Fields = fields
	layers.All = []layers.Layer{parks, l}
	return nil
}

// vertices is the mean number of vertices of a parcel.
func (z *zone) vertices() float64 {
	sum := 0
	for _, shape := range z.table.Shapes {
		for _, polygon := range shape {
			for _, ring := range polygon {
				sum += len(ring) - 1
			}
		}
	}
	return float64(sum) / float64(z.table.Len())
}

// tileList is the tiles of one zoom level that are asked for, in any order.
type tileList struct {
	at     []tiles.Address
	bodies [][]byte // as our server sends them, with gzip
}

// listsOf picks tiles with features, of which the boxes are given, at random but always the same.
func listsOf(bounds []geo.Bound) map[int]*tileList {
	lists := map[int]*tileList{}
	for _, zoom := range zooms {
		seen := map[tiles.Address]bool{}
		for _, b := range bounds {
			seen[tileOf(zoom, b.Center())] = true
		}
		all := make([]tiles.Address, 0, len(seen))
		for at := range seen {
			all = append(all, at)
		}
		slices.SortFunc(all, func(a, b tiles.Address) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
		dice := rand.New(rand.NewPCG(1, uint64(zoom)))
		dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		lists[zoom] = &tileList{at: all[:min(len(all), tilesPerList)]}
	}
	return lists
}

func tileOf(z int, p [2]float64) tiles.Address {
	n := math.Exp2(float64(z))
	y := 0.5 - math.Asinh(math.Tan(p[1]*math.Pi/180))/(2*math.Pi)
	return tiles.Address{Z: z, X: int(n * (p[0]/360 + 0.5)), Y: int(n * y)}
}

// Snapshot, Since, Runs, Rules, Version and Watch let a server read the zone.
func (z *zone) Snapshot(context.Context, parcels.Date) (*parcels.Snapshot, error) {
	return z.snapshot, nil
}

func (z *zone) Since(context.Context, *parcels.Snapshot, parcels.Date) (*parcels.Snapshot, error) {
	return z.snapshot, nil
}
func (z *zone) Runs(context.Context) ([]parcels.Run, error)       { return nil, nil }
func (z *zone) Rules(context.Context) ([]parcels.RuleText, error) { return nil, nil }
func (z *zone) Version(context.Context) (int64, error)            { return z.snapshot.Version, nil }
func (z *zone) Watch(ctx context.Context, _ func(int64)) error {
	<-ctx.Done()
	return ctx.Err()
}

// Record, Matters and AddRules complete the desk, at which nobody sits.
func (z *zone) Record(context.Context, parcels.Act) error { return nil }

func (z *zone) Matters(context.Context, parcels.MatterQuery) ([]parcels.Matter, error) {
	return nil, nil
}
func (z *zone) Descents(context.Context) ([]parcels.Descent, error) { return nil, nil }
func (z *zone) AddRules(context.Context, parcels.RuleText) error    { return nil }
