package ingest

import (
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
)

// ruleAway is the rule of shapes that lie elsewhere than the parks.
const ruleAway = "place.away"

// whereabouts watches where the shapes of a file lie. Coordinates read in a neighbouring zone are sound in themselves and three degrees
// off, which nothing but the place can tell.
type whereabouts struct {
	home        geo.Bound // the zero box watches nothing
	known       bool      // home is where stored parks are drawn, not only where one expects them
	drawn, away int
	bound       geo.Bound // of those away
}

// look takes a shape in, and warns of one that lies elsewhere.
func (w *whereabouts) look(s geo.Shape, row int) (found parcels.Problem, away bool) {
	if w.home == (geo.Bound{}) || len(s) == 0 {
		return found, false
	}
	w.drawn++
	b := s.Bound()
	if b.Intersects(w.home) {
		return found, false
	}
	if w.away++; w.away == 1 {
		w.bound = b
	}
	w.bound = w.bound.Union(b)
	return parcels.Problem{
		Row: row, Column: "shape", Rule: ruleAway, Severity: parcels.SeverityWarning, Message: "it lies at " + layerfile.Place(b) + ", far from " + w.homeWords(),
		Remedy: "Look at it on a map, and correct its coordinates.",
	}, true
}

// all reports that every shape of the file lies elsewhere, which is one fault: that of the system it was read in. Where no parks are drawn
// it can only be doubted.
func (w *whereabouts) all(crs string) (found parcels.Problem, away bool) {
	if w.away == 0 || w.away < w.drawn {
		return found, false
	}
	p := parcels.Problem{
		Column: "shape", Rule: ruleAway, Severity: parcels.SeverityWarning,
		Message: fmt.Sprintf("read as %s, all %d shapes lie at %s, far from %s", crs, w.away, layerfile.Place(w.bound), w.homeWords()),
		Remedy:  "Is the coordinate system right? Name it by --crs.",
	}
	if fits := layerfile.Rereadings(w.bound, crs, w.home); len(fits) > 0 {
		p.Remedy = "Read as " + strings.Join(fits, " or ") + " they would lie there: name the system by --crs."
	}
	if w.known {
		p.Severity = parcels.SeverityError
		p.Remedy += " If the land does lie there, bring in its park first."
	}
	return p, true
}

func (w *whereabouts) homeWords() string {
	if w.known {
		return "the parks, which lie within " + layerfile.Place(w.home)
	}
	return "where the parks are expected, within " + layerfile.Place(w.home)
}

// settle puts one finding in the place of a file's warnings about each shape, where all of them lie elsewhere.
func (w *whereabouts) settle(entity string, f *FileReport) {
	p, away := w.all(f.CRS)
	if !away {
		return
	}
	f.Problems = slices.DeleteFunc(f.Problems, func(p parcels.Problem) bool { return p.Rule == ruleAway })
	f.Warnings -= w.away
	f.whole = p.Severity == parcels.SeverityError
	p.Entity = entity
	f.add(p)
}
