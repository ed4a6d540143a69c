package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"muchan/api"
	"muchan/tiles/layers"
)

// plainBody decodes an answer by its Content-Encoding.
func plainBody(t testing.TB, rec *httptest.ResponseRecorder) []byte {
	t.Helper()
	var r io.Reader = rec.Body
	var err error
	switch rec.Header().Get("Content-Encoding") {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "zstd":
		r, err = zstd.NewReader(r)
	}
	must(t, err)
	b, err := io.ReadAll(r)
	must(t, err)
	return b
}

func TestTileEncodings(t *testing.T) {
	w := newWorld(t, worldA)
	target := "/tiles/parcels/" + tileOfFirst
	plain := w.get("admin", target).Body.Bytes()
	tags := map[string]string{}
	for header, want := range map[string]string{
		"": "", "identity": "", "gzip": "gzip", "gzip, deflate, br, zstd": "zstd", "zstd": "zstd", "zstd;q=0.5, gzip": "gzip",
		"zstd;q=0, gzip": "gzip", "zstd;q=0.5": "zstd", "*": "gzip", "zstd;q=x": "", "gzip;q=0.2, zstd;q=0.2": "zstd",
	} {
		for range 2 { // made, then kept
			rec := w.get("admin", target, "Accept-Encoding", header)
			got := rec.Header().Get("Content-Encoding")
			if got != want || fmt.Sprint(rec.Body.Len()) != rec.Header().Get("Content-Length") {
				t.Errorf("%q: encoding %q, want %q, %d bytes of %s", header, got, want, rec.Body.Len(), rec.Header().Get("Content-Length"))
			}
			tag := rec.Header().Get("ETag")
			if other, ok := tags[got]; ok && other != tag {
				t.Errorf("%q: ETag %s, another answer had %s", header, tag, other)
			}
			tags[got] = tag
			if !bytes.Equal(plainBody(t, rec), plain) {
				t.Errorf("%q: other bytes", header)
			}
			if rec := w.get("admin", target, "Accept-Encoding", header, "If-None-Match", tag); rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
				t.Errorf("%q: %d with its own tag", header, rec.Code)
			}
		}
	}
	if len(tags) != 3 || tags[""] == tags["gzip"] || tags["gzip"] == tags["zstd"] || tags[""] == tags["zstd"] {
		t.Errorf("tags %v", tags)
	}
}

// swapTo gives the store another world's secrets and has the server read it.
func (w *world) swapTo(t *testing.T, s secrets) {
	t.Helper()
	w.store.mu.Lock()
	w.store.secrets = s
	w.store.mu.Unlock()
	w.store.Change()
	version := w.store.version
	eventually(t, "the next version", func() bool { return w.meta(t).Snapshot.Version == version })
}

// While the tiles of one change wait to be made anew, another change comes: those of the first are not forgotten, and are made of the
// newest image.
func TestTilesAfterSwapsThatFollow(t *testing.T) {
	w := newWorld(t, worldA)
	w.run(t)
	w.get("analyst", "/tiles/parcels/"+tileOfFirst)
	gate, taken := w.server.TileGate(), 0
	for ; ; taken++ {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		err := gate.Enter(ctx, "test")
		cancel()
		if err != nil {
			break
		}
	}
	w.swapTo(t, worldB)
	eventually(t, "a tile waits to be made anew", func() bool { waiters, _ := gate.Queued(); return waiters > 0 })
	w.swapTo(t, worldB)
	for range taken {
		gate.Leave()
	}
	eventually(t, "the tile lies ready", func() bool { return w.server.LiesReady(layers.Parcels, layers.Analyst, tileOfFirst) })
}

