package layerfile

import (
	"errors"
	"fmt"
)

// Error is a reason why a file, or a row of it, cannot be read. Its rules are stable: see the constants.
type Error struct {
	Row     int    // as in Record; 0 for the file as a whole
	Column  string // field name, where one is to blame
	Rule    string // one of the Rule constants
	Message string // one sentence: what is wrong
	Remedy  string // one sentence: what to do
	Value   string // the text to blame, shortened
	Fatal   bool   // nothing can be read after it
	Err     error  // cause, or nil
}

// The rules a file can break.
const (
	RuleOpen      = "file.open"       // it cannot be opened or read
	RuleFormat    = "file.format"     // it is not what its name says, or a format we do not read
	RuleSize      = "file.size"       // more bytes than allowed
	RuleEmpty     = "file.empty"      // no header, or no bytes
	RuleEncoding  = "file.encoding"   // text in no encoding we know
	RuleSyntax    = "file.syntax"     // the format's grammar is broken
	RuleRows      = "file.rows"       // more rows than allowed
	RuleColumns   = "file.columns"    // more columns than allowed
	RuleNesting   = "file.nesting"    // brackets in brackets beyond the limit
	RuleArchive   = "file.archive"    // an archive that unpacks to too much, or is made to deceive
	RuleSheet     = "file.sheet"      // no such sheet
	RuleCRS       = "file.crs"        // a coordinate system we do not speak, or none where one is needed
	RuleHeader    = "file.header"     // two columns of one name
	RuleRowCells  = "row.cells"       // more cells than the header has
	RuleCellSize  = "cell.size"       // a cell larger than allowed
	RuleCellError = "cell.error"      // a spreadsheet error such as #REF!
	RuleCellType  = "cell.type"       // a value no cell can hold, such as a nested object
	RuleShape     = "shape.form"      // neither GeoJSON nor WKT of an area
	RuleDegrees   = "shape.degrees"   // coordinates are not degrees and no system is given
	RuleArea      = "shape.area"      // a stated area is not what the points enclose
	RuleNorthing  = "shape.northing"  // north comes first
	RuleElsewhere = "shape.elsewhere" // not where the system that was found puts the others
)

// Error is one line for a terminal or a log.
func (e *Error) Error() string {
	s := e.Message + " [" + e.Rule + "]"
	if e.Column != "" {
		s = e.Column + ": " + s
	}
	if e.Row > 0 {
		s = fmt.Sprintf("row %d %s", e.Row, s)
	}
	if e.Remedy != "" {
		s += " — " + e.Remedy
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// unfitError is about a value that a format has no room for, and what to do, in both languages.
type unfitError struct{ en, zh string }

func (e *unfitError) Error() string { return e.en + " (does not fit the format)" }

// unfit makes it of formats that take the same arguments.
func unfit(en, zh string, args ...any) error {
	return &unfitError{fmt.Sprintf(en, args...), fmt.Sprintf(zh, args...)}
}

// UnfitZh is in Chinese what has no room in the format and what to do, "" where DoesNotFit has another cause.
func UnfitZh(err error) string {
	if unfit := new(unfitError); errors.As(err, &unfit) {
		return unfit.zh
	}
	return ""
}

// DoesNotFit reports whether writing failed because of what was to be written: a text, number, shape, system or number of rows that the
// format has no room for. Another format may take it.
func DoesNotFit(err error) bool {
	var own *Error
	return UnfitZh(err) != "" || errors.As(err, &own)
}

// fatal is an error about the whole file.
func fatal(rule, message, remedy string) *Error {
	return &Error{Rule: rule, Message: message, Remedy: remedy, Fatal: true}
}

// clip shortens a stranger's text for a message.
func clip(s string) string {
	const most = 60
	if r := []rune(s[:min(len(s), 4*most)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
