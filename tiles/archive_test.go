package tiles_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// archived reads a whole archive by the PMTiles reader of npm: metadata, and the SHA-256 of each tile's contents.
func archived(t *testing.T, path string) (metadata map[string]any, found map[tiles.Address]string) {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.Command("node", "../web/e2e/archive-tiles.mjs", path)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, &errs)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err := json.Unmarshal([]byte(lines[1]), &metadata); err != nil {
		t.Fatal(err)
	}
	found = map[tiles.Address]string{}
	for _, line := range lines[2:] {
		var id uint64
		var at tiles.Address
		var sum string
		if _, err := fmt.Sscan(line, &id, &at.Z, &at.X, &at.Y, &sum); err != nil {
			t.Fatal(err)
		}
		if found[at] = sum; id != tiles.ArchiveID(at) {
			t.Errorf("tile %v has number %d, not %d", at, id, tiles.ArchiveID(at))
		}
	}
	return metadata, found
}

// square is a square around a place, so many degrees wide.
func square(centre orb.Point, degrees float64) geo.Shape {
	return geo.Shape{orb.Polygon{centre.Bound().Pad(degrees / 2).ToRing()}}
}

func TestArchiveHoldsEveryTileAsServed(t *testing.T) {
	for _, c := range []struct {
		audience layers.Audience
		minZoom  int
		names    []string
	}{
		{layers.Public, 8, []string{layers.Parcels}},
		{layers.Analyst, 8, []string{layers.Parcels}},
		{layers.Analyst, 11, []string{layers.Parks, layers.Zones, layers.Parcels, layers.Buildings}},
	} {
		t.Run(fmt.Sprint(c.audience, c.names), func(t *testing.T) {
			built := zone(t, 1000, c.audience)
			parks := image(built[layers.Parks])
			path := filepath.Join(t.TempDir(), "zone.pmtiles")
			a := tiles.Archive{Beside: parks, MinZoom: c.minZoom, MaxZoom: 16, About: tiles.About{Description: "宗地"}}
			for _, name := range c.names {
				a.Images = append(a.Images, image(built[name]))
			}
			written, err := a.Write(t.Context(), path, nil)
			if err != nil {
				t.Fatal(err)
			}
			metadata, found := archived(t, path)
			if written.Tiles != len(found) {
				t.Errorf("%d tiles written, %d read", written.Tiles, len(found))
			}
			served := 0
			for z := c.minZoom; z <= 16; z++ {
				for _, at := range covering(z, built[layers.Parcels].Bound.Pad(0.01)) {
					tile := servedTile(t, a.Images, at, parks)
					want := ""
					if len(tile) > 0 {
						want = fmt.Sprintf("%x", sha256.Sum256(tile))
						served++
					}
					if found[at] != want {
						t.Errorf("tile %v differs from the one that is served", at)
					}
				}
			}
			if served != len(found) || served < 100 {
				t.Errorf("%d tiles are served around the zone, the archive has %d", served, len(found))
			}
			checkVectorLayers(t, metadata, built, c.names)
		})
	}
}

