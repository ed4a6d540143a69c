package postgis

// DecodeMoney reads a numeric in binary.
var DecodeMoney = decodeMoney

// InOrder reads codes into blocks for about so many rows, and joins them.
func InOrder(expected int, codes []string) []string {
	list := blocksFor[string](expected)
	for _, code := range codes {
		*list.next() = code
	}
	return list.inOrder(func(row *string) string { return *row })
}

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
