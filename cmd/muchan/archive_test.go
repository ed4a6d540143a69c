package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"muchan/tiles/export"
	"muchan/tiles/layers"
)

var archiveOnce sync.Once

// archives exports the demo's parcels as public.pmtiles and analyst.pmtiles and returns their directory.
func archives(t *testing.T) string {
	t.Helper()
	_, data := demo(t)
	dir := filepath.Join(tempDir, "archives")
	archiveOnce.Do(func() {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		must(t, "export", "parcels", filepath.Join(dir, "public.pmtiles"), "--data", data)
		must(t, "export", "parcels", filepath.Join(dir, "analyst"), "--format", "pmtiles", "--audience", "analyst", "--data", data)
		if err := os.Rename(filepath.Join(dir, "analyst"), filepath.Join(dir, "analyst.pmtiles")); err != nil {
			t.Fatal(err)
		}
	})
	return dir
}

// staticSite serves files and nothing else, as any web host does: the archives, a page that shows them, and the page's libraries.
func staticSite(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(archives(t))))
	mux.Handle("/page/", http.StripPrefix("/page/", http.FileServer(http.Dir("../../web/e2e"))))
	mux.Handle("/lib/", http.StripPrefix("/lib/", http.FileServer(http.Dir("../../web/node_modules"))))
	site := httptest.NewServer(mux)
	t.Cleanup(site.Close)
	return site.URL
}

// readArchive reads a whole archive by the PMTiles reader of npm: metadata, and the SHA-256 of each tile's contents by z/x/y.
func readArchive(t *testing.T, path string) (metadata map[string]any, found map[string]string) {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "node", "../../web/e2e/archive-tiles.mjs", path)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, &errs)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err := json.Unmarshal([]byte(lines[1]), &metadata); err != nil {
		t.Fatal(err)
	}
	found = map[string]string{}
	for _, line := range lines[2:] {
		words := strings.Fields(line)
		found[strings.Join(words[1:4], "/")] = words[4]
	}
	return metadata, found
}

// Every tile that the server has for a reader is in his archive, byte for byte, and none besides; the public's tells no secret.
func TestArchivesHoldWhatTheServerServes(t *testing.T) {
	s, _ := demo(t)
	secret, secretFields := demoSecrets(t, s), confidentialFields()
	for _, role := range []string{"", "analyst"} {
		name := role
		if role == "" {
			name = "public"
		}
		metadata, found := readArchive(t, filepath.Join(archives(t), name+".pmtiles"))
		checkDescribed(t, metadata, name)
		served := 0
		clear(secret.found)
		for z := 8; z <= 16; z++ {
			for _, at := range tilesOver(tileBounds(t, s), z) {
				tile := fmt.Sprintf("%d/%d/%d", at[0], at[1], at[2])
				status, header, body := s.Get(t, role, "/tiles/parcels/"+tile+".mvt")
				if status == http.StatusNoContent && found[tile] == "" {
					continue
				}
				if served++; found[tile] != fmt.Sprintf("%x", sha256.Sum256(body)) {
					t.Errorf("%s: tile %s differs from what the server answers (%d)", name, tile, status)
				}
				kind := header.Get("Content-Type")
				if hits := secret.scan(kind, body); role == "" && len(hits) > 0 {
					t.Errorf("%s: tile %s tells %v", name, tile, hits)
				}
				for _, field := range fieldsIn(kind, tile, body) {
					if role == "" && secretFields[field] {
						t.Errorf("%s: tile %s has the field %s", name, tile, field)
					}
				}
			}
		}
		if served != len(found) || served < 100 {
			t.Errorf("%s: the server has %d tiles, the archive %d", name, served, len(found))
		}
		if role != "" && len(secret.found) < 500 { // the positive control: the same scan finds what an analyst may see
			t.Errorf("%s: only %d confidential values found", name, len(secret.found))
		}
	}
}

