package tiles

import (
	"slices"

	"muchan/tiles/layers"
)

// sheetFeatures is how many features have their attributes on a sheet, and sheetBits how many bits of a place are within it: some 100 kB of
// an analyst's.
const (
	sheetBits     = 8
	sheetFeatures = 1 << sheetBits
)

// sheet is the attributes of features that stand one after another, so that an image in which few differ shares most with the one before.
//
// Values that a feature has alone stand feature by feature, in the order of the fields, so that a tile takes them with one copy.
type sheet struct {
	refs     []ref // len(Layer.Fields) of each feature
	own      []byte
	ownFirst []uint32 // of each feature in own, and the end of the last
	ownCount []uint8  // values of each feature in own
}

// newSheets returns sheets for so many features without a value.
func newSheets(features, stride int) []*sheet {
	sheets := make([]*sheet, 0, (features+sheetFeatures-1)>>sheetBits)
	for at := 0; at < features; at += sheetFeatures {
		sheets = append(sheets, &sheet{refs: make([]ref, stride*min(sheetFeatures, features-at))})
	}
	return sheets
}

// refer refers the features to their values, by columns in code. bases are how many values stand before a column's; first is the sheet's first feature.
func (s *sheet) refer(codes []*coding, bases []ref, first int) {
	stride := len(codes)
	for f, c := range codes {
		base := bases[f]
		for at, r := range c.refs[first:][:len(s.refs)/stride] {
			if r != 0 && r != alone {
				r += base
			}
			s.refs[at*stride+f] = r
		}
	}
}

// sheetOf returns the sheet of a feature and its place there.
func (m *Image) sheetOf(k int) (*sheet, int) { return m.sheets[k>>sheetBits], k & (sheetFeatures - 1) }

// refOf returns a feature's value of a field.
func (m *Image) refOf(k, f int) ref {
	s, at := m.sheetOf(k)
	return s.refs[at*len(m.Layer.Fields)+f]
}

// ownOf returns the values that a feature has alone.
func (s *sheet) ownOf(at int) []byte { return s.own[s.ownFirst[at]:s.ownFirst[at+1]] }

// keepOwn writes the values that features have alone, one feature after the other. It returns the room for the next sheet's.
func (s *sheet) keepOwn(room []byte, features int, write func(room []byte, at int) ([]byte, uint8)) []byte {
	s.ownFirst, s.ownCount = make([]uint32, features+1), make([]uint8, features)
	room = room[:0]
	for at := range features {
		room, s.ownCount[at] = write(room, at)
		s.ownFirst[at+1] = uint32(len(room))
	}
	s.own = slices.Clone(room)
	return room
}

// appendOwn appends the values that a feature has alone, as its row of the table says, and returns how many there are.
func (s *sheet) appendOwn(dst []byte, at int, t *layers.Table, row uint32) ([]byte, uint8) {
	stride, count := len(t.Layer.Fields), uint8(0)
	for f, r := range s.refs[at*stride:][:stride] {
		if r == alone {
			dst = appendValue(dst, &t.Columns[f], t.Layer.Fields[f].Type, row)
			count++
		}
	}
	return dst, count
}

// bytes is the memory it holds.
func (s *sheet) bytes() int { return 4*cap(s.refs) + cap(s.own) + 4*cap(s.ownFirst) + cap(s.ownCount) }
