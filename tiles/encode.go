package tiles

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
)

// pen is the scratch of one tile being written. mark tells for each value in which tile it was last written and as what number:
// number<<32 | tile.
type pen struct {
	drawing
	hits     []uint32
	features []byte
	values   []byte

	mark  []uint64
	tile  uint32 // counts the tiles written with this pen
	count uint32 // of values in the tile
}

// AppendFeatures appends every feature that meets a tile, with all its attributes, as a layer of an uncompressed vector tile, MVT 2.1;
// nothing when there is none. A feature smaller than a tile unit is left out. Features stand in the order of the Hilbert curve. It is
// what a tile without limits would be; Append is what is served.
//
// Every present value of every field of the table becomes an attribute; Day is a string. It fails on an address that does not exist.
func (m *Image) AppendFeatures(dst []byte, at Address) ([]byte, error) {
	if err := at.check(); err != nil {
		return dst, err
	}
	p := m.pool.Get().(*pen)
	defer m.pool.Put(p)
	p.hits = m.ground.tree.search(p.hits[:0], at.box(buffer))
	return m.appendLayer(dst, p, at, &m.all)
}

// appendLayer writes the features that were hit.
func (m *Image) appendLayer(dst []byte, p *pen, at Address, s *selection) ([]byte, error) {
	p.begin(m.ground, at)
	p.features, p.values, p.count = p.features[:0], p.values[:0], 0
	p.next()
	for _, k := range p.hits {
		drawn, err := p.draw(int(k))
		if err != nil {
			return dst, fmt.Errorf("encode tile %v of %s: %s: %w", at, m.Layer.Name, m.table.IDs[m.ground.rows[k]], err)
		}
		if drawn {
			m.appendFeature(p, int(k), s)
		}
	}
	if len(p.features) == 0 {
		return dst, nil
	}
	return appendLayerMessage(dst, m.Layer.Name, p.features, s.keys, p.values), nil
}

// next begins a tile. A mark of an earlier tile with the same number must not be taken for one of this.
func (p *pen) next() {
	if p.tile++; p.tile == 0 {
		clear(p.mark)
		p.tile = 1
	}
}

// appendLayerMessage writes a layer of features, keys and values that are fields of it already.
func appendLayerMessage(dst []byte, name string, features, keys, values []byte) []byte {
	const head, tail = 2, 3 + 2 // the name's; extent's and version's
	size := head + len(name) + len(features) + len(keys) + len(values) + tail
	dst = slices.Grow(dst, 1+binary.MaxVarintLen64+size)
	dst = binary.AppendUvarint(append(dst, tileLayer<<3|2), uint64(size))
	dst = appendBytesField(dst, layerName, name)
	dst = append(append(append(dst, features...), keys...), values...)
	dst = appendVarintField(dst, layerExtent, Extent)
	return appendVarintField(dst, layerVersion, version)
}

// appendFeature writes a feature whose outline is drawn.
func (m *Image) appendFeature(p *pen, k int, s *selection) {
	f := append(p.features, layerFeature<<3|2, 0)
	begin := len(f)
	f = binary.AppendUvarint(append(f, featureID<<3), m.ground.numbers[k])
	f = append(f, featureTags<<3|2, 0)
	tags := len(f)
	if s.all {
		f = m.tagAll(f, p, k)
	} else {
		f = m.tagSelected(f, p, k, s)
	}
	f = append(sized(f, tags), featureType<<3, typePolygon, featureGeometry<<3|2, 0)
	f = sized(p.appendTo(f), len(f))
	p.features = sized(f, begin)
}

// tagAll appends all of a feature's attributes: key and value by their numbers in the layer. Values that the layer has not yet are added.
// This is the inner loop of a tile.
func (m *Image) tagAll(dst []byte, p *pen, k int) []byte {
	s, at := m.sheetOf(k)
	p.values = append(p.values, s.ownOf(at)...)
	own := p.count // number of the next own value
	p.count += uint32(s.ownCount[at])
	stride := len(m.Layer.Fields)
	b, end := room(dst, stride*2*mostUint)
	for f, r := range s.refs[at*stride:][:stride] {
		var n uint32
		switch r {
		case 0:
			continue
		case alone:
			n = own
			own++
		default:
			if mark := p.mark[r-1]; uint32(mark) == p.tile {
				n = uint32(mark >> 32)
			} else {
				n = m.addShared(p, r)
			}
		}
		b[end] = byte(f) // less than 128
		end = putUint(b, end+1, n)
	}
	return b[:end]
}

// addShared adds a shared value to the layer and returns its number.
func (m *Image) addShared(p *pen, r ref) uint32 {
	n := p.count
	p.mark[r-1] = uint64(n)<<32 | uint64(p.tile)
	p.count++
	p.values = append(p.values, m.values.sharedValue(r)...)
	return n
}

// tagSelected is tagAll for some of the fields.
func (m *Image) tagSelected(dst []byte, p *pen, k int, s *selection) []byte {
	on, at := m.sheetOf(k)
	own := on.ownOf(at)
	for f, r := range on.refs[at*len(s.key):][:len(s.key)] {
		n, size := p.count, 0
		if r == alone {
			size = valueSize(own)
		}
		if r != 0 && s.key[f] != notCarried {
			if r != alone && uint32(p.mark[r-1]) == p.tile {
				n = uint32(p.mark[r-1] >> 32)
			} else if r != alone {
				m.addShared(p, r)
			} else {
				p.values = append(p.values, own[:size]...)
				p.count++
			}
			dst = appendUint(append(dst, byte(s.key[f])), n)
		}
		own = own[size:]
	}
	return dst
}

// appendTo writes rings as commands: move to the first vertex, lines to the others, close; each position as its difference from the one
// before.
func (o *outline) appendTo(dst []byte) []byte {
	b, n := room(dst, (2*len(o.spots)+3*len(o.ends))*mostUint)
	var at spot
	begin := 0
	for _, end := range o.ends {
		ring := o.spots[begin:end]
		n = putUint(b, n, moveTo|1<<3)
		n = putSpot(b, n, ring[0], at)
		n = putUint(b, n, lineTo|uint32(len(ring)-1)<<3)
		at = ring[0]
		for _, s := range ring[1:] {
			n = putSpot(b, n, s, at)
			at = s
		}
		n = putUint(b, n, closePath|1<<3)
		begin = end
	}
	return b[:n]
}

// putSpot writes the difference of two positions.
func putSpot(b []byte, n int, to, from spot) int {
	return putUint(b, putUint(b, n, zigzag(to.x-from.x)), zigzag(to.y-from.y))
}

// FeatureID is the number that stands for a feature in tiles: 53 bits, which JavaScript holds exactly, of the FNV-1a hash of its
// identifier. It stays the same from snapshot to snapshot and tile to tile, so that a client may keep its highlights; row numbers
// would move with every split of a parcel. Among 10^6 features two share a number with a chance of 1 in 18 000, and attributes
// tell them apart.
func FeatureID(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64() >> 11
}
