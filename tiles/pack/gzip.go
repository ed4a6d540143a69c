// Package pack packs vector tiles with gzip. A compressor for anything looks everywhere for what came before and makes a code for each
// input; it takes some three times as long as drawing the tile. This one knows where in a tile something comes again (the numbers of
// shared values, what texts begin and end with, what stands before a number) and where it need not look (identifiers, geometry, the
// digits of a number), and has its codes ready. What it writes is a plain gzip member, RFC 1952 and 1951. It packs whatever it is given,
// but only tiles well. It imports nothing of the program.
package pack

import (
	"encoding/binary"
	"hash/crc32"
	"sync"
)

const (
	tableBits   = 12
	maxDistance = 1 << 15
)

// packer is what packing one tile needs and the next can use again.
type packer struct {
	writer
	runs []run
	seen [1 << tableBits]uint16 // by hash, the last 16 bits of where some bytes were last in this tile
}

var packers = sync.Pool{New: func() any { return &packer{} }}

// header of a member: deflate, no flags, no time, the fastest level, of no known system.
var header = [10]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255}

// AppendGzip appends an uncompressed tile packed as one gzip member. The same bytes give the same bytes. It is safe for concurrent use.
func AppendGzip(dst, tile []byte) []byte {
	p := packers.Get().(*packer)
	defer packers.Put(p)
	return append(dst, p.gzip(tile)...)
}

// gzip returns what the next use of the packer overwrites.
func (p *packer) gzip(tile []byte) []byte {
	p.begin(len(tile))
	p.n = copy(p.out, header[:])
	p.blocks(tile)
	if p.n > len(header)+stored(len(tile)) {
		p.n = len(header)
		p.store(tile)
	}
	binary.LittleEndian.PutUint32(p.out[p.n:], crc32.ChecksumIEEE(tile))
	binary.LittleEndian.PutUint32(p.out[p.n+4:], uint32(len(tile)))
	return p.out[:p.n+8]
}

// blocks writes the tile's runs, each with the code for its kind.
func (p *packer) blocks(tile []byte) {
	clear(p.seen[:])
	p.split(tile)
	for i, r := range p.runs {
		if i == 0 || r.code != p.code {
			p.change(r.code, p.isLast(i))
		}
		switch r.kind {
		case features:
			p.features(tile, r.from, r.to)
		case values:
			p.values(tile, r.from, r.to)
		default:
			p.literals(tile[p.search(tile, r.from, r.from, r.to):r.to])
		}
	}
	p.end()
}

// isLast reports whether no run from the i-th on wants another code.
func (p *packer) isLast(i int) bool {
	for _, r := range p.runs[i:] {
		if r.code != p.runs[i].code {
			return false
		}
	}
	return true
}
