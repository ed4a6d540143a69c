package tiles

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/tiles/layers"
	"muchan/tiles/pmtiles"
)

// Zoom levels of an archive when nothing else is asked for: from where a zone is a spot to where a parcel fills a screen. Readers
// magnify the tiles of the last.
const (
	ArchiveMinZoom = 8
	ArchiveMaxZoom = 16
)

// Archive is the tiles of layers as one audience gets them, to be written into a PMTiles file that any static host serves. A tile holds what
// the server gives of each layer, one after the other; see grid for the names.
type Archive struct {
	Images           []*Image // one or more, of different layers
	Beside           *Image   // as for Image.AppendBeside; it stands once where it is a layer of the archive, too
	MinZoom, MaxZoom int      // the layers' own lowest zoom levels bound them too
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
	lowest := slices.MinFunc(a.Images, func(x, y *Image) int { return cmp.Compare(x.Layer.MinZoom, y.Layer.MinZoom) }).Layer.MinZoom
	minZoom := max(a.MinZoom, lowest)
	if a.MaxZoom > MaxZoom || minZoom > a.MaxZoom {
		return Written{}, fmt.Errorf("archive of %s: zoom levels %d to %d; there are %d to %d", a.name(), a.MinZoom, a.MaxZoom, lowest, MaxZoom)
	}
	grounds := make([]*Ground, len(a.Images))
	for i, m := range a.Images {
		grounds[i] = m.ground
	}
	w, err := pmtiles.Create(path)
	if err != nil {
		return Written{}, err
	}
	defer w.Abandon()
	err = inOrder(ctx, addresses(grounds, minZoom, a.MaxZoom), a.packed, func(at Address, tile []byte) error {
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
		return Written{}, fmt.Errorf("archive of %s: %w", a.name(), err)
	}
	return Written{w.Len(), w.Bytes()}, w.Close(a.header(minZoom), a.metadata(minZoom))
}

// packed makes a tile for the file; nil for an empty one.
func (a *Archive) packed(at Address) (tile []byte, err error) {
	for i, m := range a.Images {
		if tile, err = m.appendServedBeside(tile, at, a.grid(i), a.beside()); err != nil {
			return nil, err
		}
	}
	if len(tile) == 0 {
		return nil, nil
	}
	return pmtiles.Compress(tile)
}

// grid names the squares of a layer: a tile has no two layers of one name. Those of the first layer that has any are called as the server
// calls them.
func (a *Archive) grid(i int) string {
	for _, m := range a.Images[:i] {
		if fields, _ := m.Layer.GridFields(); len(fields) > 0 {
			return a.Images[i].Layer.Name + "_" + layers.Grid
		}
	}
	return layers.Grid
}

// beside is what stands beside the grid and in no tile of its own.
func (a *Archive) beside() *Image {
	if a.Beside == nil || slices.ContainsFunc(a.Images, func(m *Image) bool { return m.Layer.Name == a.Beside.Layer.Name }) {
		return nil
	}
	return a.Beside
}

func (a *Archive) name() string {
	names := make([]string, len(a.Images))
	for i, m := range a.Images {
		names[i] = m.Layer.Name
	}
	return strings.Join(names, ", ")
}

func (a *Archive) header(minZoom int) pmtiles.Header {
	b := geo.Shape(nil).Bound()
	for _, m := range a.Images {
		b = b.Union(m.table.Bound)
	}
	return pmtiles.Header{
		MinZoom: minZoom, MaxZoom: a.MaxZoom,
		Bounds: [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]},
		Centre: b.Center(), CentreZoom: min(a.MaxZoom, max(minZoom, showing(b.Max[0]-b.Min[0]))),
	}
}

func (a *Archive) metadata(minZoom int) archiveMetadata {
	var described []vectorLayer
	for i, m := range a.Images {
		described = append(described, vectorLayers(m.Layer, a.grid(i), nil, max(minZoom, m.Layer.MinZoom), a.MaxZoom)...)
	}
	if m := a.beside(); m != nil {
		described = append(described, vectorLayers(m.Layer, layers.Grid, nil, max(minZoom, m.Layer.MinZoom), a.MaxZoom)...)
	}
	return archiveMetadata{
		Name: a.name(), Description: a.About.Description, Attribution: a.About.Attribution, Version: a.About.Version,
		Type: "overlay", VectorLayers: described,
	}
}
