package storetest

import (
	"context"
	"errors"
	"testing"

	"muchan/parcels"
)

func undo(t testing.TB, store parcels.Store, change int64) parcels.Receipt {
	t.Helper()
	receipt, err := store.Undo(context.Background(), parcels.Undo{Change: change, Who: "李四", Why: "导入错误", When: change0.When})
	if err != nil {
		t.Fatalf("undo change %d: %v", change, err)
	}
	return receipt
}

var change0 = change(parcels.Rows{})

// refusedUndo checks that an undo is refused by a rule at a key and writes nothing.
func refusedUndo(t testing.TB, store parcels.Store, number int64, rule, key string) {
	t.Helper()
	before := version(t, store)
	_, err := store.Undo(context.Background(), parcels.Undo{Change: number, Who: "李四", When: change0.When})
	var refused *parcels.RefusedError
	if !errors.As(err, &refused) {
		t.Errorf("undo of change %d: %v, want it refused by %s", number, err, rule)
		return
	}
	if p := refused.Problems[0]; p.Rule != rule || p.Key != key || p.Remedy == "" {
		t.Errorf("undo of change %d: %+v, want %s at %s", number, p, rule, key)
	}
	if after := version(t, store); after != before {
		t.Errorf("a refused undo moved the version from %d to %d", before, after)
	}
}

// everyDay are days between which everything of the history below differs.
var everyDay = []parcels.Date{day("2005-01-01"), day("2012-06-30"), day("2016-01-01"), day("2020-12-31"), far - 1}

type history map[parcels.Date]*parcels.Rows

func historyOf(t testing.TB, store parcels.Store) history {
	t.Helper()
	h := history{}
	for _, on := range everyDay {
		h[on] = snapshot(t, store, on).AllRows()
	}
	return h
}

func checkHistory(t testing.TB, what string, store parcels.Store, want history) {
	t.Helper()
	for _, on := range everyDay {
		checkRows(t, what+" as of "+on.String(), snapshot(t, store, on).AllRows(), want[on])
	}
}

// great is a change of every kind to everything: other values in every column, missing ones, moved shapes, a split, a new edition, new rows.
func great() parcels.Rows {
	rows := Everything()
	rows.Parks[1].County = "350583"
	fill(&parcels.ParkTable, &rows.Parks[1])
	fill(&parcels.ZoneTable, &rows.Zones[1])
	rows.Firms[1].Industry = "1771"
	fill(&parcels.FirmTable, &rows.Firms[1])
	fill(&parcels.FiguresTable, &rows.Figures[1])
	fill(&parcels.EventTable, &rows.Events[1])
	fill(&parcels.TargetTable, &rows.Targets[1])
	fill(&parcels.TargetValueTable, &rows.TargetValues[1])
	rows.Occupancies[1].FloorM2, rows.Occupancies[1].Tenure = parcels.Some(2.0/3), "own"
	rows.Zones[1].ValidTo, rows.Events[1].ValidFrom, rows.Events[1].ValidTo = 0, 0, 0
	rows.Events[1].USCC = creditCode(2)
	rows.Firms[0] = parcels.Firm{USCC: creditCode(1), Name: "改名有限公司", Industry: "1952"}
	rows.Figures[0] = parcels.Figures{USCC: creditCode(1), Year: 2020}
	rows.Parcels[0].Shape, rows.Parcels[0].Address = square(118.51, 24.81, 1.0/3000), "搬迁"
	first, second := edition(21, "2015-01-01", "", parcelCode(2)), edition(22, "2015-01-01", "", parcelCode(2))
	first.Park, second.Park = "GQ", "GQ"
	rows.Parcels = append(rows.Parcels, first, second)
	rows.Parks = append(rows.Parks, parcels.Park{Code: "ZB", Name: "综合保税区", Shape: square(118.6, 24.7, 0.01)})
	moved := rows.Buildings[1]
	moved.ValidFrom, moved.Parcel = day("2015-01-01"), parcelCode(21)
	rows.Buildings = append(rows.Buildings, moved, building(30))
	rows.Buildings[3].Parcel = parcelCode(22)
	// What is ended by its successors is not listed again.
	rows.Parcels, rows.Buildings = append(rows.Parcels[:1:1], rows.Parcels[2:]...), append(rows.Buildings[:1:1], rows.Buildings[2:]...)
	rows.Firms = append(rows.Firms, firm(3))
	rows.Figures = append(rows.Figures, figures(3, 2020))
	rows.Occupancies = append(rows.Occupancies, parcels.Occupancy{Parcel: parcelCode(22), Building: buildingID(30), USCC: creditCode(3), Tenure: "lease", From: day("2016-01-01")})
	return rows
}

