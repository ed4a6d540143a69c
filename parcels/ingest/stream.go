package ingest

import (
	"cmp"
	"context"
	"errors"

	"muchan/parcels"
)

// Taker is what taking a file over asks of a store. Every parcels.Store is one.
type Taker interface {
	Keeper
	Load(ctx context.Context, c parcels.Change) (parcels.Loading, error)
	Apply(ctx context.Context, c parcels.Change) (parcels.Receipt, error)
}

// Stream is Prepare for a file that is taken over at once: the rows of a long one go to the store while it is read, in a transaction that
// Staged.Apply commits, so that few are in memory. Staged.Change then has no rows. Where all rows have to be seen together - to show them,
// to relate them to stored ones, to leave the bad ones out - it does what Prepare does. The caller ends the Staged by Apply or Discard.
func Stream(ctx context.Context, store Taker, kind, path string, opt Options) (*Staged, error) {
	s := &Staged{kind: kind, path: path}
	snap, err := look(ctx, store, kind, &opt)
	if err != nil {
		return s, err
	}
	related := opt.Relate && snap != nil && (kind == parcels.BuildingTable.Name || snap.Parcels.Len() > 0)
	if related || opt.Preview > 0 || opt.SkipBad {
		return s, s.prepare(ctx, store, snap, opt)
	}
	f := &feed{load: store.Load}
	opt.feed, opt.part = f, cmp.Or(opt.part, partRows)
	if err = s.prepare(ctx, store, snap, opt); err == nil {
		err = f.end()
	}
	s.opt.feed = nil
	var refused *parcels.RefusedError
	switch {
	case errors.Is(err, parcels.ErrEntangled), errors.As(err, &refused) && s.Report.Errors() == 0: // the store's own refusal, which is Apply's to tell
		f.abandon()
		return Prepare(ctx, store, kind, path, s.opt)
	case err != nil:
		f.abandon()
	case f.begun():
		s.loading = f.loading
	}
	return s, err
}

// Apply takes over what was prepared. The problems of a *parcels.RefusedError name the rows of the file.
func (s *Staged) Apply(ctx context.Context, store Taker) (parcels.Receipt, error) {
	if s.loading == nil {
		receipt, err := store.Apply(ctx, s.Change)
		return receipt, s.locate(err)
	}
	receipt, err := s.loading.Finish(ctx)
	s.loading = nil
	if !errors.Is(err, parcels.ErrEntangled) {
		return receipt, s.locate(err)
	}
	whole, err := Prepare(ctx, store, s.kind, s.path, s.opt)
	if err != nil {
		return parcels.Receipt{}, err
	}
	return whole.Apply(ctx, store)
}

// Discard lets go of what Apply was not called for.
func (s *Staged) Discard() {
	if s.loading != nil {
		s.loading.Abandon()
		s.loading = nil
	}
}
