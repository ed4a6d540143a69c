package layerfile

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// DetectCRS as ReadOptions.CRS finds out the system of a file that names none, from the magnitudes of its coordinates and from
// where they would lie. A file that names its system is read by that. Info.Assumed says that the system is a conclusion: magnitudes
// tell one zone from another and north first from east first, not CGCS2000 from the older datums, which are some ten metres off.
const DetectCRS = "detect"

// unplaced stands for coordinates that are left as they are.
var unplaced = geo.CRS{Name: "not known"}

// The shapes looked at, and how many in a hundred must lie at home: one stray feature should not hide the system of the others.
const (
	detectShapes = 2000
	detectShare  = 95
)

// landing is a way to read coordinates and where that takes them.
type landing struct {
	crs     geo.CRS
	swapped bool
	landed  int       // shapes that lie at home
	bound   geo.Bound // of all shapes
}

func (l *landing) String() string {
	name := CRSName(l.crs)
	if l.swapped {
		name += " with north first"
	}
	return name
}

// place says where data would land, for a person to check.
func (l *landing) place() string { return Place(l.bound) }

// Place words a box in degrees: "118.5640–118.5800°E 24.8310–24.8500°N".
func Place(b geo.Bound) string {
	return fmt.Sprintf("%.4f–%.4f°E %.4f–%.4f°N", b.Min[0], b.Max[0], b.Min[1], b.Max[1])
}

// openDetecting reads the first shapes as they are, decides, and opens the file again.
func openDetecting(path string, opt ReadOptions) (Reader, error) {
	opt.CRS = ""
	if opt.SkipShapes {
		return open(path, opt)
	}
	boxes, named, err := rawBoxes(path, opt)
	if err != nil {
		return nil, err
	}
	if named || len(boxes) == 0 {
		return open(path, opt)
	}
	found, err := detect(boxes, opt.Home)
	if err != nil {
		return nil, err
	}
	opt.CRS, opt.swapped = CRSName(found.crs), found.swapped
	r, err := open(path, opt)
	if err != nil {
		return nil, err
	}
	note := fmt.Sprintf("the coordinate system is assumed to be %s, from magnitudes: the data would land at %s; check this on the map before it is taken over",
		found, found.place())
	return &detectedReader{r, note, opt.Home}, nil
}

// rawBoxes returns the boxes of the first shapes, in the file's own numbers, and whether the file names its system.
func rawBoxes(path string, opt ReadOptions) (boxes []orb.Bound, named bool, err error) {
	opt.unplaced = true
	r, err := open(path, opt)
	if err != nil {
		return nil, false, err
	}
	defer r.Close()
	if !r.Layer().HasShape || r.Layer().CRS != unplaced {
		return nil, true, nil
	}
	for len(boxes) < detectShapes {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		var own *Error
		if errors.As(err, &own) && own.Fatal {
			break // told when the file is read in earnest
		}
		if len(rec.Shape) > 0 {
			boxes = append(boxes, rec.Shape.Bound())
		}
	}
	return boxes, false, nil
}

