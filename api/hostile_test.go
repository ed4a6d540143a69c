package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"muchan/api"
)

type hostile struct {
	method, target, body string
	status               int
	headers              []string
}

func hostileRequests() []hostile {
	items, tile := "/ogc/collections/parcels/items", "/tiles/parcels/"
	list := []hostile{
		{"POST", "/api/v1/session", `{"token":1}`, 400, nil},
		{"POST", "/api/v1/session", `{"token":"a","name":"b"}`, 400, nil},
		{"POST", "/api/v1/session", `{}`, 400, nil},
		{"POST", "/api/v1/session", `[]`, 400, nil},
		{"POST", "/api/v1/session", `{"token":"a"} {"token":"b"}`, 400, nil},
		{"POST", "/api/v1/session", `{"token":"a","role":"admin"}`, 400, nil},
		{"POST", "/api/v1/session", strings.Repeat("[", 60000), 400, nil},
		{"POST", "/api/v1/session", `{"token":"` + strings.Repeat("x", 70000) + `"}`, 413, nil},
		{"POST", "/api/v1/session", `token=a`, 415, []string{"Content-Type", "application/x-www-form-urlencoded"}},
		{"POST", "/api/v1/session", `{"token":"a"}`, 415, []string{"Content-Type", "text/plain"}},
		{"POST", "/api/v1/session", `{"token":"a"}`, 403, []string{"Sec-Fetch-Site", "cross-site"}},
		{"POST", "/api/v1/session", `{"token":"a"}`, 403, []string{"Origin", "https://evil.example"}},
		{"POST", "/api/v1/session?next=x", `{"token":"a"}`, 400, nil},
		{"DELETE", "/api/v1/session", "", 403, []string{"Sec-Fetch-Site", "same-site"}},
		{"PUT", "/api/v1/meta", "{}", 405, nil},
		{"PATCH", items, "{}", 405, nil},
		{"TRACE", "/api/v1/meta", "", 405, nil},
		{"CONNECT", "/api/v1/meta", "", 405, nil},
		{"BREW", "/nothing/at/all", "", 404, nil},
		{"BREW", "/index.html", "", 405, nil},
		{"BREW", "/api/nothing", "", 404, nil},
		{"GET", "/api/v1/meta?token=secret", "", 400, nil},
		{"GET", "/api/v1/firms/x?access_token=secret", "", 400, nil},
		{"GET", "/ogc/collections?Token=x", "", 400, nil},
		{"GET", "/?token=x", "", 400, nil},
		{"GET", "/ogc", "", 400, []string{"Host", "evil.example/<script>"}},
		{"GET", "/metrics", "", 404, nil},
		{"GET", "/debug/pprof/", "", 404, nil},
		{"GET", "/.git/config", "", 404, nil},
		{"GET", "/etc/passwd", "", 404, nil},
		{"GET", "/map", "", 404, nil},
		{"GET", "/admin", "", 404, nil},
		{"GET", "/assets", "", 404, nil},
		{"GET", "/", "", 200, nil},
		{"GET", "/favicon.svg", "", 200, nil},
		{"GET", "/assets/../../etc/passwd", "", 404, nil},
		{"GET", "/assets/..%2f..%2fetc%2fpasswd", "", 404, nil},
		{"GET", "/%2e%2e/etc/passwd", "", 404, nil},
		{"GET", "/api/v1/parcels/" + url.PathEscape("'; DROP TABLE parcels; --"), "", 404, nil},
		{"GET", "/api/v1/parcels/" + strings.Repeat("9", 5000), "", 404, nil},
		{"GET", "/api/v1/parcels/%ff%fe", "", 404, nil},
		{"GET", "/" + strings.Repeat("a", 9000), "", 414, nil},
		{"GET", "/api/v1/meta?" + strings.Repeat("a=1&", 3000), "", 414, nil},
	}
	for _, q := range []string{
		"limit=0", "limit=-1", "limit=1.5", "limit=1e3", "limit=", "limit=0x10", "limit=+5", "limit=%20", "limit=unlimited", "limit=１０", "limit=5&limit=5", "limit=NaN",
		"limit=-99999999999999999999", "offset=-1", "offset=9223372036854775808", "offset=x", "bbox=", "bbox=1", "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=1,2,3,4,5,6,7",
		"bbox=NaN,0,1,1", "bbox=0,0,Inf,1", "bbox=0,0,1e309,1", "bbox=0,10,1,-10", "bbox=0,0,181,1", "bbox=-181,0,1,1", "bbox=0,-91,1,1", "bbox=0,0,1,91", "bbox=0;0;1;1", "bbox=a,b,c,d",
		"bbox=0,0,1,1&bbox=0,0,1,1", "bbox=0,0,9,1,1,1", "bbox=0x1,0,1,1", "bbox=1_0,0,11,1", "bbox=,,,", "bbox=" + strings.Repeat("1,", 2000),
		"datetime=", "datetime=x", "datetime=2024-13-01", "datetime=2024-02-30T00:00:00Z", "datetime=2025-01-01/2024-01-01", "datetime=../..", "datetime=/", "datetime=2024-01-01/2024-02-01/2024-03-01",
		"datetime=2024-01-01T00:00:00", "datetime=0000-01-01", "year=99999", "year=abc", "year=2001", "year=0", "f=xml", "f=", "unknown=1", "park=", "filter=park%3D1", "crs=EPSG:4326", "sortby=code",
		"%zz=1", "a=%zz", "a=1;b=2", "=1", "park=%00", "park=%ff", "park=%0a", "park=" + strings.Repeat("a", 201), "PARK=QM", "drawn_mu=x", "drawn_mu=NaN", "published_year=1.5", "main_firm=x",
	} {
		status := 400
		if q == "datetime=../.." { // open at both ends is every time
			status = 200
		}
		list = append(list, hostile{"GET", items + "?" + q, "", status, nil})
	}
	for address, status := range map[string]int{
		"30/0/0.mvt": 404, "19/0/0.mvt": 404, "7/0/0.mvt": 404, "-1/0/0.mvt": 400, "99999999999999999999/0/0.mvt": 404, "10/1024/0.mvt": 400, "10/0/1024.mvt": 400, "10/-1/0.mvt": 400, "10/0/-1.mvt": 400,
		"10/a/0.mvt": 400, "10/1.5/0.mvt": 400, "10/01/0.mvt": 400, "10/+1/0.mvt": 400, "10/0/0.pbf": 404, "10/0/0": 404, "10/0/.mvt": 400, "10/0/0.mvt.mvt": 400, "10/0x1/0.mvt": 400,
		"10/0/0.mvt?year=1800": 400, "10/0/0.mvt?year=2001": 400, "10/0/0.mvt?x=1": 400, "10/0/0.mvt?v=" + strings.Repeat("9", 101): 400, "10/9223372036854775808/0.mvt": 400, "%31%30/0/0.mvt": 204,
	} {
		list = append(list, hostile{"GET", tile + address, "", status, nil})
	}
	for _, target := range []string{"/tiles/nothing.json", "/tiles/nothing/10/0/0.mvt", "/tiles/firms/10/0/0.mvt", "/tiles/parcels.xml", "/tiles/.json", "/ogc/collections/a.b", "/ogc/collections/%2e%2e", "/ogc/nothing", "/ogc/collections/parcels/items/a/b"} {
		list = append(list, hostile{"GET", target, "", 404, nil})
	}
	return list
}

