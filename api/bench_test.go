package api_test

import (
	"fmt"
	"net/http"
	"testing"
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
