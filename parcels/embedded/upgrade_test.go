package embedded_test

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

// format1 is a file as the first schema wrote it: storetest.Town(3), one published run, one edit by SQL.
//
//go:embed testdata/format1.gpkg.gz
var format1 []byte

func unpackFormat1(t *testing.T) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(format1))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := suite.New(t)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestUpgradeKeepsActs opens a file of the third schema with a case in it: the table of acts was made anew since.
func TestUpgradeKeepsActs(t *testing.T) {
	path := unpackFormat1(t)
	for i, name := range []string{"0002_water.sql", "0003_matters.sql"} {
		script, err := os.ReadFile("migrations/" + name)
		if err != nil {
			t.Fatal(err)
		}
		mustExec(t, path, string(script)+fmt.Sprintf(`INSERT INTO migrations (number, name, at) VALUES (%d, '%s', '2026-01-01')`, i+2, name))
	}
	mustExec(t, path, `
		INSERT INTO acts (matter, kind, subject, seq, act, state, "on", who, at, note, data) VALUES
		('exit-x-1', 'exit', 'x', 1, 'open', 'opened', '2026-01-05', '甲', '2026-01-05T01:02:03Z', '立案', '{"v": 1}'),
		('exit-x-1', 'exit', 'x', 2, 'warn', 'warned', '2026-01-06', '乙', '2026-01-06T01:02:03Z', '预警', NULL)`)
	store, err := suite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	list, err := store.Matters(context.Background(), parcels.MatterQuery{})
	if err != nil || len(list) != 1 || len(list[0].Acts) != 2 {
		t.Fatalf("matters %+v, %v; want one with two acts", list, err)
	}
	if a := list[0].Acts; a[0].Who != "甲" || string(a[0].Data) != `{"v": 1}` || a[1].State != parcels.CaseWarned || a[1].Firm != "" || a[1].Change != 0 {
		t.Errorf("acts %+v", a)
	}
	if err := suite.Exec(path, `UPDATE acts SET note = 'other'`); err == nil {
		t.Error("an act can be changed after the upgrade")
	}
}

// TestUpgrade opens a file of the first schema: all that was in it is there, and what came later can be written and is journalled.
func TestUpgrade(t *testing.T) {
	path := unpackFormat1(t)
	store, err := suite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	ctx := context.Background()
	want := storetest.Town(3)
	snap, err := store.Snapshot(ctx, far)
	if err != nil {
		t.Fatal(err)
	}
	runs, err := store.Runs(ctx)
	if err != nil || len(runs) != 1 || runs[0].ID != "2020-1" || runs[0].PublishedBy != "管理员" {
		t.Errorf("runs %+v, %v; want the one that was published", runs, err)
	}
	if snap.Version != 5 || snap.Parcels.Len() != 3 || snap.Figures.Len() != 3 {
		t.Fatalf("version %d, %d parcels, %d figures; want 5, 3, 3", snap.Version, snap.Parcels.Len(), snap.Figures.Len())
	}
	for i := range want.Parcels {
		if !parcels.ParcelTable.Equal(snap.Parcel(want.Parcels[i].Code), &want.Parcels[i]) {
			t.Errorf("parcel %s changed", want.Parcels[i].Code)
		}
	}

	figures := *snap.Figures.At(0)
	if figures.Staff != parcels.Some(7.0) || figures.CODT.OK() || figures.WaterT.OK() {
		t.Errorf("figures %+v; want 7 staff, by the edit, and neither COD nor water", figures)
	}
	figures.CODT, figures.WaterT = parcels.Some(0.25), parcels.Some(1200.0)
	if r := apply(t, store.(*embedded.Store), parcels.Rows{Figures: []parcels.Figures{figures}}); r.Updated != 1 {
		t.Errorf("receipt %+v, want one updated", r)
	}
	mustExec(t, path, `UPDATE figures SET water_t = 1300 WHERE water_t = 1200`)
	entries, err := store.Journal(ctx, parcels.JournalQuery{Limit: 2})
	if err != nil || len(entries) != 2 || !bytes.Contains([]byte(entries[0].After), []byte(`"water_t":1300.0`)) {
		t.Errorf("journal %+v, %v; want the edit of a column that came later", entries, err)
	}
	if snap, err = store.Snapshot(ctx, far); err != nil || snap.Figures.At(0).WaterT != parcels.Some(1300.0) || snap.Figures.At(0).CODT != parcels.Some(0.25) {
		t.Errorf("figures %+v, %v", snap.Figures.At(0), err)
	}
}
