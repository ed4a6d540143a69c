package scoring

import (
	"maps"
	"slices"
	"sync"

	"muchan/parcels"
)

// use is what stands on every parcel and who used what in which year. It follows from the snapshot without figures and rules, so the
// runs of a snapshot share it: other years, other rules, other figures. Nobody writes into it.
type use struct {
	snap       *parcels.Snapshot
	heirs      *lineage
	sites      []site
	measured   []*Measured // by parcel
	localities []locality
	localityOf []int32 // by parcel: position in localities

	ledgers memo[int, *ledger] // by year
	lands   memo[landsKey, []firmLand]
}

// landsKey says of which year the land of all firms is, and what is left out of it.
type landsKey struct {
	year    int
	without exclusions
}

type useKey struct{}

func useOf(snap *parcels.Snapshot) *use {
	return snap.DeriveUse(useKey{}, func() any { return newUse(snap, groundOf(snap)) }).(*use)
}

// lasting is a snapshot without what a use does not follow from. Edits of figures leave the use as it is, and it would hold those of its first
// snapshot.
func lasting(snap *parcels.Snapshot) *parcels.Snapshot {
	kept := *snap
	kept.Figures, kept.Events = parcels.Pages[parcels.Figures]{}, nil
	return &kept
}

func newUse(snap *parcels.Snapshot, g *ground) *use {
	snap = lasting(snap)
	n := snap.Parcels.Len()
	u := &use{snap: snap, heirs: g.heirs, sites: make([]site, n), measured: make([]*Measured, n)}
	u.ledgers.make = func(year int) *ledger { return newLedger(snap, u.sites, u.heirs, year) }
	u.lands.make = u.measureLands
	u.localities, u.localityOf = localitiesOf(snap, g)
	eachChunk(n, func(from, to int) {
		measured := make([]Measured, to-from)
		for p := from; p < to; p++ {
			u.sites[p] = surveySite(snap, g, p)
			measured[p-from] = measure(snap.Parcels.At(p), &u.sites[p])
			u.measured[p] = &measured[p-from]
		}
	})
	return u
}

// letGo finds now what another use, of which this one was made, found of any year, so that it need not be asked later.
func (u *use) letGo(from *use) {
	for _, year := range from.ledgers.keys() {
		u.ledgers.of(year)
	}
	for _, k := range from.lands.keys() {
		u.lands.of(k)
	}
	u.ledgers.make = func(year int) *ledger { return newLedger(u.snap, u.sites, u.heirs, year) }
	u.lands.make = u.measureLands
}

// ledgerOf returns who used what in a year.
func (u *use) ledgerOf(year int) *ledger { return u.ledgers.of(year) }

// landsIn returns the land that each firm is rated on in a year.
func (u *use) landsIn(year int, without exclusions) []firmLand {
	return u.lands.of(landsKey{year, without})
}

func (u *use) measureLands(k landsKey) []firmLand {
	l := u.ledgerOf(k.year)
	lands := make([]firmLand, len(u.snap.Firms))
	eachChunk(len(lands), func(from, to int) {
		for f := from; f < to; f++ {
			lands[f] = l.landOf(f, u.sites, k.without)
		}
	})
	return lands
}

// memo makes each value once, whoever asks first; the others wait for it.
type memo[K comparable, V any] struct {
	make func(K) V
	mu   sync.Mutex
	made map[K]func() V
}

// keys are those that somebody asked for.
func (m *memo[K, V]) keys() []K {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Keys(m.made))
}

func (m *memo[K, V]) of(k K) V {
	m.mu.Lock()
	v, ok := m.made[k]
	if !ok {
		v = sync.OnceValue(func() V { return m.make(k) })
		if m.made == nil {
			m.made = map[K]func() V{}
		}
		m.made[k] = v
	}
	m.mu.Unlock()
	return v()
}
