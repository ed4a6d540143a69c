package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"muchan/parcels"
)

// partsOf cuts rows of one entity after another into parts of n.
func partsOf(rows parcels.Rows, n int) []parcels.Rows {
	var parts []parcels.Rows
	for part := range slices.Chunk(rows.Parks, n) {
		parts = append(parts, parcels.Rows{Parks: part})
	}
	for part := range slices.Chunk(rows.Parcels, n) {
		parts = append(parts, parcels.Rows{Parcels: part})
	}
	for part := range slices.Chunk(rows.Buildings, n) {
		parts = append(parts, parcels.Rows{Buildings: part})
	}
	for part := range slices.Chunk(rows.Firms, n) {
		parts = append(parts, parcels.Rows{Firms: part})
	}
	for part := range slices.Chunk(rows.Occupancies, n) {
		parts = append(parts, parcels.Rows{Occupancies: part})
	}
	for part := range slices.Chunk(rows.Figures, n) {
		parts = append(parts, parcels.Rows{Figures: part})
	}
	return parts
}

// load applies parts to the end, and returns the first error.
func load(store parcels.Store, parts []parcels.Rows) (parcels.Receipt, error) {
	ctx := context.Background()
	loading, err := store.Load(ctx, change(parcels.Rows{}))
	if err != nil {
		return parcels.Receipt{}, err
	}
	defer loading.Abandon()
	for i := range parts {
		if err := loading.Add(ctx, &parts[i]); err != nil {
			return parcels.Receipt{}, err
		}
	}
	return loading.Finish(ctx)
}

// testLoad loads in parts what another store applies whole: rows, receipt, journal and undo are the same, over an empty store and over
// one that has some of it, and the whole is then the same change again.
func testLoad(t *testing.T, s Suite) {
	const n = 60
	for _, name := range []string{"into an empty store", "over stored rows"} {
		t.Run(name, func(t *testing.T) {
			whole, _ := fresh(t, s)
			inParts, _ := fresh(t, s)
			if name == "over stored rows" {
				before := Town(n / 2)
				for i := range before.Parcels {
					before.Parcels[i].Address = "旧址" // so that rows of several parts are written over
				}
				apply(t, whole, before)
				apply(t, inParts, before)
			}
			before := snapshot(t, inParts, far)
			rows := Town(n)
			rows.Parcels[5].ValidFrom = day("2015-01-01") // another edition
			want := apply(t, whole, rows)
			got, err := load(inParts, partsOf(rows, 7))
			if err != nil || got != want {
				t.Fatalf("%+v, %v; want %+v", got, err, want)
			}
			checkRows(t, "loaded", snapshot(t, inParts, far).AllRows(), snapshot(t, whole, far).AllRows())
			checkSameJournal(t, journal(t, inParts, parcels.JournalQuery{Change: got.Change, Limit: 1000}), journal(t, whole, parcels.JournalQuery{Change: want.Change, Limit: 1000}))
			if again := apply(t, inParts, rows); !again.Repeated || again.Change != got.Change {
				t.Errorf("the whole after its parts: %+v", again)
			}
			v := version(t, inParts)
			if again, err := load(inParts, partsOf(rows, 9)); err != nil || !again.Repeated || again.Version != v || version(t, inParts) != v {
				t.Errorf("the parts again: %+v, %v at version %d", again, err, v)
			}
			undo(t, inParts, got.Change)
			checkRows(t, "undone", snapshot(t, inParts, far).AllRows(), before.AllRows())
		})
	}
}

// checkSameJournal compares what two changes wrote, in any order.
func checkSameJournal(t *testing.T, got, want []parcels.JournalEntry) {
	t.Helper()
	lines := func(entries []parcels.JournalEntry) []string {
		var list []string
		for _, e := range entries {
			list = append(list, string(e.Action)+" "+e.Entity+" "+e.Key+"\n"+e.Before+"\n"+e.After+"\n"+e.Who+e.Why+e.Source.Name+e.Source.SHA256+e.At.String())
		}
		slices.Sort(list)
		return list
	}
	if a, b := lines(got), lines(want); !slices.Equal(a, b) {
		t.Errorf("the journal has\n%q\nwant\n%q", a, b)
	}
}

func lots(list ...parcels.Parcel) parcels.Rows { return parcels.Rows{Parcels: list} }

// testLoadParents loads children before and after the parents that they end.
func testLoadParents(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	apply(t, store, parcels.Rows{Parks: []parcels.Park{park()}, Parcels: []parcels.Parcel{edition(1, "2000-01-01", "")}})
	parts := []parcels.Rows{
		lots(edition(2, "2010-01-01", "", parcelCode(1)), edition(5, "2012-01-01", "", parcelCode(4))),
		lots(edition(3, "2010-01-01", "", parcelCode(1))), lots(edition(4, "2001-01-01", "2012-01-01")),
	}
	r, err := load(store, parts)
	if err != nil || r.Inserted != 4 || r.Closed != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	undo(t, store, r.Change)
	if p := snapshot(t, store, far).Parcel(parcelCode(1)); p == nil || p.ValidTo.OK() {
		t.Errorf("the parent after the undo: %+v", p)
	}
}

// testLoadRefused tells all rows that are refused, in whatever part, and writes nothing; so do parts that are entangled, and a loading that
// is left. The next writer does not wait for them.
func testLoadRefused(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	apply(t, store, Town(3))
	before := snapshot(t, store, far)
	astray := func(i int) parcels.Parcel {
		p := parcel(i)
		p.Park = "XX"
		return p
	}
	var refused *parcels.RefusedError
	_, err := load(store, []parcels.Rows{lots(parcel(10), astray(13)), lots(parcel(11)), lots(astray(12), astray(10))})
	if !errors.Is(err, parcels.ErrEntangled) {
		t.Errorf("a code in two parts: %v", err)
	}
	_, err = load(store, []parcels.Rows{lots(parcel(10), astray(13)), lots(parcel(11)), lots(astray(12))})
	if !errors.As(err, &refused) || len(refused.Problems) != 2 || refused.Problems[0].Key > refused.Problems[1].Key {
		t.Errorf("two rows in a park of nothing: %v", err)
	}
	_, err = load(store, []parcels.Rows{lots(parcel(20)), lots(edition(20, "2015-01-01", ""))})
	if !errors.Is(err, parcels.ErrEntangled) {
		t.Errorf("two editions in two parts: %v", err)
	}
	_, err = load(store, []parcels.Rows{lots(edition(21, "2005-01-01", "")), lots(edition(22, "2015-01-01", "", parcelCode(21)))})
	if !errors.Is(err, parcels.ErrEntangled) {
		t.Errorf("a child that ends a parcel of another part: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	loading, err := store.Load(ctx, change(parcels.Rows{}))
	if err != nil {
		t.Fatal(err)
	}
	part := lots(parcel(30))
	if err := loading.Add(ctx, &part); err != nil {
		t.Fatal(err)
	}
	loading.Abandon()
	after := snapshot(t, store, far)
	if after.Version != before.Version {
		t.Errorf("version %d, want %d", after.Version, before.Version)
	}
	checkRows(t, "after nothing was written", after.AllRows(), before.AllRows())
	if r, err := load(store, []parcels.Rows{lots(parcel(30))}); err != nil || r.Inserted != 1 {
		t.Errorf("the next change: %+v, %v", r, err)
	}
}
