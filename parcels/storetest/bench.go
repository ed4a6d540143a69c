package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"muchan/parcels"
)

// Bench measures a first import, the same rows with one column changed, and a whole snapshot, with n parcels, n buildings, n firms,
// n occupancies and n yearly figures.
func Bench(b *testing.B, s Suite) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		rows := sync.OnceValue(func() parcels.Rows { return Town(n) }) // a size that is not asked for costs nothing
		b.Run(fmt.Sprintf("apply/n=%d", n), func(b *testing.B) { benchApply(b, s, rows()) })
		b.Run(fmt.Sprintf("update/n=%d", n), func(b *testing.B) { benchUpdate(b, s, rows()) })
		b.Run(fmt.Sprintf("snapshot/n=%d", n), func(b *testing.B) { benchSnapshot(b, s, rows()) })
	}
}

func benchApply(b *testing.B, s Suite, rows parcels.Rows) {
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		store, _ := fresh(b, s)
		b.StartTimer()
		if r := apply(b, store, rows); r.Inserted != rows.Len() {
			b.Fatalf("%+v", r)
		}
		b.StopTimer()
		store.Close()
		b.StartTimer()
	}
}

func benchUpdate(b *testing.B, s Suite, rows parcels.Rows) {
	store, _ := fresh(b, s)
	apply(b, store, rows)
	list := append([]parcels.Parcel(nil), rows.Parcels...)
	round := 0
	b.ReportAllocs()
	for b.Loop() {
		round++
		for i := range list {
			list[i].UseCode = fmt.Sprint(2000 + round)
		}
		if r := apply(b, store, parcels.Rows{Parcels: list}); r.Updated != len(list) {
			b.Fatalf("%+v", r)
		}
	}
}

func benchSnapshot(b *testing.B, s Suite, rows parcels.Rows) {
	store, _ := fresh(b, s)
	apply(b, store, rows)
	b.ReportAllocs()
	for b.Loop() {
		snap, err := store.Snapshot(context.Background(), far)
		if err != nil || snap.Len() != rows.Len() {
			b.Fatalf("%d rows, %v", snap.Len(), err)
		}
	}
}
