package api_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"muchan/api"
	"muchan/tiles/pmtiles"
)

// directives are the parts of the content security policy that a basemap may widen, and no other.
func directives(t *testing.T, w *world) (widened, others string) {
	t.Helper()
	for part := range strings.SplitSeq(w.get("public", "/").Header().Get("Content-Security-Policy"), "; ") {
		if strings.HasPrefix(part, "img-src ") || strings.HasPrefix(part, "connect-src ") {
			widened += part + ";"
		} else {
			others += part + ";"
		}
	}
	return widened, others
}

func TestBasemapOpensThePolicyForItsHostsAlone(t *testing.T) {
	plainWidened, plain := directives(t, newWorld(t, worldA))
	if plainWidened != "img-src 'self' data:;connect-src 'self';" {
		t.Errorf("without a basemap: %s", plainWidened)
	}
	w := newWorld(t, worldA, func(c *api.Config) {
		c.Basemap = &api.Basemap{Tiles: []string{"https://a.example:8443/{z}/{x}/{y}.png", "https://b.example/{z}/{x}/{y}.png?key=x;y"}, Attribution: "某图"}
		c.MapApproval = "GS(2026)0001号"
	})
	widened, others := directives(t, w)
	if want := "img-src 'self' https://a.example:8443 https://b.example data:;connect-src 'self' https://a.example:8443 https://b.example;"; widened != want {
		t.Errorf("with a basemap: %s, not %s", widened, want)
	}
	if others != plain {
		t.Errorf("the rest moved: %s, was %s", others, plain)
	}
	body := w.get("public", "/api/v1/meta").Body.String()
	for _, part := range []string{`"attribution":"某图"`, `"max_zoom":18`, `"names":[]`, `"map_approval":"GS(2026)0001号"`} {
		if !strings.Contains(body, part) {
			t.Errorf("meta lacks %s", part)
		}
	}
}

func TestTiandituHasItsPlaceNamesAndHidesNoKeyInTheHost(t *testing.T) {
	b := api.Tianditu("a key&x=1")
	if len(b.Tiles) != 8 || len(b.Names) != 8 || !strings.HasSuffix(b.Tiles[3], "tk=a+key%26x%3D1") || !strings.HasPrefix(b.Tiles[3], "https://t3.tianditu.gov.cn/vec_w/") {
		t.Errorf("%v", b)
	}
}

func TestBasemapThatIsNoTemplateIsRefused(t *testing.T) {
	for _, template := range []string{"", "tiles/{z}/{x}/{y}", "https://host/{z}/{x}.png", "ftp://host/{z}/{x}/{y}", "https://u:p@host/{z}/{x}/{y}", "https://*.example/{z}/{x}/{y}", "https://a;b/{z}/{x}/{y}"} {
		_, err := api.New(api.Config{Basemap: &api.Basemap{Tiles: []string{template}}})
		if err == nil || !strings.Contains(err.Error(), "basemap") {
			t.Errorf("%q: %v", template, err)
		}
	}
}

// TestBasemapArchive: a PMTiles file is handed out by its parts, says of itself what the page needs, and opens the policy for nobody.
func TestBasemapArchive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "city.pmtiles")
	writer, err := pmtiles.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Abandon()
	if err := writer.Add(0, []byte("tile")); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(pmtiles.Header{MaxZoom: 14}, map[string]any{"vector_layers": []map[string]any{{"id": "water"}}}); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, worldA, func(c *api.Config) { c.Basemap = &api.Basemap{Archive: path, Attribution: "某图"} })
	if widened, _ := directives(t, w); widened != "img-src 'self' data:;connect-src 'self';" {
		t.Errorf("the policy: %s", widened)
	}
	if body := w.get("public", "/api/v1/meta").Body.String(); !strings.Contains(body, `"attribution":"某图","max_zoom":14,"archive":"/basemap.pmtiles","layers":["water"]`) {
		t.Errorf("meta: %s", body)
	}
	part := w.get("public", "/basemap.pmtiles", "Range", "bytes=0-6")
	if h := part.Header(); part.Code != http.StatusPartialContent || part.Body.String() != "PMTiles" || h.Get("ETag") == "" || !strings.HasPrefix(h.Get("Content-Range"), "bytes 0-6/") {
		t.Errorf("a part: %d %q %v", part.Code, part.Body, h)
	}
	if rec := newWorld(t, worldA).get("public", "/basemap.pmtiles"); rec.Code != http.StatusNotFound {
		t.Errorf("without an archive: %d", rec.Code)
	}
	for _, wrong := range []string{filepath.Join(t.TempDir(), "none.pmtiles"), "basemap_test.go"} {
		if _, err := api.New(api.Config{Basemap: &api.Basemap{Archive: wrong}}); err == nil || !strings.Contains(err.Error(), "basemap") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
