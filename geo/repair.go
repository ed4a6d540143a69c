package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	sf "github.com/peterstace/simplefeatures/geom"
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
		if out, err = rebuild(tidy); err != nil {
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

// rebuild makes a valid shape of a tidy one: each ring becomes the area it winds around, outer rings are merged and holes taken
// away from their own outer ring.
func rebuild(s Shape) (Shape, error) {
	var whole []sf.Geometry
	for _, polygon := range s {
		area, err := woundArea(polygon[0])
		if err != nil {
			return nil, err
		}
		for _, hole := range polygon[1:] {
			taken, err := woundArea(hole)
			if err != nil {
				return nil, err
			}
			if area, err = sf.Difference(area, taken); err != nil {
				return nil, err
			}
		}
		whole = append(whole, area)
	}
	g, err := sf.UnionMany(whole)
	if err != nil {
		return nil, err
	}
	out := fromOverlay(g)
	if v := Check(out); !v.Valid {
		return nil, fmt.Errorf("nothing valid can be made of it: %s", v.Message)
	}
	return out, nil
}

// woundArea is the area a ring winds around, in either direction: lobes of a bowtie count both, a stretch walked back and forth
// holds none.
func woundArea(r orb.Ring) (sf.Geometry, error) {
	var left, right []sf.Geometry
	for _, ring := range noded(Shape{{r}}) {
		for _, loop := range loops(ring) {
			polygon := toPolygon(orb.Polygon{loop}).AsGeometry()
			if planeArea2(loop) > 0 {
				left = append(left, polygon)
			} else {
				right = append(right, polygon)
			}
		}
	}
	leftArea, err := sf.UnionMany(left)
	if err != nil {
		return sf.Geometry{}, err
	}
	rightArea, err := sf.UnionMany(right)
	if err != nil {
		return sf.Geometry{}, err
	}
	return sf.SymmetricDifference(leftArea, rightArea)
}

// loops cuts a noded ring into rings that visit no point twice, dropping those without area: spikes and dust of the size of
// rounding.
func loops(r orb.Ring) []orb.Ring {
	var out []orb.Ring
	var path orb.Ring
	seen := map[Point]int{}
	for _, p := range r {
		if k, ok := seen[p]; ok {
			loop := append(append(orb.Ring{}, path[k:]...), p)
			for _, q := range path[k+1:] {
				delete(seen, q)
			}
			path = path[:k+1]
			if len(loop) >= 4 && math.Abs(planeArea2(loop)) > 1e-18 {
				out = append(out, loop)
			}
			continue
		}
		seen[p] = len(path)
		path = append(path, p)
	}
	return out
}
