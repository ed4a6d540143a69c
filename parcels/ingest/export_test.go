package ingest

// The readers of plain cells, and what they are held against.
var (
	PlainFen, PlainNumber, PlainDay = plainFen, plainNumberOf, plainDay
	IsFolded, Folded                = isFolded, folded
	NumberForm, DayForm             = plainNumber, dashedDay
)

// InParts has Stream hand over so many rows at a time.
func InParts(opt Options, rows int) Options {
	opt.part = rows
	return opt
}

// Holding bounds the rows that are held together.
func Holding(opt Options, rows int) Options {
	opt.held = rows
	return opt
}

const MaxPlainFen = maxPlainFen
