package ingest

import (
	"cmp"
	"fmt"

	"muchan/geo/layerfile"
)

// maxHeld is how many rows of a file may be in memory at the same time. A million parcels take 2.8 GB to show and 6 GB to leave bad rows out of;
// more would be stopped by the system, which says neither why nor what to do.
const maxHeld = 1_000_000

// tooMany refuses a file whose rows have to be seen together and are too many for that.
func (l *loader[T, P]) tooMany() bool {
	limit := cmp.Or(l.opt.held, maxHeld)
	if l.opt.feed != nil || l.out.Rows <= limit {
		return false
	}
	return l.addError(&layerfile.Error{
		Rule: layerfile.RuleRows, Fatal: true,
		Message: fmt.Sprintf("the file has more than %d rows: they would all be in memory, since they are to be shown, related by place or rid of the bad ones", limit),
		Remedy:  "Split it, or bring it in without --dry-run and --skip-bad and with --relate=false: then any number is read.",
	}, map[string]bool{})
}
