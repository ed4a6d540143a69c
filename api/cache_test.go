package api_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

var cached = []string{
	"/tiles/parcels/PLACE", "/tiles/parks/PLACE", "/tiles/parcels.json", "/api/v1/meta", "/ogc", "/ogc/api", "/ogc/collections", "/ogc/collections/parcels", "/api/v1/runs", "/ogc/collections/parcels/schema",
}

func TestTagsNeverCrossAudiences(t *testing.T) {
	w := newWorld(t, worldA)
	for _, target := range cached {
		target = strings.Replace(target, "PLACE", tileOfFirst, 1)
		for _, encoding := range []string{"", "gzip"} {
			tags := map[string]string{}
			for _, role := range roles {
				rec := w.get(role, target, "Accept-Encoding", encoding)
				tag := rec.Header().Get("ETag")
				if rec.Code != http.StatusOK || tag == "" || strings.HasPrefix(tag, "W/") {
					t.Fatalf("%s as %s: %d with ETag %q", target, role, rec.Code, tag)
				}
				for other, known := range tags {
					if known == tag {
						t.Errorf("%s: %s and %s share the ETag %s", target, role, other, tag)
					}
				}
				tags[role] = tag
			}
			for _, role := range roles {
				for other, tag := range tags {
					want := http.StatusOK
					if other == role {
						want = http.StatusNotModified
					}
					rec := w.get(role, target, "Accept-Encoding", encoding, "If-None-Match", tag)
					if rec.Code != want {
						t.Errorf("%s as %s with the tag of %s: %d", target, role, other, rec.Code)
					}
					if want == http.StatusNotModified && (rec.Body.Len() != 0 || rec.Header().Get("ETag") != tag) {
						t.Errorf("%s: a 304 with %d bytes and ETag %q", target, rec.Body.Len(), rec.Header().Get("ETag"))
					}
				}
			}
		}
	}
}

func TestWhoMayKeepAnswers(t *testing.T) {
	w := newWorld(t, worldA)
	for _, row := range w.server.Table() {
		if row.Method != http.MethodGet || row.Page {
			continue
		}
		for _, role := range roles[1:] {
			got := w.get(role, w.example(row.Pattern)).Header().Get("Cache-Control")
			if got != "private, no-store" && got != "no-store" {
				t.Errorf("%s as %s: Cache-Control %q", row.Pattern, role, got)
			}
		}
	}
	for target, want := range map[string]string{
		"/api/v1/meta": "public, no-cache", "/tiles/parcels/" + tileOfFirst: "public, no-cache", "/tiles/parcels/8/0/0.mvt": "public, no-cache", "/api/v1/session": "no-store", "/api/v1/summary": "no-store",
		"/": "no-cache", "/assets/app-1a2.js": "public, max-age=31536000, immutable", "/favicon.svg": "no-cache", "/readyz": "no-store",
	} {
		rec := w.get("public", target)
		if got := rec.Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control %q, want %q", target, got, want)
		}
		if vary := rec.Header().Get("Vary"); strings.Contains(want, "public, no-cache") && vary != "Accept-Encoding, Authorization, Cookie" {
			t.Errorf("%s: Vary %q", target, vary)
		}
	}
}

// TestVersionedTiles: a tile asked for by the version that meta names may be kept; another version may not.
func TestVersionedTiles(t *testing.T) {
	w := newWorld(t, worldA)
	meta := w.get("public", "/api/v1/meta").Body.String()
	_, rest, _ := strings.Cut(meta, "u0026v=")
	version, _, _ := strings.Cut(rest, `"`)
	if got := w.get("public", "/tiles/parcels/"+tileOfFirst+"?v="+version).Header().Get("Cache-Control"); got != "public, max-age=3600, immutable" {
		t.Errorf("version %s: %q", version, got)
	}
	if got := w.get("public", "/tiles/parcels/"+tileOfFirst+"?v=x"+version).Header().Get("Cache-Control"); got != "public, no-cache" {
		t.Errorf("another version: %q", got)
	}
	if got := w.get("viewer", "/tiles/parcels/"+tileOfFirst+"?v="+version).Header().Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("as viewer: %q", got)
	}
}

