package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"muchan/api"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// enterAll lets a client queue n times; who is let in is told to entered.
func enterAll(t *testing.T, g api.Gate, client string, n int, entered chan<- string, group *sync.WaitGroup) {
	for range n {
		group.Go(func() {
			if err := g.Enter(t.Context(), client); err != nil {
				t.Errorf("%s: %v", client, err)
				return
			}
			entered <- client
		})
		synctest.Wait()
	}
}

// A client with a hundred pieces of work and one who comes later with three take turns: the later one's third is the sixth.
func TestGateLetsClientsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := api.NewGate(1, time.Minute)
		if err := g.Enter(t.Context(), "first"); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		entered := make(chan string, 200)
		enterAll(t, g, "greedy", 100, entered, &group)
		enterAll(t, g, "fair", 3, entered, &group)
		if waiters, clients := g.Queued(); waiters != 103 || clients != 2 {
			t.Errorf("%d of %d clients wait", waiters, clients)
		}
		fair := 0
		for n := range 103 {
			g.Leave()
			synctest.Wait()
			if <-entered == "fair" {
				if fair++; n > 2*fair {
					t.Errorf("the fair client's number %d came after %d", fair, n)
				}
			}
		}
		g.Leave()
		group.Wait()
		if waiters, clients := g.Queued(); waiters != 0 || clients != 0 || fair != 3 {
			t.Errorf("%d waiters and %d clients are left, %d were fair", waiters, clients, fair)
		}
	})
}

// Who waits too long, hangs up or finds his queue full is turned away, and leaves no trace.
func TestGateTurnsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := api.NewGate(1, 5*time.Second)
		if err := g.Enter(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		if err := g.Enter(t.Context(), "b"); !errors.Is(err, api.Busy) || time.Since(begun) != 5*time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := g.Enter(gone, "b"); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		waiting, stop := context.WithCancel(t.Context())
		var group sync.WaitGroup
		for range api.LongestQueue {
			group.Go(func() { _ = g.Enter(waiting, "greedy") })
		}
		synctest.Wait()
		begun = time.Now()
		if err := g.Enter(t.Context(), "greedy"); !errors.Is(err, api.Busy) || time.Since(begun) != 0 {
			t.Errorf("a full queue: %v after %v", err, time.Since(begun))
		}
		stop()
		group.Wait()
		if waiters, clients := g.Queued(); waiters != 0 || clients != 0 {
			t.Errorf("%d waiters and %d clients are left", waiters, clients)
		}
		g.Leave()
		if err := g.Enter(t.Context(), "c"); err != nil {
			t.Errorf("the worker is lost: %v", err)
		}
		g.Leave()
	})
}

// Work that panics does so for whom it is done, and nobody else: the worker goes on with what waits.
func TestGateOutlivesAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := api.NewGate(1, time.Minute)
		if err := g.Enter(t.Context(), "first"); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		var met any
		group.Go(func() {
			defer func() { met = recover() }()
			_ = g.Do(t.Context(), "second", func() { panic("spoiled") })
		})
		synctest.Wait()
		done := false
		group.Go(func() {
			if err := g.Do(t.Context(), "third", func() { done = true }); err != nil {
				t.Errorf("the third: %v", err)
			}
		})
		synctest.Wait()
		g.Leave()
		group.Wait()
		if text := fmt.Sprint(met); !strings.HasPrefix(text, "spoiled\n") || !strings.Contains(text, "gate_test.go") || !done {
			t.Errorf("the second met %v; the third's work is done: %v", met, done)
		}
	})
}

// Whoever waits for a tile that is being made holds no worker, and may go.
func TestWaitingForATileHoldsNoWorker(t *testing.T) {
	w := newWorld(t, worldA)
	ask, end := w.server.BeingMade(layers.Parcels, tiles.Address{Z: 14, X: 13600, Y: 7000})
	var group sync.WaitGroup
	for range 2 * api.Workers() {
		group.Go(func() {
			if err := ask(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := ask(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("who left is told %v", err)
	}
	gate := w.server.TileGate()
	idle := func() bool { return gate.Free() == api.Workers() }
	eventually(t, "workers who have nothing to do", idle)
	for range api.Workers() {
		if err := gate.Enter(t.Context(), "others"); err != nil {
			t.Fatal(err)
		}
	}
	for range api.Workers() {
		gate.Leave()
	}
	end()
	group.Wait()
}

// Work that has begun is finished, and whoever hung up meanwhile is told nothing else.
func TestGateFinishesWhatIsBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := api.NewGate(1, time.Second)
		for _, queued := range []bool{false, true} {
			if queued {
				if err := g.Enter(t.Context(), "other"); err != nil {
					t.Fatal(err)
				}
				go func() {
					synctest.Wait()
					g.Leave()
				}()
			}
			ctx, hangUp := context.WithCancel(t.Context())
			done := false
			err := g.Do(ctx, "a", func() {
				hangUp()
				time.Sleep(time.Minute)
				done = true
			})
			if err != nil || !done {
				t.Errorf("queued %v: %v, done %v", queued, err, done)
			}
		}
	})
}

// A server whose encoders are all at work says when to come back, and goes on answering with what lies ready.
func TestOverload(t *testing.T) {
	w := newWorld(t, worldA)
	kept := "/tiles/parcels/" + tileOfFirst
	if got := w.get("public", kept).Code; got != http.StatusOK {
		t.Fatal(got)
	}
	gate := w.server.TileGate()
	idle := func() bool { return gate.Free() == api.Workers() }
	eventually(t, "workers who have nothing to do", idle)
	for range api.Workers() {
		if err := gate.Enter(t.Context(), "others"); err != nil {
			t.Fatal(err)
		}
	}
	w.server.Impatient()
	for _, role := range roles {
		rec := w.get(role, "/tiles/parks/"+tileOfFirst)
		if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" || rec.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", role, rec.Code, rec.Header())
		}
	}
	if rec := w.get("public", kept); rec.Code != http.StatusOK || rec.Header().Get("Server-Timing") != "kept" {
		t.Errorf("a kept tile: %d %v", rec.Code, rec.Header())
	}
	for range api.Workers() {
		gate.Leave()
	}
	eventually(t, "workers who have nothing to do again", idle)
	if got := w.get("public", "/tiles/parks/"+tileOfFirst).Code; got != http.StatusOK {
		t.Errorf("afterwards: %d", got)
	}
}
