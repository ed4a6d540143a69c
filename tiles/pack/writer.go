package pack

import "encoding/binary"

// writer writes symbols as bits. Between calls fewer than 56 bits wait; four words, or a length with a distance, fit beside 7.
type writer struct {
	out  []byte // room for the longest output
	n    int    // bytes in out
	acc  uint64 // bits that wait, the first one lowest
	held uint   // how many
	code *coding
}

// begin makes room for the longest output of an input: all literals of the longest words, with a head for every run that may have one.
func (w *writer) begin(size int) {
	if room := size*longest/8 + (size/worthwhile+2)*longestHead + 64; len(w.out) < room {
		w.out = make([]byte, room+room/4)
	}
	w.n, w.acc, w.held, w.code = 0, 0, 0, nil
}

// flush moves whole bytes out; fewer than eight bits wait then.
func (w *writer) flush() { w.n, w.acc, w.held = moved(w.out, w.n, w.acc, w.held) }

// moved is flush for a state that stands in registers. &63 here and below spares a test for shifts by 64 and more.
func moved(out []byte, n int, acc uint64, held uint) (int, uint64, uint) {
	binary.LittleEndian.PutUint64(out[n:], acc)
	return n + int(held>>3), acc >> (held & 63 &^ 7), held & 7
}

func (w *writer) put(s word) {
	w.acc |= uint64(s.bits) << w.held
	w.held += uint(s.size)
}

// change ends the block and begins one with another code.
func (w *writer) change(c *coding, last bool) {
	w.flush()
	if w.code != nil {
		w.put(w.code.literal[endOfBlock])
	}
	w.code = c
	first := word{size: 1}
	if last {
		first.bits = 1
	}
	w.put(first)
	for _, s := range c.head {
		w.flush()
		w.put(s)
	}
}

// end ends the last block, at a whole byte.
func (w *writer) end() {
	w.flush()
	w.put(w.code.literal[endOfBlock])
	w.held += 7
	w.flush()
	w.held = 0
}

// literals writes bytes as they are.
func (w *writer) literals(b []byte) {
	code, n, acc, held := &w.code.literal, w.n, w.acc, w.held
	for len(b) >= 4 {
		s0, s1, s2, s3 := code[b[0]], code[b[1]], code[b[2]], code[b[3]]
		b = b[4:]
		n, acc, held = moved(w.out, n, acc, held)
		size01, size23 := uint(s0.size)+uint(s1.size), uint(s2.size)+uint(s3.size)
		// First two and two, so that few steps wait for the one before.
		acc |= (uint64(s0.bits) | uint64(s1.bits)<<(s0.size&63) | (uint64(s2.bits)|uint64(s3.bits)<<(s2.size&63))<<(size01&63)) << held
		held += size01 + size23
	}
	if len(b) > 0 {
		n, acc, held = moved(w.out, n, acc, held)
		for _, one := range b {
			acc |= uint64(code[one].bits) << (held & 63)
			held += uint(code[one].size)
		}
	}
	w.n, w.acc, w.held = n, acc, held
}

// match writes that some bytes are those a distance before.
func (w *writer) match(length, distance int) {
	w.flush()
	l, d := w.code.length[length], &w.code.distance[distanceSymbol(distance)]
	size := uint(l.size) + uint(d.size)
	w.acc |= (uint64(l.bits) | uint64(d.bits)<<(l.size&63) | uint64(uint32(distance)-d.least)<<(size&63)) << (w.held & 63)
	w.held += size + uint(d.extra)
}

const mostStored = 1<<16 - 1 // bytes of a block

// stored is the length of an input that is stored as it is.
func stored(size int) int { return size + 5*max(1, (size+mostStored-1)/mostStored) }

// store writes an input as it is, in blocks without a code.
func (w *writer) store(b []byte) {
	for {
		size, last := min(len(b), mostStored), byte(0)
		if size == len(b) {
			last = 1
		}
		w.out[w.n] = last
		binary.LittleEndian.PutUint16(w.out[w.n+1:], uint16(size))
		binary.LittleEndian.PutUint16(w.out[w.n+3:], ^uint16(size))
		w.n += 5 + copy(w.out[w.n+5:], b[:size])
		if b = b[size:]; len(b) == 0 {
			return
		}
	}
}
