package postgis

import "muchan/parcels"

// DecodeMoney reads a numeric in binary.
var DecodeMoney = decodeMoney

// Joined reads codes into blocks for about so many rows, and joins them.
func Joined(expected int, codes []string) []string {
	list := blocksFor[string](expected)
	for _, code := range codes {
		*list.next() = code
	}
	return list.joined()
}

// RoomFor is how many parcels there is room for when so many are expected.
func RoomFor(expected int) int { return cap(blocksFor[parcels.Parcel](expected).last) }

// Texts reads rows of texts as those of a table are read.
func Texts(rows [][]string) [][]string {
	read, texts := make([][]string, len(rows)), newTexts(len(rows[0]))
	for i, row := range rows {
		read[i] = make([]string, len(row))
		for column, text := range row {
			raw := []byte(text)
			texts.read(&read[i][column], column, raw)
			clear(raw) // it belongs to the connection
		}
		texts.end()
	}
	texts.settle()
	return read
}
