package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"

	"muchan/api"
	"muchan/api/audit"
	"muchan/api/auth"
	"muchan/tiles"
)

// Names of the contestants.
const (
	oursPlain  = "ours, whole tiles, no cache, no gzip"
	oursZipped = "ours, whole tiles, no cache, gzip"
	oursServed = "ours, tiles as served, no cache, gzip"
	oursCached = "ours, whole tiles, cached, gzip"
	nginxFiles = "nginx, files of the same bytes"
	bareServer = "bare net/http, same bytes from a map"
	asMVT      = "ST_AsMVT through pgbench, no gzip"
)

// measureMade measures tiles that our server makes for each request, and what PostGIS makes meanwhile, unless it is not wanted. Whole tiles
// hold every feature with all attributes at every zoom level, as everybody else's do.
func (b *bench) measureMade(ctx context.Context) error {
	return b.withPostGIS(ctx, func(others []turn) error {
		return b.withServer(ctx, api.Config{TilesAnew: true, WholeTiles: true}, func(whole string) error {
			if err := b.checkAnew(ctx, whole); err != nil {
				return err
			}
			return b.withServer(ctx, api.Config{TilesAnew: true}, func(served string) error {
				return b.takeTurns(ctx, append(others,
					b.wrk(contender{name: oursPlain, url: whole}), b.wrk(contender{name: oursZipped, url: whole, gzip: true}),
					b.wrk(contender{name: oursServed, url: served, gzip: true}))...)
			})
		})
	})
}

// measureKept measures tiles that lie ready: with us, in nginx's files, and in a map.
func (b *bench) measureKept(ctx context.Context) error {
	return b.withServer(ctx, api.Config{TileCache: 4 << 30, WholeTiles: true}, func(ours string) error {
		if err := b.fetch(ctx, contender{url: ours, gzip: true}); err != nil { // which fills the cache
			return err
		}
		return b.withNginx(ctx, func(nginx string) error {
			return b.withBare(ctx, func(bare string) error {
				return b.takeTurns(ctx, b.wrk(contender{name: bareServer, url: bare, gzip: true}), b.wrk(contender{name: oursCached, url: ours, gzip: true}),
					b.wrk(contender{name: nginxFiles, url: nginx, gzip: true}))
			})
		})
	})
}

// checkAnew makes sure that a tile that was just asked for is made again.
func (b *bench) checkAnew(ctx context.Context, url string) error {
	for range 3 {
		res, err := http.Get(url + path(b.lists[zooms[0]].at[0]))
		if err != nil {
			return err
		}
		res.Body.Close()
		if timing := res.Header.Get("Server-Timing"); timing != "made" {
			return fmt.Errorf("a tile without cache is %q", timing)
		}
	}
	return ctx.Err()
}

// withServer runs a server of ours over the zone while something is measured.
func (b *bench) withServer(ctx context.Context, cfg api.Config, measure func(url string) error) error {
	cfg.Source, cfg.Desk, cfg.Score = b.zone, b.zone, b.zone.score
	return b.withLoaded(ctx, cfg, func(server *api.Server) error { return serving(ctx, server.Run, measure) })
}

// withLoaded makes a server that has read its source, and gives its memory back in the end.
func (b *bench) withLoaded(ctx context.Context, cfg api.Config, use func(*api.Server) error) error {
	defer debug.FreeOSMemory()
	dir, err := os.MkdirTemp(b.dir, "server-")
	if err != nil {
		return err
	}
	if cfg.Accounts == nil {
		if cfg.Accounts, err = auth.Open(filepath.Join(dir, "accounts.json"), time.Now); err != nil {
			return err
		}
	}
	if cfg.Audit, err = audit.Open(filepath.Join(dir, "audit.jsonl"), time.Now); err != nil {
		return err
	}
	defer cfg.Audit.Close()
	cfg.Now = asOf.Time
	server, err := api.New(cfg)
	if err != nil {
		return err
	}
	b.step("loading a server")
	if err := server.LoadFirst(ctx); err != nil {
		return err
	}
	return use(server)
}

// serving runs a server on a free port of this machine while something is measured.
func serving(ctx context.Context, run func(context.Context, net.Listener) error, measure func(url string) error) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- run(ctx, l) }()
	err = measure("http://" + l.Addr().String())
	stop()
	<-done
	return err
}

func path(at tiles.Address) string { return fmt.Sprintf("/tiles/parcels/%s.mvt", at) }

// fetch gets every tile of the lists with gzip, for those who serve the same bytes.
func (b *bench) fetch(ctx context.Context, from contender) error {
	for _, list := range b.lists {
		list.bodies = nil
		for _, at := range list.at {
			body, err := from.get(ctx, path(at))
			if err != nil {
				return err
			}
			list.bodies = append(list.bodies, body)
		}
	}
	return nil
}

// asIs leaves answers packed as they come.
var asIs = http.Client{Transport: &http.Transport{DisableCompression: true}}

// ask sends a request as the contender is asked.
func (c contender) ask(ctx context.Context, method, path string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.url+path, nil)
	if err != nil {
		return nil, err
	}
	for name, value := range c.headers() {
		req.Header.Set(name, value)
	}
	return asIs.Do(req)
}

// get returns the body of an answer, which must be packed with gzip unless it is small.
func (c contender) get(ctx context.Context, path string) ([]byte, error) {
	res, err := c.ask(ctx, http.MethodGet, path)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && (res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != "gzip" && len(body) > 1024) {
		err = fmt.Errorf("%s: %s, %s", path, res.Status, res.Header.Get("Content-Encoding"))
	}
	return body, err
}

// withBare runs what net/http can do at most: a map and a Write.
func (b *bench) withBare(ctx context.Context, measure func(url string) error) error {
	bodies := map[string][]byte{}
	for _, list := range b.lists {
		for i, at := range list.at {
			bodies[path(at)] = list.bodies[i]
		}
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := bodies[r.URL.Path]
		h := w.Header()
		h.Set("Content-Type", "application/vnd.mapbox-vector-tile")
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body) // whom the client has left has no use for an error
	})
	run := func(ctx context.Context, l net.Listener) error {
		server := http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
		context.AfterFunc(ctx, func() { server.Close() })
		return server.Serve(l)
	}
	return serving(ctx, run, measure)
}
