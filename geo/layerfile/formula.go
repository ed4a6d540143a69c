package layerfile

import "strings"

// triggers are the characters by which a spreadsheet takes a text for a formula, full-width forms included.
const triggers = "=+-@\t\r\x00＝＋－＠"

// disarm keeps a spreadsheet from taking a text for a formula by an apostrophe before it. Plain numbers stay as they are. A text
// that begins with apostrophes before a trigger gets one more, so that rearm can always take one away.
func disarm(s string) string {
	if plainNumber.MatchString(s) || !armed(s) {
		return s
	}
	return "'" + s
}

// rearm undoes disarm for a text read from a spreadsheet.
func rearm(s string) string {
	if strings.HasPrefix(s, "'") && armed(s) {
		return s[1:]
	}
	return s
}

// armed reports whether a trigger comes first after any apostrophes.
func armed(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexAny(s, triggers) == 0
}
