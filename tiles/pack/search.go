package pack

import (
	"encoding/binary"
	"math/bits"
)

// search writes what is not yet written up to some bytes, and those of them that came before. It returns where it stopped; the rest is
// left to be written.
func (p *packer) search(tile []byte, done, from, to int) int {
	for at := from; at+minMatch <= to; {
		word := binary.LittleEndian.Uint32(tile[at:])
		before := p.lookUp(word*2654435761, at)
		if before < 0 || binary.LittleEndian.Uint32(tile[before:]) != word {
			at++
			continue
		}
		length := alike(tile, before, at, to)
		p.literals(tile[done:at])
		p.match(length, at-before)
		at += length
		done = at
	}
	return done
}

// lookUp returns where bytes of a hash were last, in this tile and not too far away, and -1 for nowhere; and notes where they are now.
func (p *packer) lookUp(hash uint32, at int) int {
	slot := &p.seen[hash>>(32-tableBits)]
	before := int(*slot - p.base)
	*slot = p.base + int32(at)
	if before < 0 || at-before > maxDistance {
		return -1
	}
	return before
}

// alike is how many bytes are the same from two places on, the later of which ends at a limit.
func alike(b []byte, before, at, limit int) int {
	n, most := 0, min(limit-at, maxMatch)
	for n+8 <= most {
		if differ := binary.LittleEndian.Uint64(b[before+n:]) ^ binary.LittleEndian.Uint64(b[at+n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
		n += 8
	}
	for n < most && b[before+n] == b[at+n] {
		n++
	}
	return n
}
