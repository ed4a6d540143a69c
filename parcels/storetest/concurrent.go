package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"muchan/parcels"
)

const (
	writers      = 6
	perWriter    = 5
	sharedByAll  = 12
	openedStores = 3
)

// sharedRows is how many rows every stamped change writes: the parcels, the park, the firm and a target.
const sharedRows = sharedByAll + 3

// stamped returns a change that writes one stamp into the park, all shared parcels, a firm and a target, which are the first and last
// tables that a store is likely to read, by one connection or several, and adds a parcel of its own.
func stamped(stamp string, own int) parcels.Rows {
	rows := parcels.Rows{Parks: []parcels.Park{park()}, Targets: []parcels.Target{{ID: "T", Name: stamp}}}
	rows.Parks[0].Name = stamp
	rows.Firms = []parcels.Firm{firm(1)}
	rows.Firms[0].Name = stamp
	for i := range sharedByAll {
		p := parcel(i)
		p.Address = stamp
		rows.Parcels = append(rows.Parcels, p)
	}
	added := parcel(own)
	added.Address = stamp
	rows.Parcels = append(rows.Parcels, added)
	return rows
}

func testConcurrentWriters(t *testing.T, s Suite) {
	address := s.New(t)
	var stores []parcels.Store
	for range openedStores {
		stores = append(stores, open(t, s, address))
	}
	apply(t, stores[0], stamped("start", 999))

	var mu sync.Mutex
	stampOf := map[int64]string{} // by version
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range perWriter {
				stamp := fmt.Sprintf("writer %d change %d", w, n)
				receipt, err := stores[w%len(stores)].Apply(context.Background(), change(stamped(stamp, 1000+w*perWriter+n)))
				if err != nil {
					t.Errorf("%s: %v", stamp, err)
					return
				}
				mu.Lock()
				if other, taken := stampOf[receipt.Version]; taken {
					t.Errorf("version %d belongs to %s and to %s", receipt.Version, other, stamp)
				}
				stampOf[receipt.Version] = stamp
				mu.Unlock()
				if receipt.Inserted != 1 || receipt.Updated != sharedRows {
					t.Errorf("%s: %+v, want 1 inserted and %d updated", stamp, receipt, sharedRows)
				}
			}
		})
	}
	wg.Wait()

	snap := snapshot(t, stores[1], far)
	last := stampOf[snap.Version]
	for i := range sharedByAll {
		if got := snap.Parcel(parcelCode(i)).Address; got != last {
			t.Errorf("parcel %d has %q, but version %d was %q: not a serial order", i, got, snap.Version, last)
		}
	}
	if want := sharedByAll + 1 + writers*perWriter; snap.Parcels.Len() != want {
		t.Errorf("%d parcels, want %d", snap.Parcels.Len(), want)
	}
	checkJournalChain(t, stores[2])
}

// checkJournalChain follows one shared parcel through the journal: each entry begins where the one before it ended, which is so
// only when changes saw each other's rows in one order.
func checkJournalChain(t *testing.T, store parcels.Store) {
	t.Helper()
	entries := journal(t, store, parcels.JournalQuery{Entity: "parcels", Key: parcelCode(0) + "|2010-01-01", Limit: 1000})
	if len(entries) != 1+writers*perWriter {
		t.Errorf("%d entries of a shared parcel, want %d", len(entries), 1+writers*perWriter)
	}
	for i := range len(entries) - 1 {
		before, after := object(t, entries[i].Before)["address"], object(t, entries[i+1].After)["address"]
		if before != after {
			t.Errorf("entry %d begins with %q, the one before it ended with %q", i, before, after)
		}
	}
}

// testConcurrentEditions lets writers add editions of one code at once: whatever the order, they follow each other without gaps.
func testConcurrentEditions(t *testing.T, s Suite) {
	address := s.New(t)
	var wg sync.WaitGroup
	first := open(t, s, address)
	apply(t, first, onlyParcels())
	for y := range 10 {
		store := first
		if y%2 == 1 {
			store = open(t, s, address)
		}
		wg.Go(func() {
			from := fmt.Sprintf("%d-01-01", 2000+y)
			if _, err := store.Apply(context.Background(), change(onlyParcels(edition(1, from, "")))); err != nil {
				t.Errorf("edition from %s: %v", from, err)
			}
		})
	}
	wg.Wait()
	for y := range 10 {
		checkSpans(t, first, parcelCode(1), []span{{fmt.Sprintf("%d-12-31", 2000+y), fmt.Sprintf("since %d-01-01", 2000+y)}})
	}
	if n := snapshot(t, first, far).Parcels.Len(); n != 1 {
		t.Errorf("%d editions are valid at once", n)
	}
}

// testReadersSeeWhole reads while another store writes: every snapshot shows one stamp throughout, that of its version.
func testReadersSeeWhole(t *testing.T, s Suite) {
	address := s.New(t)
	writer, reader := open(t, s, address), open(t, s, address)
	stampOf := map[int64]string{apply(t, writer, stamped("start", 999)).Version: "start"}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := range 30 {
			stamp := fmt.Sprintf("change %d", n)
			receipt, err := writer.Apply(context.Background(), change(stamped(stamp, 1000+n)))
			if err != nil {
				t.Errorf("%s: %v", stamp, err)
			}
			stampOf[receipt.Version] = stamp
		}
	}()
	var seen []*parcels.Snapshot
	for reading := true; reading; {
		select {
		case <-done:
			reading = false
		default:
		}
		seen = append(seen, snapshot(t, reader, far))
	}
	last := int64(0)
	for _, snap := range seen {
		checkStamp(t, snap, stampOf[snap.Version])
		if snap.Version < last {
			t.Errorf("version went back from %d to %d", last, snap.Version)
		}
		last = snap.Version
	}
	if v := version(t, writer); last != v {
		t.Errorf("last snapshot is of version %d, store is at %d", last, v)
	}
}

func checkStamp(t *testing.T, snap *parcels.Snapshot, stamp string) {
	t.Helper()
	names := []string{snap.Park("QM").Name, snap.Firm(creditCode(1)).Name, snap.Targets[0].Name}
	for i := range sharedByAll {
		names = append(names, snap.Parcel(parcelCode(i)).Address)
	}
	for _, name := range names {
		if name != stamp {
			t.Fatalf("version %d shows %q, it was %q", snap.Version, names, stamp)
		}
	}
}

func testSnapshotImmutable(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	rows := Town(10)
	apply(t, store, rows)
	old := snapshot(t, store, far)
	edited := Town(10)
	for i := range edited.Parcels {
		edited.Parcels[i].Address = "moved"
		edited.Parcels[i].Shape = rugged(118.7, 24.8)
		edited.Buildings[i].Storeys[0].FloorM2 = 1
		edited.Firms[i].Tags[0] = "champion"
	}
	apply(t, store, edited)
	checkRows(t, "old snapshot", old.AllRows(), &rows)
	now := snapshot(t, store, far)
	checkRows(t, "new snapshot", now.AllRows(), &edited)
	if now.Version <= old.Version {
		t.Errorf("versions %d, then %d", old.Version, now.Version)
	}
	for i := range edited.Parcels { // the store keeps nothing of the caller's
		edited.Parcels[i].Shape[0][0][0][0] = 0
	}
	if got := snapshot(t, store, far).Parcels.At(0).Shape[0][0][0][0]; got == 0 {
		t.Error("writing into applied rows reached the store")
	}
}
