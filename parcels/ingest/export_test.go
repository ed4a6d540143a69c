package ingest

// The readers of plain cells, and what they are held against.
var (
	PlainFen, PlainNumber, PlainDay = plainFen, plainNumberOf, plainDay
	IsFolded, Folded                = isFolded, folded
	NumberForm, DayForm             = plainNumber, dashedDay
)

const MaxPlainFen = maxPlainFen
