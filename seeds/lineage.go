package seeds

import (
	"fmt"

	"muchan/geo"
	"muchan/parcels"
)

var noArea parcels.Opt[float64]

// earlier makes a parcel that ended on a day and stood where a part of the case's parcel is now, with copies of the buildings and
// the use of that time.
func (s *scene) earlier(code string, shape geo.Shape, ended parcels.Date) *holding {
	h := &holding{Parcel: s.Parcel, plot: s.plot, sites: s.sites}
	h.Code, h.Shape, h.ValidTo = code, shape, ended
	h.ValidFrom, h.Parents, h.Contract = day(parcelsSince), nil, parcels.Contract{}
	h.YardAreaM2, h.WorksAreaM2, h.OfficeLandM2, h.GreenAreaM2 = noArea, noArea, noArea, noArea
	h.TitleAreaM2 = parcels.Some(round2(float64(geo.Area(shape))))
	s.closed = append(s.closed, h)
	return h
}

// formerBuildings gives an ended parcel some of the buildings that stand today, under numbers of its own, and its user.
func (s *scene) formerBuildings(h *holding, from []*parcels.Building) {
	for k, b := range from {
		old := *b
		old.ID, old.Parcel, old.ValidTo = fmt.Sprintf("%sF%04d", h.Code, k+1), h.Code, h.ValidTo
		h.buildings = append(h.buildings, &old)
	}
	if h.floorM2() > 0 {
		s.own(h, s.main).To = h.ValidTo
	}
}

// began says that the parcel came to be on a day: its buildings and its user were on other parcels before.
func (s *scene) began(on parcels.Date, parents ...string) {
	s.ValidFrom, s.Parents = on, parents
	for _, b := range s.buildings {
		b.ValidFrom = on
	}
	for k := range s.occupancies {
		if o := &s.occupancies[k]; o.Parcel == s.Code {
			o.From = on
		}
	}
}

func (s *scene) pastCode(serial int) string {
	return parcelCode(s.plot.county, 999, s.plot.serial, serial)
}

// splitWith makes this parcel and the one of the case before it the two parts of one that ended on a day.
func (s *scene) splitWith(on parcels.Date) {
	first := s.holdings[s.indexOf(s.cases[len(s.cases)-1].Parcel)]
	whole, err := geo.Union(first.Shape, s.Shape)
	if err != nil {
		panic("seeds: case " + s.id + ": " + err.Error())
	}
	before := s.earlier(s.pastCode(90101), whole, on)
	s.formerBuildings(before, append(first.buildings[:len(first.buildings):len(first.buildings)], s.buildings...))
	(&scene{demo: s.demo, holding: first}).began(on, before.Code)
	s.began(on, before.Code)
}

func (m *demo) indexOf(code string) int {
	for k, h := range m.holdings {
		if h.Code == code {
			return k
		}
	}
	panic("seeds: no parcel " + code)
}

// mergedFrom makes the parcel the sum of two that ended on a day.
func (s *scene) mergedFrom(on parcels.Date) {
	b := s.plot.lot.build
	middle := (b[0] + b[2]) / 2
	var parents []string
	for k, half := range []lot{rectangle(b[0], b[1], middle, b[3]), rectangle(middle, b[1], b[2], b[3])} {
		h := s.earlier(s.pastCode(90111+k), s.plot.shape(s.plot.quad.outline(half.ring), nil), on)
		if k == 0 {
			s.formerBuildings(h, s.buildings[:1])
		} else {
			s.formerBuildings(h, s.buildings[1:])
		}
		parents = append(parents, h.Code)
	}
	s.began(on, parents...)
}

// corrected gives the parcel an older edition under the same code, a little smaller.
func (s *scene) corrected(on parcels.Date) {
	b := s.plot.lot.build
	smaller := rectangle(b[0], b[1], b[2]-0.02*(b[2]-b[0]), b[3])
	s.earlier(s.Code, s.plot.shape(s.plot.quad.outline(smaller.ring), nil), on)
	s.ValidFrom = on
}
