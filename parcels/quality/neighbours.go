package quality

import (
	"fmt"
	"slices"

	"muchan/geo"
	"muchan/parcels"
)

// metresPerDegree of latitude, good to half a percent, for boxes and thresholds.
const metresPerDegree = 111_320

// neighbours compares a parcel with those after it whose boxes come closer than a gap is wide.
func (c *checker) neighbours(i int, s *sink) {
	if !c.drawn[i] {
		return
	}
	near := c.near(i)
	if most := c.opt.Neighbours; most > 0 && len(near) > most {
		c.tell(s, "parcel.crowded", func() Finding {
			return c.finding("parcels", c.Parcels.At(i).Code, i,
				fmt.Sprintf("有%d宗地的外接矩形与其相交，只比较了前%d宗", len(near), most),
				fmt.Sprintf("the boxes of %d parcels meet this one's; only %d were compared", len(near), most))
		})
		near = near[:most]
	}
	for _, k := range near {
		if c.overlap(i, k, s) {
			continue
		}
		c.gap(i, k, s)
	}
}

// near are the positions after i of parcels near parcel i, ascending.
func (c *checker) near(i int) []int {
	var near []int
	c.index.Search(padded(c.bounds[i], c.opt.GapWidthM), func(k int) bool {
		if k > i {
			near = append(near, k)
		}
		return true
	})
	slices.Sort(near)
	return near
}

// padded is a box grown by metres, generously: cos φ is taken at the box's edge that is farther from the equator.
func padded(b geo.Bound, metres float64) geo.Bound {
	dLat := metres / metresPerDegree * 1.01
	dLon := dLat / cosDegrees(max(abs(b.Min[1]), abs(b.Max[1])))
	return geo.Bound{Min: geo.Point{b.Min[0] - dLon, b.Min[1] - dLat}, Max: geo.Point{b.Max[0] + dLon, b.Max[1] + dLat}}
}

// overlap reports two parcels that share land.
func (c *checker) overlap(i, k int, s *sink) bool {
	a, b := c.Parcels.At(i), c.Parcels.At(k)
	area, shared, found := c.overlapping(a.Shape, b.Shape)
	if !found {
		return false
	}
	c.tell(s, "parcel.overlap", func() Finding {
		pct := 100 * area / min(float64(geo.Area(a.Shape)), float64(geo.Area(b.Shape)))
		f := c.finding("parcels", a.Code, i, fmt.Sprintf("与宗地%s重叠%.2f平方米（占较小一宗的%.2f%%）", b.Code, area, pct),
			fmt.Sprintf("it shares %.2f m² with parcel %s (%.2f %% of the smaller)", area, b.Code, pct))
		f.Others, f.Shape = []string{b.Code}, shared
		return f
	})
	return true
}

// overlapping measures what two shapes share beyond the tolerances: more than OverlapM2, and on the mean wider than a boundary
// point is off.
func (c *checker) overlapping(a, b geo.Shape) (area float64, shared geo.Shape, found bool) {
	area = float64(geo.SharedArea(a, b))
	if area <= c.opt.OverlapM2*(1-roughly) {
		return 0, nil, false
	}
	shared, err := geo.Intersection(a, b)
	if err != nil {
		return area, nil, area > c.opt.OverlapM2
	}
	area = float64(geo.Area(shared))
	return area, shared, area > c.opt.OverlapM2 && wide(area, shared, c.opt.CornerM)
}

// roughly is how far geo.SharedArea may be off, as a share, with room.
const roughly = 0.01

// wide reports whether a shape is wider on the mean than a width in metres: the area of a long strip is half its perimeter times its
// width.
func wide(area float64, s geo.Shape, width float64) bool { return 2*area > width*perimeter(s) }

