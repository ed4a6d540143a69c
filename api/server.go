package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"muchan/api/audit"
	"muchan/api/auth"
	"muchan/parcels"
	"muchan/scoring"
)

// The limits of every connection.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 2 * time.Minute
	idleTimeout   = 2 * time.Minute
	drainTimeout  = 9 * time.Second
	maxHeader     = 32 << 10
	maxTarget     = 8 << 10
	maxBody       = 64 << 10
)

// Server answers HTTP. Make one with New, start it with Run.
type Server struct {
	Config
	log         *slog.Logger
	accounts    *auth.Accounts
	sessions    *auth.Sessions
	guesses     *auth.Guesses
	audit       *audit.Log
	crossOrigin *http.CrossOriginProtection
	publicURL   *url.URL
	proxies     []netip.Prefix
	live        *live
	page        *page
	metrics     *metrics
	mux         *http.ServeMux
	routes      []route
	headers     headers // of every answer
	compressor  *compressor
	tiles       *tileCache
	trials      trials
	exporting   trials        // of readers who signed in
	strangers   trials        // exports of those who did not: they are never in the staff's way
	exportWait  time.Duration // how long one waits for its turn
	verdicts    verdicts
	staging     *staging
	keptTiles   keptCounts
	stopping    atomic.Bool
}

// New makes a server that has no image yet. It fails when the configuration or the route table is incomplete.
func New(cfg Config) (*Server, error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	s := &Server{
		Config: cfg, log: cfg.Log, accounts: cfg.Accounts, audit: cfg.Audit, publicURL: cfg.PublicURL, proxies: cfg.TrustedProxies,
		sessions: auth.NewSessions(cfg.Accounts, cfg.Now), guesses: auth.NewGuesses(cfg.Now),
		crossOrigin: http.NewCrossOriginProtection(), metrics: newMetrics(), trials: make(trials, maxTrials), exporting: make(trials, maxExports),
		strangers: make(trials, maxStrangers), exportWait: exportWait, compressor: newCompressor(), headers: headersFor(cfg.Basemap),
	}
	s.tiles = newTileCache(uint64(max(cfg.TileCache, 1)), s.compressor)
	s.tiles.whole, s.tiles.anew, s.tiles.keepsNone = cfg.WholeTiles, cfg.TilesAnew, cfg.TilesAnew || cfg.TileCache < 0
	if s.publicURL != nil {
		if err := s.crossOrigin.AddTrustedOrigin(s.publicURL.Scheme + "://" + s.publicURL.Host); err != nil {
			return nil, fmt.Errorf("api: public URL: %w", err)
		}
	}
	s.staging = newStaging(cfg.Staging, cfg.MaxUpload, cfg.Now)
	if err := s.staging.clear(); err != nil {
		return nil, err
	}
	var err error
	if s.page, err = newPage(cfg.Page); err != nil {
		return nil, err
	}
	serials := &atomic.Uint64{}
	s.live = &live{
		tiles:  s.tiles,
		source: cfg.Source, now: cfg.Now, log: cfg.Log, built: s.metrics.built, kick: make(chan struct{}, 1), cold: make(chan struct{}, 1), rest: defaultRest, garbage: collector{collect: runtime.GC, log: cfg.Log},
		book: cfg.book,
		prepare: func(snapshot *parcels.Snapshot, runs []parcels.Run, book scoring.Book, at time.Time) *state {
			return &state{snapshot: snapshot, runs: runs, years: snapshot.Years(), rules: book, builtAt: at, score: cfg.Score, serials: serials, earlier: s.live.image, fiction: cfg.Fiction(snapshot)}
		},
	}
	return s, s.mount(table())
}

// Load makes the first image. Run does it too, but a caller that wants to fail early, or to be ready when it says so, loads first.
func (s *Server) Load(ctx context.Context) error { return s.live.rebuild(ctx) }

// Handler answers requests. It is safe to use before Load: it then says that it is not ready.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.answer) }

// Run serves on a listener until ctx ends, then says that it is not ready, finishes the requests in flight within ten seconds,
// and returns nil. It closes the listener.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ConnContext: withPieces, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	if s.live.head.Load() == nil {
		s.live.poke()
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.live.run(ctx) })
	group.Go(func() error {
		if err := server.Serve(pieceListener{listener}); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		s.stopping.Store(true)
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
		defer cancel()
		if err := server.Shutdown(drain); err != nil {
			s.log.Warn("requests were cut off at the stop", "error", err)
			_ = server.Close()
		}
		return nil
	})
	return group.Wait()
}

// answer takes one request.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	if begun := time.Now(); !s.answerKept(w, r, begun) {
		s.answerByTable(w, r, begun)
	}
}

// answerByTable takes one request: number, limits, headers, dispatch, and an answer whatever happens.
func (s *Server) answerByTable(w http.ResponseWriter, r *http.Request, begun time.Time) {
	out := &watched{ResponseWriter: w}
	c := &call{s: s, w: out, r: r, body: r.Body}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	s.headers.setIn(out.Header())
	ofDocuments.setIn(out.Header())
	defer func() {
		if p := recover(); p != nil {
			s.panicked(c, out, p)
		}
		s.metrics.request(c.route, out.status, time.Since(begun))
		if s.log.Enabled(r.Context(), slog.LevelDebug) {
			s.log.LogAttrs(r.Context(), slog.LevelDebug, "request", slog.String("request", c.id()), slog.String("route", c.template()),
				slog.Int("status", out.status), slog.Duration("took", time.Since(begun)))
		}
	}()
	if err := c.dispatch(); err != nil {
		if out.status != 0 {
			s.log.Error("answer broke off", "request", c.id(), "route", c.template(), "error", err)
			panic(http.ErrAbortHandler)
		}
		c.fail(err)
	}
}

// panicked turns a panic into a problem, or cuts the connection when the answer had begun.
func (s *Server) panicked(c *call, out *watched, p any) {
	if p == http.ErrAbortHandler { //nolint:errorlint // the sentinel is compared by value, as net/http does
		panic(p)
	}
	s.log.Error("panic", "request", c.id(), "route", c.template(), "panic", p, "stack", string(debug.Stack()))
	if out.status != 0 {
		panic(http.ErrAbortHandler)
	}
	c.w = out
	c.fail(fmt.Errorf("panic: %v", p))
}

// watched remembers the status of an answer.
type watched struct {
	http.ResponseWriter
	status int
}

// WriteHeader passes the first status on.
func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
		w.ResponseWriter.WriteHeader(status)
	}
}

// Write sends 200 first when no status was sent.
func (w *watched) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController through.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
