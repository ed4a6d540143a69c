package embedded_test

import (
	"context"
	"os"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

// inLog reads from the file's header whether it is written by way of the write-ahead log (sqlite.org/fileformat.html, 1.3: bytes 18 and 19).
func inLog(t *testing.T, path string) bool {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var versions [2]byte
	if _, err := f.ReadAt(versions[:], 18); err != nil || versions[0] != versions[1] {
		t.Fatalf("%v, %v", versions, err)
	}
	return versions[0] == 2
}

// begun is a loading of some parcels that has not ended, and what it loads.
func begun(t *testing.T, s *embedded.Store) (parcels.Loading, parcels.Rows) {
	t.Helper()
	rows := storetest.Town(300)
	loading, err := s.Load(context.Background(), parcels.Change{Who: "test"})
	if err == nil {
		err = loading.Add(context.Background(), &rows)
	}
	if err != nil {
		t.Fatal(err)
	}
	return loading, rows
}

// TestAloneAFileIsFilledWithoutItsLog: nobody else has the file open, so the load leaves the log, and returns to it however it ends.
func TestAloneAFileIsFilledWithoutItsLog(t *testing.T) {
	for name, end := range map[string]func(parcels.Loading) error{
		"finished":  func(l parcels.Loading) error { _, err := l.Finish(context.Background()); return err },
		"abandoned": func(l parcels.Loading) error { l.Abandon(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			s, path := openNew(t)
			if _, err := s.Parks(context.Background()); err != nil { // so that a connection for reading is idle
				t.Fatal(err)
			}
			loading, rows := begun(t, s)
			if inLog(t, path) {
				t.Error("the load goes by the log")
			}
			if err := end(loading); err != nil {
				t.Fatal(err)
			}
			if !inLog(t, path) {
				t.Error("the file has not returned to its log")
			}
			if r := apply(t, s, rows); r.Repeated != (name == "finished") {
				t.Errorf("applied afterwards: %+v", r)
			}
		})
	}
}

// TestOthersKeepTheLog: a reader goes on while others load, as ever.
func TestOthersKeepTheLog(t *testing.T) {
	s, path := openNew(t)
	reader := openPlain(t, path)
	var parks int
	count := func() {
		t.Helper()
		if err := reader.QueryRow(`SELECT count(*) FROM parks`).Scan(&parks); err != nil {
			t.Fatal(err)
		}
	}
	count()
	loading, rows := begun(t, s)
	defer loading.Abandon()
	if !inLog(t, path) {
		t.Error("the load has left the log")
	}
	if count(); parks != 0 {
		t.Errorf("%d parks before the end", parks)
	}
	if _, err := loading.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	if count(); parks != len(rows.Parks) {
		t.Errorf("%d parks after it", parks)
	}
}

// TestWhoComesLateWaitsForTheLoad: whoever opens the file while it is filled without its log gets it when that is done.
func TestWhoComesLateWaitsForTheLoad(t *testing.T) {
	s, path := openNew(t)
	loading, rows := begun(t, s)
	opened := make(chan error)
	go func() {
		late, err := embedded.Open(path)
		if err == nil {
			defer late.Close()
			var snap *parcels.Snapshot
			if snap, err = late.Snapshot(context.Background(), parcels.MustDate("2030-01-01")); err == nil && snap.Parcels.Len() != len(rows.Parcels) {
				t.Errorf("it sees %d parcels", snap.Parcels.Len())
			}
		}
		opened <- err
	}()
	select {
	case err := <-opened:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	if _, err := loading.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
	if !inLog(t, path) {
		t.Error("the file has not returned to its log")
	}
}