// inPark reports a parcel outside its park or over its boundary.
func (c *checker) inPark(i int, s *sink) {
	p := c.Parcels.At(i)
	park := c.Park(p.Park)
	if park == nil || len(park.Shape) == 0 {
		c.tell(s, "parcel.park_missing", func() Finding {
			return c.finding("parcels", p.Code, i, "所属园区没有范围："+p.Park, "its park "+p.Park+" has no boundary")
		})
		return
	}
	if !c.drawn[i] || within(p.Shape, c.bounds[i], park.Shape) {
		return
	}
	area := float64(geo.Area(p.Shape))
	shared := float64(geo.SharedArea(p.Shape, park.Shape))
	if shared <= c.opt.OverlapM2 {
		c.tell(s, "parcel.outside_park", func() Finding {
			return c.finding("parcels", p.Code, i, "整宗位于园区"+p.Park+"范围之外", "it lies wholly outside park "+p.Park)
		})
		return
	}
	if area-shared <= c.opt.OverlapM2-area*roughly {
		return
	}
	rest, out, found := c.beyond(p.Shape, park.Shape, c.opt.OverlapM2)
	if !found {
		return
	}
	c.tell(s, "parcel.over_park_boundary", func() Finding {
		f := c.finding("parcels", p.Code, i, fmt.Sprintf("有%.2f平方米（%.2f%%）在园区%s范围之外", rest, 100*rest/area, p.Park),
			fmt.Sprintf("%.2f m² (%.2f %%) lie outside park %s", rest, 100*rest/area, p.Park))
		f.Shape = out
		return f
	})
}

// beyond measures what of a shape lies outside another beyond a tolerance.
func (c *checker) beyond(s, of geo.Shape, tolerance float64) (area float64, out geo.Shape, found bool) {
	out, err := geo.Difference(s, of)
	if err != nil {
		area = float64(geo.Area(s) - geo.SharedArea(s, of))
		return area, nil, area > tolerance
	}
	area = float64(geo.Area(out))
	return area, out, area > tolerance && wide(area, out, c.opt.CornerM)
}

// within reports cheaply that a shape lies in another: no edge of the other comes into its box, and a corner lies inside. False
// says nothing.
func within(s geo.Shape, b geo.Bound, of geo.Shape) bool {
	for _, polygon := range of {
		for _, ring := range polygon {
			for k := 1; k < len(ring); k++ {
				if edgeBound(ring[k-1], ring[k]).Intersects(b) {
					return false
				}
			}
		}
	}
	return geo.Contains(of, s[0][0][0])
}

func edgeBound(p, q geo.Point) geo.Bound {
	return geo.Bound{Min: geo.Point{min(p[0], q[0]), min(p[1], q[1])}, Max: geo.Point{max(p[0], q[0]), max(p[1], q[1])}}
}

// titleArea compares the certificate's area with the drawn one.
func (c *checker) titleArea(i int, s *sink) {
	p := c.Parcels.At(i)
	title, ok := p.TitleAreaM2.Get()
	if !ok {
		c.tell(s, "parcel.title_missing", func() Finding {
			return c.finding("parcels", p.Code, i, "没有证载面积", "the title area is missing")
		})
		return
	}
	if !c.drawn[i] || title <= 0 {
		return
	}
	drawn := float64(geo.Area(p.Shape))
	if abs(drawn-title) <= max(c.opt.TitleShare*title, c.opt.CornerM*perimeter(p.Shape)) {
		return
	}
	c.tell(s, "parcel.title_area", func() Finding {
		pct := 100 * (drawn - title) / title
		f := c.finding("parcels", p.Code, i, fmt.Sprintf("证载%.2f平方米，图上%.2f平方米（%+.2f%%）", title, drawn, pct),
			fmt.Sprintf("the certificate says %.2f m², the boundary encloses %.2f m² (%+.2f %%)", title, drawn, pct))
		f.Column = "title_area_m2"
		return f
	})
}

// county compares the county in the parcel's code with its park's.
func (c *checker) county(i int, s *sink) {
	p := c.Parcels.At(i)
	park := c.Park(p.Park)
	if message, _ := parcels.ParcelCodeCheck(p.Code); park == nil || park.County == "" || message != "" || p.Code[:6] == park.County {
		return
	}
	c.tell(s, "parcel.county", func() Finding {
		f := c.finding("parcels", p.Code, i, fmt.Sprintf("宗地代码的县级区划%s与园区%s的%s不一致", p.Code[:6], p.Park, park.County),
			fmt.Sprintf("the county %s in its code is not %s, the county of park %s", p.Code[:6], park.County, p.Park))
		f.Column = "code"
		return f
	})
}
