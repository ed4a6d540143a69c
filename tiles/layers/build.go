package layers

import (
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// Build makes the tables of every layer an audience may see, by layer name, for the scores' year. A table holds the fields of
// that audience and no others. Features keep the snapshot's order, ascending by identifier; one that is not drawn keeps its row
// but is never found in the index. The tables share shapes and texts with the snapshot and must not be written into.
//
// It fails when scores belong to another snapshot, when an identifier occurs twice, or when a published run cannot be read.
func Build(snap *parcels.Snapshot, scores *scoring.Scores, runs []parcels.Run, audience Audience) (map[string]*Table, error) {
	return build(snap, scores, runs, audience, nil)
}

// build makes the tables but for those that are kept.
func build(snap *parcels.Snapshot, scores *scoring.Scores, runs []parcels.Run, audience Audience, kept map[string]bool) (map[string]*Table, error) {
	if scores.Version != snap.Version || len(scores.Parcels) != len(snap.Parcels) {
		return nil, fmt.Errorf("build layers: scores are of snapshot %d with %d parcels, the snapshot is %d with %d",
			scores.Version, len(scores.Parcels), snap.Version, len(snap.Parcels))
	}
	rows, err := parcelRows(snap, scores, runs)
	if err != nil {
		return nil, fmt.Errorf("build layers: %w", err)
	}
	tables := map[string]*Table{}
	for _, layer := range All {
		if layer.Audience > audience || kept[layer.Name] {
			continue
		}
		var table *Table
		switch visible := layer.For(audience); layer.Name {
		case Parks:
			table, err = fill(visible, parkFields, pointers(snap.Parks), func(p *parcels.Park) geo.Shape { return p.Shape })
		case Zones:
			table, err = fill(visible, zoneFields, pointers(snap.Zones), func(z *parcels.Zone) geo.Shape { return z.Shape })
		case Parcels:
			table, err = fill(visible, parcelFields, pointers(rows), func(r *parcelRow) geo.Shape { return r.parcel.Shape })
		case Buildings:
			table, err = fill(visible, buildingFields, pointers(snap.Buildings), func(b *parcels.Building) geo.Shape { return b.Shape })
		default:
			err = fmt.Errorf("layer %s has no source", layer.Name)
		}
		if err != nil {
			return nil, fmt.Errorf("build layers: %w", err)
		}
		table.Audience, table.Year = audience, scores.Year
		tables[layer.Name] = table
	}
	return tables, nil
}

// Tables are those of every audience.
type Tables [Admin + 1]map[string]*Table

// BuildAll makes the tables of all audiences, as Build does for one. What several audiences see stands once in memory: each column, and
// what tells the rows; an audience that sees no more than the one below has its tables. before are the tables made of an earlier snapshot, and
// nil for none: those of layers that show the very same rows of the same year stand for both.
func BuildAll(snap *parcels.Snapshot, scores *scoring.Scores, runs []parcels.Run, earlier *parcels.Snapshot, before *Tables) (all Tables, err error) {
	kept := map[string]bool{}
	if earlier != nil {
		kept = before.standing(snap, earlier, scores.Year)
	}
	full, err := build(snap, scores, runs, Admin, kept)
	if err != nil {
		return all, err
	}
	for a := Public; a <= Admin; a++ {
		if a > Public && sameFields(a, a-1) {
			all[a] = all[a-1]
			continue
		}
		all[a] = map[string]*Table{}
		for name, t := range full {
			if t.Layer.Audience <= a {
				all[a][name] = t.narrowed(a)
			}
		}
		for name := range kept {
			if t, sees := before[a][name]; sees {
				all[a][name] = t
			}
		}
	}
	return all, nil
}

// standing are the layers that show rows of one table alone, and these are the same in two snapshots.
func (before *Tables) standing(snap, earlier *parcels.Snapshot, year int) map[string]bool {
	if t := before[Admin][Parcels]; t == nil || t.Year != year {
		return nil
	}
	kept := map[string]bool{}
	for layer, same := range map[string]bool{
		Parks: shared(snap.Parks, earlier.Parks), Zones: shared(snap.Zones, earlier.Zones), Buildings: shared(snap.Buildings, earlier.Buildings),
	} {
		if same {
			kept[layer] = true
		}
	}
	return kept
}

// shared reports whether two lists are one.
func shared[T any](a, b []T) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// narrowed is the table with the columns that a lower audience sees and no others.
func (t *Table) narrowed(a Audience) *Table {
	n := *t
	n.Layer, n.Audience, n.Columns = t.Layer.For(a), a, nil
	for f, field := range t.Layer.Fields {
		if field.Audience <= a {
			n.Columns = append(n.Columns, t.Columns[f])
		}
	}
	return &n
}

// sameFields says whether two audiences see the same layers and fields.
func sameFields(a, b Audience) bool {
	return !slices.ContainsFunc(All, func(l Layer) bool {
		return (l.Audience <= a) != (l.Audience <= b) || len(l.For(a).Fields) != len(l.For(b).Fields)
	})
}

func pointers[R any](rows []R) []*R {
	out := make([]*R, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}

// fill makes a table of rows: identifiers, shapes, index, and one column per visible field.
func fill[R any](layer Layer, fields getters[R], rows []*R, shape func(*R) geo.Shape) (*Table, error) {
	identify, ok := fields[layer.ID]
	if !ok {
		return nil, fmt.Errorf("layer %s: no value for its identifier %s", layer.Name, layer.ID)
	}
	t := &Table{
		Layer: layer, IDs: make([]string, len(rows)), Shapes: make([]geo.Shape, len(rows)), Bounds: make([]geo.Bound, len(rows)),
		Bound: geo.Shape(nil).Bound(), byID: make(map[string]int, len(rows)),
	}
	for i, row := range rows {
		t.IDs[i], t.Shapes[i] = identify(row).text, shape(row)
		t.Bounds[i] = t.Shapes[i].Bound()
		t.Bound = t.Bound.Union(t.Bounds[i])
		if i > 0 && t.IDs[i] <= t.IDs[i-1] {
			return nil, fmt.Errorf("layer %s: %s %s does not follow %s", layer.Name, layer.ID, t.IDs[i], t.IDs[i-1])
		}
		t.byID[t.IDs[i]] = i
	}
	t.Columns = make([]Column, len(layer.Fields))
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	work.Go(func() error { t.Index = geo.NewIndex(t.Bounds); return nil })
	for f, field := range layer.Fields {
		work.Go(func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("layer %s, field %s: panic: %v", layer.Name, field.Name, p)
				}
			}()
			get, ok := fields[field.Name]
			if !ok {
				return fmt.Errorf("layer %s: no value for field %s", layer.Name, field.Name)
			}
			t.Columns[f] = column(field, get, rows)
			return nil
		})
	}
	return t, work.Wait()
}

func column[R any](field Field, get func(*R) cell, rows []*R) Column {
	c := Column{Present: make([]bool, len(rows))}
	if field.isText() {
		c.Text = make([]string, len(rows))
	} else {
		c.Number = make([]float64, len(rows))
	}
	for i, row := range rows {
		value := get(row)
		if c.Present[i] = value.present; !value.present {
			continue
		}
		if c.Text != nil {
			c.Text[i] = value.text
		} else {
			c.Number[i] = value.number
		}
	}
	return c
}