var leaky = regexp.MustCompile(`(?i)select |insert |from figures|/var/|/home|/root|\.go:\d|goroutine|runtime error|panic|pgx|sqlite|gpkg|postgres|go1\.`)

func (w *world) fire(h hostile) *httptest.ResponseRecorder {
	target := h.target
	if h.method == "CONNECT" || strings.ContainsAny(target, "%;") {
		target = "/" // set below: a client library would refuse to send it
	}
	r := request(h.method, target, h.body)
	if target != h.target {
		path, query, _ := strings.Cut(h.target, "?")
		r.RequestURI = h.target
		r.URL = &url.URL{RawQuery: query}
		if plain, err := url.PathUnescape(path); err == nil {
			r.URL.Path, r.URL.RawPath = plain, path
		}
	}
	for i := 0; i+1 < len(h.headers); i += 2 {
		r.Header.Set(h.headers[i], h.headers[i+1])
		if h.headers[i] == "Host" {
			r.Host = h.headers[i+1]
		}
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// checkProblem checks that a refusal is a problem document that a person and a program understand.
func checkProblem(t *testing.T, name string, rec *httptest.ResponseRecorder) {
	t.Helper()
	if got := rec.Header().Get("Content-Type"); got != "application/problem+json; charset=utf-8" {
		t.Errorf("%s: answers as %q", name, got)
	}
	var p api.Problem
	if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if p.Status != rec.Code || p.Title == "" || p.Detail == "" || p.Code == "" || p.Description != p.Detail || p.Type == "" || p.Instance == "" {
		t.Errorf("%s: incomplete problem %+v", name, p)
	}
	if leaky.MatchString(strings.ReplaceAll(p.Detail+p.Title+p.Code, p.Instance, "")) {
		t.Errorf("%s: %s says too much", name, rec.Body)
	}
	for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
		if rec.Header().Get(header) == "" {
			t.Errorf("%s: no %s", name, header)
		}
	}
}

func TestHostileRequests(t *testing.T) {
	w := newWorld(t, worldA)
	list := hostileRequests()
	for _, h := range list {
		name := fmt.Sprintf("%s %.80s", h.method, h.target)
		rec := w.fire(h)
		if rec.Code != h.status {
			t.Errorf("%s: %d, want %d: %.300s", name, rec.Code, h.status, rec.Body)
		}
		if rec.Code >= 400 {
			checkProblem(t, name, rec)
		}
	}
	if len(list) < 120 {
		t.Errorf("only %d requests", len(list))
	}
	if log := w.log.String(); strings.Contains(log, "level=ERROR") {
		t.Errorf("a refusal was logged as a fault of ours:\n%s", log)
	}
}

// TestHostileRequestsAtOnce sends them all from fifty sides; the race detector watches.
func TestHostileRequestsAtOnceRace(t *testing.T) {
	w := newWorld(t, worldA)
	list := hostileRequests()
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			for _, h := range list {
				if rec := w.fire(h); rec.Code != h.status && rec.Code != http.StatusTooManyRequests {
					t.Errorf("%s %.80s: %d", h.method, h.target, rec.Code)
				}
			}
		})
	}
	group.Wait()
}

func TestProblemsSpeakTheReadersLanguage(t *testing.T) {
	w := newWorld(t, worldA)
	for header, want := range map[string]string{"": "请先登录", "zh-CN": "请先登录", "en-GB,zh;q=0.5": "please sign in", "zh;q=0.9,en;q=0.1": "请先登录", "de": "请先登录", strings.Repeat("x-", 9000): "请先登录"} {
		rec := w.get("public", "/api/v1/summary", "Accept-Language", header)
		if !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%.20s: %s", header, rec.Body)
		}
		if !slices.Contains(rec.Header().Values("Vary"), "Accept-Language") {
			t.Errorf("Vary: %v", rec.Header().Values("Vary"))
		}
	}
}
