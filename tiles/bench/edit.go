package main

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"muchan/api"
	"muchan/geo"
	"muchan/parcels"
	"muchan/tiles"
)

// editZoom is the zoom level of the tiles that readers ask for meanwhile, and of the one that is watched.
const editZoom = 14

// measureEdits measures how long it takes until a tile shows what was written into the store, while wrk asks for tiles without a pause, and
// what that costs the others.
func (b *bench) measureEdits(ctx context.Context, s kept, subject parcels.Parcel) error {
	cfg, err := configOver(s.store)
	if err != nil {
		return err
	}
	file, err := b.writeScript(editZoom)
	if err != nil {
		return err
	}
	return b.withLoaded(ctx, cfg, func(server *api.Server) error {
		return serving(ctx, server.Run, func(url string) error {
			debug.FreeOSMemory()
			if err := b.tellMemory(s.name+", started", server); err != nil {
				return err
			}
			if err := b.fetch(ctx, url); err != nil {
				return err
			}
			normal, err := wrk(ctx, url, file, true, 2*b.each)
			if err != nil {
				return err
			}
			var seen []time.Duration
			var busy measurement
			took := steps{}
			group, loaded := errgroup.WithContext(ctx)
			length := time.Duration(4*b.rounds) * b.each
			group.Go(func() (err error) {
				busy, err = wrk(loaded, url, file, true, length)
				return err
			})
			group.Go(func() (err error) {
				seen, err = editFor(loaded, length-b.each, s.store, url, subject, func() { took.note(server) })
				return err
			})
			if err := group.Wait(); err != nil {
				return err
			}
			slices.Sort(seen)
			b.step("%s: %d edits, each in its tile after %v (median; longest %v); tiles/s %.0f and p99 %v without edits, %.0f and %v with; none failed",
				s.name, len(seen), seen[len(seen)/2].Round(time.Millisecond), seen[len(seen)-1].Round(time.Millisecond),
				normal.perSecond, normal.p99, busy.perSecond, busy.p99)
			b.step("%s: of these, median of each step: %v", s.name, took)
			return b.tellMemory(s.name+", after the edits", server)
		})
	})
}

// tellMemory tells what the process and the image of the parcels take.
func (b *bench) tellMemory(when string, server *api.Server) error {
	m, err := memory()
	b.step("%s: the process takes %d MB; bytes a parcel: %s", when, m, imageBytes(server, b.parcels))
	return err
}

// editFor changes a parcel again and again and waits each time until its tile changes.
func editFor(ctx context.Context, long time.Duration, store parcels.Store, url string, p parcels.Parcel, after func()) (seen []time.Duration, err error) {
	address := url + path(tileOf(editZoom, p.Shape.Bound().Center()))
	tag, err := tagOf(ctx, address)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(long); len(seen) == 0 || time.Now().Before(until); {
		p.Shape = moved(p.Shape)
		begun := time.Now()
		if _, err := store.Apply(ctx, parcels.Change{Who: "bench", Why: "an edit", When: begun, Rows: parcels.Rows{Parcels: []parcels.Parcel{p}}}); err != nil {
			return nil, err
		}
		if tag, err = awaitOther(ctx, address, tag); err != nil {
			return nil, err
		}
		seen = append(seen, time.Since(begun))
		after()
		time.Sleep(time.Second)
	}
	return seen, nil
}

// awaitOther asks for a tile until it is another one.
func awaitOther(ctx context.Context, address, tag string) (string, error) {
	for {
		next, err := tagOf(ctx, address)
		if err != nil || next != tag {
			return next, err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// moved is a shape two units of the tile to the east.
func moved(s geo.Shape) geo.Shape {
	out := s.Clone()
	for _, polygon := range out {
		for _, ring := range polygon {
			for i := range ring {
				ring[i][0] += 2 * 360.0 / (tiles.Extent << editZoom)
			}
		}
	}
	return out
}

func tagOf(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, address, nil)
	if err != nil {
		return "", err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	res.Body.Close()
	if tag := res.Header.Get("ETag"); res.StatusCode == http.StatusOK && strings.HasPrefix(tag, `"`) {
		return tag, nil
	}
	return "", fmt.Errorf("%s: %s", address, res.Status)
}
