package ingest_test

import (
	"errors"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
)

// TestLedgerOfStoredParcels: a table without shapes changes what it has of stored parcels, and nothing else.
func TestLedgerOfStoredParcels(t *testing.T) {
	store := zone(t)
	before, err := store.Snapshot(t.Context(), parcels.DateIn(today, today.Location()))
	if err != nil {
		t.Fatal(err)
	}
	s, err := prepare(t, store, "parcels", "宗地代码,坐落,用地代码,用地分类标准\n350502 001001 GB00002,演示二号,工业用地,gbt21010\n", related)
	if err != nil {
		t.Fatalf("%v\n%s", err, s.Report)
	}
	if got := s.Report.Files[0].Notes; len(got) == 0 {
		t.Error("nothing is said of the shapes that the file lacks")
	}
	receipt, err := s.Apply(t.Context(), store)
	if err != nil || receipt.Inserted != 0 || receipt.Updated != 1 {
		t.Fatalf("%+v %v", receipt, err)
	}
	after, err := store.Snapshot(t.Context(), before.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	want := *before.Parcels.At(1)
	want.Address = "演示二号"
	want.UseCode, want.UseScheme = after.Parcels.At(1).UseCode, "gbt21010"
	if got := after.Parcels.At(1); !parcels.ParcelTable.Equal(got, &want) || got.UseCode == "" {
		t.Errorf("it is %+v", *got)
	}
	if !parcels.ParcelTable.Equal(after.Parcels.At(0), before.Parcels.At(0)) {
		t.Error("the other parcel changed")
	}
	again, err := prepare(t, store, "parcels", "宗地代码,坐落\n"+land(2)+",演示二号\n", related)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := again.Apply(t.Context(), store); err != nil || r.Updated != 0 || r.Unchanged != 1 {
		t.Errorf("brought in again: %+v %v", r, err)
	}
}

// TestLedgerOfStoredBuildings: the codes of their parcels stay too.
func TestLedgerOfStoredBuildings(t *testing.T) {
	store := zone(t)
	bring(t, store, "buildings", "id,parcel,storeys,valid_from,shape\nin,"+land(1)+",100@4,2015-01-01,"+box(118.5702, 24.8402, 0.0003, 0.0003)+"\n")
	s, err := prepare(t, store, "buildings", "id,storeys\nin,100@4;80@4\n", related)
	if err != nil {
		t.Fatalf("%v\n%s", err, s.Report)
	}
	if r, err := s.Apply(t.Context(), store); err != nil || r.Updated != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	after, err := store.Snapshot(t.Context(), parcels.DateIn(today, today.Location()))
	if err != nil {
		t.Fatal(err)
	}
	if b := *after.Buildings.At(0); b.Parcel != land(1) || len(b.Storeys) != 2 || len(b.Shape) == 0 {
		t.Errorf("it is %+v", b)
	}
}

func TestLedgerRefusals(t *testing.T) {
	for name, c := range map[string]struct{ csv, want string }{
		"unknown code":       {"code,address\n" + land(9) + ",x\n", "2 row.unstored"},
		"bad code":           {"code,address\n123,x\n", "2 row.unstored"},
		"no code":            {"code,address\n,x\n", "2 column.required"},
		"another edition":    {"code,address,valid_from\n" + land(1) + ",x,2020-01-01\n", "2 row.edition"},
		"no day":             {"code,address,valid_from\n" + land(1) + ",x,\n", "2 column.required"},
		"shapes unread":      {"宗地代码,几何,坐落\n" + land(1) + ",POLYGON EMPTY,x\n", "0 header.shape"},
		"coordinates unread": {"宗地代码,坐落,X坐标（米）,Y坐标（米）\n" + land(1) + ",x,1,2\n", "0 header.shape; 0 header.shape"},
		"the column of code": {"address,park\nx,QM\n", "0 header.required"},
		"twice":              {"code,address\n" + land(1) + ",x\n" + land(1) + ",y\n", "3 key.duplicate"},
		"emptied":            {"code,park\n" + land(1) + ",\n", "2 column.required"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := prepare(t, zone(t), "parcels", c.csv, related)
			if !errors.Is(err, parcels.ErrRefused) || found(s) != c.want {
				t.Errorf("%v: %s, want %s", err, found(s), c.want)
			}
		})
	}
	for name, opt := range map[string]ingest.Options{"not related": {}, "nothing stored": related} {
		t.Run(name, func(t *testing.T) {
			store := bare(t)
			if !opt.Relate {
				store = zone(t)
			}
			if s, err := prepare(t, store, "parcels", "code,park,valid_from\n"+land(1)+",QM,2010-01-01\n", opt); !errors.Is(err, parcels.ErrRefused) || found(s) != "0 header.required" {
				t.Errorf("%v: %s", err, found(s))
			}
		})
	}
}

// TestLedgerOfDoubledBuildings: the footprints are the store's, so nothing is concluded from them.
func TestLedgerOfDoubledBuildings(t *testing.T) {
	store := zone(t)
	opt := related
	opt.Doubles = ingest.DoublesKeep
	footprint := box(118.5708, 24.8402, 0.0005, 0.0003) // on both parcels
	s, err := prepare(t, store, "buildings", "id,parcel,valid_from,shape\na,"+land(1)+",2015-01-01,"+footprint+"\nb,"+land(1)+",2015-01-01,"+footprint+"\n", opt)
	if err != nil {
		t.Fatalf("%v\n%s", err, s.Report)
	}
	if _, err := s.Apply(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	opt = related
	opt.Straddle = ingest.StraddleSplit
	s, err = prepare(t, store, "buildings", "id,name\na,甲\nb,乙\n", opt)
	if err != nil || s.Report.Files[0].Doubled != 0 {
		t.Fatalf("%v\n%s", err, s.Report)
	}
	if r, err := s.Apply(t.Context(), store); err != nil || r.Updated != 2 || r.Inserted != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	if s, err = prepare(t, store, "buildings", "id,parcel,name\na,,丙\n", opt); !errors.Is(err, parcels.ErrRefused) || found(s) != "2 column.required" {
		t.Errorf("%v: %s", err, found(s))
	}
}

// TestLedgerOfWhatChangedMeanwhile: what a ledger was read against may be gone when it is applied.
func TestLedgerOfWhatChangedMeanwhile(t *testing.T) {
	t.Run("a new edition", func(t *testing.T) {
		store := zone(t)
		s, err := prepare(t, store, "parcels", "code,address\n"+land(1)+",x\n", related)
		if err != nil {
			t.Fatal(err)
		}
		bring(t, store, "parcels", "code,park,valid_from,shape\n"+land(1)+",QM,2022-01-01,"+box(118.570, 24.840, 0.001, 0.001)+"\n")
		if _, err := s.Apply(t.Context(), store); !goneSaid(err) {
			t.Error(err)
		}
	})
	t.Run("an undo", func(t *testing.T) {
		store := zone(t)
		r := bring(t, store, "parcels", "code,park,valid_from,shape\n"+land(3)+",QM,2022-01-01,"+box(118.575, 24.840, 0.001, 0.001)+"\n")
		s, err := prepare(t, store, "parcels", "code,address\n"+land(3)+",x\n", related)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Undo(t.Context(), parcels.Undo{Change: r.Change, Who: "test", When: today}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Apply(t.Context(), store); !goneSaid(err) {
			t.Error(err)
		}
	})
}

func goneSaid(err error) bool {
	var refused *parcels.RefusedError
	return errors.As(err, &refused) && len(refused.Problems) == 1 && refused.Problems[0].Rule == "row.gone" && refused.Problems[0].Row == 2
}
