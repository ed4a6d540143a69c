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

// GzipAfter packs a tile with a packer that has packed something else.
func GzipAfter(other, tile []byte) []byte {
	p := &packer{}
	p.gzip(other)
	return p.gzip(tile)
}
