package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"muchan/api"
)

// sink takes an answer and counts it.
type sink struct {
	header http.Header
	status int
	bytes  int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(status int)      { s.status = status }
func (s *sink) Write(p []byte) (int, error) { s.bytes += len(p); return len(p), nil }

func (w *world) into(role, target string) *sink {
	r := request(http.MethodGet, target, "")
	if role != "public" {
		r.Header.Set("Authorization", "Bearer "+w.tokens[role])
	}
	s := &sink{header: http.Header{}}
	w.handler.ServeHTTP(s, r)
	return s
}

func crowd(t testing.TB, n int) *world {
	many := worldA
	many.many = n
	return newWorld(t, many)
}

// TestFeaturesAreWrittenWithoutGarbage: ten thousand features cost hardly more allocations than one.
func TestFeaturesAreWrittenWithoutGarbage(t *testing.T) {
	w := crowd(t, 10_000)
	allocations := func(limit int) float64 {
		target := fmt.Sprintf("%s?limit=%d", parcelItems, limit)
		return testing.AllocsPerRun(3, func() {
			if s := w.into("viewer", target); s.status != http.StatusOK {
				t.Errorf("%d", s.status)
			}
		})
	}
	one, all := allocations(1), allocations(10_000)
	if all-one > 50 {
		t.Errorf("%v allocations for one feature, %v for 10 000", one, all)
	}
}

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{1000, 50_000} {
		w := crowd(b, n)
		for name, target := range map[string]string{
			"Items": parcelItems + "?limit=10000", "Filter": parcelItems + "?limit=100&class=D", "Box": parcelItems + "?limit=100&bbox=118.57,24.8,118.9,24.9",
			"Scores": "/api/v1/scores?limit=100&sort=-far", "Summary": "/api/v1/summary", "Panel": "/api/v1/parcels/" + parcelCode(3), "Meta": "/api/v1/meta",
		} {
			b.Run(fmt.Sprintf("%s/parcels=%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s := w.into("viewer", target)
					if s.status != http.StatusOK {
						b.Fatal(s.status)
					}
					b.SetBytes(int64(s.bytes))
				}
			})
		}
	}
}

// BenchmarkKeptTile answers with a tile that lies ready, beside a bare handler that writes the same bytes: alone, and over loopback with
// the client's own work in it.
func BenchmarkKeptTile(b *testing.B) {
	many := worldA
	many.many = 1000
	w := newWorld(b, many, func(cfg *api.Config) { cfg.Log = nil })
	target := "/tiles/parcels/" + tileOfFirst
	first := w.get("public", target, "Accept-Encoding", "gzip")
	body, header := first.Body.Bytes(), first.Header()
	bare := http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Length"} {
			out.Header().Set(name, header.Get(name))
		}
		_, _ = out.Write(body)
	})
	url, _ := w.run(b)
	server := httptest.NewServer(bare)
	defer server.Close()
	for _, c := range []struct {
		name    string
		handler http.Handler
		url     string
	}{{"served", w.handler, url}, {"bare", bare, server.URL}} {
		b.Run("handler/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			begun := processorTime()
			defer func() { b.ReportMetric(float64(processorTime()-begun)/float64(b.N), "cpu-ns/op") }()
			for b.Loop() {
				r := request(http.MethodGet, target, "")
				r.Header.Set("Accept-Encoding", "gzip")
				s := &sink{header: http.Header{}}
				c.handler.ServeHTTP(s, r)
				if s.bytes != len(body) {
					b.Fatal(s.status, s.bytes)
				}
			}
		})
		b.Run("loopback/"+c.name, func(b *testing.B) {
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
			b.SetParallelism(4)
			begun := processorTime()
			defer func() { b.ReportMetric(float64(processorTime()-begun)/float64(b.N), "cpu-ns/op") }()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					r, _ := http.NewRequest(http.MethodGet, c.url+target, nil)
					r.Header.Set("Accept-Encoding", "gzip")
					answer, err := client.Do(r)
					if err != nil {
						b.Error(err)
						return
					}
					n, _ := io.Copy(io.Discard, answer.Body)
					answer.Body.Close()
					if int(n) != len(body) {
						b.Error(answer.Status, n)
						return
					}
				}
			})
		})
	}
}

// processorTime is what the process has used of the processor, which other processes disturb less than the time that went by.
func processorTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it fails for no valid argument
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
