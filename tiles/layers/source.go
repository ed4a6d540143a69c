package layers

import (
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// source is what tables are made of.
type source struct {
	snap   *parcels.Snapshot
	scores *scoring.Scores
	run    *published
}

// newSource takes what an earlier source, nil for none, knows already.
func newSource(snap *parcels.Snapshot, scores *scoring.Scores, runs []parcels.Run, earlier *source) (*source, error) {
	if scores.Version != snap.Version || len(scores.Parcels) != snap.Parcels.Len() {
		return nil, fmt.Errorf("scores are of snapshot %d with %d parcels, the snapshot is %d with %d",
			scores.Version, len(scores.Parcels), snap.Version, snap.Parcels.Len())
	}
	var known *published
	if earlier != nil {
		known = earlier.run
	}
	run, err := newest(runs, scores.Year, known)
	return &source{snap, scores, run}, err
}

// table makes the table of a layer with the fields of its audience.
func (s *source) table(layer Layer) (*Table, error) {
	switch layer.Name {
	case Parks:
		return fill(layer, parkFields, pointers(s.snap.Parks), parkShape)
	case Zones:
		return fill(layer, zoneFields, pointers(s.snap.Zones), zoneShape)
	case Parcels:
		return fill(layer, parcelFields, pointers(s.parcelRows()), (*parcelRow).shape)
	case Buildings:
		return fill(layer, buildingFields, pointersTo(s.snap.Buildings.Len(), s.snap.Buildings.At), buildingShape)
	}
	return nil, noSource(layer)
}

// tableAfter makes the same table of that of an earlier source, from which the rows of the snapshot differ by touched.
func (s *source) tableAfter(before *Table, earlier *source, touched []parcels.Edit) (*Table, error) {
	switch before.Layer.Name {
	case Parks:
		return patched(before, parkFields, moved{rows: before.rowsOf(touched, parcels.ParkTable.Name)}, rowsAt(func(i int) *parcels.Park { return &s.snap.Parks[i] }), parkShape), nil
	case Zones:
		return patched(before, zoneFields, moved{rows: before.rowsOf(touched, parcels.ZoneTable.Name)}, rowsAt(func(i int) *parcels.Zone { return &s.snap.Zones[i] }), zoneShape), nil
	case Buildings:
		return patched(before, buildingFields, moved{rows: before.rowsOf(touched, parcels.BuildingTable.Name)}, rowsAt(s.snap.Buildings.At), buildingShape), nil
	case Parcels:
		rows := s.movedParcels(earlier, touched, before.rowsOf(touched, parcels.ParcelTable.Name))
		return patched(before, parcelFields, rows, s.parcelsAt, (*parcelRow).shape), nil
	}
	return nil, noSource(before.Layer)
}

func noSource(layer Layer) error { return fmt.Errorf("layer %s has no source", layer.Name) }

func parkShape(p *parcels.Park) geo.Shape         { return p.Shape }
func zoneShape(z *parcels.Zone) geo.Shape         { return z.Shape }
func buildingShape(b *parcels.Building) geo.Shape { return b.Shape }

func rowsAt[R any](at func(row int) *R) func(rows []int) []*R {
	return func(rows []int) []*R {
		return pointersTo(len(rows), func(k int) *R { return at(rows[k]) })
	}
}

// rowsOf are the rows of those that were touched in a table of the store.
func (t *Table) rowsOf(touched []parcels.Edit, stored string) (rows []int) {
	for _, e := range touched {
		code, _, _ := strings.Cut(e.Key, "|")
		if at, ok := t.Row(code); ok && e.Table == stored {
			rows = append(rows, at)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// movedParcels are the parcels whose rows may differ from an earlier source's: those that were touched, those whose score says something
// else, as ranks do everywhere when one figure moves, and those whose firm was touched.
func (s *source) movedParcels(earlier *source, touched []parcels.Edit, rows []int) moved {
	firms := map[int]bool{}
	for _, e := range touched {
		if f, ok := s.snap.FirmIndex(e.Key); ok && e.Table == parcels.FirmTable.Name {
			firms[f] = true
		}
	}
	m := moved{rows: rows}
	for i := range s.scores.Parcels {
		score, old, users := &s.scores.Parcels[i], &earlier.scores.Parcels[i], s.scores.Parcels[i].Firms
		switch {
		case len(users) > 0 && firms[users[0].Firm] || !s.listsAlike(earlier, score, old) || !s.publishesAlike(earlier, i):
			m.rows = append(m.rows, i)
		case score.Equal(old):
		case score.OnlyGraded(old):
			m.graded = append(m.graded, i)
		default:
			m.rows = append(m.rows, i)
		}
	}
	slices.Sort(m.rows)
	m.rows = slices.Compact(m.rows)
	return m
}

// listsAlike reports whether a parcel's place in the exit list says the same as an earlier one.
func (s *source) listsAlike(earlier *source, now, old *scoring.ParcelScore) bool {
	a, b := s.candidateOf(now), earlier.candidateOf(old)
	return a == b || a != nil && b != nil && *a == *b
}

func (s *source) publishesAlike(earlier *source, parcel int) bool {
	code := s.snap.Parcels.At(parcel).Code
	return s.run == earlier.run || s.run.year == earlier.run.year && s.run.classes[code] == earlier.run.classes[code]
}
