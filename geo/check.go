package geo

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
)

// Rule names what a shape breaks. The set is closed; the names are stable and may be stored.
const (
	RuleEmpty        = "shape.empty"            // no rings at all
	RuleNumber       = "shape.number"           // a coordinate is NaN or infinite
	RuleRange        = "shape.range"            // outside ±180° or ±90°
	RuleSize         = "shape.size"             // more points than one shape may have
	RulePrecision    = "shape.precision"        // points too close to each other to be told apart
	RuleOpen         = "ring.open"              // last point differs from the first
	RuleFewPoints    = "ring.few_points"        // fewer than three different points
	RuleSelfCross    = "ring.self_intersection" // a ring crosses, touches or retraces itself
	RuleRepeated     = "ring.repeated_point"    // the same point twice in a row; valid, and tidied by Repair
	RuleOrientation  = "ring.orientation"       // outer ring clockwise or hole counter-clockwise; valid, and tidied by Repair
	RuleRingsCross   = "rings.cross"            // two rings of one polygon meet in more than one point
	RuleHoleOutside  = "hole.outside"
	RuleHoleNested   = "hole.nested"
	RuleDisconnected = "interior.disconnected" // rings touch so that the interior falls into pieces
	RulePartsOverlap = "parts.overlap"         // two polygons of one shape share area or an edge
)

// Verdict says whether a shape is valid by OGC Simple Features, and if not which rule it breaks first and where.
type Verdict struct {
	Valid   bool
	Rule    string // one of the Rule constants; "" when there is nothing to say
	Message string // one sentence
	Place   Point  // where; a point of the ring when no better is known, zero for rules about no place
	Change  M2     // from Repair: area after less area before
}

// Check tests a shape in lon/lat. Orientation and repeated points do not make a shape invalid. A nil shape breaks RuleEmpty.
func Check(s Shape) Verdict {
	if v := checkNumbers(s); !v.Valid {
		return v
	}
	if plainlySimple(s) {
		return Verdict{Valid: true}
	}
	if v := checkRings(s); !v.Valid {
		return v
	}
	err := guarded(func() error { return toMultiPolygon(s).Validate() })
	if errors.Is(err, errLibrary) {
		return Verdict{Rule: RulePrecision, Message: "points of the shape are too close to each other to be told apart", Place: s[0][0][0]}
	}
	if err != nil {
		return nameViolation(s, err)
	}
	return checkTouchingHoles(s)
}

// errLibrary is a panic of simplefeatures, which happens on coordinates some 10⁻⁷⁶ apart.
var errLibrary = errors.New("the geometry library gave up")

// guarded turns a panic in the geometry library into an error, so that no shape of a stranger's can end the program.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errLibrary, r)
		}
	}()
	return f()
}

// checkTouchingHoles finds holes that lie outside but touch the outer ring with their first vertex: the library looks at that
// vertex only, and takes them for valid.
func checkTouchingHoles(s Shape) Verdict {
	for _, polygon := range s {
		for _, hole := range polygon[1:] {
			for _, p := range hole {
				if inside, onEdge := ringContains(polygon[0], p); onEdge {
					continue
				} else if !inside {
					return Verdict{Rule: RuleHoleOutside, Message: "a hole lies outside the outer ring", Place: p}
				}
				break
			}
		}
	}
	return Verdict{Valid: true}
}

func checkNumbers(s Shape) Verdict {
	points := 0
	for _, polygon := range s {
		for _, ring := range polygon {
			for _, p := range ring {
				if v := checkPoint(p); !v.Valid {
					return v
				}
			}
			points += len(ring)
		}
	}
	if points == 0 {
		return Verdict{Rule: RuleEmpty, Message: "the shape has no points"}
	}
	if points > maxShapePoints {
		return Verdict{Rule: RuleSize, Message: tooManyPoints(points).Error()}
	}
	return Verdict{Valid: true}
}

// leastDegree is a tenth of a micrometre on the ground. What is nearer to the zero meridian or to the equator without lying on it is no
// measured place, and the exact sum of numbers that differ by hundreds of digits takes minutes.
const leastDegree = 1e-12

