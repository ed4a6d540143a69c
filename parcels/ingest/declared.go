package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"muchan/geo/layerfile"
)

// declared are the units that the lines above a header name for the whole sheet, folded: 单位：万元、亩. They hold for the columns that have
// none of their own.
type declared []string

var (
	unitWord  = regexp.MustCompile(`单\s*位\s*:\s*`)
	unitComma = regexp.MustCompile(`[\s、,;()\[\]【】]+`)
)

// declare reads the lines above the header. 填报单位：某某分局 names no unit, but one may follow in the same cell; the unit may also stand in the
// cell to the right.
func declare(above []layerfile.HeadRow) declared {
	var d declared
	for _, row := range above {
		line := strings.ToLower(norm.NFKC.String(strings.Join(row.Cells, " ")))
		for _, at := range unitWord.FindAllStringIndex(line, -1) {
			d = append(d, leadingUnits(line[at[1]:])...)
		}
	}
	return d
}

// leadingUnits are the units at the beginning of a text, up to the first word that is none.
func leadingUnits(s string) []string {
	var found []string
	for _, word := range unitComma.Split(s, -1) {
		switch {
		case isUnit(word):
			found = append(found, word)
		case word != "":
			return found
		}
	}
	return found
}

// of is the declared unit for a column in ours, "" for none. Two that say different things are no answer.
func (d declared) of(ours string) (unit string, clash bool) {
	if ours == "" {
		return "", false
	}
	var factor float64
	for _, u := range d {
		f, ok := factorOf(u, ours)
		switch {
		case !ok:
		case unit == "":
			unit, factor = u, f
		case f != factor:
			return unit, true
		}
	}
	return unit, false
}
