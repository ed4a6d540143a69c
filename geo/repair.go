package geo

import (
	"fmt"

	"github.com/paulmach/orb"
)

// Repair returns a valid, tidy shape that covers the same land as far as that can be known: rings closed, repeated points and
// spikes dropped, rings oriented, a bowtie split into its lobes, overlapping parts merged, a hole outside its outer ring dropped.
// The verdict names what was wrong first (Valid is true when it was only untidy) and how much the area changed; whether that
// much is acceptable is the caller's to judge. It fails on shapes that hold no area, NaN, infinities or positions that are no
// degrees. The input stays as it is.
func Repair(s Shape) (Shape, Verdict, error) {
	v := checkNumbers(s)
	if !v.Valid {
		return nil, v, repairError(v)
	}
	v = Check(s)
	tidy, untidy := tidied(s)
	if v.Valid {
		v.Rule, v.Message = untidy.Rule, untidy.Message
		if v.Rule == "" {
			return s, v, nil
		}
	}
	if len(tidy) == 0 {
		return nil, v, repairError(v)
	}
	out := tidy
	if !Check(tidy).Valid {
		var err error
		if out, err = rebuilt(tidy); err != nil {
			return nil, v, fmt.Errorf("repair: %s: %w", v.Message, err)
		}
	}
	v.Change = Area(out) - Area(s)
	return out, v, nil
}

func repairError(v Verdict) error {
	return fmt.Errorf("repair: %s and cannot be repaired: correct the source", v.Message)
}

// tidied copies a shape with rings closed, without repeated points and rings that hold no area, and oriented. The verdict names
// the first thing that made a valid shape untidy.
func tidied(s Shape) (Shape, Verdict) {
	var v Verdict
	var out Shape
	for _, polygon := range s {
		var rings orb.Polygon
		for j, ring := range polygon {
			clean := tidyRing(ring)
			if v.Rule == "" && len(clean) != len(ring) {
				v = Verdict{Rule: RuleRepeated, Message: "a point is repeated"}
			}
			if len(clean) >= 4 {
				rings = append(rings, clean)
			} else if j == 0 {
				break
			}
		}
		if len(rings) > 0 {
			out = append(out, rings)
		}
	}
	if orientInPlace(out) > 0 && v.Rule == "" {
		v = Verdict{Rule: RuleOrientation, Message: "a ring runs the wrong way round"}
	}
	return out, v
}

// tidyRing copies a ring, closed and without repeated points. A result below four points holds no area.
func tidyRing(r orb.Ring) orb.Ring {
	out := make(orb.Ring, 0, len(r)+1)
	for _, p := range r {
		out = appendNew(out, p)
	}
	if len(out) > 0 {
		out = appendNew(out, out[0])
	}
	return out
}
