package pmtiles

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// Info is what an archive says of itself.
type Info struct {
	Format           string // of its tiles: mvt, png, jpeg, webp or avif
	MinZoom, MaxZoom int
	Layers           []string // of vector tiles, at least one, in the archive's order; pictures have none
	Attribution      string   // what its maker wants said; may hold markup
}

// formats are the kinds of tiles by their number in the header.
var formats = map[byte]string{typeMVT: "mvt", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}

// Whoever made an archive is a stranger: its metadata are read up to these sizes, packed and unpacked.
const (
	maxPacked   = 1 << 20
	maxUnpacked = 8 << 20
)

const (
	uncompressed = 1
	deepestZoom  = 26 // tiles further down have no number in the format
)

// ReadInfo reads header and metadata of an archive. An error says what is not as the format has it, or what browsers cannot unpack.
func ReadInfo(r io.ReaderAt) (Info, error) {
	var head [headerSize]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return Info{}, fmt.Errorf("read the archive's header: %w", err)
	}
	if !bytes.HasPrefix(head[:], []byte("PMTiles\x03")) {
		return Info{}, errors.New("not a PMTiles archive of version 3")
	}
	internal, packed := head[97], head[98]
	info := Info{Format: formats[head[99]], MinZoom: int(head[100]), MaxZoom: int(head[101])}
	switch {
	case info.Format == "":
		return Info{}, fmt.Errorf("the archive's tiles are of kind %d, not vector tiles or pictures", head[99])
	case internal != uncompressed && internal != gzipCompression, packed > gzipCompression:
		return Info{}, errors.New("the archive is not packed with gzip, so browsers cannot unpack it")
	case info.MinZoom > info.MaxZoom || info.MaxZoom > deepestZoom:
		return Info{}, fmt.Errorf("the archive goes from zoom level %d to %d", info.MinZoom, info.MaxZoom)
	}
	at := section{binary.LittleEndian.Uint64(head[24:]), binary.LittleEndian.Uint64(head[32:])}
	return info, info.describe(r, at, internal == gzipCompression)
}

// describe adds what the metadata say.
func (i *Info) describe(r io.ReaderAt, at section, packed bool) error {
	if at.length > maxPacked || at.offset > 1<<50 {
		return fmt.Errorf("the archive's metadata take %d bytes, at most %d are read", at.length, maxPacked)
	}
	var text io.Reader = io.NewSectionReader(r, int64(at.offset), int64(at.length))
	if packed {
		unpacked, err := gzip.NewReader(text)
		if err != nil {
			return fmt.Errorf("unpack the archive's metadata: %w", err)
		}
		text = unpacked
	}
	var told struct {
		Attribution string `json:"attribution"`
		Layers      []struct {
			ID string `json:"id"`
		} `json:"vector_layers"`
	}
	if err := json.NewDecoder(io.LimitReader(text, maxUnpacked)).Decode(&told); err != nil {
		return fmt.Errorf("read the archive's metadata: %w", err)
	}
	i.Attribution = told.Attribution
	if i.Format != formats[typeMVT] {
		return nil
	}
	for _, l := range told.Layers {
		i.Layers = append(i.Layers, l.ID)
	}
	if len(i.Layers) == 0 {
		return errors.New("the archive's metadata name none of the layers of its vector tiles")
	}
	return nil
}
