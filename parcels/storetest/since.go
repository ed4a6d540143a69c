package storetest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"muchan/parcels"
)

// follower reads what was written since it last read, and holds every answer against one that reads everything.
type follower struct {
	store parcels.Store
	last  *parcels.Snapshot
}

// follow reports how many rows differ in place, -1 where the tables were put together anew.
func (f *follower) follow(t *testing.T, what string, on parcels.Date) int {
	t.Helper()
	got, err := f.store.Since(context.Background(), f.last, on)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	want := snapshot(t, f.store, on)
	if got.Version != want.Version || got.Journal != want.Journal || got.AsOf != want.AsOf {
		t.Errorf("%s: version %d, journal %v, day %s; read whole %d, %v, %s", what, got.Version, got.Journal, got.AsOf, want.Version, want.Journal, want.AsOf)
	}
	checkRows(t, what, got.AllRows(), want.AllRows())
	if !slices.EqualFunc(got.Parcels.Rows(), want.Parcels.Rows(), func(a, b parcels.Parcel) bool { return a.Code == b.Code }) {
		t.Errorf("%s: parcels stand in another order", what)
	}
	for p := range want.Parcels.Len() {
		if !reflect.DeepEqual(got.BuildingsAt(p), want.BuildingsAt(p)) || !reflect.DeepEqual(got.OccupanciesAt(p), want.OccupanciesAt(p)) ||
			!reflect.DeepEqual(got.EventsAt(p), want.EventsAt(p)) {
			t.Errorf("%s: other buildings, occupancies or events at %s", what, want.Parcels.At(p).Code)
		}
	}
	for f := range want.Firms {
		if !reflect.DeepEqual(got.FiguresAt(f, 2020), want.FiguresAt(f, 2020)) || !reflect.DeepEqual(got.EventsOf(f), want.EventsOf(f)) || !reflect.DeepEqual(got.OccupanciesOf(want.Firms[f].USCC), want.OccupanciesOf(want.Firms[f].USCC)) {
			t.Errorf("%s: other figures, events or occupancies of %s", what, want.Firms[f].USCC)
		}
	}
	differing := -1
	if f.last != nil {
		if touched, ok := got.TouchedSince(f.last); ok {
			differing = len(touched)
		}
	}
	f.last = got
	return differing
}

// Since gives what a whole read gives, whatever was written, by whom, and whichever day is asked for.
func testSince(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	apply(t, store, Everything())
	apply(t, store, Town(30))
	f := follower{store: store}
	inPlace := func(what string, want int) {
		t.Helper()
		if n := f.follow(t, what, far); n != want {
			t.Errorf("%s: %d rows differ in place, want %d", what, n, want)
		}
	}
	exec := func(format string, args ...any) {
		t.Helper()
		if err := s.Exec(address, fmt.Sprintf(format, args...)); err != nil {
			t.Fatal(err)
		}
	}
	inPlace("the first read", -1)
	inPlace("nothing written", 0)
	other := *f.last
	other.Journal.Of = "of another history"
	f.last = &other
	inPlace("the journal of a store that was put back to an older state and written again", -1)
	exec(`UPDATE parcels SET address = '改', price_wan = 12.5 WHERE code = '%s'`, parcelCode(11))
	inPlace("an edit by SQL", 1)
	changed := figures(5, 2020)
	changed.OutputWan = parcels.Some(parcels.Wan(77_000_000))
	apply(t, store, parcels.Rows{Figures: []parcels.Figures{changed}, Firms: []parcels.Firm{firm(5)}})
	inPlace("a figure that came in", 1)
	exec(`UPDATE firms SET industry = '1952'`)
	if n := f.follow(t, "an edit of every firm", far); n < 30 {
		t.Errorf("an edit of every firm: %d rows differ in place", n)
	}
	more := Town(33)
	receipt := apply(t, store, parcels.Rows{Parcels: more.Parcels[30:], Buildings: more.Buildings[30:], Firms: more.Firms[30:], Occupancies: more.Occupancies[30:]})
	inPlace("new rows", -1)
	apply(t, store, onlyParcels(edition(7, "2015-01-01", "")))
	inPlace("a new edition", -1)
	moved := parcel(12)
	moved.Shape = square(118.7, 24.9, 0.001)
	apply(t, store, onlyParcels(moved))
	inPlace("a moved shape", 1)
	exec(`UPDATE events SET uscc = '%s' WHERE id = 'E1'`, creditCode(9))
	inPlace("an event of another firm", -1)
	exec(`UPDATE events SET id = 'E9' WHERE id = 'E2'`)
	inPlace("a key changed by SQL", -1)
	exec(`DELETE FROM events WHERE id = 'E9'`)
	inPlace("a row deleted by SQL", -1)
	if _, err := store.Undo(context.Background(), parcels.Undo{Change: receipt.Change, Who: "somebody", Why: "in error"}); err != nil {
		t.Fatal(err)
	}
	inPlace("an undo", -1)
	if f.follow(t, "another day", day("2012-01-01")) != -1 {
		t.Error("another day's snapshot was made of this one")
	}
	f.follow(t, "back again", far)
	apply(t, store, Town(parcels.MaxTouched))
	inPlace("more than is worth following", -1)
}
