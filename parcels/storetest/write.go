package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"muchan/parcels"
)

func testEmpty(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	snap := snapshot(t, store, far)
	if snap.Len() != 0 || snap.AsOf != far || snap.Version != version(t, store) {
		t.Errorf("snapshot has %d rows, as of %s, version %d; want 0, %s, %d", snap.Len(), snap.AsOf, snap.Version, far, version(t, store))
	}
	if entries := journal(t, store, parcels.JournalQuery{}); len(entries) != 0 {
		t.Errorf("journal of a new store: %+v", entries)
	}
	runs, err := store.Runs(context.Background())
	if err != nil || len(runs) != 0 {
		t.Errorf("runs of a new store: %v, %v", runs, err)
	}
}

func testEveryColumn(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	want := Everything()
	receipt := apply(t, store, want)
	if receipt.Repeated || receipt.Inserted != want.Len() || receipt.Updated+receipt.Unchanged+receipt.Closed != 0 {
		t.Errorf("receipt %+v, want %d inserted", receipt, want.Len())
	}
	if v := version(t, store); receipt.Version != v || receipt.Change == 0 {
		t.Errorf("receipt %+v, version of the store %d", receipt, v)
	}
	on := day("2020-12-31")
	checkRows(t, "same store", snapshot(t, store, on).AllRows(), asOf(want, on))
	store.Close()
	again := snapshot(t, open(t, s, address), far-1)
	if again.Version != receipt.Version {
		t.Errorf("version %d after opening again, want %d", again.Version, receipt.Version)
	}
	checkRows(t, "opened again", again.AllRows(), asOf(want, far-1))
}

func testManyRows(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	want := Town(1500)
	apply(t, store, want)
	checkRows(t, "1500 parcels", snapshot(t, store, far).AllRows(), &want)
	more := Town(1600) // 1500 parcels again and 100 new ones
	receipt := apply(t, store, more)
	if receipt.Inserted != 500 || receipt.Unchanged != 1500*5+1 || receipt.Updated+receipt.Closed != 0 {
		t.Errorf("receipt %+v, want 500 inserted and 7501 unchanged", receipt)
	}
	checkRows(t, "1600 parcels", snapshot(t, store, far).AllRows(), &more)
}

func testRepeated(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	rows := Town(20)
	first := apply(t, store, rows)
	entries := journal(t, store, parcels.JournalQuery{Limit: 1000})

	again := change(Town(20))
	for i, j := 0, len(again.Rows.Parcels)-1; i < j; i, j = i+1, j-1 { // the order of rows is no content
		again.Rows.Parcels[i], again.Rows.Parcels[j] = again.Rows.Parcels[j], again.Rows.Parcels[i]
	}
	again.Who, again.Source.Name = "李四", "same rows.csv"
	receipt, err := open(t, s, address).Apply(context.Background(), again)
	if err != nil || !receipt.Repeated || receipt.Change != first.Change || receipt.Version != first.Version ||
		receipt.Inserted+receipt.Updated+receipt.Closed != 0 {
		t.Errorf("again: %+v, %v; want change %d repeated at version %d", receipt, err, first.Change, first.Version)
	}
	if after := journal(t, store, parcels.JournalQuery{Limit: 1000}); len(after) != len(entries) {
		t.Errorf("journal grew from %d to %d entries", len(entries), len(after))
	}
	checkRows(t, "after repeat", snapshot(t, store, far).AllRows(), &rows)

	// What a later change wrote over is written again, as a change of its own, which may be repeated as the first one might.
	moved := parcel(3)
	moved.Address = "搬迁"
	later := apply(t, store, parcels.Rows{Parcels: []parcels.Parcel{moved}})
	if plan, err := store.Plan(context.Background(), change(rows)); err != nil || plan.Repeated != 0 || plan.Updated != 1 {
		t.Errorf("plan of the first change after a later one: %+v, %v", plan, err)
	}
	back := apply(t, store, rows)
	if back.Repeated || back.Updated != 1 || back.Unchanged != rows.Len()-1 || back.Version <= later.Version {
		t.Errorf("the first change after a later one: %+v", back)
	}
	checkRows(t, "brought in again", snapshot(t, store, far).AllRows(), &rows)
	for range 2 {
		if r := apply(t, store, rows); !r.Repeated || r.Change != back.Change || r.Version != back.Version {
			t.Errorf("once more: %+v, want change %d repeated at version %d", r, back.Change, back.Version)
		}
	}
	if plan, err := store.Plan(context.Background(), change(rows)); err != nil || plan.Repeated != back.Change || plan.Len() != 0 {
		t.Errorf("plan once more: %+v, %v; want change %d repeated", plan, err, back.Change)
	}

	// Nor is it enough that nobody brought anything else in.
	if err := s.Exec(address, fmt.Sprintf(`DELETE FROM occupancies WHERE parcel = '%s'`, parcelCode(4))); err != nil {
		t.Fatal(err)
	}
	if r, err := load(store, partsOf(rows, 7)); err != nil || r.Repeated || r.Inserted != 1 || r.Updated != 0 {
		t.Errorf("in parts after a row was deleted by SQL: %+v, %v", r, err)
	}
	checkRows(t, "with the deleted row", snapshot(t, store, far).AllRows(), &rows)
	if r, err := load(store, partsOf(rows, 7)); err != nil || !r.Repeated || r.Version != version(t, store) {
		t.Errorf("in parts once more: %+v, %v", r, err)
	}
}

