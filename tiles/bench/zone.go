package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

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
	asOf     parcels.Date
	snapshot *parcels.Snapshot
	table    *layers.Table // of the parcels
}

// newZone makes a zone with the generator, scores it, and lets the public see the attributes and no others.
func newZone(n int) (*zone, error) {
	if err := publishAttributes(); err != nil {
		return nil, err
	}
	z := &zone{asOf: parcels.MustDate("2026-11-22")}
	z.snapshot = parcels.NewSnapshot(1, z.asOf, seeds.Rows(seeds.Options{Parcels: n, Seed: 1}))
	years := z.snapshot.Years()
	scores, err := scoring.Run(scoring.Input{Snapshot: z.snapshot, Year: years[len(years)-1], AsOf: z.asOf})
	if err != nil {
		return nil, err
	}
	built, err := layers.Build(z.snapshot, scores, nil, layers.Public)
	if err != nil {
		return nil, err
	}
	z.table = built[layers.Parcels]
	return z, nil
}

// publishAttributes changes the list of layers in this process alone, so that no contestant has to ask who is asking.
func publishAttributes() error {
	i := slices.IndexFunc(layers.All, func(l layers.Layer) bool { return l.Name == layers.Parcels })
	l := &layers.All[i]
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

// lists picks tiles with features, at random but always the same.
func (z *zone) lists() map[int]*tileList {
	lists := map[int]*tileList{}
	for _, zoom := range zooms {
		seen := map[tiles.Address]bool{}
		for _, b := range z.table.Bounds {
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

// Snapshot, Runs, Rules, Version and Watch let a server read the zone.
func (z *zone) Snapshot(context.Context, parcels.Date) (*parcels.Snapshot, error) {
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
