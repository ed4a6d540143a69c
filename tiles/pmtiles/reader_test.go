package pmtiles_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"muchan/geo/kept"
	"muchan/tiles/pmtiles"
)

// archive is one of a single tile with layers named in its metadata.
func archive(t testing.TB, metadata any) []byte {
	t.Helper()
	path := t.TempDir() + "/a.pmtiles"
	w, err := pmtiles.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abandon()
	if err := w.Add(0, []byte("tile")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(world, metadata); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var water = map[string]any{"attribution": "某图", "vector_layers": []map[string]any{{"id": "water"}, {"id": "roads"}}}

func TestReadInfo(t *testing.T) {
	info, err := pmtiles.ReadInfo(bytes.NewReader(archive(t, water)))
	if err != nil || info.Format != "mvt" || info.MinZoom != 0 || info.MaxZoom != 0 || info.Attribution != "某图" || strings.Join(info.Layers, " ") != "water roads" {
		t.Errorf("%+v, %v", info, err)
	}
	picture := archive(t, water)
	picture[99] = 2
	if info, err := pmtiles.ReadInfo(bytes.NewReader(picture)); err != nil || info.Format != "png" || info.Layers != nil {
		t.Errorf("pictures: %+v, %v", info, err)
	}
}

func TestReadInfoRefuses(t *testing.T) {
	with := func(at int, b ...byte) []byte {
		a := archive(t, water)
		copy(a[at:], b)
		return a
	}
	for name, c := range map[string]struct {
		file   []byte
		reason string
	}{
		"nothing":              {nil, "header"},
		"another file":         {bytes.Repeat([]byte("x"), 200), "not a PMTiles archive"},
		"version 2":            {with(7, 2), "not a PMTiles archive"},
		"brotli inside":        {with(97, 3), "gzip"},
		"brotli tiles":         {with(98, 3), "gzip"},
		"an unknown kind":      {with(99, 9), "kind 9"},
		"levels upside down":   {with(100, 9, 3), "from zoom level 9 to 3"},
		"too deep":             {with(100, 0, 200), "to 200"},
		"vast metadata":        {with(32, 0xff, 0xff, 0xff, 0xff), "metadata take"},
		"metadata nowhere":     {with(24, 0, 0, 0, 0, 0, 0, 0, 0xff), "metadata"},
		"metadata of no layer": {archive(t, map[string]any{}), "name none of the layers"},
	} {
		if info, err := pmtiles.ReadInfo(bytes.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %+v, %v, want %q", name, info, err, c.reason)
		}
	}
}

func FuzzReadInfo(f *testing.F) {
	kept.Add(f)
	f.Add(archive(f, water))
	f.Fuzz(func(t *testing.T, file []byte) {
		info, err := pmtiles.ReadInfo(bytes.NewReader(file))
		if err == nil && (info.Format == "" || info.MinZoom > info.MaxZoom || info.Format == "mvt" && len(info.Layers) == 0) {
			t.Errorf("%+v", info)
		}
	})
}
