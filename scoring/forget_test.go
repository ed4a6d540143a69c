package scoring_test

import (
	"runtime"
	"testing"
	"weak"

	"muchan/parcels"
	"muchan/scoring"
)

// Scores that were made after earlier ones hold none of their rows: each edit of a figure would else leave a whole table behind.
func TestScoresForgetEarlierRows(t *testing.T) {
	rows, book := benchZone(200), shipped(t)
	at := run(t, rows, book, someDay)
	figures := weak.Make(at.Snapshot().Figures.At(0))
	d := parcels.Delta{Version: 2, Codes: map[string][]string{"figures": {rows.Firms[3].USCC}}}
	d.Rows = rowsOf(at.Snapshot(), d.Codes)
	d.Rows.Figures[0].VATWan = wan(9999)
	next := at.Snapshot().After(d)
	rows = parcels.Rows{}
	at, err := scoring.Run(scoring.Input{Snapshot: next, Year: inYear, AsOf: day(someDay), Rules: book, Before: at})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	if figures.Value() != nil {
		t.Error("the earlier figures are still held")
	}
	runtime.KeepAlive(at)
}
