package postgis_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis/pgtest"
)

// beforeRanges is how many migrations there were before changes kept the range of their entries.
const beforeRanges = 13

const firmB, firmC = "91359900MA00000002", "91359900MA00000003"

// oldChange writes a change as it was written before ranges: SQL on rows, and what the journal says of them, as values.
func oldChange(t *testing.T, conn *pgx.Conn, number int, undoes, rows, entries string) {
	t.Helper()
	exec(t, conn, `UPDATE muchan.state SET change = $1`, number)
	if rows != "" {
		exec(t, conn, rows)
		exec(t, conn, fmt.Sprintf(`
			INSERT INTO muchan.journal (change, at, who, why, entity, key, action, before, after)
			SELECT %d, now(), '张三', '', 'firms', e.key, e.action, e.before::json, e.after::json FROM (VALUES %s) AS e (key, action, before, after)`, number, entries))
	}
	exec(t, conn, fmt.Sprintf(`
		INSERT INTO muchan.changes (number, version, hash, at, who, why, source_name, source_sha256, inserted, updated, unchanged, closed, undoes, shapes)
		SELECT %[1]d, version, 'h%[1]d', now(), '张三', '', '', '', 0, 0, 0, 0, %[2]s, true FROM muchan.state`, number, undoes))
	exec(t, conn, `UPDATE muchan.state SET change = NULL`)
}

// named is a firm as the journal writes it.
func named(uscc, name string) string { return fmt.Sprintf(`'{"uscc":"%s","name":"%s"}'`, uscc, name) }

// TestUpgradeFindsEntries opens a database with changes from before they kept the range of their entries: each has its own, beside a direct
// edit and one that undid another, and can be undone.
func TestUpgradeFindsEntries(t *testing.T) {
	address := pgtest.Database(t)
	conn, ctx := connect(t, address), context.Background()
	migrateTo(t, conn, beforeRanges)
	rename := func(uscc, name string) string {
		return fmt.Sprintf(`UPDATE muchan.firms SET name = '%s' WHERE uscc = '%s'`, name, uscc)
	}
	updated := func(uscc, from, to string) string {
		return fmt.Sprintf(`('%s', 'update', %s, %s)`, uscc, named(uscc, from), named(uscc, to))
	}
	oldChange(t, conn, 1, "NULL", fmt.Sprintf(`INSERT INTO muchan.firms (uscc, name) VALUES ('%s', '甲'), ('%s', '乙')`, firmA, firmB),
		fmt.Sprintf(`('%s', 'insert', NULL, %s), ('%s', 'insert', NULL, %s)`, firmA, named(firmA, "甲"), firmB, named(firmB, "乙")))
	oldChange(t, conn, 2, "NULL", rename(firmA, "丙"), updated(firmA, "甲", "丙"))
	exec(t, conn, fmt.Sprintf(`INSERT INTO muchan.firms (uscc, name) VALUES ('%s', '手工')`, firmC)) // a direct edit
	oldChange(t, conn, 3, "2", rename(firmA, "甲"), updated(firmA, "丙", "甲"))
	oldChange(t, conn, 4, "NULL", "", "") // nothing new
	oldChange(t, conn, 5, "NULL", rename(firmB, "丁"), updated(firmB, "乙", "丁"))

	store := open(t, address)
	const ranges = `SELECT string_agg(concat_ws(' ', number, first_entry, last_entry), ', ' ORDER BY number) FROM muchan.changes`
	if got, want := cell(t, conn, ranges), "1 1 2, 2 3 3, 3 5 5, 4, 5 6 6"; got != want {
		t.Errorf("ranges %q, want %q", got, want)
	}
	for change, want := range map[int64]string{
		1: firmB + " insert, " + firmA + " insert", 2: firmA + " update", 3: firmA + " update", 4: "", 5: firmB + " update",
	} {
		entries, err := store.Journal(ctx, parcels.JournalQuery{Change: change})
		var got []string
		for _, e := range entries {
			got = append(got, e.Key+" "+string(e.Action))
		}
		if err != nil || strings.Join(got, ", ") != want {
			t.Errorf("entries of change %d: %q, %v; want %q", change, got, err, want)
		}
	}
	const names = `SELECT string_agg(name, ' ' ORDER BY uscc) FROM muchan.firms`
	for _, c := range []struct {
		change  int64
		refused bool
		left    string
	}{{2, true, "甲 丁 手工"}, {1, true, "甲 丁 手工"}, {5, false, "甲 乙 手工"}, {1, false, "手工"}} {
		_, err := store.Undo(ctx, parcels.Undo{Change: c.change, Who: "x", When: time.Now()})
		if errors.Is(err, parcels.ErrRefused) != c.refused || !c.refused && err != nil {
			t.Errorf("undo of change %d: %v", c.change, err)
		}
		if got := cell(t, conn, names); got != c.left {
			t.Errorf("after the undo of change %d the firms are %q, want %q", c.change, got, c.left)
		}
	}
	if got := cell(t, conn, `SELECT tgenabled::text FROM pg_trigger WHERE tgrelid = 'muchan.changes'::regclass AND tgname = 'frozen'`); got != "O" {
		t.Errorf("the trigger that keeps changes as they are is %q", got)
	}
}
