package pmtiles

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Writer writes an archive tile by tile. Tiles go straight into the file, behind room for header and root directory; what stays in
// memory is where they lie, about 100 bytes for each different tile. The file appears under its name whole or not at all.
type Writer struct {
	path string
	file *os.File // nil when closed or abandoned
	out  *bufio.Writer

	entries   []entry
	places    map[[sha256.Size]byte]section // of each different tile
	length    uint64                        // of all tiles
	addressed uint64
}

// Create begins an archive beside its final place. The caller ends it with Close, or with Abandon, which does nothing after Close.
func Create(path string) (*Writer, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	w := &Writer{path: path, file: f, out: bufio.NewWriterSize(f, 1<<20), places: map[[sha256.Size]byte]section{}}
	if _, err := w.out.Write(make([]byte, frontSize)); err != nil {
		w.Abandon()
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	return w, nil
}

// Add adds a tile that Compress has packed. Tiles come in the order of their numbers: zoom by zoom, each along the Hilbert curve from
// the north-west corner. A tile seen before takes no room.
func (w *Writer) Add(id uint64, tile []byte) error {
	if last := len(w.entries) - 1; last >= 0 && id < w.entries[last].id+uint64(w.entries[last].run) {
		return fmt.Errorf("pmtiles: tile %d comes after tile %d", id, w.entries[last].id)
	}
	if len(tile) == 0 {
		return fmt.Errorf("pmtiles: tile %d is empty", id)
	}
	hash := sha256.Sum256(tile)
	place, known := w.places[hash]
	if !known {
		place = section{w.length, uint64(len(tile))}
		if _, err := w.out.Write(tile); err != nil {
			return fmt.Errorf("write %s: %w", w.path, err)
		}
		w.places[hash] = place
		w.length += place.length
	}
	w.addressed++
	w.enter(id, place)
	return nil
}

// enter notes where a tile lies, in one entry with the tile before if that is the same.
func (w *Writer) enter(id uint64, place section) {
	if last := len(w.entries) - 1; last >= 0 {
		if e := &w.entries[last]; e.offset == place.offset && id == e.id+uint64(e.run) {
			e.run++
			return
		}
	}
	w.entries = append(w.entries, entry{id: id, offset: place.offset, length: uint32(place.length), run: 1})
}

// Len is the number of tiles added, and Bytes what they take in the file.
func (w *Writer) Len() int { return int(w.addressed) }

// Bytes is what the tiles take in the file.
func (w *Writer) Bytes() int64 { return int64(w.length) }

// Close writes directories, metadata and header, makes the file durable and gives it its name. Metadata becomes a JSON object. An
// archive without a tile is an error, as the format has no word for it.
func (w *Writer) Close(h Header, metadata any) error {
	if w.file == nil {
		return errors.New("pmtiles: the archive is closed already")
	}
	defer w.Abandon()
	if len(w.entries) == 0 {
		return fmt.Errorf("write %s: there is no tile to write", w.path)
	}
	if err := w.finish(h, metadata); err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	return nil
}

func (w *Writer) finish(h Header, metadata any) error {
	root, leaves, err := directories(w.entries)
	if err != nil {
		return err
	}
	text, err := json.Marshal(metadata)
	if err != nil {
		return err
	}
	if text, err = Compress(text); err != nil {
		return err
	}
	l := layout{
		root: section{headerSize, uint64(len(root))}, tiles: section{frontSize, w.length},
		addressed: w.addressed, entries: uint64(len(w.entries)), contents: uint64(len(w.places)),
	}
	l.leaves = section{l.tiles.offset + l.tiles.length, uint64(len(leaves))}
	l.metadata = section{l.leaves.offset + l.leaves.length, uint64(len(text))}
	for _, part := range [][]byte{leaves, text} {
		if _, err := w.out.Write(part); err != nil {
			return err
		}
	}
	if err := w.out.Flush(); err != nil {
		return err
	}
	if _, err := w.file.WriteAt(append(h.bytes(l), root...), 0); err != nil {
		return err
	}
	return w.publish()
}

// publish makes the file durable before it gets its name, so that a crash leaves the old file or the new one.
func (w *Writer) publish() error {
	if err := w.file.Chmod(0o644); err != nil {
		return err
	}
	if err := w.file.Sync(); err != nil {
		return err
	}
	if err := w.file.Close(); err != nil {
		return err
	}
	if err := os.Rename(w.file.Name(), w.path); err != nil {
		return err
	}
	w.file = nil
	return nil
}

// Abandon removes an archive that is not closed.
func (w *Writer) Abandon() {
	if w.file != nil {
		w.file.Close()
		os.Remove(w.file.Name())
		w.file = nil
	}
}
