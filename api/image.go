package api

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

// Image is everything a year's answers are made of. It is immutable.
type Image struct {
	Snapshot *parcels.Snapshot
	Scores   *scoring.Scores
	Runs     []parcels.Run // newest first
	Years    []int         // years with figures, ascending
	BuiltAt  time.Time

	tables [layers.Admin + 1]map[string]*layers.Table
}

// Table returns a layer as an audience sees it, and whether it sees it at all.
func (i *Image) Table(a layers.Audience, layer string) (*layers.Table, bool) {
	t, ok := i.tables[a][layer]
	return t, ok
}

// tag names the image in tile addresses, so that a browser asks anew when anything behind it changed.
func (i *Image) tag(a layers.Audience) string {
	return fmt.Sprintf("%d-%s-%s", i.Snapshot.Version, strconv.FormatInt(i.BuiltAt.UnixMilli(), 36), a)
}

// state is what the store and the rules said: the input of every year's image.
type state struct {
	snapshot *parcels.Snapshot
	runs     []parcels.Run
	years    []int
	rules    scoring.Book
	builtAt  time.Time
	score    func(scoring.Input) (*scoring.Scores, error)
}

func (s *state) latest() int {
	if len(s.years) > 0 {
		return s.years[len(s.years)-1]
	}
	return s.snapshot.AsOf.Year() - 1 // figures of a year are complete the year after
}

func (s *state) scores(year int) (*scoring.Scores, error) {
	return s.score(scoring.Input{Snapshot: s.snapshot, Year: year, AsOf: s.snapshot.AsOf, Rules: s.rules})
}

// build makes the image of one year.
func (s *state) build(year int) (*Image, error) {
	scores, err := s.scores(year)
	if err != nil {
		return nil, fmt.Errorf("score %d: %w", year, err)
	}
	img := &Image{Snapshot: s.snapshot, Scores: scores, Runs: s.runs, Years: s.years, BuiltAt: s.builtAt}
	for a := layers.Public; a <= layers.Admin; a++ {
		if a > layers.Public && sameFields(a, a-1) {
			img.tables[a] = img.tables[a-1]
			continue
		}
		if img.tables[a], err = layers.Build(s.snapshot, scores, s.runs, a); err != nil {
			return nil, fmt.Errorf("layers of %d for %s: %w", year, a, err)
		}
	}
	return img, nil
}

// sameFields says whether two audiences see the same layers and fields; they then share their tables.
func sameFields(a, b layers.Audience) bool {
	return !slices.ContainsFunc(layers.All, func(l layers.Layer) bool {
		return (l.Audience <= a) != (l.Audience <= b) || len(l.For(a).Fields) != len(l.For(b).Fields)
	})
}