func checkPoint(p Point) Verdict {
	for _, f := range p {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return Verdict{Rule: RuleNumber, Message: fmt.Sprintf("coordinate %v is not a number", f)}
		}
		if f != 0 && math.Abs(f) < leastDegree {
			return Verdict{Rule: RuleRange, Place: p, Message: fmt.Sprintf("a coordinate of %v degrees is no measured place", f)}
		}
	}
	if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
		return Verdict{Rule: RuleRange, Place: p, Message: fmt.Sprintf("position %v %v is not longitude and latitude in degrees: "+
			"name the coordinate system of the file, or swap the axes", p[0], p[1])}
	}
	return Verdict{Valid: true}
}

func checkRings(s Shape) Verdict {
	for _, polygon := range s {
		if len(polygon) == 0 {
			return Verdict{Rule: RuleEmpty, Message: "a part of the shape has no rings"}
		}
		for _, ring := range polygon {
			if v := checkRing(ring); !v.Valid {
				return v
			}
		}
	}
	return Verdict{Valid: true}
}

func checkRing(r orb.Ring) Verdict {
	switch {
	case len(r) == 0:
		return Verdict{Rule: RuleFewPoints, Message: "a ring has no points"}
	case r[0] != r[len(r)-1]:
		return Verdict{Rule: RuleOpen, Place: r[len(r)-1], Message: "the ring's last point is not its first"}
	case len(tidyRing(r)) < 4:
		return Verdict{Rule: RuleFewPoints, Place: r[0], Message: "the ring has fewer than three different points"}
	}
	return Verdict{Valid: true}
}

// violations maps the sentences of simplefeatures, whose error type cannot be reached, to rules; a test over the corpus of invalid
// shapes notices when a new version words them differently.
var violations = []struct{ text, rule, message string }{
	{"polygon ring not simple", RuleSelfCross, "the ring meets itself"},
	{"only one distinct XY", RuleFewPoints, "the ring has fewer than three different points"},
	{"polygon ring not closed", RuleOpen, "the ring's last point is not its first"},
	{"polygon ring empty", RuleFewPoints, "a ring has no points"},
	{"polygon has nested rings", RuleHoleNested, "a hole lies in another hole"},
	{"interior ring outside of exterior", RuleHoleOutside, "a hole lies outside the outer ring"},
	{"disconnected interior", RuleDisconnected, "the rings touch so that the interior falls into pieces"},
	{"polygon rings intersect at multiple", RuleRingsCross, "two rings meet in more than one point"},
	{"child polygons touch at multiple", RulePartsOverlap, "two parts of the shape overlap or share an edge"},
}

func nameViolation(s Shape, err error) Verdict {
	text := err.Error()
	for _, v := range violations {
		if !strings.Contains(text, v.text) {
			continue
		}
		if p, ok := firstRingsCross(s); ok && v.rule == RuleHoleNested {
			return Verdict{Rule: RuleRingsCross, Message: "two rings meet in more than one point", Place: p}
		}
		return Verdict{Rule: v.rule, Message: v.message, Place: placeOf(s, v.rule, text)}
	}
	return Verdict{Rule: RuleSelfCross, Message: text, Place: s[0][0][0]}
}

// placeOf finds where a rule is broken. The library names the ring's first vertex for rings that meet themselves, no place for
// disconnected interiors and often none for rings that cross; these are looked up here. For the rest its sentence holds the place.
func placeOf(s Shape, rule, text string) Point {
	find := map[string]func(Shape) (Point, bool){
		RuleSelfCross: firstSelfContact, RuleDisconnected: firstRingContact, RuleRingsCross: firstRingsCross,
	}[rule]
	if find != nil {
		if p, ok := find(s); ok {
			return p
		}
	}
	var x, y float64
	if _, coordinates, ok := strings.Cut(text, "(at or near "); ok {
		if _, err := fmt.Sscanf(coordinates, "{%g %g})", &x, &y); err == nil {
			return Point{x, y}
		}
	}
	return s[0][0][0]
}
