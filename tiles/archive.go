package tiles

import (
	"context"
	"errors"
	"fmt"

	"muchan/tiles/layers"
	"muchan/tiles/pmtiles"
)

// Zoom levels of an archive when nothing else is asked for: from where a zone is a spot to where a parcel fills a screen. Readers
// magnify the tiles of the last.
const (
	ArchiveMinZoom = 8
	ArchiveMaxZoom = 16
)

// Archive is one layer's tiles as one audience gets them, to be written into a PMTiles file that any static host serves.
type Archive struct {
	Image            *Image
	Beside           *Image // as for Image.AppendBeside
	MinZoom, MaxZoom int    // the layer's own lowest zoom level bounds them too
	About            About
}

// About is what a reader must know of an archive's data.
type About struct {
	Description string // year, day, audience and the like, in a sentence
	Attribution string
	Version     string // of the data
}

// archiveMetadata is the JSON object of an archive, by the PMTiles and TileJSON specifications.
type archiveMetadata struct {
	Name         string        `json:"name"`
	Description  string        `json:"description"`
	Attribution  string        `json:"attribution,omitempty"`
	Version      string        `json:"version,omitempty"`
	Type         string        `json:"type"`
	VectorLayers []vectorLayer `json:"vector_layers"`
}

// Written is what an archive became.
type Written struct {
	Tiles int
	Bytes int64 // of the tiles, packed
}

// Write writes the archive's file, which appears whole or not at all. Every tile that is not empty is in it, byte for byte as the server
// makes it. Tiles are made on all processors and written as they come; progress hears how many so far, nil for nobody. It fails when
// nothing is drawn, and when ctx ends.
func (a *Archive) Write(ctx context.Context, path string, progress func(tiles int)) (Written, error) {
	minZoom := max(a.MinZoom, a.Image.Layer.MinZoom)
	if a.MaxZoom > MaxZoom || minZoom > a.MaxZoom {
		return Written{}, fmt.Errorf("archive of %s: zoom levels %d to %d; there are %d to %d", a.Image.Layer.Name, a.MinZoom, a.MaxZoom, a.Image.Layer.MinZoom, MaxZoom)
	}
	w, err := pmtiles.Create(path)
	if err != nil {
		return Written{}, err
	}
	defer w.Abandon()
	err = inOrder(ctx, a.Image.ground.addresses(minZoom, a.MaxZoom), a.packed, func(at Address, tile []byte) error {
		if tile == nil {
			return nil
		}
		if progress != nil {
			progress(w.Len())
		}
		return w.Add(archiveID(at), tile)
	})
	if err == nil && w.Len() == 0 {
		err = errors.New("nothing of it is drawn")
	}
	if err != nil {
		return Written{}, fmt.Errorf("archive of %s: %w", a.Image.Layer.Name, err)
	}
	return Written{w.Len(), w.Bytes()}, w.Close(a.header(minZoom), a.metadata(minZoom))
}

// packed makes a tile for the file; nil for an empty one.
func (a *Archive) packed(at Address) ([]byte, error) {
	tile, err := a.Image.AppendBeside(nil, at, a.Beside)
	if err != nil || len(tile) == 0 {
		return nil, err
	}
	return pmtiles.Compress(tile)
}

func (a *Archive) header(minZoom int) pmtiles.Header {
	b := a.Image.table.Bound
	return pmtiles.Header{
		MinZoom: minZoom, MaxZoom: a.MaxZoom,
		Bounds: [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]},
		Centre: b.Center(), CentreZoom: min(a.MaxZoom, max(minZoom, showing(b.Max[0]-b.Min[0]))),
	}
}

func (a *Archive) metadata(minZoom int) archiveMetadata {
	var beside []layers.Layer
	if a.Beside != nil {
		beside = append(beside, a.Beside.Layer)
	}
	return archiveMetadata{
		Name: a.Image.Layer.Name, Description: a.About.Description, Attribution: a.About.Attribution, Version: a.About.Version,
		Type: "overlay", VectorLayers: vectorLayers(a.Image.Layer, beside, minZoom, a.MaxZoom),
	}
}
