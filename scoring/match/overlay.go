package match

import (
	"math"
	"slices"

	"muchan/geo"
	"muchan/parcels"
)

// overlays are the zones in force on the as-of date that speak of what may stand on land.
type overlays struct {
	zones []*parcels.Zone
	index *geo.Index
}

// spoken are the kinds of zone a match looks at. A block line counts, the red line excludes, and the others are named for a person to
// look at: their names do not say what they allow.
var spoken = []string{parcels.ZoneBlockLine, parcels.ZoneRedLine, parcels.ZonePlannedUse, parcels.ZoneRenewal, parcels.ZoneControlUnit}

func newOverlays(snap *parcels.Snapshot, asOf parcels.Date) *overlays {
	o := &overlays{}
	var bounds []geo.Bound
	for i := range snap.Zones {
		z := &snap.Zones[i]
		if !slices.Contains(spoken, z.Kind) || len(z.Shape) == 0 || (z.ValidFrom.OK() && z.ValidFrom > asOf) || (z.ValidTo.OK() && z.ValidTo <= asOf) {
			continue
		}
		o.zones, bounds = append(o.zones, z), append(bounds, z.Shape.Bound())
	}
	o.index = geo.NewIndex(bounds)
	return o
}

// around calls visit with every zone whose box meets a shape's.
func (o *overlays) around(s geo.Shape, visit func(z *parcels.Zone)) {
	o.index.Search(s.Bound(), func(i int) bool { visit(o.zones[i]); return true })
}

// lineAround is the best level of the industrial block lines that hold a point on a shape's surface, 0 for none.
func (o *overlays) lineAround(s geo.Shape) int {
	level, at, asked, drawn := 0, geo.Point{}, false, false
	o.around(s, func(z *parcels.Zone) {
		if z.Kind != parcels.ZoneBlockLine || z.Level < 1 || (level > 0 && z.Level >= level) {
			return
		}
		if !asked {
			at, drawn = geo.PointOnSurface(s)
			asked = true
		}
		if drawn && geo.Contains(z.Shape, at) {
			level = z.Level
		}
	})
	return level
}

// redLineOn is the area of a shape inside the ecological red line, infinite when it cannot be computed: what might lie inside is not
// offered.
func (o *overlays) redLineOn(s geo.Shape) float64 {
	m2 := 0.0
	o.around(s, func(z *parcels.Zone) {
		if z.Kind != parcels.ZoneRedLine {
			return
		}
		both, err := geo.Intersection(s, z.Shape)
		if err != nil {
			m2 = math.Inf(1)
			return
		}
		m2 += float64(geo.Area(both))
	})
	return m2
}

// on lists the zones a parcel's surface point lies in, by ID.
func (o *overlays) on(s geo.Shape) []*parcels.Zone {
	at, drawn := geo.PointOnSurface(s)
	if !drawn {
		return nil
	}
	var held []*parcels.Zone
	o.around(s, func(z *parcels.Zone) {
		if geo.Contains(z.Shape, at) {
			held = append(held, z)
		}
	})
	slices.SortFunc(held, func(a, b *parcels.Zone) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return held
}
