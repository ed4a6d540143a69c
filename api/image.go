package api

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/match"
	"muchan/scoring/potential"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// Image is everything a year's answers are made of. It is immutable.
type Image struct {
	Snapshot *parcels.Snapshot
	Scores   *scoring.Scores
	Runs     []parcels.Run // newest first
	Years    []int         // years with figures, ascending
	BuiltAt  time.Time

	Rules scoring.Book

	publicQuery string // tileQuery of the public
	tables      *layers.Edition
	drawings    [layers.Admin + 1]map[string]*drawing
	lead        map[*layers.Table][]int     // rows that together have a value in every column
	parcelsOf   func() [][]int32            // positions of the parcels a firm uses in the year, by position of the firm
	gen         *generation                 // for what spans years
	pool        func() *match.Pool          // the land that could serve a firm that grows; made when first asked for
	potential   func() *potential.Potential // what the land could gain; made when first asked for
}

// Table returns a layer as an audience sees it, and whether it sees it at all.
func (i *Image) Table(a layers.Audience, layer string) (*layers.Table, bool) {
	t, ok := i.tables.For(a)[layer]
	return t, ok
}

// tag names the image in tile addresses, so that a browser asks anew when anything behind it changed.
func (i *Image) tag(a layers.Audience) string {
	return fmt.Sprintf("%d-%s-%s", i.Snapshot.Version, strconv.FormatInt(i.BuiltAt.UnixMilli(), 36), a)
}

// tileQuery is the query of the addresses that meta gives for an image's tiles.
func (i *Image) tileQuery(a layers.Audience) string {
	return fmt.Sprintf("year=%d&v=%s", i.Scores.Year, i.tag(a))
}

// drawn is the image of a layer's tiles, nil for none.
func (i *Image) drawn(audience int, layer string) *tiles.Image {
	if i == nil || i.drawings[audience][layer] == nil {
		return nil
	}
	return i.drawings[audience][layer].image
}

// state is what the store and the rules said: the input of every year's image.
type state struct {
	snapshot *parcels.Snapshot
	runs     []parcels.Run
	years    []int
	rules    scoring.Book
	builtAt  time.Time
	score    func(scoring.Input) (*scoring.Scores, error)
	serials  *atomic.Uint64 // numbers the images of all states
	earlier  func() *Image  // that readers have now; nil for none

	fiction Fiction
}

func (s *state) latest() int {
	if len(s.years) > 0 {
		return s.years[len(s.years)-1]
	}
	return s.snapshot.AsOf.Year() - 1 // figures of a year are complete the year after
}

func (s *state) scores(year int) (*scoring.Scores, error) {
	in := scoring.Input{Snapshot: s.snapshot, Year: year, AsOf: s.snapshot.AsOf, Rules: s.rules}
	if now := s.earlier(); now != nil && now.Scores.Year == year {
		in.Before = now.Scores
	}
	return s.score(in)
}

// build makes the image of one year, and notes how long its steps take.
func (s *state) build(year int, laps *laps) (*Image, error) {
	scores, err := s.scores(year)
	if err != nil {
		return nil, fmt.Errorf("score %d: %w", year, err)
	}
	laps.done("scored")
	img := &Image{Snapshot: s.snapshot, Scores: scores, Runs: s.runs, Years: s.years, BuiltAt: s.builtAt, Rules: s.rules}
	img.potential = sync.OnceValue(func() *potential.Potential { return potential.Of(scores) })
	img.parcelsOf = sync.OnceValue(img.usedLand)
	img.pool = sync.OnceValue(func() *match.Pool { return match.NewPool(scores) })
	earlier := s.earlier()
	if img.tables, err = layers.BuildAll(img.Snapshot, scores, img.Runs, earlier.edition()); err != nil {
		return nil, fmt.Errorf("layers of %d: %w", year, err)
	}
	laps.done("tabled")
	img.lead = map[*layers.Table][]int{}
	for a := range img.drawings {
		for _, t := range img.tables.For(layers.Audience(a)) {
			img.lead[t] = leading(t)
		}
	}
	img.publicQuery = img.tileQuery(layers.Public)
	img.drawings = drawAll(img.tables, s.serials.Add(1), earlier)
	laps.done("drawn")
	return img, nil
}

