package postgis_test

import (
	"context"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/parcels/postgis/pgtest"
)

// TestIndexPutAside loads parcels into an empty table: the spatial index is there afterwards as it was before, also where the load was given up
// or somebody read the table meanwhile, and the change's entries are found.
func TestIndexPutAside(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	conn, ctx := connect(t, address), context.Background()
	const indexes = `SELECT string_agg(pg_get_indexdef(indexrelid) || indisvalid, E'\n' ORDER BY indexrelid::regclass::text) FROM pg_index WHERE indrelid = 'muchan.parcels'::regclass`
	rows := village()
	rows.Parcels = rows.Parcels[:1]
	land := parcels.Rows{Parcels: rows.Parcels}
	apply(t, store, parcels.Rows{Parks: rows.Parks})
	before := cell(t, conn, indexes)
	for _, c := range []struct{ read, finish bool }{{false, false}, {true, false}, {true, true}, {false, true}} {
		if c.read {
			exec(t, conn, `BEGIN`)
			cell(t, conn, `SELECT count(*)::text FROM muchan.parcels`)
		}
		loading, err := store.Load(ctx, parcels.Change{Who: "x", When: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if err := loading.Add(ctx, &land); err != nil {
			t.Fatal(err)
		}
		var receipt parcels.Receipt
		if c.finish {
			if receipt, err = loading.Finish(ctx); err != nil {
				t.Fatal(err)
			}
		}
		loading.Abandon()
		if c.read {
			exec(t, conn, `COMMIT`)
		}
		if after := cell(t, conn, indexes); after != before {
			t.Errorf("%+v: the indexes are\n%s\nand were\n%s", c, after, before)
		}
		if !c.finish {
			continue
		}
		entries, err := store.Journal(ctx, parcels.JournalQuery{Change: receipt.Change})
		if err != nil || len(entries) != 1 || entries[0].Entity != "parcels" {
			t.Errorf("%+v: entries of change %d: %v, %v", c, receipt.Change, entries, err)
		}
		if _, err := store.Undo(ctx, parcels.Undo{Change: receipt.Change, Who: "x", When: time.Now()}); err != nil {
			t.Error(err)
		}
	}
}