// servedTile puts together what is served of some layers. Where the grid stands parks stand beside it, but not twice, and buildings have
// squares of their own.
func servedTile(t *testing.T, images []*tiles.Image, at tiles.Address, parks *tiles.Image) (tile []byte) {
	t.Helper()
	for _, m := range images {
		var err error
		if len(images) == 1 {
			tile, err = m.AppendBeside(tile, at, parks)
		} else {
			grid := layers.Grid
			if m.Layer.Name == layers.Buildings {
				grid = "buildings_grid"
			}
			tile, err = tiles.AppendServed(m, tile, at, grid)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return tile
}

// checkVectorLayers asserts that an archive names the fields that its audience sees and no others.
func checkVectorLayers(t *testing.T, metadata map[string]any, built map[string]*layers.Table, names []string) {
	t.Helper()
	want := map[string][]string{}
	for _, name := range append([]string{layers.Parks}, names...) {
		want[name] = nil
		for _, f := range built[name].Layer.Fields {
			want[name] = append(want[name], f.Name)
		}
	}
	for grid, name := range map[string]string{layers.Grid: layers.Parcels, "buildings_grid": layers.Buildings} {
		if !slices.Contains(names, name) {
			continue
		}
		squares, _ := built[name].Layer.GridFields()
		for _, f := range squares {
			want[grid] = append(want[grid], f.Name)
		}
	}
	described := metadata["vector_layers"].([]any)
	if len(described) != len(want) {
		t.Errorf("%d vector layers, not %d", len(described), len(want))
	}
	for _, one := range described {
		l := one.(map[string]any)
		var got []string
		for name := range l["fields"].(map[string]any) {
			got = append(got, name)
		}
		slices.Sort(got)
		if fields := want[l["id"].(string)]; !slices.Equal(got, slices.Sorted(slices.Values(fields))) {
			t.Errorf("layer %v has fields %v, not %v", l["id"], got, fields)
		}
		if l["maxzoom"] != 16.0 {
			t.Errorf("layer %v ends at zoom %v", l["id"], l["maxzoom"])
		}
	}
}

// The numbers are the specification's examples.
func TestArchiveNumbersTiles(t *testing.T) {
	for at, want := range map[tiles.Address]uint64{
		{Z: 0, X: 0, Y: 0}: 0, {Z: 1, X: 0, Y: 0}: 1, {Z: 1, X: 0, Y: 1}: 2, {Z: 1, X: 1, Y: 1}: 3, {Z: 1, X: 1, Y: 0}: 4, {Z: 2, X: 0, Y: 0}: 5,
		{Z: 12, X: 3423, Y: 1763}: 19078479,
	} {
		if got := tiles.ArchiveID(at); got != want {
			t.Errorf("tile %v has number %d, not %d", at, got, want)
		}
	}
}

// Of two places at the ends of the world the tiles in between are not looked at: at zoom 18 they would be 10¹⁰.
func TestArchiveVisitsTilesInOrderAndNoEmptyLand(t *testing.T) {
	shapes := []geo.Shape{square(orb.Point{-170, -60}, 1e-4), square(orb.Point{170, 60}, 1e-4), square(orb.Point{118.58, 24.87}, 1e-2)}
	m := image(tables(t, shapes, layers.Public)[layers.Parcels])
	count, last := map[int]int{}, uint64(0)
	for at := range tiles.Addresses(m, 0, tiles.MaxZoom) {
		if id := tiles.ArchiveID(at); id <= last && at.Z > 0 {
			t.Fatalf("tile %v comes after number %d", at, last)
		} else {
			last = id
		}
		count[at.Z]++
	}
	if count[0] != 1 || count[1] != 2 || count[10] < 3 || count[18] < 50 || count[18] > 500 {
		t.Errorf("tiles by zoom level: %v", count)
	}
}

func TestArchiveLeavesNothingBehindWhenStopped(t *testing.T) {
	drawn := image(zone(t, 1000, layers.Public)[layers.Parcels])
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	a := tiles.Archive{Images: []*tiles.Image{drawn}, MinZoom: 8, MaxZoom: tiles.MaxZoom}
	_, err := a.Write(ctx, filepath.Join(dir, "zone.pmtiles"), func(n int) {
		if n == 20 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
}

func TestArchiveRefusesWhatItCannotHold(t *testing.T) {
	drawn, path := image(zone(t, 100, layers.Public)[layers.Parcels]), filepath.Join(t.TempDir(), "zone.pmtiles")
	for name, a := range map[string]tiles.Archive{
		"too deep":        {Images: []*tiles.Image{drawn}, MinZoom: 8, MaxZoom: tiles.MaxZoom + 1},
		"turned round":    {Images: []*tiles.Image{drawn}, MinZoom: 12, MaxZoom: 11},
		"above the layer": {Images: []*tiles.Image{drawn}, MinZoom: 2, MaxZoom: 5},
		"nothing drawn":   {Images: []*tiles.Image{image(tables(t, nil, layers.Public)[layers.Parcels])}, MaxZoom: 3},
	} {
		if _, err := a.Write(t.Context(), path, nil); err == nil {
			t.Errorf("%s: accepted", name)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: a file was written", name)
		}
	}
}
