package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// gate has so many pieces of work done at a time and has the others queue. Each client has a queue of its own and the clients take turns, so
// one who asks for a thousand tiles waits for himself. Who finds his queue full, or waits too long, is turned away.
//
// Workers do it, as many as there are processors, and take the next piece as soon as one is done. Where each client does his own, a processor
// stands idle from when one leaves it until the next has been woken; and with more of them than processors, so that none does, they are in
// each other's way and in the way of those who read and write.
type gate struct {
	patience time.Duration

	mu      sync.Mutex
	free    int // workers who have nothing to do, and so do not run
	queued  int
	queues  map[string][]*piece
	clients []string // who has a queue, the next one first
}

// piece is work that stands in a queue or is being done.
type piece struct {
	work     func()
	done     chan struct{} // closed when it is
	panicked string        // what work panicked with and where; "" if it did not
}

const (
	longestQueue  = 256  // of one client: several screens of tiles
	mostQueued    = 4096 // of all
	queuePatience = 5 * time.Second
)

func newGate(workers int) *gate {
	return &gate{patience: queuePatience, free: workers, queues: map[string][]*piece{}}
}

var errBusy = &fault{status: http.StatusServiceUnavailable, code: "busy", wait: 2 * time.Second, detail: words{
	"服务器繁忙，请稍候再试", "the server is busy; try again in a moment",
}}

// do has a client's work done and returns when it is. It fails with errBusy, or with the context's error, when its turn did not come; what is
// begun is finished. If work panics, do does.
func (g *gate) do(ctx context.Context, client string, work func()) error {
	p := &piece{work: work, done: make(chan struct{})}
	free, err := g.queue(client, p)
	switch {
	case err != nil:
		return err
	case free:
		go g.serve(p)
		<-p.done
	default:
		if err := g.wait(ctx, client, p); err != nil {
			return err
		}
	}
	if p.panicked != "" {
		panic(p.panicked)
	}
	return nil
}

// queue finds a free worker for a piece of work, or gives it a place in the client's queue.
func (g *gate) queue(client string, p *piece) (free bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.free > 0 {
		g.free--
		return true, nil
	}
	own := g.queues[client]
	if len(own) >= longestQueue || g.queued >= mostQueued {
		return false, errBusy
	}
	if len(own) == 0 {
		g.clients = append(g.clients, client)
	}
	g.queues[client] = append(own, p)
	g.queued++
	return false, nil
}

// wait waits until a queued piece of work is done, or takes it back.
func (g *gate) wait(ctx context.Context, client string, p *piece) (err error) {
	timer := time.NewTimer(g.patience)
	defer timer.Stop()
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = errBusy
	}
	if g.withdraw(client, p) {
		return err
	}
	<-p.done // it is begun
	return nil
}

// serve does a piece of work, and then what waits, until nothing does.
func (g *gate) serve(p *piece) {
	for ; p != nil; p = g.next() {
		p.do()
	}
}

func (p *piece) do() {
	defer close(p.done)
	defer func() {
		if died := recover(); died != nil {
			p.panicked = fmt.Sprintf("%v\n%s", died, debug.Stack())
		}
	}()
	p.work()
}

// next takes the next client's first piece of work out of the queues. It is nil when there is none, and the worker is free.
func (g *gate) next() *piece {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.clients) == 0 {
		g.free++
		return nil
	}
	client := g.clients[0]
	p := g.queues[client][0]
	g.remove(client, 0)
	if len(g.queues[client]) > 0 { // its next turn comes after everybody else's
		g.clients = append(g.clients[1:], client)
	}
	return p
}

// withdraw takes work out of the queue; it is false when it is not in it any more.
func (g *gate) withdraw(client string, p *piece) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.queues[client], p)
	if i >= 0 {
		g.remove(client, i)
	}
	return i >= 0
}

// remove takes a piece of work out of a client's queue, and the client out when it was the last.
func (g *gate) remove(client string, i int) {
	g.queued--
	if g.queues[client] = slices.Delete(g.queues[client], i, i+1); len(g.queues[client]) == 0 {
		delete(g.queues, client)
		g.clients = slices.DeleteFunc(g.clients, func(c string) bool { return c == client })
	}
}
