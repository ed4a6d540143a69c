package tiles_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/seeds"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// state is a zone with all that is made of it on the way to a tile.
type state struct {
	snap    *parcels.Snapshot
	scores  *scoring.Scores
	edition *layers.Edition
	images  map[*layers.Table]*tiles.Image
}

// after makes a state as the server does: of what an earlier one, nil for none, has.
func after(t *testing.T, earlier *state, snap *parcels.Snapshot, book scoring.Book) *state {
	t.Helper()
	years := snap.Years()
	in := scoring.Input{Snapshot: snap, Year: years[len(years)-1], AsOf: snap.AsOf, Rules: book}
	var before *layers.Edition
	if earlier != nil {
		in.Before, before = earlier.scores, earlier.edition
	}
	s := &state{snap: snap, images: map[*layers.Table]*tiles.Image{}}
	var err error
	if s.scores, err = scoring.Run(in); err == nil {
		s.edition, err = layers.BuildAll(snap, s.scores, nil, before)
	}
	if err != nil {
		t.Fatal(err)
	}
	grounds := map[string]*tiles.Ground{}
	for a := layers.Public; a <= layers.Admin; a++ {
		for name, table := range s.edition.For(a) {
			s.images[table] = s.image(table, grounds, earlier, before.For(a)[name])
		}
	}
	return s
}

// image is that of a table; before is the table of an earlier state.
func (s *state) image(table *layers.Table, grounds map[string]*tiles.Ground, earlier *state, before *layers.Table) *tiles.Image {
	if m := s.images[table]; m != nil {
		return m
	}
	var old *tiles.Image
	if earlier != nil {
		if old = earlier.images[before]; before == table {
			return old
		}
	}
	if grounds[table.Layer.Name] == nil {
		grounds[table.Layer.Name] = old.GroundOf(table)
	}
	return old.After(table, grounds[table.Layer.Name])
}

// Whatever is edited, tables, images and tiles that are made of earlier ones are those that are made from nothing, byte for byte; rows that
// are said to stand do, and so do tiles that are said to be untouched.
func TestAfterEditsAsFromNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	book, err := scoring.ReadBook(seeds.Rules, "rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rows := seeds.Rows(seeds.Options{Parcels: 300, Seed: 3}) // on two sheets, and their buildings on some more
	rows.Events = append(rows.Events, parcels.Event{ID: "E1", USCC: rows.Firms[0].USCC, Kind: "visit", On: parcels.MustDate("2025-05-01")})
	now := after(t, nil, parcels.NewSnapshot(1, parcels.MustDate("2026-11-22"), rows), book)
	for step := range 12 {
		d, told := edits(rng, now.snap, step)
		d.Version = int64(step + 2)
		next := after(t, now, now.snap.After(d), book)
		if _, follows := next.snap.TouchedSince(now.snap); !follows {
			t.Fatalf("%s: the snapshot was indexed anew, so this shows nothing", told)
		}
		alone := after(t, nil, parcels.NewSnapshot(d.Version, now.snap.AsOf, copyOf(*next.snap.AllRows())), book)
		for a := layers.Public; a <= layers.Admin; a++ {
			for name, want := range alone.edition.For(a) {
				checkTable(t, told, now.edition.For(a)[name], next.edition.For(a)[name], want)
				if t.Failed() {
					return
				}
				checkTiles(t, fmt.Sprint(told, ", ", a, ", ", name), now.images[now.edition.For(a)[name]], next.images[next.edition.For(a)[name]], alone.images[want])
			}
		}
		now = next
	}
}

