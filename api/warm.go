package api

import (
	"context"
	"runtime/debug"
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
			l.try(ctx, "tiles", func() error { return l.tiles.refresh(ctx, &l.waiting, l.image, l.afterMaking) })
			if l.settled(ctx) {
				l.ahead(ctx, g)
			}
		}
	}
}

// try does what nobody waits for, and logs why it failed. A panic in it must not end the process: whoever asks for the same will be told.
func (l *live) try(ctx context.Context, what string, work func() error) {
	defer func() {
		if p := recover(); p != nil {
			l.log.Error(what, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	if err := work(); err != nil && ctx.Err() == nil {
		l.log.Error(what, "error", err)
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
	l.try(ctx, "history", func() error { _, err := g.years(ctx); return err })
	if ctx.Err() != nil {
		return
	}
	l.try(ctx, "public sums", func() error { _, err := g.aggregates(); return err })
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
