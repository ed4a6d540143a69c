package api

import (
	"context"
	"fmt"
	"net/http"
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

// keptTile is a tile ready to be sent. It is immutable but for until.
type keptTile struct {
	body  []byte // encoded; empty for an empty tile
	tag   string
	about http.Header   // of an answer with the body; answers share its slices
	since uint64        // serial of the drawing it was made of
	until atomic.Uint64 // serial of the last drawing that was found to give the same
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
// encoding.
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
	t.kept.Set(d.key(at, as), tile)
	return tile, nil
}

func (t *tileCache) encode(d *drawing, at tiles.Address, as encoding) (tile *keptTile, err error) {
	buffer := t.buffers.Get().(*[]byte)
	defer t.buffers.Put(buffer)
	b, err := t.draw((*buffer)[:0], d, at)
	if err != nil {
		return nil, err
	}
	*buffer = b
	if len(b) < smallest {
		as = identity
	}
	tile = &keptTile{since: d.serial}
	tile.until.Store(d.serial)
	if len(b) > 0 {
		tile.tag, tile.body = tileTag(d.audience, b, as), t.compressor.compressTile(b, as)
		tile.about = http.Header{"Content-Type": {mvt}, "Etag": {tile.tag}, "Content-Length": {strconv.Itoa(len(tile.body))}}
		if as != identity {
			tile.about.Set("Content-Encoding", as.String())
		}
	}
	return tile, nil
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
