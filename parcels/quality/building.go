package quality

import (
	"fmt"

	"muchan/geo"
	"muchan/parcels"
)

// buildingsOn runs the rules for the buildings on a parcel.
func (c *checker) buildingsOn(i int, s *sink) {
	on := c.BuildingsAt(i)
	for n, k := range on {
		b := c.Buildings.At(k)
		c.storeys(k, i, s)
		if !c.built[k] {
			continue
		}
		if c.drawn[i] {
			c.overBoundary(k, i, s)
		}
		for _, m := range on[n+1:] {
			if c.built[m] {
				c.buildingOverlap(b, c.Buildings.At(m), i, s)
			}
		}
	}
}

// overBoundary reports a building outside its parcel or over its boundary.
func (c *checker) overBoundary(k, i int, s *sink) {
	b, p := c.Buildings.At(k), c.Parcels.At(i)
	area := float64(geo.Area(b.Shape))
	shared := float64(geo.SharedArea(b.Shape, p.Shape))
	if shared <= min(c.opt.BuildingM2, area/2) {
		c.tell(s, "building.outside_parcel", func() Finding {
			f := c.finding("buildings", b.ID, i, "整幢位于所属宗地"+p.Code+"之外", "it stands wholly outside its parcel "+p.Code)
			f.Others, f.Shape = []string{p.Code}, b.Shape
			return f
		})
		return
	}
	tolerance := max(c.opt.BuildingM2, c.opt.BuildingShare*area)
	if area-shared <= tolerance-area*roughly/10 {
		return
	}
	rest, out, found := c.beyond(b.Shape, p.Shape, tolerance)
	if !found {
		return
	}
	c.tell(s, "building.over_boundary", func() Finding {
		f := c.finding("buildings", b.ID, i, fmt.Sprintf("有%.2f平方米（%.2f%%）超出宗地%s的界线", rest, 100*rest/area, p.Code),
			fmt.Sprintf("%.2f m² (%.2f %%) reach over the boundary of parcel %s", rest, 100*rest/area, p.Code))
		f.Others, f.Shape = []string{p.Code}, out
		return f
	})
}

func (c *checker) buildingOverlap(a, b *parcels.Building, i int, s *sink) {
	area, shared, found := c.overlapping(a.Shape, b.Shape)
	if !found {
		return
	}
	c.tell(s, "building.overlap", func() Finding {
		pct := 100 * area / min(float64(geo.Area(a.Shape)), float64(geo.Area(b.Shape)))
		f := c.finding("buildings", a.ID, i, fmt.Sprintf("与幢%s重叠%.2f平方米（占较小一幢的%.2f%%）", b.ID, area, pct),
			fmt.Sprintf("it shares %.2f m² with building %s (%.2f %% of the smaller)", area, b.ID, pct))
		f.Others, f.Shape = []string{b.ID}, shared
		return f
	})
}

// storeys compares a building's floor area with its footprint times its storeys.
func (c *checker) storeys(k, i int, s *sink) {
	b := c.Buildings.At(k)
	floor, ok := floorOf(b)
	if !ok {
		c.tell(s, "building.storeys_missing", func() Finding {
			f := c.finding("buildings", b.ID, i, "没有分层面积", "its storeys are missing")
			f.Column = "storeys"
			return f
		})
		return
	}
	if !c.built[k] {
		return
	}
	most := float64(geo.Area(b.Shape)) * float64(len(b.Storeys))
	if floor <= c.opt.FloorHigh*most && floor >= c.opt.FloorLow*most {
		return
	}
	c.tell(s, "building.floor_footprint", func() Finding {
		f := c.finding("buildings", b.ID, i,
			fmt.Sprintf("建筑面积%.2f平方米，是基底面积×%d层（%.2f平方米）的%.2f倍", floor, len(b.Storeys), most, floor/most),
			fmt.Sprintf("its floor area of %.2f m² is %.2f times its footprint × %d storeys (%.2f m²)", floor, floor/most, len(b.Storeys), most))
		f.Column, f.Shape = "storeys", b.Shape
		return f
	})
}

// floorOf is the floor area of all storeys in m², missing when there are none.
func floorOf(b *parcels.Building) (float64, bool) {
	sum := 0.0
	for _, st := range b.Storeys {
		sum += st.FloorM2
	}
	return sum, len(b.Storeys) > 0
}
