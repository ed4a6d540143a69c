package pack

const doubleSize = 11 // of a value that is a double: its field, its length, the number's field, and eight bytes

// values writes a run of values: doubles as a beginning like the last one's and eight literals, others by what came before.
func (p *packer) values(tile []byte, at, end int) {
	done, last := at, at-nearby // what is written, and where the last double began
	for at < end {
		_, next, _ := field(tile, at, end) // split has read it
		if next-at == doubleSize && tile[at+2] == valueDouble {
			if distance := at - last; distance < nearby {
				p.literals(tile[done:at])
				p.flush()
				p.put(p.code.triple[distance])
				done = at + 3
			}
			last = at
		} else {
			done = p.search(tile, done, at, next)
		}
		at = next
	}
	p.literals(tile[done:end])
}