// TestEntityTagsStandStill: an import that changes confidential values alone moves the public's tags only where the answer tells the
// state of the store; public sums are of frozen figures.
func TestEntityTagsStandStill(t *testing.T) {
	w := newWorld(t, worldA)
	tags := func() map[string]string {
		out := map[string]string{}
		for _, row := range w.server.Table() {
			if row.Method == http.MethodGet {
				target := w.example(strings.ReplaceAll(row.Pattern, "{uscc}", "91359900AAAAAAAA00"))
				if tag := w.get("public", target).Header().Get("ETag"); tag != "" {
					out[row.Pattern] = tag
				}
			}
		}
		return out
	}
	before := tags()
	w.store.secrets = worldB
	w.store.version++
	w.clock.Move(time.Minute)
	if err := w.server.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	moved := []string{}
	for pattern, tag := range tags() {
		if before[pattern] != tag {
			moved = append(moved, pattern)
		}
	}
	slices.Sort(moved)
	if want := []string{"/api/v1/meta", "/tiles/{layer}.json"}; !slices.Equal(moved, want) {
		t.Errorf("%v moved, want %v, of %d", moved, want, len(before))
	}
}

func TestCompression(t *testing.T) {
	w := newWorld(t, worldA)
	for _, target := range []string{"/api/v1/meta", "/ogc/collections/parcels/items", "/ogc/api", "/api/v1/scores", "/tiles/parcels/" + tileOfFirst} {
		plain := w.get("admin", target).Body.Bytes()
		for header, zipped := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "*": true, "*;q=0": false, "identity": false, "GZIP": true, "gzip;q=x": false, "deflate": false} {
			rec := w.get("admin", target, "Accept-Encoding", header)
			if got := rec.Header().Get("Content-Encoding") == "gzip"; got != zipped {
				t.Errorf("%s with %q: compressed %v", target, header, got)
				continue
			}
			var r io.Reader = rec.Body
			if zipped {
				z, err := gzip.NewReader(rec.Body)
				if err != nil {
					t.Fatal(err)
				}
				r = z
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("%s with %q: %d bytes, %d expected, %v", target, header, len(got), len(plain), err)
			}
		}
	}
}

func TestLinksUsePublicAddress(t *testing.T) {
	w := newWorld(t, worldA)
	for headers, want := range map[string]string{
		"":                              "http://muchan.test/ogc/conformance",
		"X-Forwarded-Host|evil.example": "http://muchan.test/ogc/conformance",
		"X-Forwarded-Proto|https":       "http://muchan.test/ogc/conformance",
		"Forwarded|host=evil.example":   "http://muchan.test/ogc/conformance",
	} {
		name, value, _ := strings.Cut(headers+"|", "|")
		rec := w.get("public", "/ogc", name, strings.TrimSuffix(value, "|"))
		if !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%s: %s", headers, rec.Body)
		}
	}
}

func TestSecurityHeaders(t *testing.T) {
	w := newWorld(t, worldA)
	tile, empty := "/tiles/parcels/"+tileOfFirst, "/tiles/parcels/16/0/0.mvt"
	for _, target := range []string{"/", "/api/v1/meta", "/nothing.php", "/tiles/parcels.json", "/tiles/nothing/16/0/0.mvt", "/tiles/parcels/16/65536/0.mvt", empty, tile} {
		h := w.get("public", target, "Origin", "https://evil.example").Header()
		csp := h.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "script-src 'self';", "style-src 'self';"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: the policy lacks %s", target, part)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "blob:") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", target, h)
		}
		if h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: may be shown by others", target)
		}
		for name, want := range map[string]string{"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()"} {
			if target == tile || target == empty {
				want = "" // no browser shows it
			}
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s %q, want %q", target, name, got, want)
			}
		}
		if got := fmt.Sprint(h.Values("Access-Control-Allow-Origin"), h.Values("Access-Control-Allow-Credentials")); got != "[] []" {
			t.Errorf("%s: CORS %s", target, got)
		}
	}
}