// edition is the image's tables, nil for no image.
func (i *Image) edition() *layers.Edition {
	if i == nil {
		return nil
	}
	return i.tables
}

// usedLand lists the parcels each firm uses in the year.
func (i *Image) usedLand() [][]int32 {
	land := make([][]int32, len(i.Snapshot.Firms))
	for p := range i.Scores.Parcels {
		for _, share := range i.Scores.Parcels[p].Firms {
			land[share.Firm] = append(land[share.Firm], int32(p))
		}
	}
	return land
}

// drawAll makes the drawing of every table.
func drawAll(tables *layers.Edition, serial uint64, earlier *Image) (drawings [layers.Admin + 1]map[string]*drawing) {
	images := imagesOf(tables, earlier)
	for a := range drawings {
		audience := layers.Audience(a)
		drawings[a] = map[string]*drawing{}
		for name, t := range tables.For(audience) {
			drawings[a][name] = &drawing{image: images[t](), audience: audience, serial: serial}
		}
		for _, d := range drawings[a] {
			if fields, _ := d.image.Layer.GridFields(); len(fields) > 0 {
				d.beside = drawings[a][layers.Parks].image
			}
		}
	}
	return drawings
}

// imagesOf finds or makes the images of tables, all layers at once. What an earlier image, nil for none, has of a table and its ground is taken over.
func imagesOf(tables *layers.Edition, earlier *Image) map[*layers.Table]func() *tiles.Image {
	images := map[*layers.Table]func() *tiles.Image{}
	var work errgroup.Group
	for _, layer := range layers.All {
		ofLayer := newLayerImages()
		for a := layers.Public; a <= layers.Admin; a++ {
			if t, sees := tables.For(a)[layer.Name]; sees && images[t] == nil {
				images[t] = ofLayer.add(t, earlier.edition().For(a)[layer.Name], earlier.drawn(int(a), layer.Name))
			}
		}
		work.Go(func() error {
			defer func() { _ = recover() }() // it panics anew where the image is taken, and there somebody can tell of it
			ofLayer.make()
			return nil
		})
	}
	_ = work.Wait()
	return images
}

// layerImages makes the images of a layer's tables, which have the same rows, and share their ground and what is encoded of what audiences see alike.
type layerImages struct {
	below   *layers.Table // of the audience before
	image   func() *tiles.Image
	fresh   []*layers.Table
	befores []*tiles.Image
	make    func() []*tiles.Image // of the fresh tables, once
}

func newLayerImages() *layerImages {
	l := &layerImages{}
	l.make = sync.OnceValue(func() []*tiles.Image {
		if len(l.fresh) == 0 {
			return nil
		}
		return tiles.ImagesOf(l.fresh, l.befores, l.befores[0].GroundOf(l.fresh[0]))
	})
	return l
}

// add returns what gives the image of the next audience's table: that of the audience below where he sees the same, the earlier one where the table
// is that of before, and else one that is made.
func (l *layerImages) add(t, was *layers.Table, before *tiles.Image) func() *tiles.Image {
	switch at := len(l.fresh); {
	case l.below != nil && l.below.SameMemory(t):
	case was == t:
		l.image = func() *tiles.Image { return before }
	default:
		l.fresh, l.befores = append(l.fresh, t), append(l.befores, before)
		l.image = func() *tiles.Image { return l.make()[at] }
	}
	l.below = t
	return l.image
}

// leading picks rows that together have a value in every column that has any. Clients that learn the fields' types from the first
// features would else take a number that happens to be missing there for a text.
func leading(t *layers.Table) []int {
	var rows []int
	for k := range t.Columns {
		present := t.Columns[k].Present
		if slices.ContainsFunc(rows, func(row int) bool { return present[row] }) {
			continue
		}
		if row := slices.Index(present, true); row >= 0 {
			rows = append(rows, row)
		}
	}
	return rows
}
