package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/ingest"
)

// zone is a store with park QM and two parcels side by side: …00001 from 118.570 to 118.571 and …00002 from there to 118.572.
func zone(t testing.TB) parcels.Store {
	t.Helper()
	store := bare(t)
	bring(t, store, "parks", "code,name,shape\nQM,清濛,"+box(118.56, 24.83, 0.03, 0.03)+"\n")
	bring(t, store, "parcels", "code,park,valid_from,shape\n"+
		land(1)+",QM,2010-01-01,"+box(118.570, 24.840, 0.001, 0.001)+"\n"+
		land(2)+",QM,2010-01-01,"+box(118.571, 24.840, 0.001, 0.001)+"\n")
	return store
}

// bare is a store with nothing in it.
func bare(t testing.TB) parcels.Store {
	t.Helper()
	store, err := embedded.Open(filepath.Join(t.TempDir(), "a.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func land(i int) string { return fmt.Sprintf("350502001001GB%05d", i) }

func box(x, y, w, h float64) string {
	return fmt.Sprintf(`"POLYGON((%[1]f %[2]f,%[3]f %[2]f,%[3]f %[4]f,%[1]f %[4]f,%[1]f %[2]f))"`, x, y, x+w, y+h)
}

var related = ingest.Options{Relate: true, Who: "test", When: today}

// prepare stages a CSV text.
func prepare(t testing.TB, store parcels.Store, kind, csv string, opt ingest.Options) (*ingest.Staged, error) {
	t.Helper()
	opt.Who, opt.When = related.Who, related.When
	return ingest.Prepare(t.Context(), store, kind, file(t, kind+".csv", csv), opt)
}

func bring(t testing.TB, store parcels.Store, kind, csv string) parcels.Receipt {
	t.Helper()
	s, err := prepare(t, store, kind, csv, related)
	if err != nil {
		t.Fatalf("%v\n%s", err, s.Report)
	}
	r, err := store.Apply(t.Context(), s.Change)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// found lists what was found, as "row rule".
func found(s *ingest.Staged) string {
	var all []string
	for _, p := range s.Report.Files[0].Problems {
		all = append(all, fmt.Sprint(p.Row, " ", p.Rule))
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

func TestBuildingsFindTheirParcel(t *testing.T) {
	store := zone(t)
	csv := "id,storeys,valid_from,shape\n" +
		"in,100@4,2015-01-01," + box(118.5702, 24.8402, 0.0003, 0.0003) + "\n" +
		"edge,100@4,2015-01-01," + box(118.5707, 24.8402, 0.00031, 0.0003) + "\n" + // 3 % beyond
		"over,100@4;60,2015-01-01," + box(118.5708, 24.8406, 0.0005, 0.0003) + "\n" // 40 % and 60 %
	s, err := prepare(t, store, "buildings", csv, related)
	if err != nil {
		t.Fatalf("%v %s", err, s.Report)
	}
	if got := placed(s); got != "in 1; edge 1; over 2" {
		t.Errorf("placed %s", got)
	}
	if got := found(s); got != "4 buildings.straddles" {
		t.Errorf("found %s\n%s", got, s.Report)
	}

	lost := csv + "far,50,2015-01-01," + box(118.58, 24.85, 0.0003, 0.0003) + "\n"
	if s, err = prepare(t, store, "buildings", lost, related); !errors.Is(err, parcels.ErrRefused) || s.Report.Files[0].Problems[0].Rule != "buildings.no_parcel" || s.Report.Files[0].Problems[0].Row != 5 {
		t.Errorf("%v %s", err, s.Report)
	}
	skip := related
	skip.SkipBad = true
	s, err = prepare(t, store, "buildings", lost, skip)
	if err != nil || len(s.Change.Rows.Buildings) != 3 || s.Report.Files[0].Skipped != 1 || !strings.Contains(s.Reasons[5], "buildings.no_parcel") {
		t.Errorf("%v %v %s", err, s.Reasons, s.Report)
	}
	off := ingest.Options{}
	if s, err = prepare(t, store, "buildings", csv, off); err == nil || s.Report.Files[0].Problems[0].Rule != "header.required" {
		t.Errorf("without relating: %v %s", err, s.Report)
	}

	split := related
	split.Straddle = ingest.StraddleSplit
	if s, err = prepare(t, store, "buildings", csv, split); err != nil {
		t.Fatal(err)
	}
	if got := placed(s); got != "in 1; edge 1; over-1 2; over-2 1" {
		t.Errorf("split: %s", got)
	}
	parts := s.Change.Rows.Buildings[2:]
	if a, b := parts[0].Storeys[0].FloorM2, parts[1].Storeys[0].FloorM2; a < 59.9 || a > 60.1 || a+b < 99.999 || a+b > 100.001 || parts[0].Storeys[1].FloorM2 > 37 {
		t.Errorf("floors %v and %v", parts[0].Storeys, parts[1].Storeys)
	}
	if _, err := store.Apply(t.Context(), s.Change); err != nil {
		t.Error(err)
	}
}

// placed lists buildings with the last digit of their parcel.
func placed(s *ingest.Staged) string {
	var all []string
	for _, b := range s.Change.Rows.Buildings {
		all = append(all, b.ID+" "+b.Parcel[len(b.Parcel)-1:])
	}
	return strings.Join(all, "; ")
}

// planned counts how often a store was asked for a plan.
type planned struct {
	parcels.Store
	times int
}

func (p *planned) Plan(ctx context.Context, c parcels.Change) (*parcels.Plan, error) {
	p.times++
	return p.Store.Plan(ctx, c)
}

// The store lists the first of very many problems: the others count too, and whoever leaves bad rows out is told of each.
func TestRefusalsOfTheStoreAreCounted(t *testing.T) {
	store, rows := &planned{Store: zone(t)}, 10_050
	var csv strings.Builder
	csv.WriteString("id,parcel,kind,on\n")
	for i := range rows {
		fmt.Fprintf(&csv, "E%d,359900009001GB99999,penalty,2020-01-01\n", i)
	}
	s, err := prepare(t, store, "events", csv.String(), ingest.Options{Preview: 1})
	var refused *parcels.RefusedError
	if f := s.Report.Files[0]; !errors.As(err, &refused) || f.Errors != rows || len(refused.Problems)+refused.More != rows {
		t.Errorf("%d errors, %v", f.Errors, err)
	}
	store.times = 0
	s, err = prepare(t, store, "events", csv.String(), ingest.Options{SkipBad: true})
	if f := s.Report.Files[0]; !errors.Is(err, parcels.ErrRefused) || len(s.Reasons) != rows || f.Skipped != rows || f.Errors != rows || store.times != 2 { // all at once, and none
		t.Errorf("%d rows left out, %d errors, by %d plans, %v", f.Skipped, f.Errors, store.times, err)
	}
}

func TestFootprintsThatAreThereTwice(t *testing.T) {
	store := zone(t)
	bring(t, store, "buildings", "id,parcel,valid_from,shape\nold,"+land(1)+",2012-01-01,"+box(118.5701, 24.8401, 0.0002, 0.0002)+"\n")
	row := func(id string, x, y, w, h float64) string {
		return id + "," + land(1) + ",2015-01-01," + box(x, y, w, h) + "\n"
	}
	csv := "id,parcel,valid_from,shape\n" +
		row("a", 118.5704, 24.8401, 0.0002, 0.0002) +
		row("a2", 118.570401, 24.840101, 0.0002, 0.0002) + // a again, drawn anew
		row("old2", 118.5701, 24.8401, 0.0002, 0.0002) + // stored under another ID
		row("whole", 118.5701, 24.8405, 0.0004, 0.0002) +
		row("left", 118.5701, 24.8405, 0.0002, 0.0002) +
		row("right", 118.5703, 24.8405, 0.0002, 0.0002) +
		row("podium", 118.5706, 24.8405, 0.0003, 0.0003) +
		row("tower", 118.5707, 24.8406, 0.0001, 0.0001) + // on the podium: both stand
		row("beside", 118.5706, 24.8401, 0.0002, 0.0002)
	s, err := prepare(t, store, "buildings", csv, related)
	if err != nil {
		t.Fatal(err)
	}
	if got := placed(s); got != "a 1; left 1; right 1; podium 1; tower 1; beside 1" {
		t.Errorf("kept %s", got)
	}
	if got := found(s); got != "3 buildings.double; 4 buildings.double; 5 buildings.whole" {
		t.Errorf("found %s", got)
	}
	if f := s.Report.Files[0]; f.Doubled != 3 || f.Accepted != 6 || f.Rows != 9 {
		t.Errorf("%+v", f)
	}
	keep := related
	keep.Doubles = ingest.DoublesKeep
	if s, err = prepare(t, store, "buildings", csv, keep); err != nil || len(s.Change.Rows.Buildings) != 9 || s.Report.Files[0].Warnings != 3 {
		t.Errorf("kept: %v %s", err, s.Report)
	}
	// The same building again, and one that replaces another on the same ground, are none.
	s, err = prepare(t, store, "buildings", "id,parcel,valid_from,valid_to,shape\n"+
		"old,"+land(1)+",2012-01-01,2018-01-01,"+box(118.5701, 24.8401, 0.0002, 0.0002)+"\n"+
		"new,"+land(1)+",2018-01-01,,"+box(118.5701, 24.8401, 0.0002, 0.0002)+"\n", related)
	if err != nil || len(s.Change.Rows.Buildings) != 2 || found(s) != "" {
		t.Errorf("%v %s", err, s.Report)
	}
}

func TestSplitsAndMergesAreRecognised(t *testing.T) {
	row := func(i int, from string, x, w float64) string {
		return land(i) + ",QM," + from + "," + box(x, 24.840, w, 0.001) + "\n"
	}
	for name, c := range map[string]struct {
		rows, parents, found string
	}{
		"split": {
			row(11, "2020-01-01", 118.570, 0.0004) + row(12, "2020-01-01", 118.5704, 0.0006),
			"11:1 12:1", "2 parcels.descent; 3 parcels.descent",
		},
		"merge":              {row(11, "2020-01-01", 118.570, 0.002), "11:1,2", "2 parcels.descent"},
		"new ground":         {row(11, "2020-01-01", 118.580, 0.001), "", ""},
		"neighbour's sliver": {row(11, "2020-01-01", 118.57198, 0.001), "", ""},
		"cut off, rest kept": {
			row(1, "2020-01-01", 118.570, 0.0007) + row(11, "2020-01-01", 118.5707, 0.0003),
			"11:1", "3 parcels.descent",
		},
		"cut off, rest not said":       {row(11, "2020-01-01", 118.5707, 0.0003), "", "2 parcels.on_stored"},
		"cut off, parcel listed as is": {row(1, "2010-01-01", 118.570, 0.001) + row(11, "2020-01-01", 118.5707, 0.0003), "", "3 parcels.on_stored"},
		"older than the stored one":    {row(11, "2009-01-01", 118.570, 0.001), "", "2 parcels.on_stored"},
		"rearranged": {
			row(11, "2020-01-01", 118.570, 0.0015) + row(12, "2020-01-01", 118.5715, 0.0005),
			"11:1,2 12:2", "2 parcels.descent; 3 parcels.descent",
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := zone(t)
			s, err := prepare(t, store, "parcels", "code,park,valid_from,shape\n"+c.rows, related)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range s.Change.Rows.Parcels {
				if len(p.Parents) > 0 {
					var last []string
					for _, parent := range p.Parents {
						last = append(last, parent[len(parent)-1:])
					}
					got = append(got, strings.TrimLeft(p.Code[14:], "0")+":"+strings.Join(last, ","))
				}
			}
			if p := strings.Join(got, " "); p != c.parents {
				t.Errorf("parents %q, want %q\n%s", p, c.parents, s.Report)
			}
			if f := found(s); f != c.found {
				t.Errorf("found %q, want %q", f, c.found)
			}
			before, err := store.Snapshot(t.Context(), parcels.MustDate("2019-12-31"))
			if err != nil || before.Parcels.Len() != 2 {
				t.Fatal(err)
			}
			if _, err := store.Apply(t.Context(), s.Change); err != nil {
				t.Fatal(err)
			}
			after, err := store.Snapshot(t.Context(), parcels.MustDate("2020-01-01"))
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range s.Change.Rows.Parcels {
				for _, parent := range p.Parents {
					if still := after.Parcel(parent); still != nil && still.ValidFrom < p.ValidFrom {
						t.Errorf("the former parcel %s is still valid", parent)
					}
				}
			}
		})
	}
}

// A file without parents of parcels that have some takes none away when another row's are recognised.
func TestRecognisingKeepsStoredParents(t *testing.T) {
	store := zone(t)
	bring(t, store, "parcels", "code,park,valid_from,parents,shape\n"+land(3)+",QM,2015-01-01,"+land(2)+","+box(118.571, 24.840, 0.001, 0.001)+"\n")
	bring(t, store, "parcels", "code,park,valid_from,address,shape\n"+
		land(3)+",QM,2015-01-01,演示路,"+box(118.571, 24.840, 0.001, 0.001)+"\n"+
		land(11)+",QM,2020-01-01,,"+box(118.570, 24.840, 0.001, 0.001)+"\n")
	snap, err := store.Snapshot(t.Context(), parcels.MustDate("2021-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	if p := snap.Parcel(land(3)); p == nil || p.Address != "演示路" || !slices.Equal(p.Parents, []string{land(2)}) {
		t.Errorf("%+v", p)
	}
	if p := snap.Parcel(land(11)); p == nil || !slices.Equal(p.Parents, []string{land(1)}) {
		t.Errorf("%+v", p)
	}
}