func testUpdate(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	rows := Town(5)
	first := apply(t, store, rows)
	rows.Parcels[0].TitleAreaM2 = parcels.Opt[float64]{} // a value goes missing
	rows.Parcels[0].Contract.GovernmentCause = parcels.Some(false)
	rows.Parcels[1].Shape = rugged(118.9, 24.9) // the shape alone
	rows.Firms[2].Tags = nil
	rows.Figures[3].ValueAddedWan = parcels.Some(parcels.Wan(-123456788)) // one fen more
	rows.Buildings[4].Storeys = rows.Buildings[4].Storeys[:1]
	receipt := apply(t, store, rows)
	if receipt.Updated != 5 || receipt.Unchanged != 21 || receipt.Inserted+receipt.Closed != 0 || receipt.Version <= first.Version || receipt.Emptied != 2 {
		t.Errorf("receipt %+v after %+v, want 5 updated, 21 unchanged, and 2 values emptied", receipt, first)
	}
	checkRows(t, "updated", snapshot(t, store, far).AllRows(), &rows)

	same := apply(t, store, parcels.Rows{Parcels: rows.Parcels}) // another change, nothing new in it
	if same.Repeated || same.Unchanged != 5 || same.Inserted+same.Updated+same.Closed != 0 || same.Version != receipt.Version {
		t.Errorf("unchanged rows: %+v, want 5 unchanged at version %d", same, receipt.Version)
	}
}

