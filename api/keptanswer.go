package api

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// keptCounts count what answerKept answers, as answers of the tile route. Finding a counter by its labels costs as much as the rest of the
// answer.
type keptCounts struct {
	route  *route
	status map[int]prometheus.Counter
}

func (m *metrics) keptCounts(r *route) keptCounts {
	k := keptCounts{r, map[int]prometheus.Counter{}}
	for _, status := range []int{http.StatusOK, http.StatusNoContent, http.StatusNotModified} {
		k.status[status] = m.requests.WithLabelValues(r.template, strconv.Itoa(status))
	}
	return k
}

// answerKept answers the most frequent request of all, a tile that lies ready for a reader without a sign-in, and is false for every other.
// Whatever it takes, the table of routes answers alike (TestKeptAnswers holds each against the other): so it takes only what is written
// as maps write it, and needs no checks but its own. It takes a third of the processor's time of the way through the table.
func (s *Server) answerKept(w http.ResponseWriter, r *http.Request, begun time.Time) bool {
	if !simple(r) || s.log.Enabled(r.Context(), slog.LevelDebug) {
		return false
	}
	layer, at, ok := plainTilePath(r.URL.Path)
	image := s.live.image()
	if !ok || image == nil || s.live.since.Load() != nil {
		return false
	}
	d := image.drawings[layers.Public][layer]
	if d == nil || at.Z < d.image.Layer.MinZoom {
		return false
	}
	cache := asksAgain
	switch r.URL.RawQuery {
	case "":
	case image.publicQuery:
		cache = keepsHour
	default:
		return false
	}
	tile, ready := s.tiles.lookUp(d, at, preferred(r.Header.Get("Accept-Encoding")))
	if !ready {
		return false
	}
	h := w.Header()
	s.headers.setIn(h)
	if s.https(r) {
		h["Strict-Transport-Security"] = onlyHTTPS
	}
	h["Cache-Control"], h["Vary"], h["Server-Timing"] = cache, byReader, liesReady
	s.keptTiles.status[tile.send(w, r)].Inc()
	s.keptTiles.route.duration.Observe(time.Since(begun).Seconds())
	s.metrics.keptTiles.Inc()
	return true
}

// simple reports whether a request reads, brings nothing along, and is of nobody we could know.
func simple(r *http.Request) bool {
	h := r.Header
	return r.Method == http.MethodGet && r.ContentLength == 0 && r.URL.RawPath == "" && h["Authorization"] == nil && h["Cookie"] == nil
}

// plainTilePath reads /tiles/{layer}/{z}/{x}/{y}.mvt.
func plainTilePath(path string) (layer string, at tiles.Address, ok bool) {
	rest, ok := strings.CutPrefix(path, "/tiles/")
	if !ok {
		return "", at, false
	}
	layer, rest, _ = strings.Cut(rest, "/")
	z, rest, _ := strings.Cut(rest, "/")
	x, y, _ := strings.Cut(rest, "/")
	if y, ok = strings.CutSuffix(y, ".mvt"); !ok {
		return "", at, false
	}
	at, err := tiles.ParseAddress(z, x, y)
	return layer, at, err == nil
}