// After a change of confidential figures the public's tiles lie ready as before, and the analyst's are made anew in the background, so
// that he meets none that is cold or old.
func TestTilesAfterASwap(t *testing.T) {
	w, other := newWorld(t, worldA), newWorld(t, worldB)
	w.run(t)
	target := "/tiles/parcels/" + tileOfFirst
	for _, role := range roles {
		if got := w.get(role, target).Header().Get("Server-Timing"); !strings.HasPrefix(got, "made") {
			t.Errorf("%s: first %s", role, got)
		}
	}
	w.swapTo(t, worldB)
	if got := w.get("public", target).Header().Get("Server-Timing"); got != "kept" {
		t.Errorf("the public's tile was %s", got)
	}
	for _, audience := range []layers.Audience{layers.Viewer, layers.Analyst, layers.Admin} {
		eventually(t, "the new tile lies ready for "+audience.String(), func() bool { return w.server.LiesReady(layers.Parcels, audience, tileOfFirst) })
	}
	for _, role := range roles {
		rec := w.get(role, target)
		if !bytes.Equal(rec.Body.Bytes(), other.get(role, target).Body.Bytes()) || rec.Header().Get("Server-Timing") != "kept" {
			t.Errorf("%s reads an old tile, or one that was %s", role, rec.Header().Get("Server-Timing"))
		}
	}
}

// The kept tiles of all readers together stay within their bound, and nobody misses what was dropped.
func TestKeptTilesAreBounded(t *testing.T) {
	const bound = 20_000
	w := newWorld(t, worldA, func(cfg *api.Config) { cfg.TileCache = bound })
	for z := 8; z <= 16; z++ {
		for _, role := range roles {
			if got := w.get(role, "/tiles/parcels/"+tileAround(z)).Code; got != http.StatusOK && got != http.StatusNoContent {
				t.Errorf("zoom %d as %s: %d", z, role, got)
			}
		}
	}
	if kept := w.server.KeptTiles(); kept > bound || kept == 0 {
		t.Errorf("%d bytes are kept", kept)
	}
	none := newWorld(t, worldA, func(cfg *api.Config) { cfg.TileCache = -1 })
	none.get("public", "/tiles/parcels/"+tileOfFirst)
	if kept := none.server.KeptTiles(); kept > 1 {
		t.Errorf("%d bytes are kept by a server that should keep none", kept)
	}
}

// tileAround is the address of a zoom's tile over the first parcels.
func tileAround(z int) string {
	var deepest, x, y int
	fmt.Sscanf(tileOfFirst, "%d/%d/%d.mvt", &deepest, &x, &y)
	if z > deepest {
		return fmt.Sprintf("%d/%d/%d.mvt", z, x<<(z-deepest), y<<(z-deepest))
	}
	return fmt.Sprintf("%d/%d/%d.mvt", z, x>>(deepest-z), y>>(deepest-z))
}

// In whatever order the roles come to a tile, each gets the bytes that a server that keeps nothing gives it, and a tag of its own.
func TestRolesInEveryOrder(t *testing.T) {
	w := newWorld(t, worldA)
	cold := newWorld(t, worldA, func(cfg *api.Config) { cfg.TileCache = -1 })
	n := 0
	for _, order := range permutations(roles) {
		for _, layer := range []string{"parks", "zones", "parcels", "buildings"} {
			// Each order and layer meets tiles nobody asked for before: years and zooms take turns.
			target := fmt.Sprintf("/tiles/%s/%s?year=%d", layer, tileAround(8+n%11), 2023+n/11%3)
			n++
			last := ""
			for _, role := range append(order, order...) {
				got, want := w.get(role, target, "If-None-Match", last, "Accept-Encoding", "zstd"), cold.get(role, target, "Accept-Encoding", "zstd")
				if got.Code != want.Code || !bytes.Equal(got.Body.Bytes(), want.Body.Bytes()) {
					t.Fatalf("%s as %s in the order %v: %d, want %d, with the same bytes", target, role, order, got.Code, want.Code)
				}
				last = got.Header().Get("ETag")
			}
		}
	}
}

func permutations(of []string) (all [][]string) {
	if len(of) == 0 {
		return [][]string{nil}
	}
	for i := range of {
		rest := append(append([]string{}, of[:i]...), of[i+1:]...)
		for _, p := range permutations(rest) {
			all = append(all, append([]string{of[i]}, p...))
		}
	}
	return all
}

