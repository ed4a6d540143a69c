package postgis_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

// TestDirectJournalLooksLikeApplied edits one row of each entity by SQL and compares what the trigger wrote with what an import of the
// same row would have written.
func TestDirectJournalLooksLikeApplied(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	apply(t, store, village())
	conn := connect(t, address)
	for _, statement := range []string{
		`UPDATE muchan.parks SET name_en = 'Qing "meng" \ ', area_m2 = 0.1 + 0.2`,
		`UPDATE muchan.zones SET level = 2`,
		`UPDATE muchan.parcels SET parents = '{` + codeB + `}', price_wan = -0.000001, government_cause = false, address = '' WHERE code = '` + codeA + `'`,
		`UPDATE muchan.buildings SET storeys = '6000@9;6000@4.5', vacant_m2 = 1e-7`,
		`UPDATE muchan.firms SET tags = '{listed,high_tech}'`,
		`UPDATE muchan.occupancies SET floor_m2 = 1.0 / 3`,
		`UPDATE muchan.figures SET output_wan = 12.50, vat_wan = 0, revenue_wan = 123456789`,
		`UPDATE muchan.events SET note = E'两\n行'`,
		`UPDATE muchan.targets SET base_year = 2020, base = 582, binding = true`,
	} {
		exec(t, conn, statement)
	}
	snap, err := store.Snapshot(context.Background(), parcels.MustDate("2026-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	checkJournalled(t, store, &parcels.ParkTable, &snap.Parks[0])
	checkJournalled(t, store, &parcels.ZoneTable, &snap.Zones[0])
	checkJournalled(t, store, &parcels.ParcelTable, snap.Parcels.At(0))
	checkJournalled(t, store, &parcels.BuildingTable, snap.Buildings.At(0))
	checkJournalled(t, store, &parcels.FirmTable, &snap.Firms[0])
	checkJournalled(t, store, &parcels.OccupancyTable, &snap.Occupancies[0])
	checkJournalled(t, store, &parcels.FiguresTable, snap.Figures.At(0))
	checkJournalled(t, store, &parcels.EventTable, &snap.Events[0])
	checkJournalled(t, store, &parcels.TargetTable, &snap.Targets[0])
}

func checkJournalled[T any](t *testing.T, store *postgis.Store, table *parcels.Table[T], row *T) {
	t.Helper()
	entries, err := store.Journal(context.Background(), parcels.JournalQuery{Entity: table.Name, Key: table.Key(row), Limit: 1})
	if err != nil || len(entries) != 1 {
		t.Fatalf("%s: %d entries, %v", table.Name, len(entries), err)
	}
	want := string(table.AppendJSON(nil, row))
	var gotValue, wantValue any
	if json.Unmarshal([]byte(entries[0].After), &gotValue) != nil || json.Unmarshal([]byte(want), &wantValue) != nil || !reflect.DeepEqual(gotValue, wantValue) {
		t.Errorf("%s: the journal has\n%s\nan import would write\n%s", table.Name, entries[0].After, want)
	}
	if e := entries[0]; e.Who != "sql" || e.Why != "postgres" || e.Action != "update" || e.Change != 0 {
		t.Errorf("%s: entry %+v", table.Name, e)
	}
}

// TestOneVersionForATransaction makes several edits in one transaction, one of them rolled back to a savepoint.
func TestOneVersionForATransaction(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	before := apply(t, store, village()).Version
	w := watch(t, store)
	conn := connect(t, address)
	for _, statement := range []string{
		`BEGIN`, `UPDATE muchan.firms SET name = '甲'`, `SAVEPOINT s`, `UPDATE muchan.parks SET name = '乙'`, `ROLLBACK TO s`,
		`UPDATE muchan.parcels SET address = '丙'`, `DELETE FROM muchan.targets WHERE id = 'none'`,
	} {
		exec(t, conn, statement)
	}
	w.silent(t)
	if v, _ := store.Version(context.Background()); v != before {
		t.Errorf("version %d before the commit, want %d", v, before)
	}
	exec(t, conn, `COMMIT`)
	w.next(t, before+1, time.Second)
	w.silent(t)
	if n := cell(t, conn, `SELECT string_agg(entity, ' ' ORDER BY number) FROM muchan.journal WHERE change = 0`); n != "firms parcels parcels" {
		t.Errorf("journalled %s", n)
	}

	exec(t, conn, `UPDATE muchan.parcels SET address = 'x' WHERE false`)
	exec(t, conn, `BEGIN`)
	exec(t, conn, `UPDATE muchan.parcels SET address = 'x'`)
	exec(t, conn, `ROLLBACK`)
	w.silent(t)
}

// TestDirectEditsAndAppliesTakeTurns lets both touch the same rows in opposite orders; neither may fail.
func TestDirectEditsAndAppliesTakeTurns(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	apply(t, store, village())
	var wg sync.WaitGroup
	for i := range 3 {
		conn := connect(t, address)
		wg.Go(func() {
			for n := range 10 {
				name := strings.Repeat("字", 1+i*10+n)
				for _, statement := range []string{`BEGIN`, `UPDATE muchan.figures SET staff = ` + "1" + strings.Repeat("0", n), `UPDATE muchan.firms SET name = '` + name + `'`, `COMMIT`} {
					if _, err := conn.Exec(context.Background(), statement); err != nil {
						t.Errorf("%s: %v", statement, err)
						return
					}
				}
			}
		})
	}
	for i := range 3 {
		wg.Go(func() {
			for n := range 10 {
				rows := village()
				rows.Firms[0].Name = strings.Repeat("名", 1+i*10+n)
				rows.Figures[0].RDWan = parcels.Some(parcels.Wan(i*10 + n))
				if _, err := store.Apply(context.Background(), parcels.Change{Who: "x", When: time.Now(), Rows: rows}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	checkChain(t, store, "firms", firmA)
	checkChain(t, store, "figures", firmA+"|2024")
}

// checkChain follows a row through the journal: each entry begins as the one before it ended.
func checkChain(t *testing.T, store *postgis.Store, entity, key string) {
	t.Helper()
	entries, err := store.Journal(context.Background(), parcels.JournalQuery{Entity: entity, Key: key, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < 30 {
		t.Errorf("%s: only %d entries", entity, len(entries))
	}
	for i := range len(entries) - 1 {
		var now, then any
		if json.Unmarshal([]byte(entries[i].Before), &now) != nil || json.Unmarshal([]byte(entries[i+1].After), &then) != nil || !reflect.DeepEqual(now, then) {
			t.Errorf("%s entry %d begins with %s, the one before it ended with %s", entity, i, entries[i].Before, entries[i+1].After)
		}
	}
}

// TestOpenEditDelaysNobodyForever holds an edit open, as a QGIS session with unsaved edits in a transaction does.
func TestOpenEditDelaysNobodyForever(t *testing.T) {
	address := pgtest.Database(t)
	store, err := postgis.Open(context.Background(), address, postgis.Options{LockTimeout: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	conn := connect(t, address)
	exec(t, conn, `BEGIN`)
	exec(t, conn, `INSERT INTO muchan.targets (id, name) VALUES ('T', 'x')`)
	_, err = store.Apply(context.Background(), parcels.Change{Who: "x", When: time.Now(), Rows: village()})
	if !errors.Is(err, parcels.ErrUnavailable) || !strings.Contains(err.Error(), "QGIS") {
		t.Errorf("error %v, want ErrUnavailable that names the cause", err)
	}
	if _, err := store.Snapshot(context.Background(), parcels.MustDate("2026-01-01")); err != nil {
		t.Errorf("a reader was held up: %v", err)
	}
	exec(t, conn, `COMMIT`)
	apply(t, store, village())
}

// TestShapesAfterALoad finds shapes judged again once a load has ended, in either way: it has the database skip that for its own rows alone.
func TestShapesAfterALoad(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	apply(t, store, village())
	conn := connect(t, address)
	ctx := context.Background()
	for _, ends := range []bool{false, true} {
		loading, err := store.Load(ctx, parcels.Change{Who: "x", When: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		rows := village()
		rows.Parcels[0].Address = "新址"
		part := parcels.Rows{Parcels: rows.Parcels[:1]}
		err = loading.Add(ctx, &part)
		if err == nil && ends {
			_, err = loading.Finish(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		loading.Abandon()
		_, err = conn.Exec(ctx, `UPDATE muchan.parcels SET shape = 'SRID=4490;MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))' WHERE code = '`+codeA+`'`)
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.ConstraintName != "parcels_shape_check" || !strings.Contains(refused.Message, codeA) || !strings.Contains(refused.Message, "Self-intersection") {
			t.Errorf("a bow tie after a load: %v", err)
		}
	}
}

// TestRefusedByTheDatabase breaks rules that no plan knows: the error says which row's column and which rule.
func TestRefusedByTheDatabase(t *testing.T) {
	store := open(t, pgtest.Database(t))
	cases := []struct {
		name, entity, column, rule string
		edit                       func(*parcels.Rows)
	}{
		{"negative area", "parcels", "title_area_m2", "database.parcels_title_area_m2_check", func(r *parcels.Rows) { r.Parcels[0].TitleAreaM2 = parcels.Some(-1.0) }},
		{"unknown state", "parcels", "state", "database.parcels_state_check", func(r *parcels.Rows) { r.Parcels[0].State = "paved" }},
		{"year of two digits", "figures", "year", "database.figures_year_check", func(r *parcels.Rows) { r.Figures[0].Year = 24 }},
		{"self-crossing", "parcels", "shape", "database.parcels_shape_check", func(r *parcels.Rows) {
			ring := r.Parcels[0].Shape[0][0]
			ring[1], ring[2] = ring[2], ring[1]
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := village()
			c.edit(&rows)
			_, err := store.Apply(context.Background(), parcels.Change{Who: "x", When: time.Now(), Rows: rows})
			var refused *parcels.RefusedError
			if !errors.As(err, &refused) {
				t.Fatalf("error %v, want a *RefusedError", err)
			}
			if p := refused.Problems[0]; p.Entity != c.entity || p.Column != c.column || p.Rule != c.rule {
				t.Errorf("problem %+v", p)
			}
		})
	}
}
