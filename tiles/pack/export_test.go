package pack

// Lengths are the codes that are written with.
var Lengths = &codeLengths

type CodeLengths = [2]lengths

// UseCodes has tiles packed with other codes.
func UseCodes(of CodeLengths) { codes[features], codes[values] = newCoding(of[0]), newCoding(of[1]) }

// Letters are the texts of codes' lengths, in the order of their fields.
func Letters(of CodeLengths) (texts []any) {
	for _, l := range of {
		texts = append(texts, l.literals, l.distances, l.lengths)
	}
	return texts
}

// Gzip packs a tile.
func Gzip(tile []byte) []byte { return AppendGzip(nil, tile) }

// GzipFrom packs a tile with a packer that has packed so many bytes.
func GzipFrom(base int32, tile []byte) []byte {
	p := &packer{base: base}
	for i := range p.seen {
		p.seen[i] = max(base-int32(i), 0) // as earlier tiles left it
	}
	return p.gzip(tile)
}

// Bases are numbers of bytes around which a packer begins to count anew.
var Bases = [...]int32{1, 1 << 20, farthest - 1, farthest, farthest + 1, 2*farthest - 1<<20}
