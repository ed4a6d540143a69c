package pack

import "encoding/binary"

// kind is what a run of a tile holds.
type kind uint8

const (
	anything kind = iota
	features
	values
)

// run is a part of a tile that is packed in one way.
type run struct {
	kind     kind
	from, to int
	code     *coding
}

// worthwhile is the length from which a run has a code of its own rather than that of the run before.
const worthwhile = 1024

// Fields of a tile, a layer, a feature and a value, MVT 2.1, 4.
const (
	tileLayer    = 3<<3 | 2
	layerFeature = 2<<3 | 2
	layerValue   = 4<<3 | 2
	featureID    = 1 << 3
	featureTags  = 2<<3 | 2
	valueText    = 1<<3 | 2
	valueDouble  = 3<<3 | 1
)

// split finds the runs of features and values, and gives each its code. What is no tile, or is empty, is one run of anything.
func (p *packer) split(tile []byte) {
	p.runs = p.runs[:0]
	for at := 0; at < len(tile); {
		first, end, ok := field(tile, at, len(tile))
		if !ok || tile[at] != tileLayer {
			p.add(anything, at, len(tile))
			break
		}
		p.add(anything, at, first)
		for at = first; at < end; {
			_, next, ok := field(tile, at, end)
			switch {
			case !ok:
				next = end
				p.add(anything, at, next)
			case tile[at] == layerFeature:
				p.add(features, at, next)
			case tile[at] == layerValue:
				p.add(values, at, next)
			default:
				p.add(anything, at, next)
			}
			at = next
		}
	}
	if len(p.runs) == 0 {
		p.add(anything, 0, 0)
	}
	p.assign()
}

// add adds to the last run if it is of the kind, or begins one.
func (p *packer) add(k kind, from, to int) {
	if last := len(p.runs) - 1; last >= 0 && p.runs[last].kind == k {
		p.runs[last].to = to
		return
	}
	p.runs = append(p.runs, run{kind: k, from: from, to: to})
}

// assign gives long runs the code of their kind, and the others that of the run before; the first ones that of the first long one.
func (p *packer) assign() {
	code := codes[features]
	for _, r := range p.runs {
		if r.kind != anything && r.to-r.from >= worthwhile {
			code = codes[r.kind]
			break
		}
	}
	for i := range p.runs {
		if r := &p.runs[i]; r.kind != anything && r.to-r.from >= worthwhile {
			code = codes[r.kind]
		}
		p.runs[i].code = code
	}
}

// field reads the head of a field with a length: where its content begins and ends. It fails on any other, and on one that passes the
// limit.
func field(b []byte, at, limit int) (first, end int, ok bool) {
	if b[at]&7 != 2 || b[at] >= 1<<7 {
		return 0, 0, false
	}
	if at+1 < limit && b[at+1] < 1<<7 { // nearly all
		first, end = at+2, at+2+int(b[at+1])
		return first, end, end <= limit
	}
	size, n := binary.Uvarint(b[at+1 : limit])
	first = at + 1 + n
	if n <= 0 || size > uint64(limit-first) {
		return 0, 0, false
	}
	return first, first + int(size), true
}
