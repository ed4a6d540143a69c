package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
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
		version: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "muchan_snapshot_version", Help: "Store version of the current image.",
		}),
	}
	m.keptTiles = m.tiles.WithLabelValues("kept")
	m.registry.MustRegister(m.requests, m.duration, m.tiles, m.build, m.steps, m.version, collectors.NewGoCollector())
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

func (m *metrics) built(took time.Duration, steps []lap, version int64) {
	m.build.Set(took.Seconds())
	for _, l := range steps {
		m.steps.WithLabelValues(l.step).Set(l.took.Seconds())
	}
	m.version.Set(float64(version))
}

// Metrics answers in the format of Prometheus. It belongs on a listener of its own, never on the public one.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
}
