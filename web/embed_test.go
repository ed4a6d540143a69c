package web_test

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"muchan/web"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(web.Dist, name)
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return string(b)
}

func files(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(web.Dist, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

var loaded = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

func TestIndexNamesOnlyFilesThatAreEmbedded(t *testing.T) {
	index := read(t, "index.html")
	var scripts int
	for _, m := range loaded.FindAllStringSubmatch(index, -1) {
		if !strings.HasPrefix(m[1], "/") || strings.HasPrefix(m[1], "//") {
			t.Errorf("index.html loads %q, which is not a path on our own host", m[1])
			continue
		}
		if read(t, strings.TrimPrefix(m[1], "/")) == "" {
			t.Errorf("%s is empty", m[1])
		}
		if path.Ext(m[1]) == ".js" {
			scripts++
		}
	}
	if scripts == 0 {
		t.Error("index.html loads no script")
	}
}

func TestIndexHasNothingInline(t *testing.T) {
	index := read(t, "index.html")
	for name, re := range map[string]string{
		"script":    `<script[^>]*>[^<]`,
		"style":     `<style`,
		"attribute": `\sstyle=`,
		"handler":   `\son[a-z]+=`,
	} {
		if m := regexp.MustCompile(re).FindString(index); m != "" {
			t.Errorf("inline %s %q would need unsafe-inline", name, m)
		}
	}
}

// mentioned are addresses that stand in the built files without ever being asked for.
var mentioned = map[string]string{
	"www.w3.org":             "names of XML namespaces",
	"maplibre.org":           "attribution, which is switched off",
	"maplibre.invalid":       "base for reading a relative address; the name cannot exist",
	"wiki.openstreetmap.org": "help text of an error message",
	"element-plus.org":       "help texts of warnings",
	"vuejs.org":              "help text of an error message",
	"github.com":             "licence comment and help texts",
}

var address = regexp.MustCompile("https?://[^\\s\"'`)\\\\<>]+")

func TestNoFileRefersToAnotherHost(t *testing.T) {
	for _, name := range files(t) {
		text := read(t, name)
		for _, a := range address.FindAllString(text, -1) {
			u, err := url.Parse(a)
			if err != nil || mentioned[u.Hostname()] == "" {
				t.Errorf("%s refers to %s", name, a)
			}
		}
		if path.Ext(name) != ".css" {
			continue
		}
		if m := regexp.MustCompile(`@import|url\(["']?(?:https?:)?//[^)]*`).FindString(text); m != "" {
			t.Errorf("%s loads %s", name, m)
		}
	}
}

func TestAssetsCarryTheirHash(t *testing.T) {
	hashed := regexp.MustCompile(`-[A-Za-z0-9_-]{8}\.(js|css)$`)
	var n int
	for _, name := range files(t) {
		if path.Dir(name) != "assets" {
			continue
		}
		n++
		if !hashed.MatchString(name) {
			t.Errorf("%s has no hash in its name: it may not be cached for ever", name)
		}
	}
	if n < 3 {
		t.Errorf("%d files under assets, want the page, the map and its worker", n)
	}
}
