package scoring

import (
	"math"

	"muchan/geo"
	"muchan/parcels"
)

// farHeight is the storey height above which floor area counts twice for the floor-area ratio: "当建筑物层高超过8米，在计算容积率时
// 该层建筑面积加倍计算". Exactly 8.0 m counts once.
const farHeight = 8.0

// site is what stands on a parcel, summed over its buildings.
type site struct {
	landM2  float64 // title area, else drawn area; 0 when neither is known
	drawnM2 float64
	isTitle bool

	undeliveredM2, publicM2 float64 // of the land, 0 where none is on file

	buildings     int
	withStoreys   int // buildings whose storeys are on file
	withVacancy   int // buildings whose vacant floor area is on file
	vacant        int // buildings of which some is vacant
	lowConfidence int // storeys whose height is unknown and that count once

	floorM2     float64
	farM2       float64
	footprintM2 float64
	officeM2    float64 // floor area of offices, dormitories and services
	vacantM2    float64
}

// floors returns the floor area of a building, each storey once, and with storeys above 8 m counted twice.
func floors(b *parcels.Building) (once, far float64) {
	for _, s := range b.Storeys {
		once += s.FloorM2
		if s.HeightM > farHeight {
			far += 2 * s.FloorM2
		} else {
			far += s.FloorM2
		}
	}
	return once, far
}

func surveySite(snap *parcels.Snapshot, g *ground, p int) site {
	parcel := snap.Parcels.At(p)
	s := site{
		drawnM2: g.drawnM2[p], footprintM2: g.footprintM2[p],
		undeliveredM2: parcel.UndeliveredM2.Or(0), publicM2: parcel.PublicM2.Or(0),
	}
	s.landM2, s.isTitle = parcel.TitleAreaM2.Get()
	if !s.isTitle || !(s.landM2 > 0) {
		s.landM2, s.isTitle = s.drawnM2, false
	}
	for _, i := range snap.BuildingsAt(p) {
		s.add(snap.Buildings.At(i))
	}
	return s
}

func (s *site) add(b *parcels.Building) {
	s.buildings++
	if v, ok := b.VacantM2.Get(); ok {
		s.withVacancy++
		s.vacantM2 += v
		s.vacant += truth(v > 0)
	}
	if len(b.Storeys) == 0 {
		return
	}
	s.withStoreys++
	once, far := floors(b)
	s.floorM2 += once
	s.farM2 += far
	if b.Use == "office" || b.Use == "dormitory" || b.Use == "service" {
		s.officeM2 += once
	}
	for _, st := range b.Storeys {
		if st.HeightM == 0 {
			s.lowConfidence++
		}
	}
}

func (s *site) land() parcels.Opt[float64] { return someIf(s.landM2, s.landM2 > 0) }

func (s *site) landMu() parcels.Opt[float64] {
	return someIf(float64(geo.M2(s.landM2).Mu()), s.landM2 > 0)
}

func (s *site) floor() parcels.Opt[float64] { return someIf(s.floorM2, s.withStoreys > 0) }

func someIf(v float64, ok bool) parcels.Opt[float64] {
	if !ok || math.IsNaN(v) || math.IsInf(v, 0) {
		return parcels.Opt[float64]{}
	}
	return parcels.Some(v)
}
