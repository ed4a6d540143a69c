package quality

import (
	"fmt"
	"slices"

	"muchan/geo"
	"muchan/parcels"
)

// Check reads a whole snapshot and reports what is wrong or missing in it.
func Check(s *parcels.Snapshot, opt Options) Report {
	c := &checker{Snapshot: s, opt: opt, all: newSink(opt.Keep)}
	c.rows()
	for _, f := range s.Figures.All() {
		c.lastYear = max(c.lastYear, f.Year)
	}
	c.bounds = make([]geo.Bound, s.Parcels.Len())
	for i := range s.Parcels.Len() {
		if c.bounds[i] = nothing; c.drawn[i] {
			c.bounds[i] = s.Parcels.At(i).Shape.Bound()
		}
	}
	c.index = geo.NewIndex(c.bounds)
	c.each(s.Parcels.Len(), c.parcel)
	c.each(s.Buildings.Len(), c.orphan)
	c.each(len(s.Occupancies), c.occupancy)
	c.each(len(s.Firms), c.firm)
	c.twins()
	c.cohorts()
	findings := c.all.list
	c.all.list = nil
	c.settle(findings)
	slices.SortStableFunc(findings, func(a, b Finding) int { return compareFindings(&a, &b) })
	return Report{Version: s.Version, AsOf: s.AsOf, Counts: c.all.sorted(), Findings: slices.Concat([]Finding{}, findings)}
}

// checker is the work on one snapshot.
type checker struct {
	*parcels.Snapshot
	opt      Options
	all      *sink
	drawn    []bool // parcels with a valid shape
	built    []bool // buildings with a valid shape
	bounds   []geo.Bound
	index    *geo.Index // of parcels with a valid shape
	lastYear int        // of all figures
}

// nothing is a box that an index never finds.
var nothing = geo.Bound{Min: geo.Point{1, 1}, Max: geo.Point{0, 0}}

// finding begins a finding of a rule of this room; parcel gives it its place and park.
func (c *checker) finding(entity, key string, parcel int, zh, en string) Finding {
	return Finding{Problem: parcels.Problem{Entity: entity, Key: key, Message: en}, MessageZh: zh, parcel: parcel}
}

// tell adds a finding of a rule of this room.
func (c *checker) tell(s *sink, rule string, make func() Finding) {
	r := RuleOf(rule)
	s.add(rule, r.Severity, func() Finding {
		f := make()
		f.Remedy, f.RemedyZh = r.Remedy.En, r.Remedy.Zh
		return f
	})
}

// parcel runs the rules that begin at a parcel.
func (c *checker) parcel(i int, s *sink) {
	c.titleArea(i, s)
	c.county(i, s)
	c.inPark(i, s)
	c.neighbours(i, s)
	c.buildingsOn(i, s)
	c.floors(i, s)
	c.withoutFirm(i, s)
}

// settle gives every finding its place, park and shape.
func (c *checker) settle(list []Finding) {
	c.each(len(list), func(i int, _ *sink) {
		f := &list[i]
		if f.parcel >= 0 {
			f.Park = c.Parcels.At(f.parcel).Park
			if f.Shape == nil && c.drawn[f.parcel] {
				f.Shape = c.Parcels.At(f.parcel).Shape
			}
		}
		if f.Place == "" && f.Shape != nil {
			if p, ok := geo.PointOnSurface(f.Shape); ok {
				f.Place = place(p)
			}
		}
	})
}

// place is a position as in parcels.Problem.
func place(p geo.Point) string { return fmt.Sprintf("%.7f %.7f", p[0], p[1]) }

// current reports whether an occupancy lasts on the day of the snapshot.
func (c *checker) current(o *parcels.Occupancy) bool {
	return o.From <= c.AsOf && (!o.To.OK() || o.To > c.AsOf)
}

// landOf is the position of the first parcel a firm occupies on the day of the snapshot, or -1.
func (c *checker) landOf(uscc string) int {
	for _, k := range c.OccupanciesOf(uscc) {
		if p := c.OccupancyParcel(k); p >= 0 && c.current(&c.Occupancies[k]) {
			return p
		}
	}
	return -1
}