// checkDescribed asserts that an archive's metadata names exactly the fields of its audience, and whose they are.
func checkDescribed(t *testing.T, metadata map[string]any, audience string) {
	t.Helper()
	a, _ := layers.ParseAudience(audience)
	described := metadata["vector_layers"].([]any)
	for _, one := range described {
		l := one.(map[string]any)
		if l["id"] != layers.Parcels {
			continue
		}
		got, all := l["fields"].(map[string]any), 0
		for _, f := range mustLayer(t, layers.Parcels).For(a).Fields {
			if _, ok := got[f.Name]; ok {
				all++
			}
		}
		if all == 0 || all != len(got) {
			t.Errorf("%s: %d fields described, %d of them the audience's", audience, len(got), all)
		}
	}
	if len(described) != 3 || !strings.Contains(fmt.Sprint(metadata["description"]), "使用范围："+export.AudienceTitle(a)) {
		t.Errorf("%s: %d layers, %v", audience, len(described), metadata["description"])
	}
}

func mustLayer(t *testing.T, name string) layers.Layer {
	t.Helper()
	l, ok := layers.ByName(name)
	if !ok {
		t.Fatalf("no layer %s", name)
	}
	return l
}

func TestExportOfArchiveRefuses(t *testing.T) {
	_, data := demo(t)
	dir := t.TempDir()
	out := filepath.Join(dir, "x.pmtiles")
	for name, c := range map[string]struct {
		exit int
		args []string
	}{
		"deeper than tiles go": {exitUsage, []string{"parcels", "--max-zoom", "19"}},
		"turned round":         {exitUsage, []string{"parcels", "--min-zoom", "12", "--max-zoom", "11"}},
		"other coordinates":    {exitUsage, []string{"parcels", "--crs", "EPSG:4549"}},
		"a layer twice":        {exitUsage, []string{"parcels,parcels"}},
		"no such layer":        {exitUsage, []string{"streets"}},
		"not the public's":     {exitFailed, []string{"buildings"}},
		"above the layer":      {exitFailed, []string{"parcels", "--min-zoom", "1", "--max-zoom", "5"}},
	} {
		args := append([]string{"export", c.args[0], out, "--data", data}, c.args[1:]...)
		if code, _, stderr := muchan(t, args...); code != c.exit || stderr == "" {
			t.Errorf("%s: exit %d, %q", name, code, stderr)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
}

// All layers that an audience sees go into one archive, and the reader finds each in the tiles.
func TestArchiveOfAllLayers(t *testing.T) {
	_, data := demo(t)
	out := filepath.Join(t.TempDir(), "all.pmtiles")
	stdout := must(t, "export", "all", out, "--audience", "viewer", "--data", data, "--min-zoom", "14", "--max-zoom", "15")
	if !strings.Contains(stdout, "parks, zones, parcels, buildings for viewer") {
		t.Errorf("it says %q", stdout)
	}
	metadata, found := readArchive(t, out)
	described := map[string]bool{}
	for _, one := range metadata["vector_layers"].([]any) {
		described[one.(map[string]any)["id"].(string)] = true
	}
	for _, name := range append(layerNames(), layers.Grid, layers.Buildings+"_"+layers.Grid) {
		if !described[name] {
			t.Errorf("layer %s is not described", name)
		}
	}
	if len(described) != len(layers.All)+2 || len(found) < 20 {
		t.Errorf("%d layers in %d tiles", len(described), len(found))
	}
}

// An archive of one park has a tile over each of its parcels and none over the other park, some fifteen kilometres away.
func TestArchiveOfOnePark(t *testing.T) {
	_, data := demo(t)
	out := filepath.Join(t.TempDir(), "qm.pmtiles")
	must(t, "export", "parcels", out, "--parks", "QM", "--audience", "viewer", "--data", data, "--min-zoom", "15", "--max-zoom", "16")
	_, found := readArchive(t, out)
	for _, p := range demoSnapshot(t).Parcels.All() {
		centre := p.Shape.Bound().Center()
		x, y := tileAt(centre[0], centre[1], 16)
		if has := found[fmt.Sprintf("16/%d/%d", x, y)] != ""; has != (p.Park == "QM") && len(p.Shape) > 0 {
			t.Errorf("parcel %s of %s: a tile over it %v", p.Code, p.Park, has)
		}
	}
}