func testUndo(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	apply(t, store, Everything())
	before := historyOf(t, store)
	done := apply(t, store, great())
	if done.Inserted < 8 || done.Updated < 5 || done.Closed < 2 {
		t.Fatalf("the change to undo did too little: %+v", done)
	}
	after := historyOf(t, store)

	back := undo(t, store, done.Change)
	if back.Deleted != done.Inserted || back.Updated != done.Updated+done.Closed || back.Inserted != 0 || back.Version != done.Version+1 {
		t.Errorf("undo: %+v of %+v", back, done)
	}
	checkHistory(t, "undone", store, before)
	refusedUndo(t, store, done.Change, "undo.undone", "2")
	checkUndoJournal(t, store, back)

	again := apply(t, store, great()) // the file again, after it was taken back
	if again.Repeated || again.Inserted != done.Inserted || again.Updated != done.Updated {
		t.Errorf("same rows after the undo: %+v, want them written as in %+v", again, done)
	}
	checkHistory(t, "applied again", store, after)
	if r := apply(t, store, great()); !r.Repeated || r.Change != again.Change {
		t.Errorf("same rows once more: %+v, want change %d repeated", r, again.Change)
	}

	back = undo(t, store, again.Change)
	checkHistory(t, "undone again", store, before)
	redo := undo(t, store, back.Change)
	checkHistory(t, "undo undone", store, after)
	if r := apply(t, store, great()); !r.Repeated {
		t.Errorf("same rows after the undo was undone: %+v", r)
	}
	undo(t, store, again.Change)
	checkHistory(t, "undone a third time", store, before)
	refusedUndo(t, store, redo.Change, "undo.later", buildingID(30)+"|2011-01-01")
	undo(t, store, 1)
	if n := snapshot(t, store, far-1).Len(); n != 0 {
		t.Errorf("%d rows are left when everything is undone", n)
	}
}

func checkUndoJournal(t testing.TB, store parcels.Store, back parcels.Receipt) {
	t.Helper()
	entries := journal(t, store, parcels.JournalQuery{Change: back.Change, Limit: 1000})
	actions := map[string]int{}
	for _, e := range entries {
		actions[e.Action]++
		if e.Change != back.Change || e.Who != "李四" || e.Why != "导入错误" || (e.After == "") != (e.Action == "delete") {
			t.Errorf("entry %+v", e)
		}
	}
	if actions["delete"] != back.Deleted || actions["update"] != back.Updated || len(entries) != back.Deleted+back.Updated {
		t.Errorf("journal of the undo: %v, want %+v", actions, back)
	}
	changes, err := store.Changes(context.Background(), 2)
	if err != nil || len(changes) != 2 {
		t.Fatalf("changes: %+v, %v", changes, err)
	}
	if c := changes[0]; c.Change != back.Change || c.Undoes != 2 || c.UndoneBy != 0 || c.Deleted != back.Deleted || c.Who != "李四" || !c.At.Equal(change0.When) {
		t.Errorf("newest change: %+v", c)
	}
	if c := changes[1]; c.Change != 2 || c.UndoneBy != back.Change || c.Source != change0.Source || c.Inserted != back.Deleted {
		t.Errorf("change that was undone: %+v", c)
	}
}

func testUndoRefused(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	rows := Town(3)
	land := apply(t, store, parcels.Rows{Parks: rows.Parks, Parcels: rows.Parcels})
	use := apply(t, store, parcels.Rows{Buildings: rows.Buildings, Firms: rows.Firms})
	occupied := apply(t, store, parcels.Rows{Occupancies: rows.Occupancies})
	if _, err := store.Undo(context.Background(), parcels.Undo{Change: 999, When: change0.When}); !errors.Is(err, parcels.ErrNotFound) {
		t.Errorf("undo of no change: %v", err)
	}
	refusedUndo(t, store, land.Change, "undo.referred", buildingID(0)+"|2011-01-01")
	refusedUndo(t, store, use.Change, "undo.referred", parcelCode(0)+"|"+buildingID(0)+"|"+creditCode(0)+"|2012-01-01")

	child := edition(9, "2020-01-01", "", parcelCode(1))
	split := apply(t, store, parcels.Rows{Parcels: []parcels.Parcel{child}})
	refusedUndo(t, store, land.Change, "undo.later", parcelCode(1)+"|2010-01-01")
	undo(t, store, split.Change)

	other := rows.Parcels[2]
	other.Address = "又改"
	later := apply(t, store, parcels.Rows{Parcels: []parcels.Parcel{other}})
	refusedUndo(t, store, land.Change, "undo.later", parcelCode(2)+"|2010-01-01")
	undo(t, store, later.Change)
	undo(t, store, occupied.Change)
	undo(t, store, use.Change)

	if err := s.Exec(address, `UPDATE parcels SET address = 'SQL' WHERE code = '`+parcelCode(2)+`'`); err != nil {
		t.Fatal(err)
	}
	refusedUndo(t, store, land.Change, "undo.later", parcelCode(2)+"|2010-01-01")
}

// testPlan compares what is foretold with what happens.
func testPlan(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	apply(t, store, Everything())
	c := change(great())
	before := version(t, store)
	plan, err := store.Plan(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if version(t, store) != before || len(journal(t, store, parcels.JournalQuery{Change: 2})) != 0 {
		t.Error("planning wrote something")
	}
	r := apply(t, store, great())
	if plan.Repeated != 0 || plan.Inserted != r.Inserted || plan.Updated != r.Updated || plan.Unchanged != r.Unchanged || plan.Closed != r.Closed {
		t.Errorf("foretold %d %d %d %d, done %+v", plan.Inserted, plan.Updated, plan.Unchanged, plan.Closed, r)
	}
	if plan, err = store.Plan(context.Background(), c); err != nil || plan.Repeated != r.Change || plan.Len() != 0 {
		t.Errorf("plan of a change that holds: %+v, %v", plan, err)
	}
	_, err = store.Plan(context.Background(), change(parcels.Rows{Figures: []parcels.Figures{figures(77, 2020)}}))
	if !errors.Is(err, parcels.ErrRefused) {
		t.Errorf("plan of a change that is refused: %v", err)
	}
}
