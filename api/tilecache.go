package api

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"
	"github.com/maypok86/otter/v2"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// drawing is one layer of one image as one audience sees it, ready to become tiles.
type drawing struct {
	image    *tiles.Image
	audience layers.Audience
	beside   *tiles.Image // outlines that stand beside the grid; nil for none
	serial   uint64       // of the image; grows from one to the next
}

// tileKey names a tile from one state of the data to the next; which states a kept tile is of stands in the tile.
type tileKey struct {
	layer    string
	audience layers.Audience
	year     int
	at       tiles.Address
	as       encoding
}

func (d *drawing) key(at tiles.Address, as encoding) tileKey {
	return tileKey{d.image.Layer.Name, d.audience, d.image.Year, at, as}
}

// keptTile is a tile ready to be sent. What is sent of it is immutable until the last reader is done.
type keptTile struct {
	body   []byte // encoded; empty for an empty tile
	tag    string
	about  headers       // of an answer with the body
	tagged headers       // of one without, as the reader has it
	since  uint64        // serial of the drawing it was made of
	until  atomic.Uint64 // serial of the last drawing that was found to give the same

	buffer  *[]byte      // that body stands in when the tile is not kept; other tiles will
	readers atomic.Int32 // who are not done with it
}

func (t *keptTile) isOf(d *drawing) bool { return t.since <= d.serial && d.serial <= t.until.Load() }

// weight is roughly the memory a kept tile takes.
func (t *keptTile) weight() uint32 { return uint32(len(t.body)) + 800 }

// tileCache makes tiles and keeps them, up to a number of bytes. Keys hold the audience, so no reader gets another's tile.
type tileCache struct {
	kept       *otter.Cache[tileKey, *keptTile]
	makings    makings
	gate       *gate
	compressor *compressor
	buffers    sync.Pool // of *[]byte
	keepsNone  bool
	bytes      uint64
	whole      bool // see Config.WholeTiles
	anew       bool // see Config.TilesAnew
}

// newTileCache keeps up to so many bytes.
func newTileCache(bytes uint64, c *compressor) *tileCache {
	t := &tileCache{gate: newGate(workers()), compressor: c, bytes: bytes}
	t.buffers.New = func() any { return new([]byte) }
	t.kept = otter.Must(&otter.Options[tileKey, *keptTile]{
		MaximumWeight: bytes,
		Weigher:       func(_ tileKey, tile *keptTile) uint32 { return tile.weight() },
	})
	return t
}

// lookUp returns a kept tile.
func (t *tileCache) lookUp(d *drawing, at tiles.Address, as encoding) (*keptTile, bool) {
	tile, ok := t.kept.GetIfPresent(d.key(at, as))
	return tile, ok && tile.isOf(d)
}

// make has a tile encoded and keeps it. A client waits for his turn; errBusy says that it did not come. Many who ask for one tile wait for one
// encoding. Each calls done when he is.
func (t *tileCache) make(ctx context.Context, client string, d *drawing, at tiles.Address, as encoding) (tile *keptTile, err error) {
	if t.anew {
		if busy := t.gate.do(ctx, client, func() { tile, err = t.encode(d, at, as) }); busy != nil {
			return nil, busy
		}
		return tile, err
	}
	key := makingKey{d.serial, d.key(at, as)}
	m := t.makings.at(key)
	if m == nil {
		busy := t.gate.do(ctx, client, func() {
			mine := false
			if m, mine = t.makings.begin(key); mine {
				defer t.makings.end(key, m)
				m.tile, m.err = t.makeNow(d, at, as)
			}
		})
		if busy != nil {
			return nil, busy
		}
	}
	select {
	case <-m.done:
		return m.tile, m.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// makeNow is make when the turn has come.
func (t *tileCache) makeNow(d *drawing, at tiles.Address, as encoding) (*keptTile, error) {
	if tile, ok := t.lookUp(d, at, as); ok {
		return tile, nil
	}
	tile, err := t.encode(d, at, as)
	if err != nil {
		return nil, fmt.Errorf("tile: %w", err)
	}
	if !t.keepsNone {
		t.kept.Set(d.key(at, as), tile)
	}
	return tile, nil
}

func (t *tileCache) encode(d *drawing, at tiles.Address, as encoding) (tile *keptTile, err error) {
	buffer := t.buffers.Get().(*[]byte)
	if *buffer, err = t.draw((*buffer)[:0], d, at); err != nil {
		t.buffers.Put(buffer)
		return nil, err
	}
	if len(*buffer) < smallest {
		as = identity
	}
	tile = &keptTile{since: d.serial, buffer: buffer}
	tile.until.Store(d.serial)
	tile.readers.Store(1)
	if len(*buffer) > 0 {
		tile.tag, tile.buffer = tileTag(d.audience, *buffer, as), t.packed(buffer, as)
		tile.tagged = headers{{"Etag", []string{tile.tag}}}
		tile.about = headers{tile.tagged[0], {"Content-Type", []string{mvt}}, {"Content-Length", []string{strconv.Itoa(len(*tile.buffer))}}}
		if as != identity {
			tile.about = append(tile.about, header{"Content-Encoding", []string{as.String()}})
		}
	}
	tile.body = *tile.buffer
	if !t.keepsNone {
		tile.body = bytes.Clone(tile.body) // which takes no more room than it needs
		t.buffers.Put(tile.buffer)
		tile.buffer = nil
	}
	return tile, nil
}

// packed returns a buffer with what one holds, compressed.
func (t *tileCache) packed(buffer *[]byte, as encoding) *[]byte {
	if as == identity {
		return buffer
	}
	defer t.buffers.Put(buffer)
	packed := t.buffers.Get().(*[]byte)
	*packed = t.compressor.appendTile((*packed)[:0], *buffer, as)
	return packed
}

// done takes back what a tile that is not kept stands in, when the last of its readers is done. What is never taken back is garbage like any
// other.
func (t *tileCache) done(tile *keptTile) {
	if tile.buffer != nil && tile.readers.Add(-1) == 0 {
		t.buffers.Put(tile.buffer)
	}
}

// tileTag is entityTag for tiles, which are many and large: it takes a seventh of the time, which was a tenth of all that a tile takes. A tile's
// tag is only ever compared with those of the same tile's other states, so 64 bits are enough. Every process makes the same.
func tileTag(audience layers.Audience, body []byte, as encoding) string {
	return fmt.Sprintf(`"%s-%016x%s"`, audience, xxhash.Sum64(body), as.suffix())
}

func (t *tileCache) draw(dst []byte, d *drawing, at tiles.Address) ([]byte, error) {
	if t.whole {
		return d.image.AppendFeatures(dst, at)
	}
	return d.image.AppendBeside(dst, at, d.beside)
}
