package api_test

import (
	"strings"
	"testing"

	"muchan/api"
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
