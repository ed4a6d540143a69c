package main

import (
	"fmt"
	"slices"

	"muchan/parcels"
	"muchan/tiles"
)

// subject is what edits are made of: a parcel in the middle of the zone, a firm's figures and a building that count for it.
type subject struct {
	parcel   parcels.Parcel
	figures  parcels.Figures
	building parcels.Building
}

// subjectOf finds the first parcel in the second half of the zone that has a building and a firm with output.
func subjectOf(rows *parcels.Rows) (s subject, err error) {
	firms := map[string][]string{} // by parcel
	for _, o := range rows.Occupancies {
		if !o.To.OK() {
			firms[o.Parcel] = append(firms[o.Parcel], o.USCC)
		}
	}
	for _, s.parcel = range rows.Parcels[len(rows.Parcels)/2:] {
		users := firms[s.parcel.Code]
		f := -1
		if len(users) > 0 {
			f = slices.IndexFunc(rows.Figures, func(f parcels.Figures) bool {
				return f.Year == year && f.OutputWan.OK() && slices.Contains(users, f.USCC)
			})
		}
		b := slices.IndexFunc(rows.Buildings, func(b parcels.Building) bool { return b.Parcel == s.parcel.Code && len(b.Storeys) > 0 })
		if b >= 0 && f >= 0 {
			s.building, s.figures = rows.Buildings[b], rows.Figures[f]
			return s, nil
		}
	}
	return s, fmt.Errorf("none of the zone's parcels has a building and a firm with output in %d", year)
}

// move brings the parcel two units of the tile to the east.
func (s *subject) move() parcels.Rows {
	s.parcel.Shape = s.parcel.Shape.Clone()
	for _, polygon := range s.parcel.Shape {
		for _, ring := range polygon {
			for i := range ring {
				ring[i][0] += 2 * 360.0 / (tiles.Extent << editZoom)
			}
		}
	}
	return parcels.Rows{Parcels: []parcels.Parcel{s.parcel}}
}

// earn gives the firm more output.
func (s *subject) earn() parcels.Rows {
	output, _ := s.figures.OutputWan.Get()
	s.figures.OutputWan = parcels.Some(output + 100)
	return parcels.Rows{Figures: []parcels.Figures{s.figures}}
}

// build gives the building one square metre more on its ground floor.
func (s *subject) build() parcels.Rows {
	s.building.Storeys = slices.Clone(s.building.Storeys)
	s.building.Storeys[0].FloorM2++
	return parcels.Rows{Buildings: []parcels.Building{s.building}}
}
