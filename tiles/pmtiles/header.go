package pmtiles

import (
	"encoding/binary"
	"math"
)

// Header says what a reader must know before it asks for a tile.
type Header struct {
	MinZoom, MaxZoom int
	// Bounds are west, south, east and north in degrees.
	Bounds [4]float64
	// Centre is the longitude and latitude that a viewer may show first, CentreZoom how near.
	Centre     [2]float64
	CentreZoom int
}

const (
	headerSize = 127
	// frontSize holds header and root directory: readers fetch so much at once.
	frontSize = 16384
	maxRoot   = frontSize - headerSize

	clustered       = 1
	gzipCompression = 2
	typeMVT         = 1
)

// section is a part of the file.
type section struct{ offset, length uint64 }

// layout is where everything lies, and how much of it there is.
type layout struct {
	root, metadata, leaves, tiles section

	addressed, entries, contents uint64
}

func (h Header) bytes(l layout) []byte {
	b := append(make([]byte, 0, headerSize), "PMTiles\x03"...)
	for _, s := range []section{l.root, l.metadata, l.leaves, l.tiles} {
		b = binary.LittleEndian.AppendUint64(b, s.offset)
		b = binary.LittleEndian.AppendUint64(b, s.length)
	}
	for _, n := range []uint64{l.addressed, l.entries, l.contents} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	b = append(b, clustered, gzipCompression, gzipCompression, typeMVT, byte(h.MinZoom), byte(h.MaxZoom))
	for _, degrees := range h.Bounds {
		b = appendDegrees(b, degrees)
	}
	b = append(b, byte(h.CentreZoom))
	return appendDegrees(appendDegrees(b, h.Centre[0]), h.Centre[1])
}

func appendDegrees(b []byte, degrees float64) []byte {
	return binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(degrees*1e7))))
}
