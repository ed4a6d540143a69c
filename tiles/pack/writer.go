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
func (w *writer) flush() {
	binary.LittleEndian.PutUint64(w.out[w.n:], w.acc)
	w.n += int(w.held >> 3)
	w.acc >>= w.held &^ 7
	w.held &= 7
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
	code, acc, held, n := &w.code.literal, w.acc, w.held, w.n
	for len(b) >= 4 {
		s0, s1, s2, s3 := code[b[0]], code[b[1]], code[b[2]], code[b[3]]
		b = b[4:]
		binary.LittleEndian.PutUint64(w.out[n:], acc)
		n += int(held >> 3)
		acc >>= held &^ 7
		held &= 7
		acc |= uint64(s0.bits) << held
		held += uint(s0.size)
		acc |= uint64(s1.bits) << (held & 63) // which spares a test for shifts by 64 and more
		held += uint(s1.size)
		acc |= uint64(s2.bits) << (held & 63)
		held += uint(s2.size)
		acc |= uint64(s3.bits) << (held & 63)
		held += uint(s3.size)
	}
	w.acc, w.held, w.n = acc, held, n
	for _, one := range b {
		w.flush()
		w.put(code[one])
	}
}

// match writes that some bytes are those a distance before.
func (w *writer) match(length, distance int) {
	w.flush()
	d := &w.code.distance[distanceSymbol(distance)]
	w.put(w.code.length[length])
	w.put(d.word)
	w.put(word{uint32(distance) - d.least, d.extra})
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
