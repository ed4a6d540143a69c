package ingest

import (
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// What happens to a footprint that is there twice.
const (
	DoublesLeave = "leave" // left out, with a warning: it would count twice
	DoublesKeep  = "keep"  // taken over, with the warning
)

// DoublesWords lists the words for Options.Doubles.
var DoublesWords = []string{DoublesLeave, DoublesKeep}

// Two footprints are the same when they share so much of what both cover together; parts make up a whole when each lies so far within
// it and together they cover so much of it. A tower on its podium is neither.
const (
	sameShare  = 0.9
	partShare  = 0.95
	coverShare = 0.9
)

// doubles finds buildings that are in the rows twice, in the rows and in the store under another ID, or as a whole beside its parts.
type doubles struct {
	rows   []parcels.Building
	stored []parcels.Building // valid now, those that the rows list left out
	bounds []geo.Bound
	areas  []float64
	index  *geo.Index
	report func(parcels.Problem)
	left   map[int]bool // rows that count twice
}

func findDoubles(rows []parcels.Building, stored *parcels.Pages[parcels.Building], report func(parcels.Problem)) map[int]bool {
	d := &doubles{rows: rows, report: report, left: map[int]bool{}}
	listed := map[string]bool{}
	for i := range rows {
		listed[rows[i].ID] = true
	}
	d.stored = stored.Where(func(b *parcels.Building) bool { return !listed[b.ID] })
	for i := range len(rows) + len(d.stored) {
		b := d.at(i)
		d.bounds, d.areas = append(d.bounds, b.Shape.Bound()), append(d.areas, float64(geo.Area(b.Shape)))
	}
	d.index = geo.NewIndex(d.bounds)
	for i := range rows {
		d.twin(i)
	}
	for i := range rows {
		d.whole(i)
	}
	return d.left
}

// at counts the stored buildings behind the rows.
func (d *doubles) at(i int) *parcels.Building {
	if i < len(d.rows) {
		return &d.rows[i]
	}
	return &d.stored[i-len(d.rows)]
}

// near lists the others around a row that stand at the same time, ascending.
func (d *doubles) near(i int) []int {
	var near []int
	b := d.at(i)
	d.index.Search(d.bounds[i], func(k int) bool {
		if other := d.at(k); k != i && other.ID != b.ID && !d.left[k] && overlapInTime(b, other) {
			near = append(near, k)
		}
		return true
	})
	slices.Sort(near)
	return near
}

func overlapInTime(a, b *parcels.Building) bool {
	return (!a.ValidTo.OK() || a.ValidTo > b.ValidFrom) && (!b.ValidTo.OK() || b.ValidTo > a.ValidFrom)
}

// twin leaves out a row whose footprint an earlier row or a stored building has.
func (d *doubles) twin(i int) {
	for _, k := range d.near(i) {
		if k > i && k < len(d.rows) {
			continue // the later of two rows goes
		}
		shared := float64(geo.SharedArea(d.at(i).Shape, d.at(k).Shape))
		if shared < sameShare*(d.areas[i]+d.areas[k]-shared) {
			continue
		}
		d.leave(i, "buildings.double", "its footprint is that of "+d.name(k), "Remove the one of the two that is wrong; if both stand, take them over by --doubles keep.")
		return
	}
}

// whole leaves out a row that is made up of others.
func (d *doubles) whole(i int) {
	if d.left[i] {
		return
	}
	var parts []string
	covered := 0.0
	for _, k := range d.near(i) {
		shared := float64(geo.SharedArea(d.at(k).Shape, d.at(i).Shape))
		if d.areas[k] >= d.areas[i] || shared < partShare*d.areas[k] {
			continue
		}
		parts = append(parts, d.at(k).ID)
		covered += shared
	}
	if len(parts) >= 2 && covered >= coverShare*d.areas[i] {
		d.leave(i, "buildings.whole", fmt.Sprintf("it is the whole of %d parts that are there too: %s", len(parts), listed(parts)),
			"Keep the parts alone, which have storeys of their own; or take all over by --doubles keep.")
	}
}

func (d *doubles) leave(i int, rule, message, remedy string) {
	d.left[i] = true
	b := d.at(i)
	d.report(parcels.Problem{
		Entity: parcels.BuildingTable.Name, Key: parcels.BuildingTable.Key(b), Column: "shape", Rule: rule, Message: message, Remedy: remedy,
		Place: placeOf(b.Shape), Severity: parcels.SeverityWarning,
	})
}

func (d *doubles) name(k int) string {
	if k < len(d.rows) {
		return "building " + d.rows[k].ID + " of the file"
	}
	return "stored building " + strings.TrimSpace(d.at(k).ID)
}
