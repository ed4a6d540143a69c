package main

import (
	"context"
	"slices"

	"muchan/api"
	"muchan/parcels"
)

// slice narrows a store to some parks, so that a zone can be spread over a server per park. All parks when none is named.
func slice(store parcels.Store, parks []string) api.Source {
	if len(parks) == 0 {
		return store
	}
	return parkSlice{store, parks}
}

type parkSlice struct {
	parcels.Store
	parks []string
}

// Snapshot keeps the parks, what stands in them, and the firms that were ever there. A firm's occupancies elsewhere stay, so that
// its money is not put on this slice's parcels alone.
func (s parkSlice) Snapshot(ctx context.Context, asOf parcels.Date) (*parcels.Snapshot, error) {
	whole, err := s.Store.Snapshot(ctx, asOf)
	if err != nil {
		return nil, err
	}
	in := func(park string) bool { return slices.Contains(s.parks, park) }
	firms := map[string]bool{}
	for i := range whole.Occupancies {
		o := &whole.Occupancies[i]
		if p := whole.Parcel(o.Parcel); p != nil && in(p.Park) {
			firms[o.USCC] = true
		}
	}
	here := func(code string) bool { p := whole.Parcel(code); return p != nil && in(p.Park) }
	rows := parcels.Rows{
		Parks:        keep(whole.Parks, func(p *parcels.Park) bool { return in(p.Code) }),
		Zones:        keep(whole.Zones, func(z *parcels.Zone) bool { return in(z.Park) }),
		Parcels:      whole.Parcels.Where(func(p *parcels.Parcel) bool { return in(p.Park) }),
		Buildings:    whole.Buildings.Where(func(b *parcels.Building) bool { return here(b.Parcel) }),
		Firms:        keep(whole.Firms, func(f *parcels.Firm) bool { return firms[f.USCC] }),
		Occupancies:  keep(whole.Occupancies, func(o *parcels.Occupancy) bool { return firms[o.USCC] }),
		Figures:      whole.Figures.Where(func(f *parcels.Figures) bool { return firms[f.USCC] }),
		Events:       keep(whole.Events, func(e *parcels.Event) bool { return firms[e.USCC] || here(e.Parcel) }),
		Targets:      whole.Targets,
		TargetValues: whole.TargetValues,
	}
	return parcels.NewSnapshot(whole.Version, asOf, rows), nil
}

// Since reads everything: what was written elsewhere may bring a firm here.
func (s parkSlice) Since(ctx context.Context, _ *parcels.Snapshot, asOf parcels.Date) (*parcels.Snapshot, error) {
	return s.Snapshot(ctx, asOf)
}

func keep[T any](rows []T, want func(*T) bool) []T {
	var kept []T
	for i := range rows {
		if want(&rows[i]) {
			kept = append(kept, rows[i])
		}
	}
	return kept
}
