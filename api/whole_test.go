package api_test

import (
	"testing"

	"github.com/paulmach/orb/encoding/mvt"

	"muchan/api"
)

// The two options that measurements need do what they say: nothing is kept, and a far tile holds every parcel instead of squares.
func TestWholeTilesAreMadeAnew(t *testing.T) {
	measured := newWorld(t, worldA, func(cfg *api.Config) { cfg.TilesAnew, cfg.WholeTiles = true, true })
	target := "/tiles/parcels/" + tileAround(8)
	for range 2 {
		if got := measured.get("public", target).Header().Get("Server-Timing"); got != "made" {
			t.Errorf("the tile was %s", got)
		}
	}
	for name, w := range map[string]*world{"parcels": measured, "grid": newWorld(t, worldA)} {
		tile, err := mvt.Unmarshal(w.get("public", target).Body.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if len(tile) == 0 || tile[0].Name != name {
			t.Errorf("%s: the tile begins with %+v", name, tile)
		}
	}
	tile, _ := mvt.Unmarshal(measured.get("public", target).Body.Bytes())
	if n := len(tile[0].Features); n < parcelCount/2 {
		t.Errorf("%d parcels are in the tile", n)
	}
}
