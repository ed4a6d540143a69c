package pmtiles_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muchan/tiles/pmtiles"
)

// listing is what the PMTiles reader of npm finds in an archive.
type listing struct {
	header, metadata map[string]any
	tiles            map[uint64]string // SHA-256 of the contents, in hexadecimal, by number
}

// read reads a whole archive by the reader that maps use.
func read(t *testing.T, path string) (l listing) {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.Command("node", "../../web/e2e/archive-tiles.mjs", path)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, &errs)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, into := range []*map[string]any{&l.header, &l.metadata} {
		if err := json.Unmarshal([]byte(lines[i]), into); err != nil {
			t.Fatal(err)
		}
	}
	l.tiles = map[uint64]string{}
	for _, line := range lines[2:] {
		var id uint64
		var z, x, y int
		var sum string
		if _, err := fmt.Sscan(line, &id, &z, &x, &y, &sum); err != nil {
			t.Fatal(err)
		}
		l.tiles[id] = sum
	}
	return l
}

var world = pmtiles.Header{MinZoom: 0, MaxZoom: 0, Bounds: [4]float64{-180, -85, 180, 85}, Centre: [2]float64{118.58, 24.87}, CentreZoom: 0}

// write writes tiles by number up to a zoom level and returns the file and what must be in it.
func write(t *testing.T, maxZoom int, tile func(id uint64) []byte) (path string, want map[uint64]string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "zone.pmtiles")
	w, err := pmtiles.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abandon()
	want = map[uint64]string{}
	for id := range (uint64(1)<<(2*(maxZoom+1)) - 1) / 3 {
		content := tile(id)
		if content == nil {
			continue
		}
		sum := sha256.Sum256(content)
		want[id] = hex.EncodeToString(sum[:])
		packed, err := pmtiles.Compress(content)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add(id, packed); err != nil {
			t.Fatal(err)
		}
	}
	h := world
	h.MaxZoom = maxZoom
	if err := w.Close(h, map[string]any{"name": "宗地"}); err != nil {
		t.Fatal(err)
	}
	return path, want
}

func compare(t *testing.T, got, want map[uint64]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("the reader finds %d tiles, %d were written", len(got), len(want))
	}
	for id, sum := range want {
		if got[id] != sum {
			t.Fatalf("tile %d: the reader finds %q, %q was written", id, got[id], sum)
		}
	}
}

func TestTheReaderFindsEveryTile(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	noise := make([][]byte, 3000) // tiles that lie all over the file, so that a directory of them does not pack
	for n := range noise {
		noise[n] = make([]byte, 1+dice.IntN(300))
		for i := range noise[n] {
			noise[n][i] = byte(dice.Uint32())
		}
	}
	cases := map[string]struct {
		maxZoom int
		tile    func(id uint64) []byte
		leaves  bool
	}{
		"one":          {0, func(uint64) []byte { return []byte("sea") }, false},
		"all the same": {4, func(uint64) []byte { return []byte("sea") }, false},
		"runs and gaps": {4, func(id uint64) []byte {
			if id%7 == 0 {
				return nil
			}
			return binary.LittleEndian.AppendUint64(nil, id/3%50)
		}, false},
		"leaves": {6, func(id uint64) []byte {
			if id%11 == 0 {
				return nil
			}
			return noise[dice.IntN(len(noise))]
		}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path, want := write(t, c.maxZoom, c.tile)
			got := read(t, path)
			compare(t, got.tiles, want)
			if got.metadata["name"] != "宗地" {
				t.Errorf("metadata %v", got.metadata)
			}
			if has := got.header["leafDirectoryLength"].(float64) > 0; has != c.leaves {
				t.Errorf("leaf directories: %v", has)
			}
			checkHeader(t, path, got.header, c.maxZoom, want)
		})
	}
}

func checkHeader(t *testing.T, path string, h map[string]any, maxZoom int, want map[uint64]string) {
	t.Helper()
	different := map[string]bool{}
	for _, sum := range want {
		different[sum] = true
	}
	for field, v := range map[string]float64{
		"specVersion": 3, "minZoom": 0, "maxZoom": float64(maxZoom), "internalCompression": 2, "tileCompression": 2, "tileType": 1,
		"minLon": -180, "minLat": -85, "maxLon": 180, "maxLat": 85, "centerLon": 118.58, "centerLat": 24.87,
		"numAddressedTiles": float64(len(want)), "numTileContents": float64(len(different)),
	} {
		if h[field] != v {
			t.Errorf("header: %s is %v, not %v", field, h[field], v)
		}
	}
	if h["clustered"] != true {
		t.Error("not clustered")
	}
	if end := h["rootDirectoryOffset"].(float64) + h["rootDirectoryLength"].(float64); end > 16384 {
		t.Errorf("the root directory ends at %v", end)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	// Room for header and root, then every part once: checkers of archives hold the file against this sum.
	if sum := 16384 + h["jsonMetadataLength"].(float64) + h["leafDirectoryLength"].(float64) + h["tileDataLength"].(float64); float64(info.Size()) != sum {
		t.Errorf("%d bytes, the header tells of %v", info.Size(), sum)
	}
}

// Of equal tiles that follow each other one entry is kept, of all equal tiles one content.
func TestEqualTilesTakeNoRoom(t *testing.T) {
	path, _ := write(t, 5, func(uint64) []byte { return []byte("sea") })
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if h := read(t, path).header; h["numTileEntries"] != 1.0 || h["numTileContents"] != 1.0 || info.Size() > 17_000 {
		t.Errorf("1 365 equal tiles: %v entries, %v contents, %d bytes", h["numTileEntries"], h["numTileContents"], info.Size())
	}
}

func TestMisuseIsRefused(t *testing.T) {
	dir := t.TempDir()
	w, err := pmtiles.Create(filepath.Join(dir, "zone.pmtiles"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(world, nil); err == nil {
		t.Error("an archive without tiles was written")
	}
	if w, err = pmtiles.Create(filepath.Join(dir, "zone.pmtiles")); err != nil {
		t.Fatal(err)
	}
	if err := w.Add(7, []byte("a")); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"twice": w.Add(7, []byte("a")), "backwards": w.Add(6, []byte("b")), "empty": w.Add(8, nil),
	} {
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	w.Abandon()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
	if _, err := pmtiles.Create(filepath.Join(dir, "nowhere", "zone.pmtiles")); err == nil {
		t.Error("a file in no directory was begun")
	}
}

// A file that is there stays as it is until the new one is whole.
func TestAnOldArchiveStaysUntilTheNewOneIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "zone.pmtiles")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := pmtiles.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(0, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(path); string(b) != "old" {
		t.Errorf("before Close: %q", b)
	}
	if err := w.Close(world, nil); err != nil {
		t.Fatal(err)
	}
	w.Abandon()
	if b, _ := os.ReadFile(path); !bytes.HasPrefix(b, []byte("PMTiles\x03")) {
		t.Errorf("after Close: %.8q", b)
	}
}
