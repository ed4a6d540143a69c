package storetest

import (
	"context"
	"fmt"
	"testing"

	"muchan/parcels"
)

// edition returns parcel i valid from a day, with an address that tells editions apart.
func edition(i int, from, to string, parents ...string) parcels.Parcel {
	p := parcel(i)
	p.Address = "since " + from
	p.ValidFrom, p.ValidTo, p.Parents = day(from), 0, parents
	if to != "" {
		p.ValidTo = day(to)
	}
	return p
}

func onlyParcels(list ...parcels.Parcel) parcels.Rows {
	return parcels.Rows{Parks: []parcels.Park{park()}, Parcels: list}
}

func testAsOf(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	rows := Everything()
	rows.Parcels = append(rows.Parcels, edition(5, "2000-01-01", "2005-06-07"), edition(5, "2005-06-07", "2015-01-01"), edition(5, "2016-01-01", ""))
	apply(t, store, rows)
	for _, on := range []string{
		"1990-01-01", "1999-12-31", "2000-01-01", "2005-05-04", "2005-05-05", "2005-06-06", "2005-06-07", "2009-12-31", "2010-01-01",
		"2012-12-11", "2012-12-12", "2014-12-31", "2015-01-01", "2015-12-31", "2016-01-01", "2019-12-31", "2020-01-01", "2020-02-01", "2020-02-02", "2098-12-31", "2099-01-01",
	} {
		checkRows(t, "as of "+on, snapshot(t, store, day(on)).AllRows(), asOf(rows, day(on)))
	}
}

// span is one edition a test expects: address and validity.
type span struct{ on, address string }

func checkSpans(t *testing.T, store parcels.Store, code string, spans []span) {
	t.Helper()
	for _, want := range spans {
		got := ""
		if p := snapshot(t, store, day(want.on)).Parcel(code); p != nil {
			got = p.Address
		}
		if got != want.address {
			t.Errorf("parcel %s on %s: %q, want %q", code, want.on, got, want.address)
		}
	}
}

func testEditions(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	code := parcelCode(1)
	apply(t, store, onlyParcels(edition(1, "2010-01-01", "")))
	r := apply(t, store, onlyParcels(edition(1, "2015-01-01", "")))
	if r.Inserted != 1 || r.Closed != 1 || r.Updated != 0 {
		t.Errorf("new edition: %+v, want one inserted and one closed", r)
	}
	r = apply(t, store, onlyParcels(edition(1, "2005-01-01", ""))) // found later in the archive
	if r.Inserted != 1 || r.Closed != 0 {
		t.Errorf("older edition: %+v, want one inserted", r)
	}
	checkSpans(t, store, code, []span{
		{"2004-12-31", ""},
		{"2005-01-01", "since 2005-01-01"},
		{"2009-12-31", "since 2005-01-01"},
		{"2010-01-01", "since 2010-01-01"},
		{"2014-12-31", "since 2010-01-01"},
		{"2015-01-01", "since 2015-01-01"},
		{"2099-01-01", "since 2015-01-01"},
	})

	// The first file again, with a correction: the edition that was ended stays ended.
	corrected := edition(1, "2010-01-01", "")
	corrected.Address = "corrected"
	if r = apply(t, store, onlyParcels(corrected)); r.Updated != 1 || r.Closed != 0 {
		t.Errorf("corrected edition: %+v, want one updated", r)
	}
	checkSpans(t, store, code, []span{{"2014-12-31", "corrected"}, {"2015-01-01", "since 2015-01-01"}})

	// Buildings follow the same rule, and several editions may come in one change in any order.
	b, later := building(1), building(1)
	b.Name, later.Name, later.ValidFrom = "old", "new", day("2019-03-01")
	r = apply(t, store, parcels.Rows{Buildings: []parcels.Building{later, b}})
	if r.Inserted != 2 || r.Closed != 0 {
		t.Errorf("two editions of a building: %+v, want two inserted", r)
	}
	for on, name := range map[string]string{"2019-02-28": "old", "2019-03-01": "new"} {
		if got := snapshot(t, store, day(on)).Building(b.ID); got == nil || got.Name != name {
			t.Errorf("building on %s: %+v, want %s", on, got, name)
		}
	}

	// A zone has one edition: its key has no day.
	z := parcels.Zone{ID: "Z", Park: "QM", Name: "old", Kind: "renewal", ValidFrom: day("2010-01-01"), Shape: square(118.5, 24.8, 0.01)}
	apply(t, store, parcels.Rows{Zones: []parcels.Zone{z}})
	z.Name, z.ValidFrom = "new", day("2020-01-01")
	if r = apply(t, store, parcels.Rows{Zones: []parcels.Zone{z}}); r.Updated != 1 {
		t.Errorf("zone with a later day: %+v, want one updated", r)
	}
	if zones := snapshot(t, store, far).Zones; len(zones) != 1 || zones[0].Name != "new" {
		t.Errorf("zones %+v, want the new one alone", zones)
	}
}

