package seeds

import "math"

// strip cuts lots of wanted areas one after the other from a row of a block.
type strip struct {
	quad
	v0, v1 float64 // the row
	u      float64 // where the next lot begins
}

const smallLotM2 = 7000 // a smaller lot takes only the street side of the row

// next cuts a lot of an area from the row, and what is left behind it when the lot is small. It returns false when the rest of
// the row is too short.
func (s *strip) next(areaM2 float64) ([]lot, bool) {
	v0, v1 := s.v0, s.v1
	if areaM2 < smallLotM2 {
		depth := math.Sqrt(areaM2*1.1) / s.depth()
		if s.v0 == 0 {
			v1 = v0 + depth
		} else {
			v0 = v1 - depth
		}
	}
	if s.area(s.u, v0, 1, v1) < areaM2 {
		return nil, false
	}
	lo, hi := s.u, 1.0
	for range 60 {
		if mid := (lo + hi) / 2; s.area(s.u, v0, mid, v1) < areaM2 {
			lo = mid
		} else {
			hi = mid
		}
	}
	wanted := rectangle(s.u, v0, hi, v1)
	wanted.back = s.v0 > 0
	lots := []lot{wanted}
	if v1 < s.v1 {
		lots = append(lots, rectangle(s.u, v1, hi, s.v1))
	} else if v0 > s.v0 {
		lots = append(lots, rectangle(s.u, s.v0, hi, v0))
	}
	s.u = hi
	return lots, true
}

func (s *strip) area(u0, v0, u1, v1 float64) float64 {
	return ringArea(s.outline(rectangle(u0, v0, u1, v1).ring))
}

const narrowestLotM = 24

// rest is what is left of the row, and false when that is too narrow for a lot; it then stays part of the street.
func (s *strip) rest() (lot, bool) {
	return rectangle(s.u, s.v0, 1, s.v1), (1-s.u)*s.width() > narrowestLotM
}