// While data are swapped under load every reader gets whole tiles of his own, and at the end the newest.
func TestTilesUnderSwaps(t *testing.T) {
	a, b := newWorld(t, worldA), newWorld(t, worldB)
	want := map[string][2][]byte{}
	for _, role := range roles {
		target := "/tiles/parcels/" + tileOfFirst
		want[role] = [2][]byte{a.get(role, target).Body.Bytes(), b.get(role, target).Body.Bytes()}
	}
	w := newWorld(t, worldA)
	w.run(t)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for i := range 8 {
		role := roles[i%len(roles)]
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				rec := w.get(role, "/tiles/parcels/"+tileOfFirst, "Accept-Encoding", []string{"", "gzip", "zstd"}[i%3])
				if got := plainBody(t, rec); rec.Code != http.StatusOK || !bytes.Equal(got, want[role][0]) && !bytes.Equal(got, want[role][1]) {
					t.Errorf("%s: %d with %d bytes that are of neither state", role, rec.Code, len(got))
					return
				}
			}
		})
	}
	for n := range 10 {
		w.swapTo(t, []secrets{worldB, worldA}[n%2])
	}
	close(stop)
	group.Wait()
	for _, role := range roles {
		if got := w.get(role, "/tiles/parcels/"+tileOfFirst).Body.Bytes(); !bytes.Equal(got, want[role][0]) {
			t.Errorf("%s reads an old tile at the end", role)
		}
	}
}

// FuzzTileHeaders: whatever a stranger writes in the headers that choose an answer, it is whole.
func FuzzTileHeaders(f *testing.F) {
	w := newWorld(f, worldA)
	target := "/tiles/parcels/" + tileOfFirst
	plain := w.get("public", target).Body.Bytes()
	tag := w.get("public", target).Header().Get("ETag")
	for _, s := range [][2]string{{"gzip, zstd", tag}, {"zstd;q=0.1", "*"}, {"*;q=0", `W/"a", ` + tag}, {"", `"`}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, accept, match string) {
		r := request(http.MethodGet, target, "")
		r.Header["Accept-Encoding"], r.Header["If-None-Match"] = []string{accept}, []string{match}
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		switch rec.Code {
		case http.StatusOK:
			if encoding := rec.Header().Get("Content-Encoding"); encoding != "" && !strings.Contains(strings.ToLower(accept), encoding) && !strings.Contains(accept, "*") {
				t.Errorf("%q was answered in %s", accept, encoding)
			}
			if !bytes.Equal(plainBody(t, rec), plain) {
				t.Errorf("%q: other bytes", accept)
			}
		case http.StatusNotModified:
			if !strings.Contains(match, rec.Header().Get("ETag")) && !strings.Contains(match, "*") || rec.Body.Len() > 0 {
				t.Errorf("%q matches %s", match, rec.Header().Get("ETag"))
			}
		default:
			t.Errorf("%q, %q: %d", accept, match, rec.Code)
		}
	})
}

// Whatever a map may be coloured by stays in tiles that are thinned out, and the squares have it by the same name.
func TestColoursSurviveThinning(t *testing.T) {
	w := newWorld(t, worldA)
	layer, _ := layers.ByName(layers.Parcels)
	var meta struct{ Metrics []struct{ Field string } }
	must(t, json.Unmarshal(w.get("admin", "/api/v1/meta").Body.Bytes(), &meta))
	fields, _ := layer.GridFields()
	for _, m := range meta.Metrics {
		if !slices.Contains(layer.Drawn, m.Field) {
			t.Errorf("%s is not in tiles that are thinned out", m.Field)
		}
		if !slices.ContainsFunc(fields, func(f layers.GridField) bool { return f.Name == m.Field }) {
			t.Errorf("the squares have no %s", m.Field)
		}
	}
	if len(meta.Metrics) == 0 {
		t.Error("nothing to colour by")
	}
	for _, l := range layers.All {
		for _, name := range append(slices.Clone(l.Drawn), l.ID) {
			if !slices.Contains(l.Drawn, name) || !slices.ContainsFunc(l.Fields, func(f layers.Field) bool { return f.Name == name }) {
				t.Errorf("%s: %s is drawn and no field, or the identifier is not drawn", l.Name, name)
			}
		}
	}
}

