package quality

import (
	"fmt"
	"slices"
	"strings"

	"muchan/parcels"
)

// floors compares the floor area that firms use on a parcel on the day with what stands there. An occupancy without a floor area
// adds nothing, so that a sum is the least it can be.
func (c *checker) floors(i int, s *sink) {
	all, known := 0.0, true
	for _, k := range c.BuildingsAt(i) {
		b := c.Buildings.At(k)
		floor, ok := floorOf(b)
		all, known = all+floor, known && ok
		used := 0.0
		for _, o := range c.OccupanciesAt(i) {
			if c.OccupancyBuilding(o) == k && c.current(&c.Occupancies[o]) {
				used += c.Occupancies[o].FloorM2.Or(0)
			}
		}
		if !ok || used <= floor*(1+c.opt.FloorShare) {
			continue
		}
		c.tell(s, "occupancy.over_building", func() Finding {
			f := c.finding("buildings", b.ID, i, fmt.Sprintf("在用面积合计%.2f平方米，超过建筑面积%.2f平方米", used, floor),
				fmt.Sprintf("%.2f m² are in use, more than its floor area of %.2f m²", used, floor))
			f.Shape = b.Shape
			return f
		})
	}
	c.parcelFloors(i, all, known && len(c.BuildingsAt(i)) > 0, s)
}

func (c *checker) parcelFloors(i int, floor float64, known bool, s *sink) {
	used := 0.0
	for _, o := range c.OccupanciesAt(i) {
		if c.current(&c.Occupancies[o]) {
			used += c.Occupancies[o].FloorM2.Or(0)
		}
	}
	if !known || used <= floor*(1+c.opt.FloorShare) {
		return
	}
	c.tell(s, "occupancy.over_parcel", func() Finding {
		return c.finding("parcels", c.Parcels.At(i).Code, i, fmt.Sprintf("在用面积合计%.2f平方米，超过宗地内建筑面积%.2f平方米", used, floor),
			fmt.Sprintf("%.2f m² are in use, more than the %.2f m² of floor area on it", used, floor))
	})
}

// occupancy reports a current occupancy of land or a building that is not there on the day.
func (c *checker) occupancy(k int, s *sink) {
	o := &c.Occupancies[k]
	if !c.current(o) {
		return
	}
	at := c.OccupancyParcel(k)
	if at < 0 {
		c.tell(s, "occupancy.parcel_ended", func() Finding {
			return c.finding("occupancies", parcels.OccupancyTable.Key(o), -1, "所用宗地"+o.Parcel+"当日已不存在", "its parcel "+o.Parcel+" is not valid on the day")
		})
		return
	}
	if b := c.Building(o.Building); o.Building != "" && (b == nil || b.Parcel != o.Parcel) {
		c.tell(s, "occupancy.building_elsewhere", func() Finding {
			f := c.finding("occupancies", parcels.OccupancyTable.Key(o), at, "所用建筑"+o.Building+"当日不在该宗地上",
				"building "+o.Building+" does not stand on the parcel on the day")
			f.Column, f.Value = "building", o.Building
			return f
		})
	}
}

// withoutFirm reports land in use that no firm uses.
func (c *checker) withoutFirm(i int, s *sink) {
	p := c.Parcels.At(i)
	if p.State != parcels.StateInUse || !c.forFirms(p) {
		return
	}
	for _, o := range c.OccupanciesAt(i) {
		if c.current(&c.Occupancies[o]) {
			return
		}
	}
	c.tell(s, "parcel.without_firm", func() Finding {
		return c.finding("parcels", p.Code, i, "土地状态为在用，但没有企业用地关系", "it is in use, but no firm occupies it")
	})
}

// forFirms reports whether a firm is expected on land of this use, or its use is not known.
func (c *checker) forFirms(p *parcels.Parcel) bool {
	starts := func(code string) bool { return strings.HasPrefix(p.UseCode, code) }
	uses, known := c.opt.FirmUses[p.UseScheme]
	return !known || p.UseCode == "" || slices.ContainsFunc(uses, starts)
}

// orphan reports a building whose parcel is not valid on the day.
func (c *checker) orphan(k int, s *sink) {
	b := c.Buildings.At(k)
	if c.parcelAt(b.Parcel) >= 0 {
		return
	}
	c.tell(s, "building.parcel_ended", func() Finding {
		f := c.finding("buildings", b.ID, -1, "所属宗地"+b.Parcel+"当日已不存在", "its parcel "+b.Parcel+" is not valid on the day")
		if f.Others = []string{b.Parcel}; c.built[k] {
			f.Shape = b.Shape
		}
		return f
	})
}