// detect finds the only way to read boxes that takes them home.
func detect(boxes []orb.Bound, home geo.Bound) (*landing, error) {
	var fits, others []*landing
	for _, crs := range detectable() {
		for _, swapped := range []bool{false, true} {
			l := land(boxes, crs, swapped, home)
			switch {
			case l.landed*100 >= detectShare*len(boxes):
				fits = append(fits, l)
			case holds(china, l.bound):
				others = append(others, l)
			}
		}
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	first := boxes[0].Min
	if len(fits) > 1 {
		return nil, fatal(RuleCRS, fmt.Sprintf("the coordinates, such as %.3f %.3f, fit several systems: %s", first[0], first[1], listLandings(fits)),
			"Ask whoever made the file, and name the system by --crs.")
	}
	message := fmt.Sprintf("the coordinates, such as %.3f %.3f, lie at home (%s) in no system muchan speaks", first[0], first[1], Place(home))
	if len(others) > 0 {
		message += "; they would land elsewhere: " + listLandings(others)
	}
	return nil, fatal(RuleCRS, message, "Ask whoever made the file: it may be in a local system, or of another place. "+likelyCRS(first[0], first[1]))
}

// detectable are the systems to try. WGS 84 and CGCS2000 have the same degrees.
func detectable() []geo.CRS {
	var list []geo.CRS
	for _, crs := range geo.Systems() {
		if crs.EPSG != 4326 {
			list = append(list, crs)
		}
	}
	return list
}

// land reads the corners of boxes in a system.
func land(boxes []orb.Bound, crs geo.CRS, swapped bool, home geo.Bound) *landing {
	l := &landing{crs: crs, swapped: swapped}
	for i, b := range boxes {
		box := orb.Bound{Min: at(crs, b.Min, swapped), Max: at(crs, b.Max, swapped)}
		if holds(home, box) {
			l.landed++
		}
		if i == 0 {
			l.bound = box
		}
		l.bound = l.bound.Extend(box.Min).Extend(box.Max)
	}
	return l
}

func at(crs geo.CRS, p orb.Point, swapped bool) geo.Point {
	if swapped {
		p[0], p[1] = p[1], p[0]
	}
	return crs.Inverse(p[0], p[1])
}

var china = geo.Bound{Min: geo.Point{73, 3}, Max: geo.Point{136, 54}}

// holds reports whether a box lies in another; one with NaN lies nowhere.
func holds(outer, b geo.Bound) bool {
	return b.Min[0] >= outer.Min[0] && b.Min[1] >= outer.Min[1] && b.Max[0] <= outer.Max[0] && b.Max[1] <= outer.Max[1]
}

func listLandings(list []*landing) string {
	words := make([]string, len(list))
	for i, l := range list {
		words[i] = l.String() + " at " + l.place()
	}
	return strings.Join(words, "; ")
}

// swap exchanges the axes of a shape in place.
func swap(s geo.Shape) {
	for _, polygon := range s {
		for _, ring := range polygon {
			for i, p := range ring {
				ring[i] = orb.Point{p[1], p[0]}
			}
		}
	}
}

// detectedReader adds to what a reader tells that its system is a conclusion.
type detectedReader struct {
	Reader
	note string
	home geo.Bound
}

// Next implements Reader. A shape that lies elsewhere in the system found is refused: it is not of it.
func (r *detectedReader) Next() (Record, error) {
	rec, err := r.Reader.Next()
	if err != nil || len(rec.Shape) == 0 {
		return rec, err
	}
	if b := rec.Shape.Bound(); !holds(r.home, b) {
		rec.Shape = nil
		return rec, &Error{
			Row: rec.Row, Column: "shape", Rule: RuleElsewhere, Message: "the shape would land at " + Place(b) + ", not where the others do",
			Remedy: "Correct its coordinates, or bring it in by itself with its own system named by --crs.",
		}
	}
	return rec, nil
}

// Info implements Reader.
func (r *detectedReader) Info() Info {
	info := r.Reader.Info()
	info.Assumed = true
	info.Notes = append([]string{r.note}, info.Notes...)
	return info
}

// Rereadings names the systems, as --crs takes them, in which the coordinates that one system took to a box would lie at home. It only
// words a remedy for data that were read in the wrong system.
func Rereadings(b geo.Bound, read string, home geo.Bound) []string {
	from, err := ParseCRS(read)
	if err != nil {
		return nil
	}
	var raw orb.Bound
	raw.Min[0], raw.Min[1] = from.Forward(b.Min)
	raw.Max[0], raw.Max[1] = from.Forward(b.Max)
	var names []string
	for _, crs := range detectable() {
		if l := land([]orb.Bound{raw}, crs, false, home); l.landed > 0 {
			names = append(names, CRSName(crs))
		}
	}
	return names
}
