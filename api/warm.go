package api

import (
	"context"
	"time"
)

// defaultRest is how long no other image must have come before what hangs on the current one is made ahead: longer than who edits takes from
// one edit to the next.
const defaultRest = 10 * time.Second

// warm makes the tiles that a new image changed, the most wanted first, and scores the other years ahead of the first reader who asks for
// a parcel's history. That takes longer than to show an edit, so while edits follow each other it waits.
func (l *live) warm(ctx context.Context) {
	l.warmUp()
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.cold:
		}
		if g := l.head.Load(); g != nil {
			if err := l.tiles.refresh(ctx, &l.waiting, l.image, l.afterMaking); err != nil && ctx.Err() == nil {
				l.log.Error("tiles", "error", err)
			}
			if l.settled(ctx) {
				l.ahead(ctx, g)
			}
		}
	}
}

// afterMaking waits while an image is made. That makes stale again what would be made anew meanwhile, and somebody waits to see his edit.
func (l *live) afterMaking() {
	l.making.Lock()
	defer l.making.Unlock()
}

// ahead makes what readers will ask a state for and no tile needs. The next change ends it, and has the processors for itself.
func (l *live) ahead(ctx context.Context, g *generation) {
	ctx, yield := context.WithCancel(ctx)
	defer yield()
	l.yield.Store(&yield)
	if _, err := g.years(ctx); err != nil && ctx.Err() == nil {
		l.log.Error("history", "error", err)
	}
	if ctx.Err() != nil {
		return
	}
	if _, err := g.aggregates(); err != nil {
		l.log.Error("public sums", "error", err)
	}
}

// settled waits until no other image has come for a while, and is false when one came.
func (l *live) settled(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-l.cold:
		l.warmUp()
		return false
	case <-time.After(l.rest):
		return true
	}
}

func (l *live) warmUp() {
	select {
	case l.cold <- struct{}{}:
	default:
	}
}
