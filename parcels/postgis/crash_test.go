package postgis_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

// crowd marks n firms and their figures, so that a change that was cut in two shows.
func crowd(n int, mark string) parcels.Rows {
	var rows parcels.Rows
	for i := range n {
		uscc := fmt.Sprintf("91359900MA%08d", i)
		rows.Firms = append(rows.Firms, parcels.Firm{USCC: uscc, Name: mark})
		rows.Figures = append(rows.Figures, parcels.Figures{USCC: uscc, Year: 2024, RDWan: parcels.Some(parcels.Wan(len(mark)))})
	}
	return rows
}

// checkCrowd returns the one mark that all firms bear.
func checkCrowd(t *testing.T, store *postgis.Store, n int) string {
	t.Helper()
	snap, err := store.Snapshot(context.Background(), parcels.MustDate("2025-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	if len(snap.Firms) != n || snap.Figures.Len() != n {
		t.Fatalf("%d firms and %d figures, want %d", len(snap.Firms), snap.Figures.Len(), n)
	}
	mark := snap.Firms[0].Name
	for i := range snap.Firms {
		if rd, _ := snap.Figures.At(i).RDWan.Get(); snap.Firms[i].Name != mark || int(rd) != len(mark) {
			t.Fatalf("firm %d bears %q and %d, firm 0 bears %q", i, snap.Firms[i].Name, rd, mark)
		}
	}
	return mark
}

// marked gives each round a mark of its own length.
func marked(round int) string { return fmt.Sprintf("%0*d", round+1, 7) }

// TestBackendKilledInTheMiddle ends the server process of a change at a random moment. The error must say unavailable, the change must
// be there or not, and the same store must work at once, without a new start.
func TestBackendKilledInTheMiddle(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	admin := connect(t, address)
	const n, rounds = 1500, 12
	apply(t, store, crowd(n, marked(0)))
	began := time.Now()
	apply(t, store, crowd(n, marked(1)))
	took := time.Since(began)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d, a change takes %s", seed, took)
	failed := 0
	for round := 2; round < 2+rounds; round++ {
		before := checkCrowd(t, store, n)
		result := make(chan error, 1)
		go func() {
			_, err := store.Apply(context.Background(), parcels.Change{Who: "x", When: time.Now(), Rows: crowd(n, marked(round))})
			result <- err
		}()
		time.Sleep(time.Duration(random.Float64() * float64(took)))
		exec(t, admin, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'muchan' AND pid <> pg_backend_pid()
			AND datname = current_database()`)
		err := <-result
		if err != nil {
			failed++
			if !errors.Is(err, parcels.ErrUnavailable) {
				t.Fatalf("round %d: %v, want ErrUnavailable", round, err)
			}
		}
		after := checkCrowd(t, store, n)
		if after != before && after != marked(round) || err == nil && after != marked(round) {
			t.Fatalf("round %d: error %v, mark %q after %q", round, err, after, before)
		}
		apply(t, store, crowd(n, marked(round)))
	}
	if failed == 0 {
		t.Errorf("no kill met a change")
	}
	t.Logf("%d of %d kills met a change", failed, rounds)
}

// TestClusterKilled crashes the whole server in the middle of a change and while Watch listens. Afterwards the change is there or not,
// the same store works, and Watch has reported the version once and then each new one.
func TestClusterKilled(t *testing.T) {
	cluster, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Stop()
	address, err := cluster.Create("crash")
	if err != nil {
		t.Fatal(err)
	}
	store := open(t, address)
	const n = 1500
	apply(t, store, crowd(n, marked(0)))
	w := watch(t, store)

	for round := 1; round <= 3; round++ {
		result := make(chan error, 1)
		go func() {
			_, err := store.Apply(context.Background(), parcels.Change{Who: "x", When: time.Now(), Rows: crowd(n, marked(round))})
			result <- err
		}()
		time.Sleep(time.Duration(round) * 60 * time.Millisecond)
		cluster.Kill()
		if err := <-result; err != nil && !errors.Is(err, parcels.ErrUnavailable) {
			t.Fatalf("round %d: %v, want ErrUnavailable", round, err)
		}
		checkUnavailable(t, store)
		w.skip() // a version that was committed before the crash may have been reported
		if err := cluster.Launch(); err != nil {
			t.Fatal(err)
		}
		back := time.Now()
		v := versionSoon(t, store)
		w.next(t, v, 6*time.Second)
		t.Logf("round %d: Watch was back %s after the server", round, time.Since(back))
		w.silent(t)
		if mark := checkCrowd(t, store, n); mark != marked(round) && mark != marked(round-1) {
			t.Fatalf("round %d: mark %q", round, mark)
		}
		receipt := apply(t, store, crowd(n, marked(round)))
		if !receipt.Repeated {
			w.next(t, receipt.Version, time.Second)
		}
	}
}

func checkUnavailable(t *testing.T, store *postgis.Store) {
	t.Helper()
	ctx := context.Background()
	_, snapshotErr := store.Snapshot(ctx, parcels.MustDate("2025-01-01"))
	_, versionErr := store.Version(ctx)
	_, journalErr := store.Journal(ctx, parcels.JournalQuery{})
	_, runsErr := store.Runs(ctx)
	_, applyErr := store.Apply(ctx, parcels.Change{Rows: crowd(1, "x")})
	for name, err := range map[string]error{
		"Snapshot": snapshotErr, "Version": versionErr, "Journal": journalErr, "Runs": runsErr, "Apply": applyErr,
		"PublishRun": store.PublishRun(ctx, run("1")), "CreateRoles": store.CreateRoles(ctx),
	} {
		if !errors.Is(err, parcels.ErrUnavailable) {
			t.Errorf("%s without a server: %v, want ErrUnavailable", name, err)
		}
	}
}

// versionSoon reads the version; connections the pool kept from before the crash may fail first.
func versionSoon(t *testing.T, store *postgis.Store) int64 {
	t.Helper()
	deadline := time.Now().Add(2 * time.Second)
	for {
		v, err := store.Version(context.Background())
		if err == nil {
			return v
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// listener collects what Watch reports.
type listener struct {
	mu       sync.Mutex
	versions []int64
	seen     int
}

func watch(t *testing.T, store *postgis.Store) *listener {
	t.Helper()
	w := &listener{}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- store.Watch(ctx, func(v int64) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.versions = append(w.versions, v)
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Watch ended with %v", err)
		}
	})
	time.Sleep(200 * time.Millisecond)
	return w
}

// skip forgets what was reported so far.
func (w *listener) skip() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = len(w.versions)
}

// next waits until a version is among the new reports.
func (w *listener) next(t *testing.T, version int64, within time.Duration) {
	t.Helper()
	deadline := time.Now().Add(within)
	for {
		w.mu.Lock()
		fresh := w.versions[w.seen:]
		found := slices.Contains(fresh, version)
		if found {
			w.seen = len(w.versions)
		}
		w.mu.Unlock()
		if found {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("version %d was not reported within %s, only %v", version, within, fresh)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// silent checks that nothing is reported for a while.
func (w *listener) silent(t *testing.T) {
	t.Helper()
	time.Sleep(300 * time.Millisecond)
	w.mu.Lock()
	defer w.mu.Unlock()
	if fresh := w.versions[w.seen:]; len(fresh) > 0 {
		t.Errorf("reported %v once more", fresh)
	}
}
