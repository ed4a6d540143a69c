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
	from, err := newSource(snap, scores, runs, nil)
	if err != nil {
		return nil, fmt.Errorf("build layers: %w", err)
	}
	return from.build(audience)
}

// build makes the tables of an audience, all at the same time: each begins with what one processor alone can do.
func (s *source) build(audience Audience) (map[string]*Table, error) {
	tables, made := map[string]*Table{}, make([]*Table, len(All))
	var work errgroup.Group
	for i, layer := range All {
		if layer.Audience > audience {
			continue
		}
		work.Go(func() (err error) {
			defer parcels.OrPanic(&err, "layer "+layer.Name)
			made[i], err = s.table(layer.For(audience))
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, fmt.Errorf("build layers: %w", err)
	}
	for i, layer := range All {
		if made[i] != nil {
			made[i].Audience, made[i].Year = audience, s.scores.Year
			tables[layer.Name] = made[i]
		}
	}
	return tables, nil
}

// Edition is the tables of every audience, made of one snapshot and its scores. It is immutable.
type Edition struct {
	tables [Admin + 1]map[string]*Table
	from   *source
}

// For returns the tables of an audience by layer name, which must not be written into; none of no edition.
func (e *Edition) For(a Audience) map[string]*Table {
	if e == nil {
		return nil
	}
	return e.tables[a]
}

// BuildAll makes the tables of all audiences, as Build does for one. What several audiences see stands once in memory: each column, and
// what tells the rows; an audience that sees no more than the one below has its tables. Where the snapshot follows that of an earlier
// edition, nil for none, of the same year, its tables are taken over and rows that may differ are made anew, of which
// Table.ChangedSince tells. A table that says what the earlier one said is that one.
func BuildAll(snap *parcels.Snapshot, scores *scoring.Scores, runs []parcels.Run, earlier *Edition) (*Edition, error) {
	full, from, err := fullest(snap, scores, runs, earlier)
	if err != nil {
		return nil, err
	}
	all := &Edition{from: from}
	for a := Public; a <= Admin; a++ {
		if a > Public && sameFields(a, a-1) {
			all.tables[a] = all.tables[a-1]
			continue
		}
		all.tables[a] = map[string]*Table{}
		for name, t := range full {
			if t.Layer.Audience <= a {
				all.tables[a][name] = t.narrowed(a, earlier.For(a)[name], earlier.For(Admin)[name])
			}
		}
	}
	return all, nil
}

// fullest makes the tables with all fields, of those of an earlier edition where that can be.
func fullest(snap *parcels.Snapshot, scores *scoring.Scores, runs []parcels.Run, earlier *Edition) (map[string]*Table, *source, error) {
	var before *source
	if earlier != nil && earlier.from.scores.Year == scores.Year {
		before = earlier.from
	}
	from, err := newSource(snap, scores, runs, before)
	if err != nil {
		return nil, nil, fmt.Errorf("build layers: %w", err)
	}
	if before != nil {
		if touched, follows := snap.TouchedSince(before.snap); follows {
			full := map[string]*Table{}
			for name, t := range earlier.For(Admin) {
				if full[name], err = from.tableAfter(t, before, touched); err != nil {
					return nil, nil, fmt.Errorf("build layers: %w", err)
				}
			}
			return full, from, nil
		}
	}
	full, err := from.build(Admin)
	return full, from, err
}

// narrowed is the table with the columns that a lower audience sees and no others. before is what that audience had, made of full by the same,
// and stands where it sees no difference; both are nil for none.
func (t *Table) narrowed(a Audience, before, full *Table) *Table {
	n := *t
	n.Layer, n.Audience, n.Columns, n.mark = t.Layer.For(a), a, nil, new(mark)
	for f, field := range t.Layer.Fields {
		if field.Audience <= a {
			n.Columns = append(n.Columns, t.Columns[f])
		}
	}
	if changed, follows := t.ChangedSince(full); follows && before != nil {
		return n.after(before, n.differing(before, changed))
	}
	if before != nil && before.Equal(&n) {
		return before
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
	return pointersTo(len(rows), func(i int) *R { return &rows[i] })
}

func pointersTo[R any](n int, at func(i int) *R) []*R {
	out := make([]*R, n)
	for i := range out {
		out[i] = at(i)
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
		mark: new(mark),
	}
	for i, row := range rows {
		t.IDs[i], t.Shapes[i] = identify(row).text, shape(row)
		t.Bounds[i] = geo.BoundOf(t.Shapes[i])
		if i > 0 && t.IDs[i] <= t.IDs[i-1] {
			return nil, fmt.Errorf("layer %s: %s %s does not follow %s", layer.Name, layer.ID, t.IDs[i], t.IDs[i-1])
		}
	}
	t.Bound = geo.BoundAround(t.Bounds)
	t.Columns = make([]Column, len(layer.Fields))
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	work.Go(func() (err error) {
		defer parcels.OrPanic(&err, "layer "+layer.Name)
		t.Index = geo.NewIndex(t.Bounds)
		return nil
	})
	for f, field := range layer.Fields {
		work.Go(func() (err error) {
			defer parcels.OrPanic(&err, "layer "+layer.Name+", field "+field.Name)
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