func testLineage(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	apply(t, store, onlyParcels(edition(1, "2000-01-01", ""), edition(2, "2000-01-01", "")))
	split := apply(t, store, onlyParcels(edition(11, "2010-01-01", "", parcelCode(1)), edition(12, "2010-01-01", "", parcelCode(1))))
	if split.Inserted != 2 || split.Closed != 1 {
		t.Errorf("split: %+v, want two inserted and one closed", split)
	}
	merge := apply(t, store, onlyParcels(edition(20, "2015-01-01", "", parcelCode(12), parcelCode(2))))
	if merge.Inserted != 1 || merge.Closed != 2 {
		t.Errorf("merge: %+v, want one inserted and two closed", merge)
	}
	for on, want := range map[string][]int{
		"2009-12-31": {1, 2}, "2010-01-01": {2, 11, 12}, "2014-12-31": {2, 11, 12}, "2015-01-01": {11, 20},
	} {
		snap := snapshot(t, store, day(on))
		codes := map[string]bool{}
		for _, i := range want {
			codes[parcelCode(i)] = true
		}
		for i := range snap.Parcels.Len() {
			if !codes[snap.Parcels.At(i).Code] {
				t.Errorf("%s: unexpected parcel %s", on, snap.Parcels.At(i).Code)
			}
		}
		if snap.Parcels.Len() != len(want) {
			t.Errorf("%s: %d parcels, want %d", on, snap.Parcels.Len(), len(want))
		}
	}
	if got := snapshot(t, store, far).Parcel(parcelCode(20)); len(got.Parents) != 2 || got.Parents[0] != parcelCode(12) {
		t.Errorf("parents of the merged parcel: %v", got.Parents)
	}

	descents, err := store.Descents(context.Background())
	if err != nil || fmt.Sprint(descents) != fmt.Sprint([]parcels.Descent{
		{Parcel: parcelCode(11), Parents: []string{parcelCode(1)}, From: day("2010-01-01")},
		{Parcel: parcelCode(12), Parents: []string{parcelCode(1)}, From: day("2010-01-01")},
		{Parcel: parcelCode(20), Parents: []string{parcelCode(12), parcelCode(2)}, From: day("2015-01-01")},
	}) {
		t.Errorf("descents %v, %v", descents, err)
	}

	// The parent's first file again does not bring it back to life.
	again := edition(1, "2000-01-01", "")
	again.UseCode = "1002"
	apply(t, store, onlyParcels(again))
	if snapshot(t, store, far).Parcel(parcelCode(1)) != nil {
		t.Error("a parcel that was split is valid again")
	}

	// Part of a parcel is cut off and the rest keeps its code: the new edition of the rest stays open.
	cut := apply(t, store, onlyParcels(edition(11, "2018-01-01", "", parcelCode(11)), edition(31, "2018-01-01", "", parcelCode(11))))
	if cut.Inserted != 2 || cut.Closed != 1 {
		t.Errorf("cut: %+v, want two inserted and one closed", cut)
	}
	if snap := snapshot(t, store, far); snap.Parcel(parcelCode(11)) == nil || snap.Parcel(parcelCode(31)) == nil {
		t.Error("after the cut the rest or the cut-off part is not valid")
	}
}
