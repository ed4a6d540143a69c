package pack_test

import (
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/paulmach/orb/maptile"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/seeds"
	"muchan/tiles"
	"muchan/tiles/layers"
	"muchan/tiles/pack"
)

var update = flag.Bool("update", false, "write the codes anew")

// drawTiles draws tiles of the generator's zone as they are served, of all layers and audiences, from zoom level 12 on: every n-th of those
// that are packed at all.
func drawTiles(parcelCount, n int) (drawn [][]byte, err error) {
	snap := parcels.NewSnapshot(1, asOf, seeds.Rows(seeds.Options{Parcels: parcelCount, Seed: 1}))
	years := snap.Years()
	scores, err := scoring.Run(scoring.Input{Snapshot: snap, Year: years[len(years)-1], AsOf: asOf})
	if err != nil {
		return nil, err
	}
	seen := 0
	for audience := layers.Public; audience <= layers.Analyst; audience++ {
		built, err := layers.Build(snap, scores, nil, audience)
		if err != nil {
			return nil, err
		}
		for _, layer := range layers.All {
			table := built[layer.Name]
			if table == nil {
				continue
			}
			image := tiles.NewImage(table, tiles.NewGround(table))
			for _, at := range addressesOf(table) {
				tile, _, err := image.Append(nil, at)
				if err != nil {
					return nil, err
				}
				if seen++; len(tile) >= 1024 && seen%n == 0 {
					drawn = append(drawn, tile)
				}
			}
		}
	}
	return drawn, nil
}

var asOf = parcels.MustDate("2026-11-22")

// manyTiles are those that several tests take.
var manyTiles = sync.OnceValues(func() ([][]byte, error) { return drawTiles(2400, 7) })

func someTiles(t testing.TB) [][]byte {
	t.Helper()
	drawn, err := manyTiles()
	if err != nil {
		t.Fatal(err)
	}
	return drawn
}

// addressesOf are the tiles in which features of a table have their middle, each once, by zoom level and feature.
func addressesOf(t *layers.Table) (all []tiles.Address) {
	for z := max(12, t.Layer.MinZoom); z <= 17; z++ {
		seen := map[tiles.Address]bool{}
		for _, b := range t.Bounds {
			tile := maptile.At(b.Center(), maptile.Zoom(z))
			at := tiles.Address{Z: z, X: int(tile.X), Y: int(tile.Y)}
			if !seen[at] {
				seen[at], all = true, append(all, at)
			}
		}
	}
	return all
}

// The codes are nearly the best for the tiles of the generator's zone; -update makes them the best.
func TestCodes(t *testing.T) {
	drawn := someTiles(t)
	size := func() (sum int) {
		for _, tile := range drawn {
			sum += len(pack.Gzip(tile))
		}
		return sum
	}
	ours, written, best := size(), *pack.Lengths, pack.Train(drawn)
	pack.UseCodes(best)
	defer pack.UseCodes(written)
	if least := size(); !*update && ours > least+least/50 {
		t.Errorf("%d tiles take %d bytes, %d with codes made for them: -update", len(drawn), ours, least)
	}
	if *update {
		written = best
		if err := os.WriteFile("lengths.go", fmt.Appendf(nil, lengthsFile, pack.Letters(best)...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const lengthsFile = `package pack

// codeLengths are those of the codes for features and for values. Written by go test -run TestCodes -update.
var codeLengths = [2]lengths{
	{
		literals:  %q,
		distances: %q,
		lengths:   %q,
	},
	{
		literals:  %q,
		distances: %q,
		lengths:   %q,
	},
}
`
