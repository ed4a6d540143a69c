package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"muchan/api"
	"muchan/tiles/layers"
)

func FuzzBBox(f *testing.F) {
	for _, s := range []string{"1,2,3,4", "177,65,-177,70", "1,2,3,4,5,6", "NaN,0,0,0", "", ",,,", "1e308,1,1,1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := api.ParseBBox(s)
		if err != nil {
			return
		}
		for _, bound := range api.BoundsOf(b) {
			if !(bound.Min[0] >= -180 && bound.Max[0] <= 180 && bound.Min[1] >= -90 && bound.Max[1] <= 90) || bound.Min[1] > bound.Max[1] || bound.Min[0] > bound.Max[0] {
				t.Errorf("%q gives %v", s, bound)
			}
		}
	})
}

func FuzzDatetime(f *testing.F) {
	for _, s := range []string{"2024-01-01", "../..", "2024-01-01T00:00:00Z/..", "/", "9999-12-31/..", "2024-02-30"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		from, to, err := api.ParseDatetime(s)
		if err == nil && !from.IsZero() && !to.IsZero() && to.Before(from) {
			t.Errorf("%q ends before it begins", s)
		}
	})
}

func FuzzIfNoneMatch(f *testing.F) {
	f.Add(`"a", W/"b"`)
	f.Add("*")
	f.Fuzz(func(t *testing.T, s string) {
		const tag = `"public-00112233445566778899aabbccddeeff"`
		if api.Matches([]string{s}, tag) && !strings.Contains(s, tag) && !strings.Contains(s, "*") {
			t.Errorf("%q matches", s)
		}
	})
}

func FuzzAcceptEncoding(f *testing.F) {
	f.Add("gzip;q=0.5, *;q=0")
	f.Fuzz(func(t *testing.T, s string) {
		if api.AcceptsGzip(s) && !strings.Contains(strings.ToLower(s), "gzip") && !strings.Contains(s, "*") {
			t.Errorf("%q accepts gzip", s)
		}
	})
}

// fuzzRequest sends what the fuzzer made and checks that the answer is whole and keeps the secrets.
func fuzzRequest(t *testing.T, w *world, target string, headers ...string) {
	path, query, _ := strings.Cut(target, "?")
	r := request(http.MethodGet, "/", "")
	r.RequestURI, r.URL = target, &url.URL{Path: path, RawQuery: query}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	if rec.Code >= 500 || rec.Code == 0 {
		t.Errorf("%q: %d %s", target, rec.Code, rec.Body)
	}
	if rec.Code >= 400 {
		var p api.Problem
		if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil || p.Detail == "" {
			t.Errorf("%q: %v %s", target, err, rec.Body)
		}
	}
	if !strings.Contains(target, worldA.firm) && !strings.Contains(target, worldA.code) && (strings.Contains(rec.Body.String(), worldA.firm) || strings.Contains(rec.Body.String(), worldA.code)) {
		t.Errorf("%q gives a secret away", target)
	}
}

func FuzzTilePath(f *testing.F) {
	w := newWorld(f, worldA)
	for _, s := range []string{"parcels/" + tileOfFirst, "parcels/30/0/0.mvt", "buildings/14/0/0.mvt", "parcels/10/-1/0.mvt", "parcels.json"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { fuzzRequest(t, w, "/tiles/"+s) })
}

func FuzzItemsQuery(f *testing.F) {
	w := newWorld(f, worldA)
	l, _ := layers.ByName(layers.Parcels)
	for _, field := range l.Fields {
		f.Add(field.Name + "=1")
	}
	for _, s := range []string{"limit=5&offset=3", "limit=99999999999999999999", "offset=-1", "bbox=1,2,3,4&datetime=../2024-01-01", "year=2023&park=QM"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { fuzzRequest(t, w, parcelItems+"?"+s) })
}

func FuzzCookie(f *testing.F) {
	w := newWorld(f, worldA)
	f.Add("muchan=abc")
	f.Add(`muchan="";;;=`)
	f.Fuzz(func(t *testing.T, s string) { fuzzRequest(t, w, "/api/v1/session", "Cookie", s) })
}

func FuzzAuthorization(f *testing.F) {
	w := newWorld(f, worldA)
	f.Add("Bearer x")
	f.Add("bearer  muchan_A")
	f.Fuzz(func(t *testing.T, s string) {
		for _, token := range w.tokens {
			if strings.Contains(s, token) {
				return
			}
		}
		r := request(http.MethodGet, "/api/v1/summary", "")
		r.Header.Set("Authorization", s)
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		if rec.Code != http.StatusUnauthorized {
			t.Errorf("%q: %d", s, rec.Code)
		}
	})
}