func testRefused(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	rows := Town(10)
	before := apply(t, store, rows)
	good := parcel(100) // every refused change has a good row before the bad one
	with := func(add func(*parcels.Rows)) parcels.Rows {
		r := parcels.Rows{Parcels: []parcels.Parcel{good}}
		add(&r)
		return r
	}
	badParcel := func(edit func(*parcels.Parcel)) parcels.Rows {
		return with(func(r *parcels.Rows) {
			p := parcel(101)
			edit(&p)
			r.Parcels = append(r.Parcels, p)
		})
	}
	cases := []struct {
		name, entity, rule string
		rows               parcels.Rows
	}{
		{"park of a parcel", "parcels", "parcels.park.unknown", badParcel(func(p *parcels.Parcel) { p.Park = "XX" })},
		{"park of a zone", "zones", "zones.park.unknown", with(func(r *parcels.Rows) {
			r.Zones = []parcels.Zone{{ID: "Z", Park: "XX", Name: "z", Kind: "water", ValidFrom: day("2020-01-01"), Shape: square(118, 24, 1)}}
		})},
		{"parcel of a building", "buildings", "buildings.parcel.unknown", with(func(r *parcels.Rows) { r.Buildings = []parcels.Building{building(77)} })},
		{"firm of an occupancy", "occupancies", "occupancies.uscc.unknown", with(func(r *parcels.Rows) {
			o := occupancy(1)
			o.USCC = creditCode(77)
			r.Occupancies = []parcels.Occupancy{o}
		})},
		{"building of an occupancy", "occupancies", "occupancies.building.unknown", with(func(r *parcels.Rows) {
			o := occupancy(1)
			o.Building = "nowhere"
			r.Occupancies = []parcels.Occupancy{o}
		})},
		{"firm of figures", "figures", "figures.uscc.unknown", with(func(r *parcels.Rows) { r.Figures = []parcels.Figures{figures(77, 2020)} })},
		{"parcel of an event", "events", "events.parcel.unknown", with(func(r *parcels.Rows) {
			r.Events = []parcels.Event{{ID: "E", Parcel: parcelCode(77), Kind: "notice", On: day("2020-01-01")}}
		})},
		{"event of nobody", "events", "events.subject.missing", with(func(r *parcels.Rows) {
			r.Events = []parcels.Event{{ID: "E", Kind: "notice", On: day("2020-01-01")}}
		})},
		{"parent", "parcels", "parcels.parent.unknown", badParcel(func(p *parcels.Parcel) { p.Parents = []string{parcelCode(99)} })},
		{"parent begins later", "parcels", "parcels.parent.later", badParcel(func(p *parcels.Parcel) { p.Parents = []string{parcelCode(1)} })},
		{"ends before it begins", "parcels", "parcels.edition.order", badParcel(func(p *parcels.Parcel) { p.ValidTo = p.ValidFrom })},
		{"editions overlap", "parcels", "parcels.edition.overlap", badParcel(func(p *parcels.Parcel) {
			p.Code, p.ValidFrom, p.ValidTo = parcelCode(1), day("2009-01-01"), day("2010-01-02")
		})},
		{"same key, other content", "parcels", "key.repeated", badParcel(func(p *parcels.Parcel) { p.Code = good.Code })},
		{"missing code", "parcels", "column.required", badParcel(func(p *parcels.Parcel) { p.Code = "" })},
		{"missing shape", "parcels", "column.required", badParcel(func(p *parcels.Parcel) { p.Shape = nil })},
		{"not a number", "parcels", "number.finite", badParcel(func(p *parcels.Parcel) { p.TitleAreaM2 = parcels.Some(math.NaN()) })},
		{"not text", "parcels", "text.encoding", badParcel(func(p *parcels.Parcel) { p.Address = "\xc7\xe5\xdc\xc1" })},
		{"ring not closed", "parcels", "shape.ring", badParcel(func(p *parcels.Parcel) { p.Shape[0][0] = p.Shape[0][0][:4] })},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := store.Apply(context.Background(), change(c.rows))
			var refused *parcels.RefusedError
			if !errors.As(err, &refused) || !errors.Is(err, parcels.ErrRefused) {
				t.Fatalf("error %v, want a *parcels.RefusedError", err)
			}
			if len(refused.Problems) != 1 {
				t.Fatalf("%d problems, want one for one row: %v", len(refused.Problems), err)
			}
			p := refused.Problems[0]
			if p.Entity != c.entity || p.Rule != c.rule || p.Message == "" || p.Remedy == "" || p.Severity != parcels.SeverityError {
				t.Errorf("problem %+v, want rule %s of %s with message and remedy", p, c.rule, c.entity)
			}
		})
	}
	if v := version(t, store); v != before.Version {
		t.Errorf("version %d after refused changes, want %d", v, before.Version)
	}
	if entries := journal(t, store, parcels.JournalQuery{Limit: 1000}); len(entries) != rows.Len() {
		t.Errorf("%d journal entries after refused changes, want %d", len(entries), rows.Len())
	}
	checkRows(t, "after refused changes", snapshot(t, store, far).AllRows(), &rows)

	// What was refused may come again and is not taken for a repeated change.
	if r := apply(t, store, parcels.Rows{Parcels: []parcels.Parcel{good}}); r.Inserted != 1 {
		t.Errorf("good row alone: %+v", r)
	}
}

func testCancelled(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	rows := Town(10)
	before := apply(t, store, rows)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := store.Apply(ctx, change(Town(50))); err == nil {
		t.Error("apply with a cancelled context succeeded")
	}
	if v := version(t, store); v != before.Version {
		t.Errorf("version %d after a cancelled change, want %d", v, before.Version)
	}
	checkRows(t, "after a cancelled change", snapshot(t, store, far).AllRows(), &rows)
}
