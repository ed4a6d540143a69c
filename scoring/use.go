package scoring

import (
	"sync"

	"muchan/parcels"
)

// use is what stands on every parcel and who used what in which year. It follows from the snapshot without figures and rules, so the
// runs of a snapshot share it: other years, other rules, other figures. Nobody writes into it.
type use struct {
	snap     *parcels.Snapshot
	heirs    *lineage
	sites    []site
	measured []*Measured // by parcel

	make    func(year int) *ledger
	mu      sync.Mutex
	ledgers map[int]func() *ledger // by year
}

type useKey struct{}

func useOf(snap *parcels.Snapshot) *use {
	return snap.DeriveUse(useKey{}, func() any { return newUse(snap, groundOf(snap)) }).(*use)
}

func newUse(snap *parcels.Snapshot, g *ground) *use {
	n := len(snap.Parcels)
	u := &use{snap: snap, heirs: g.heirs, sites: make([]site, n), measured: make([]*Measured, n), ledgers: map[int]func() *ledger{}}
	u.make = func(year int) *ledger { return newLedger(snap, u.sites, u.heirs, year) }
	eachChunk(n, func(from, to int) {
		measured := make([]Measured, to-from)
		for p := from; p < to; p++ {
			u.sites[p] = surveySite(snap, g, p)
			measured[p-from] = measure(&snap.Parcels[p], &u.sites[p])
			u.measured[p] = &measured[p-from]
		}
	})
	return u
}

// ledgerOf returns who used what in a year.
func (u *use) ledgerOf(year int) *ledger {
	u.mu.Lock()
	l, ok := u.ledgers[year]
	if !ok {
		l = sync.OnceValue(func() *ledger { return u.make(year) })
		u.ledgers[year] = l
	}
	u.mu.Unlock()
	return l()
}
