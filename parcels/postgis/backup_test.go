package postgis_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

// tool finds a program of the newest PostgreSQL.
func tool(t *testing.T, name string) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		t.Fatalf("no %s: run `make setup`", name)
	}
	return slices.Max(found)
}

func output(t *testing.T, stdin []byte, name string, args ...string) []byte {
	t.Helper()
	cmd := osexec.Command(name, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(name), err, stderr.String())
	}
	return out
}

// TestBackupRestores dumps a store, restores it into an empty database and goes on working there.
func TestBackupRestores(t *testing.T) {
	from, to := pgtest.Database(t), pgtest.Database(t)
	store := open(t, from)
	apply(t, store, village())
	execAt(t, from, `UPDATE muchan.firms SET industry = '1952'`)
	if err := store.PublishRun(context.Background(), run("2025-1")); err != nil {
		t.Fatal(err)
	}
	if err := store.Record(context.Background(), firstAct()); err != nil {
		t.Fatal(err)
	}
	if err := store.AddRules(context.Background(), parcels.RuleText{ID: "默认", Text: []byte("id: 默认"), At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	backup := output(t, nil, tool(t, "pg_dump"), "--format=plain", from)
	output(t, backup, tool(t, "psql"), "--quiet", "--set=ON_ERROR_STOP=1", "--dbname="+to)

	restored := open(t, to)
	before, after := state(t, store), state(t, restored)
	if before != after {
		t.Errorf("before the backup:\n%s\nafter the restore:\n%s", before, after)
	}
	version, err := restored.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	w := watch(t, restored)
	execAt(t, to, `UPDATE muchan.firms SET industry = '1953'`)
	w.next(t, version+1, time.Second)
	execAt(t, to, `UPDATE muchan.firms SET industry = '1951'`) // as the change had it
	if r := apply(t, restored, village()); !r.Repeated {
		t.Errorf("the change before the backup was applied again: %+v", r)
	}
	if _, err := login(t, to, "muchan_viewer").Exec(context.Background(), `SELECT * FROM muchan.firms`); pgCode(err) != "42501" {
		t.Errorf("a viewer of the restored database: %v, want permission denied", err)
	}
}

func execAt(t *testing.T, address, sql string) {
	t.Helper()
	conn := connect(t, address)
	exec(t, conn, sql)
	conn.Close(context.Background())
}

// state writes down all a store knows.
func state(t *testing.T, store *postgis.Store) string {
	t.Helper()
	ctx := context.Background()
	snap, err := store.Snapshot(ctx, parcels.MustDate("2026-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	content := parcels.Change{Rows: *snap.AllRows()}
	journal, err := store.Journal(ctx, parcels.JournalQuery{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	runs, err := store.Runs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	matters, err := store.Matters(ctx, parcels.MatterQuery{Results: true})
	if err != nil {
		t.Fatal(err)
	}
	rules, err := store.Rules(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return content.ContentHash() + "\n" + show(snap.Version) + "\n" + show(journal) + "\n" + show(runs) + "\n" + show(matters) + "\n" + show(rules)
}

// TestGDALReadsTheViews opens the audiences' views as GDAL, and so QGIS, does.
func TestGDALReadsTheViews(t *testing.T) {
	address := pgtest.Database(t)
	apply(t, open(t, address), village())
	for role, layer := range map[string]string{"muchan_viewer": "parcels", "muchan_analyst": "buildings"} {
		user := cell(t, login(t, address, role), `SELECT session_user::text`)
		out := string(output(t, nil, "ogrinfo", "-ro", "-so", gdalName(t, address, user), role+"."+layer))
		want := map[string]string{"parcels": "Feature Count: 2", "buildings": "Feature Count: 1"}[layer]
		if !strings.Contains(out, want) || !strings.Contains(out, "Geometry: Multi Polygon") || !strings.Contains(out, "4490") {
			t.Errorf("%s reads %s as\n%s", role, layer, out)
		}
	}
}

func gdalName(t *testing.T, address, user string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("PG:host=%s port=%s dbname=%s user=%s", u.Hostname(), u.Port(), strings.TrimPrefix(u.Path, "/"), user)
}

// TestInterruptedStart cancels the first start at many moments; the next one completes it.
func TestInterruptedStart(t *testing.T) {
	for step := range 12 {
		address := pgtest.Database(t)
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(20+step*15)*time.Millisecond)
		if store, err := postgis.Open(ctx, address, postgis.Options{}); err == nil {
			store.Close()
		}
		cancel()
		store := open(t, address)
		rows := village()
		if r := apply(t, store, rows); r.Inserted != rows.Len() {
			t.Errorf("step %d: %+v", step, r)
		}
		store.Close()
	}
}

// TestSlowListener sees many versions as few.
func TestSlowListener(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	apply(t, store, village())
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	reports := make(chan int64, 100)
	ended := make(chan error, 1)
	go func() {
		ended <- store.Watch(ctx, func(v int64) {
			reports <- v
			time.Sleep(300 * time.Millisecond)
		})
	}()
	time.Sleep(200 * time.Millisecond)
	conn := connect(t, address)
	for range 10 {
		exec(t, conn, `UPDATE muchan.firms SET name = name || '.'`)
	}
	version, err := store.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for last := int64(0); last != version; n++ {
		select {
		case last = <-reports:
		case <-time.After(2 * time.Second):
			t.Fatalf("version %d was not reported", version)
		}
	}
	if n > 4 {
		t.Errorf("10 versions in a moment were reported in %d calls", n)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err == nil {
			t.Error("Watch of a closed store ended without an error")
		}
	case <-time.After(2 * time.Second):
		t.Error("Watch outlives its store")
	}
}
