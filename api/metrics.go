package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// metrics count by route template, never by address, so that they hold nobody's data and stay few.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	tiles    *prometheus.CounterVec

	keptTiles prometheus.Counter // of tiles
	build     prometheus.Gauge
	steps     *prometheus.GaugeVec
	held      *prometheus.GaugeVec
	version   prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "muchan_requests_total", Help: "Requests by route template and status.",
		}, []string{"route", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "muchan_request_seconds", Help: "Time to answer by route template.",
			Buckets: []float64{.0005, .001, .005, .01, .05, .1, .5, 1, 5, 30},
		}, []string{"route"}),
		tiles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "muchan_tiles_total", Help: "Tiles asked for: kept ones, made ones and those that nobody had time for.",
		}, []string{"how"}),
		build: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "muchan_image_build_seconds", Help: "Time the current image took to build.",
		}),
		steps: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "muchan_image_step_seconds", Help: "Time that each step of building the current image took: read, scored, tabled, drawn, swapped.",
		}, []string{"step"}),
		held: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "muchan_image_bytes", Help: "Memory of the current image's tiles by layer: the outlines, which all share, and each audience's attributes.",
		}, []string{"layer", "part"}),
		version: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "muchan_snapshot_version", Help: "Store version of the current image.",
		}),
	}
	m.keptTiles = m.tiles.WithLabelValues("kept")
	m.registry.MustRegister(m.requests, m.duration, m.tiles, m.build, m.steps, m.held, m.version, collectors.NewGoCollector())
	return m
}

// request counts an answer; its route is nil when it has none.
func (m *metrics) request(r *route, status int, took time.Duration) {
	if r == nil {
		m.requests.WithLabelValues("none", strconv.Itoa(status)).Inc()
		m.duration.WithLabelValues("none").Observe(took.Seconds())
		return
	}
	m.requests.WithLabelValues(r.template, strconv.Itoa(status)).Inc()
	r.duration.Observe(took.Seconds())
}

// built notes what came of making an image.
func (m *metrics) built(image *Image, took time.Duration, steps []lap) {
	m.build.Set(took.Seconds())
	for _, l := range steps {
		m.steps.WithLabelValues(l.step).Set(l.took.Seconds())
	}
	counted := map[*tiles.Image]bool{} // one that audiences share is the lowest's
	for a, drawings := range image.drawings {
		for layer, d := range drawings {
			bytes := d.image.Bytes()
			if counted[d.image] {
				bytes = 0
			}
			counted[d.image] = true
			m.held.WithLabelValues(layer, "outlines").Set(float64(d.image.GroundBytes()))
			m.held.WithLabelValues(layer, layers.Audience(a).String()).Set(float64(bytes))
		}
	}
	m.version.Set(float64(image.Snapshot.Version))
}

// Metrics answers in the format of Prometheus. It belongs on a listener of its own, never on the public one.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
}