// Where borders wind, a shape that goes or changes moves vertices in and out of its neighbours' outlines, and of theirs. All is drawn as on
// ground that is laid out anew.
func TestGroundAfterEdits(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	var rows parcels.Rows
	for k, s := range mesh(rng, addressOf(14, origin), 20, 60, 0.15).Shapes {
		rows.Parcels = append(rows.Parcels, parcels.Parcel{Code: code(k), Shape: s})
	}
	snap := parcels.NewSnapshot(1, parcels.MustDate("2026-11-22"), rows)
	scores := &scoring.Scores{Year: 2025, Version: 1}
	for range rows.Parcels {
		scores.Parcels = append(scores.Parcels, scoring.ParcelScore{Measured: &scoring.Measured{}, Idle: &scoring.Idle{}, Exit: -1})
	}
	build := func(snap *parcels.Snapshot, earlier *layers.Edition) *layers.Edition {
		e, err := layers.BuildAll(snap, scores, nil, earlier)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	edition := build(snap, nil)
	now := image(edition.For(layers.Public)[layers.Parcels])
	redrawn, shared := false, 0
	for step := range 9 {
		p := *snap.Parcels.At(rng.IntN(snap.Parcels.Len()))
		told := fmt.Sprintf("step %d", step)
		if step%3 == 0 || len(p.Shape) == 0 {
			p.Shape = nil
		} else {
			p.Shape = p.Shape.Clone()
			ring := p.Shape[0][0]
			ring = slices.Delete(ring, 1, 1+rng.IntN(len(ring)-5))
			p.Shape[0][0] = ring
		}
		snap = snap.After(parcels.Delta{Version: 1, Codes: map[string][]string{"parcels": {p.Code}}, Rows: parcels.Rows{Parcels: []parcels.Parcel{p}}})
		edition = build(snap, edition)
		table := edition.For(layers.Public)[layers.Parcels]
		next := now.After(table, now.GroundOf(table))
		checkTiles(t, told, now, next, image(table))
		redrawn = redrawn || tiles.Redrawn(next) > 1
		if fresh, all := tiles.FreshSheets(now, next); step%3 != 0 && next.Len() == now.Len() && (all < 2 || fresh > 1) {
			t.Errorf("%s: %d of %d sheets were written anew for one shape", told, fresh, all)
		} else if step%3 != 0 && next.Len() == now.Len() {
			shared++
		}
		now = next
	}
	if !redrawn || shared == 0 {
		t.Errorf("an edit reached beyond its neighbours: %v; %d kept the features; so this shows little", redrawn, shared)
	}
}

// After a change of rules every parcel may say something else: what an image remembers of that is counted as its memory.
func TestBytesCountWhatChanged(t *testing.T) {
	var rows parcels.Rows
	for k, s := range mesh(rand.New(rand.NewPCG(1, 2)), addressOf(14, origin), 10, 40, 0.1).Shapes {
		rows.Parcels = append(rows.Parcels, parcels.Parcel{Code: code(k), Shape: s})
	}
	scored := func(version int64, class scoring.Class) *scoring.Scores {
		scores := &scoring.Scores{Year: 2025, Version: version}
		for range rows.Parcels {
			scores.Parcels = append(scores.Parcels, scoring.ParcelScore{Measured: &scoring.Measured{}, Idle: &scoring.Idle{}, Exit: -1, Class: class})
		}
		return scores
	}
	snap := parcels.NewSnapshot(1, parcels.MustDate("2026-11-22"), rows)
	build := func(snap *parcels.Snapshot, class scoring.Class, earlier *layers.Edition) (*layers.Edition, *layers.Table) {
		e, err := layers.BuildAll(snap, scored(snap.Version, class), nil, earlier)
		if err != nil {
			t.Fatal(err)
		}
		return e, e.For(layers.Viewer)[layers.Parcels]
	}
	edition, was := build(snap, scoring.ClassA, nil)
	next := snap.After(parcels.Delta{Version: 2})
	_, now := build(next, scoring.ClassB, edition)
	_, alone := build(next, scoring.ClassB, nil)
	before := image(was)
	const position, box = 8, 16 // of a row, and of its feature
	if more := before.After(now, before.GroundOf(now)).Bytes() - image(alone).Bytes(); more < len(rows.Parcels)*(position+box) {
		t.Errorf("%d bytes more than an image that follows none, for %d parcels", more, len(rows.Parcels))
	}
}

// edits changes some rows of a snapshot, of another kind at each step.
func edits(rng *rand.Rand, snap *parcels.Snapshot, step int) (d parcels.Delta, told string) {
	d.Codes = map[string][]string{}
	p := *snap.Parcels.At(rng.IntN(snap.Parcels.Len()))
	around := func(s geo.Shape, by float64) geo.Shape {
		s = s.Clone()
		for _, polygon := range s {
			for _, ring := range polygon {
				for i := range ring {
					ring[i][0] += by
				}
			}
		}
		return s
	}
	parcel := func() {
		d.Codes["parcels"], d.Rows.Parcels = append(d.Codes["parcels"], p.Code), append(d.Rows.Parcels, p)
	}
	kinds := []struct {
		name string
		do   func()
	}{
		{"a corner", func() {
			for len(p.Shape) == 0 {
				p = *snap.Parcels.At(rng.IntN(snap.Parcels.Len()))
			}
			p.Shape = p.Shape.Clone()
			ring, c := p.Shape[0][0], p.Shape.Bound().Center()
			ring[1] = geo.Point{ring[1][0] + 0.2*(c[0]-ring[1][0]), ring[1][1] + 0.2*(c[1]-ring[1][1])}
			parcel()
		}},
		{"a figure", func() {
			f := snap.Figures.At(rng.IntN(snap.Figures.Len())).USCC
			d.Codes["figures"] = []string{f}
			for _, row := range snap.Figures.Rows() {
				if row.USCC == f {
					row.VATWan = parcels.Some(parcels.Wan(rng.IntN(1e9)))
					d.Rows.Figures = append(d.Rows.Figures, row)
				}
			}
		}},
		{"a shape that moves a little", func() { p.Shape = around(p.Shape, 1e-5); parcel() }},
		{"a shape that moves far", func() { p.Shape = around(p.Shape, 0.05); parcel() }},
		{"a building", func() {
			b := *snap.Buildings.At(rng.IntN(snap.Buildings.Len()))
			b.Shape, b.Storeys = around(b.Shape, 2e-5), []parcels.Storey{{FloorM2: float64(rng.IntN(9000)), HeightM: 9}}
			d.Codes["buildings"], d.Rows.Buildings = []string{b.ID}, []parcels.Building{b}
		}},
		{"a shape that goes", func() { p.Shape = nil; parcel() }},
		{"words and days that others have, and none", func() {
			other := *snap.Parcels.At(rng.IntN(snap.Parcels.Len()))
			p.Address, p.UseCode, p.Contract = other.Address, "", other.Contract
			parcel()
		}},
		{"an occupancy", func() {
			at := snap.Occupancies[rng.IntN(len(snap.Occupancies))].Parcel
			d.Codes["occupancies"] = []string{at}
			for _, o := range snap.Occupancies {
				if o.Parcel == at {
					o.FloorM2 = parcels.Some(float64(rng.IntN(5000)))
					d.Rows.Occupancies = append(d.Rows.Occupancies, o)
				}
			}
		}},
		{"a firm's name", func() {
			f := snap.Firms[rng.IntN(len(snap.Firms))]
			f.Name += "新"
			d.Codes["firms"], d.Rows.Firms = []string{f.USCC}, []parcels.Firm{f}
		}},
		{"an event", func() {
			e := snap.Events[0]
			e.Kind = "exempted"
			d.Codes["events"], d.Rows.Events = []string{e.ID}, []parcels.Event{e}
		}},
		{"a zone", func() {
			z := snap.Zones[rng.IntN(len(snap.Zones))]
			z.Shape, z.Name = around(z.Shape, 0.001), z.Name+"新"
			d.Codes["zones"], d.Rows.Zones = []string{z.ID}, []parcels.Zone{z}
		}},
		{"a shape and its neighbour's", func() {
			parcel()
			d.Rows.Parcels[0].Shape = around(p.Shape, 3e-5)
			p = *snap.Parcels.At((slices.IndexFunc(snap.Parcels.Rows(), func(q parcels.Parcel) bool { return q.Code == p.Code }) + 1) % snap.Parcels.Len())
			p.Shape = around(p.Shape, -3e-5)
			parcel()
		}},
	}
	kind := kinds[step%len(kinds)]
	kind.do()
	return d, fmt.Sprintf("step %d, %s", step, kind.name)
}

func copyOf(r parcels.Rows) parcels.Rows {
	r.Parks, r.Zones, r.Parcels, r.Buildings = slices.Clone(r.Parks), slices.Clone(r.Zones), slices.Clone(r.Parcels), slices.Clone(r.Buildings)
	r.Firms, r.Occupancies, r.Figures, r.Events = slices.Clone(r.Firms), slices.Clone(r.Occupancies), slices.Clone(r.Figures), slices.Clone(r.Events)
	return r
}

// checkTable holds a table against one made from nothing, and what it says of its rows against the table before.
func checkTable(t *testing.T, told string, before, got, want *layers.Table) {
	t.Helper()
	if !got.Equal(want) || !reflect.DeepEqual(got.Bounds, want.Bounds) || got.Bound != want.Bound || !reflect.DeepEqual(got.Index, want.Index) {
		t.Errorf("%s: the %v's table of %s differs from one made anew", told, want.Audience, want.Layer.Name)
	}
	rows, follows := got.ChangedSince(before)
	var differ []int
	for row := range before.IDs {
		same := got.Shapes[row].Equal(before.Shapes[row])
		for f := range got.Columns {
			a, _ := got.Value(row, f)
			b, _ := before.Value(row, f)
			same = same && a == b
		}
		if !same {
			differ = append(differ, row)
		}
	}
	if !follows || !slices.Equal(rows, differ) {
		t.Errorf("%s: the %v's table of %s says that rows %v changed, %v; %v did", told, want.Audience, want.Layer.Name, rows, follows, differ)
	}
}

// checkTiles holds every tile of an image against that of one made from nothing, and those that are said to be untouched against before.
func checkTiles(t *testing.T, told string, before, got, want *tiles.Image) {
	t.Helper()
	changes, seen := tiles.Compare(before, got), map[tiles.Address]bool{}
	for _, m := range []*tiles.Image{before, want} {
		for at := range tiles.Addresses(m, 8, 16) {
			if seen[at] {
				continue
			}
			seen[at] = true
			a, errA := got.AppendFeatures(nil, at)
			b, errB := want.AppendFeatures(nil, at)
			if errA != nil || errB != nil || !bytes.Equal(a, b) {
				t.Fatalf("%s: tile %v differs from one made anew", told, at)
			}
			if changes.Touch(at) {
				continue
			}
			if was, _ := before.AppendFeatures(nil, at); !bytes.Equal(a, was) && !reflect.DeepEqual(features(t, a), features(t, was)) {
				t.Fatalf("%s: tile %v changed and is said to be untouched", told, at)
			}
		}
	}
}