// What answers kept tiles without the table of routes answers as the table does, header by header, and leaves to it what only that can judge.
func TestKeptAnswers(t *testing.T) {
	w := newWorld(t, worldA, func(cfg *api.Config) { cfg.Log, cfg.PublicURL = nil, &url.URL{Scheme: "https", Host: "muchan.test"} })
	target := "/tiles/parcels/" + tileOfFirst
	meta := w.get("public", "/api/v1/meta").Body.String()
	_, named, _ := strings.Cut(meta, "mvt?")
	query := strings.ReplaceAll(named[:strings.IndexByte(named, '"')], `\u0026`, "&")
	empty, tag := "/tiles/parcels/16/0/0.mvt", w.get("public", target, "Accept-Encoding", "gzip").Header().Get("ETag")
	for _, c := range []struct {
		target  string
		headers []string
		short   bool
	}{
		{target, nil, true},
		{target, []string{"Accept-Encoding", "gzip, deflate, br, zstd"}, true},
		{target, []string{"Accept-Encoding", "gzip", "If-None-Match", tag}, true},
		{target, []string{"Accept-Encoding", "zstd", "If-None-Match", tag}, true},
		{target + "?" + query, []string{"Accept-Encoding", "gzip"}, true},
		{empty, nil, true},
		{"/tiles/parks/" + tileAround(8), nil, true},
		{target + "?year=2025", nil, false},
		{target + "?year=2024", nil, false},
		{target + "?" + query + "&v=x", nil, false},
		{target + "?" + query + "x", nil, false},
		{target + "?token=x", nil, false},
		{target + "/", nil, false},
		{"/tiles/buildings/" + tileOfFirst, nil, false},
		{"/tiles/parcels/7/0/0.mvt", nil, false},
		{"/tiles/parcels/16/00/0.mvt", nil, false},
		{"/tiles/parcels/16/65536/0.mvt", nil, false},
		{"/tiles/parcels/16/0/0.pbf", nil, false},
		{"/tiles/parcels/16/0/0/0.mvt", nil, false},
		{"/tiles/parcels/%31%36/0/0.mvt", nil, false},
		{"/tiles//16/0/0.mvt", nil, false},
		{target, []string{"Cookie", "muchan=x"}, false},
		{target, []string{"Authorization", "Bearer x"}, false},
		{target, []string{"Authorization", "Bearer " + w.tokens["analyst"]}, false},
	} {
		t.Run(fmt.Sprint(c.target, c.headers), func(t *testing.T) {
			ask := func(h http.Handler) *httptest.ResponseRecorder {
				r, rec := request(http.MethodGet, c.target, ""), httptest.NewRecorder()
				for i := 0; i < len(c.headers); i += 2 {
					r.Header.Set(c.headers[i], c.headers[i+1])
				}
				h.ServeHTTP(rec, r)
				return rec
			}
			ask(w.server.ByTable()) // which makes it
			long := ask(w.server.ByTable())
			short := ask(w.server.OnlyKept())
			if taken := short.Code != http.StatusTeapot; taken != c.short {
				t.Fatalf("taken: %v; the table answers %d", taken, long.Code)
			}
			if !c.short {
				return
			}
			if short.Code != long.Code || !bytes.Equal(short.Body.Bytes(), long.Body.Bytes()) || !maps.EqualFunc(short.Header(), long.Header(), slices.Equal) {
				t.Errorf("%d %v with %d bytes, by the table %d %v with %d bytes", short.Code, short.Header(), short.Body.Len(), long.Code, long.Header(), long.Body.Len())
			}
		})
	}
}
