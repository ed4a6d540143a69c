package api

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"muchan/parcels"
	"muchan/scoring"
)

// live holds the current images and keeps them current. Readers take one pointer and never wait for a rebuild.
type live struct {
	source  Source
	prepare func(*parcels.Snapshot, []parcels.Run, scoring.Book, time.Time) *state
	book    func([]parcels.RuleText) (scoring.Book, error)
	now     func() time.Time
	log     *slog.Logger
	built   func(image *Image, took time.Duration, steps []lap)
	tiles   *tileCache

	head    atomic.Pointer[generation]
	since   atomic.Pointer[time.Time]          // stale since
	waiting staleTiles                         // that the current image changed, or one before it
	kick    chan struct{}                      // rebuild
	cold    chan struct{}                      // a new image has no history yet
	once    sync.Mutex                         // one rebuild at a time
	making  sync.Mutex                         // held while an image is made of what was read
	rest    time.Duration                      // see defaultRest
	yield   atomic.Pointer[context.CancelFunc] // ends what is done at leisure; nil before the first
	garbage collector
}

// How often the store is asked for its version although it tells changes by itself, and how long a failed rebuild waits.
const (
	heartbeat    = 5 * time.Second
	askTimeout   = 3 * time.Second
	buildTimeout = 5 * time.Minute
	firstRetry   = 200 * time.Millisecond
	lastRetry    = 30 * time.Second
)

// zone is where the zone's days begin.
var zone = time.FixedZone("Asia/Shanghai", 8*60*60) // no summer time since 1992

func (l *live) current() (*Image, error) {
	if g := l.head.Load(); g != nil {
		return g.image, nil
	}
	return nil, errNotReady
}

// image is the current image, nil before the first.
func (l *live) image() *Image {
	if g := l.head.Load(); g != nil {
		return g.image
	}
	return nil
}

// of returns the image of a year, building it when nobody asked for it yet.
func (l *live) of(ctx context.Context, year int) (*Image, error) {
	g := l.head.Load()
	if g == nil {
		return nil, errNotReady
	}
	return g.of(ctx, year)
}

func (l *live) staleSince() (time.Time, bool) {
	if t := l.since.Load(); t != nil {
		return *t, true
	}
	return time.Time{}, false
}

// rebuild reads the store, makes the image of the latest year and swaps it in. When it fails the old image stays and is stale.
func (l *live) rebuild(ctx context.Context) (err error) {
	l.once.Lock()
	defer l.once.Unlock()
	defer func() {
		if p := recover(); p != nil {
			l.stale()
			err = fmt.Errorf("rebuild: panic: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, buildTimeout)
	defer cancel()
	begun, laps := l.now(), startLaps()
	done := l.garbage.watch()
	g, err := l.load(ctx, begun, laps)
	if err != nil {
		l.stale()
		return fmt.Errorf("rebuild: %w", err)
	}
	l.swap(g)
	laps.done("swapped")
	done()
	l.since.Store(nil)
	l.built(g.image, l.now().Sub(begun), laps.steps)
	return nil
}

// swap gives readers the next state. Kept tiles that it does not change stay; the others are made anew in the background.
func (l *live) swap(g *generation) {
	stale := l.tiles.carry(l.image(), g.image)
	l.head.Store(g)
	l.waiting.add(stale)
}

func (l *live) load(ctx context.Context, at time.Time, laps *laps) (*generation, error) {
	var before *parcels.Snapshot
	if now := l.image(); now != nil {
		before = now.Snapshot
	}
	snapshot, err := l.source.Since(ctx, before, parcels.DateIn(at, zone))
	if err != nil {
		return nil, err
	}
	runs, err := l.source.Runs(ctx)
	if err != nil {
		return nil, err
	}
	texts, err := l.source.Rules(ctx)
	if err != nil {
		return nil, err
	}
	book, err := l.book(texts)
	if err != nil {
		return nil, err
	}
	laps.done("read")
	l.making.Lock()
	defer l.making.Unlock()
	return newGeneration(l.prepare(snapshot, runs, book, at), laps)
}

func (l *live) stale() {
	if l.head.Load() == nil || l.since.Load() != nil {
		return
	}
	t := l.now()
	l.since.Store(&t)
}

// run keeps the image current until ctx ends.
func (l *live) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { l.watch(ctx); return nil })
	group.Go(func() error { l.beat(ctx); return nil })
	group.Go(func() error { l.follow(ctx); return nil })
	group.Go(func() error { l.warm(ctx); return nil })
	return group.Wait()
}

// watch listens to the store; a watch that breaks is begun anew.
func (l *live) watch(ctx context.Context) {
	for ctx.Err() == nil {
		err := l.source.Watch(ctx, func(int64) { l.poke() })
		if ctx.Err() != nil {
			return
		}
		l.log.Warn("watching the store broke off", "error", err)
		pause(ctx, time.Second)
		l.poke()
	}
}

// beat notices what the watch cannot tell: a store that went away, a lost message, midnight.
func (l *live) beat(ctx context.Context) {
	for pause(ctx, l.untilBeat()) {
		if g := l.head.Load(); g == nil || g.state.snapshot.AsOf != parcels.DateIn(l.now(), zone) {
			l.poke()
			continue
		}
		ask, cancel := context.WithTimeout(ctx, askTimeout)
		version, err := l.source.Version(ask)
		cancel()
		switch g := l.head.Load(); {
		case ctx.Err() != nil:
			return
		case err != nil:
			l.stale()
		case version != g.state.snapshot.Version, l.since.Load() != nil:
			l.poke()
		}
	}
}

// untilBeat is the heartbeat, or the rest of the day when midnight comes first.
func (l *live) untilBeat() time.Duration {
	now := l.now().In(zone)
	y, m, d := now.Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	return max(time.Millisecond, min(heartbeat, midnight.Sub(now)))
}

// follow rebuilds when poked, and again and again, ever slower, while that fails.
func (l *live) follow(ctx context.Context) {
	retry := firstRetry
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.kick:
		}
		if l.upToDate(ctx) {
			continue
		}
		if yield := l.yield.Load(); yield != nil {
			(*yield)()
		}
		if err := l.rebuild(ctx); err != nil && ctx.Err() == nil {
			l.log.Error("the image stays as it was", "error", err)
			if !pause(ctx, retry) {
				return
			}
			retry = min(2*retry, lastRetry)
			l.poke()
			continue
		}
		retry = firstRetry
		l.warmUp()
	}
}

// upToDate says whether the image already shows the store's state, as after several messages about one change.
func (l *live) upToDate(ctx context.Context) bool {
	g := l.head.Load()
	if g == nil || l.since.Load() != nil || g.state.snapshot.AsOf != parcels.DateIn(l.now(), zone) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	version, err := l.source.Version(ctx)
	return err == nil && version == g.state.snapshot.Version
}

func (l *live) poke() {
	select {
	case l.kick <- struct{}{}:
	default:
	}
}

// pause waits and says whether to go on.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
