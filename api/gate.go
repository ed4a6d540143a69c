package api

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// gate lets so many pieces of work run at a time and has the others queue. Each client has a queue of its own and the clients take
// turns, so one who asks for a thousand tiles waits for himself. Who finds his queue full, or waits too long, is turned away.
type gate struct {
	patience time.Duration

	mu      sync.Mutex
	free    int
	queued  int
	queues  map[string][]*waiter
	clients []string // who has a queue, the next one first
}

// waiter stands in a queue until ready is closed.
type waiter struct{ ready chan struct{} }

const (
	longestQueue  = 256  // of one client: several screens of tiles
	mostQueued    = 4096 // of all
	queuePatience = 5 * time.Second
)

func newGate(slots int) *gate {
	return &gate{patience: queuePatience, free: slots, queues: map[string][]*waiter{}}
}

var errBusy = &fault{status: http.StatusServiceUnavailable, code: "busy", wait: 2 * time.Second, detail: words{
	"服务器繁忙，请稍候再试", "the server is busy; try again in a moment",
}}

// enter waits for a turn; whoever got it calls leave. It fails with errBusy, or with the context's error.
func (g *gate) enter(ctx context.Context, client string) error {
	w, err := g.queue(client)
	if w == nil {
		return err
	}
	timer := time.NewTimer(g.patience)
	defer timer.Stop()
	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = errBusy
	}
	if !g.withdraw(client, w) { // it was let in meanwhile
		g.leave()
	}
	return err
}

// queue takes a free slot or a place in the client's queue. It returns nil twice for a slot.
func (g *gate) queue(client string) (*waiter, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.free > 0 {
		g.free--
		return nil, nil
	}
	own := g.queues[client]
	if len(own) >= longestQueue || g.queued >= mostQueued {
		return nil, errBusy
	}
	if len(own) == 0 {
		g.clients = append(g.clients, client)
	}
	w := &waiter{make(chan struct{})}
	g.queues[client] = append(own, w)
	g.queued++
	return w, nil
}

// leave lets the next client's first in, or frees the slot.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.clients) == 0 {
		g.free++
		return
	}
	client := g.clients[0]
	w := g.queues[client][0]
	g.remove(client, 0)
	if len(g.queues[client]) > 0 { // its next turn comes after everybody else's
		g.clients = append(g.clients[1:], client)
	}
	close(w.ready)
}

// withdraw takes a waiter out of the queue; it is false when he is not in it any more.
func (g *gate) withdraw(client string, w *waiter) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.queues[client], w)
	if i >= 0 {
		g.remove(client, i)
	}
	return i >= 0
}

// remove takes a waiter out of a client's queue, and the client out when it was the last.
func (g *gate) remove(client string, i int) {
	g.queued--
	if g.queues[client] = slices.Delete(g.queues[client], i, i+1); len(g.queues[client]) == 0 {
		delete(g.queues, client)
		g.clients = slices.DeleteFunc(g.clients, func(c string) bool { return c == client })
	}
}
