package api

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// Row is what tests see of the route table.
type Row struct {
	Method, Pattern string
	Lowest          layers.Audience
	Page            bool
}

// Table lists the routes as they are mounted.
func (s *Server) Table() []Row {
	rows := make([]Row, len(s.routes))
	for i, r := range s.routes {
		rows[i] = Row{r.method, r.pattern, r.who.audience(), r.tag == "page"}
	}
	return rows
}

// MountOne mounts a single route that lacks one part, to see that it is refused.
func MountOne(without string) error {
	r := route{method: "GET", pattern: "/x", who: anyone, cache: revalidate, handle: (*call).livez, doc: words{"甲", "a"}}
	switch without {
	case "audience":
		r.who = noPolicy
	case "caching":
		r.cache = noCaching
	case "handler":
		r.handle = nil
	case "record":
		r.who, r.secret = analysts, false
	}
	return (&Server{metrics: newMetrics()}).mount([]route{r})
}

// For fuzzing what reads a stranger's text.
var (
	ParseBBox   = parseBBox
	WriteTable  = writeTable
	Matches     = matches
	AcceptsGzip = acceptsGzip
)

// BoundsOf are the boxes of a bbox.
func BoundsOf(b bbox) []geo.Bound { return b.bounds() }

// ParseDatetime returns the ends of a span.
func ParseDatetime(s string) (from, to time.Time, err error) {
	p, err := parseDatetime(s)
	return p.from, p.to, err
}

// TakeExports takes every place for strangers' exports, makes the next reader wait no longer than a moment, and returns what gives all
// back.
func TakeExports(s *Server) (free func()) {
	for range cap(s.strangers) {
		s.strangers <- struct{}{}
	}
	wait := s.exportWait
	s.exportWait = time.Millisecond
	return func() {
		s.exportWait = wait
		for range cap(s.strangers) {
			s.strangers.end()
		}
	}
}

// Gate opens the queues before the encoder. Work done through Enter lasts until Leave.
type Gate struct {
	g     *gate
	leave chan struct{}
}

// NewGate has so many workers and turns away who waits longer than patience.
func NewGate(workers int, patience time.Duration) Gate {
	g := newGate(workers)
	g.patience = patience
	return Gate{g, make(chan struct{})}
}

// Do has a client's work done.
func (g Gate) Do(ctx context.Context, client string, work func()) error {
	return g.g.do(ctx, client, work)
}

// Enter returns when a client's work has begun.
func (g Gate) Enter(ctx context.Context, client string) error {
	let, refused := make(chan struct{}), make(chan error, 1)
	go func() {
		refused <- g.g.do(ctx, client, func() {
			close(let)
			<-g.leave
		})
	}()
	select {
	case <-let:
		return nil
	case err := <-refused:
		return err
	}
}

// Leave ends one that has begun.
func (g Gate) Leave() { g.leave <- struct{}{} }

// Workers is how many pieces of work a server does at a time.
func Workers() int { return workers() }

// Free returns how many workers have nothing to do. One who has just done something is free a moment after its answer.
func (g Gate) Free() int {
	g.g.mu.Lock()
	defer g.g.mu.Unlock()
	return g.g.free
}

// Queued returns how many wait, and of how many clients.
func (g Gate) Queued() (waiters, clients int) {
	g.g.mu.Lock()
	defer g.g.mu.Unlock()
	return g.g.queued, len(g.g.clients)
}

// Busy is what who waits too long is told.
var Busy error = errBusy

// LongestQueue is how many of one client may wait.
const LongestQueue = longestQueue

// TileGate is the server's gate, and KeptTiles the bytes of the tiles it keeps.
func (s *Server) TileGate() Gate { return Gate{s.tiles.gate, make(chan struct{})} }

// KeptTiles returns the weight of what is kept, once the cache has tidied up.
func (s *Server) KeptTiles() uint64 {
	s.tiles.kept.CleanUp()
	return s.tiles.kept.WeightedSize()
}

// Impatient makes the server's gate turn away at once who would have to wait. Nobody must be waiting.
func (s *Server) Impatient() { s.tiles.gate.patience = time.Millisecond }

// RestFor sets how long no change must have come before other years are scored ahead.
func (s *Server) RestFor(d time.Duration) { s.live.rest = d }

// LiesReady says whether an audience's uncompressed tile z/x/y.mvt of the current image is kept.
func (s *Server) LiesReady(layer string, audience layers.Audience, address string) bool {
	part := strings.Split(strings.TrimSuffix(address, ".mvt"), "/")
	at, err := tiles.ParseAddress(part[0], part[1], part[2])
	if err != nil {
		return false
	}
	_, ready := s.tiles.lookUp(s.live.image().drawings[audience][layer], at, identity)
	return ready
}

// ByTable answers by the table of routes alone.
func (s *Server) ByTable() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.answerByTable(w, r, time.Now()) })
}

// OnlyKept answers without the table of routes; what it leaves to it gets 418.
func (s *Server) OnlyKept() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.answerKept(w, r, time.Now()) {
			w.WriteHeader(http.StatusTeapot)
		}
	})
}

// Watching returns collector.watch of one that collects by what is given.
func Watching(collect func()) func() (done func()) {
	return (&collector{collect: collect, log: slog.New(slog.DiscardHandler)}).watch
}

// HeapRoom is how much more than was live the heap may hold when the next collection is over.
func HeapRoom() uint64 { return readHeap().goal - readHeap().live }

// HeapMeets is heap.meets.
func HeapMeets(used, live, goal, more uint64) bool {
	return heap{used: used, live: live, goal: goal}.meets(more)
}

// LoadHeadroom is loadHeadroom.
var LoadHeadroom = loadHeadroom

// ShareImage says whether two audiences have one image of a layer.
func (s *Server) ShareImage(layer string, a, b layers.Audience) bool {
	now := s.live.image()
	return now.drawn(int(a), layer) == now.drawn(int(b), layer)
}

// WarnsOf is what the log gets when collections found so many bytes under a memory limit, one after the other.
func WarnsOf(limit int64, live ...uint64) string {
	var log strings.Builder
	c := &collector{log: slog.New(slog.NewTextHandler(&log, nil))}
	for _, bytes := range live {
		c.warn(bytes, limit)
	}
	return log.String()
}

// BeingMade has a tile of a layer as the public gets it be in the making until end is called; ask asks for it.
func (s *Server) BeingMade(layer string, at tiles.Address) (ask func(context.Context) error, end func()) {
	d := s.live.image().drawings[layers.Public][layer]
	key := makingKey{d.serial, d.key(at, identity)}
	m, _ := s.tiles.makings.begin(key)
	ask = func(ctx context.Context) error {
		_, err := s.tiles.make(ctx, "one", d, at, identity)
		return err
	}
	return ask, func() {
		m.tile, m.err = &keptTile{}, nil
		s.tiles.makings.end(key, m)
	}
}
