package api_test

import (
	"bytes"
	"sync"
	"testing"

	"muchan/api"
)

// Tiles that are not kept stand in buffers that are used again. Many readers, of which some wait for one and the same tile, get the bytes of a
// server that keeps its tiles, and the race detector sees nobody write where another reads.
func TestBuffersAreNotSharedWithReaders(t *testing.T) {
	kept := newWorld(t, worldA)
	for name, cfg := range map[string]func(*api.Config){
		"none kept": func(cfg *api.Config) { cfg.TileCache = -1 },
		"made anew": func(cfg *api.Config) { cfg.TilesAnew = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, worldA, cfg)
			var group sync.WaitGroup
			for range 8 {
				group.Go(func() {
					for n := range 60 {
						target, encoding := "/tiles/parcels/"+tileAround(12+n/4%5), []string{"identity", "gzip", "zstd"}[n%3]
						got, want := w.get("admin", target, "Accept-Encoding", encoding), kept.get("admin", target, "Accept-Encoding", encoding)
						if got.Code != want.Code || !bytes.Equal(got.Body.Bytes(), want.Body.Bytes()) {
							t.Errorf("%s, %s: %d with %d bytes, want %d with %d", target, encoding, got.Code, got.Body.Len(), want.Code, want.Body.Len())
						}
					}
				})
			}
			group.Wait()
			if n := w.server.KeptTiles(); n > 1 {
				t.Errorf("%d bytes are kept", n)
			}
		})
	}
}
