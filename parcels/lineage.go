package parcels

import (
	"cmp"
	"fmt"
	"slices"
)

// edition is one row of a dated entity while a plan is made: an incoming row, a stored one, or an incoming one over a stored one.
type edition[T any] struct {
	key      string
	from, to Date
	stored   *T
	incoming *T   // nil when the change does not list it
	stated   bool // the change itself says when it ends
}

// dated says how to read and end an edition of T.
type dated[T any] struct {
	table *Table[T]
	from  func(*T) Date
	to    func(*T) *Date
}

var (
	datedParcels = dated[Parcel]{
		&ParcelTable, func(p *Parcel) Date { return p.ValidFrom }, func(p *Parcel) *Date { return &p.ValidTo },
	}
	datedBuildings = dated[Building]{
		&BuildingTable, func(b *Building) Date { return b.ValidFrom }, func(b *Building) *Date { return &b.ValidTo },
	}
)

func planParcels(rows, stored []Parcel, c *collector) []Step[Parcel] {
	all, byCode := datedParcels.editions(rows, stored, c)
	datedParcels.succeed(byCode, c)
	endParents(all, byCode, c)
	return datedParcels.steps(all, byCode, c)
}

func planBuildings(rows, stored []Building, c *collector) []Step[Building] {
	all, byCode := datedBuildings.editions(rows, stored, c)
	datedBuildings.succeed(byCode, c)
	return datedBuildings.steps(all, byCode, c)
}

// editions lays the incoming rows over the stored ones. It returns the incoming editions in the order of rows, and all editions
// by code, by first day.
func (d dated[T]) editions(rows, stored []T, c *collector) ([]*edition[T], map[string][]*edition[T]) {
	slab := make([]edition[T], 0, len(stored)+len(rows)) // never grows, so that pointers into it hold
	byKey := make(map[string]*edition[T], len(stored))
	byCode := make(map[string][]*edition[T], len(stored)+len(rows))
	add := func(e edition[T], row *T) *edition[T] {
		slab = append(slab, e)
		p, code := &slab[len(slab)-1], d.table.Code(row)
		byCode[code] = append(byCode[code], p)
		return p
	}
	for i := range stored {
		row := &stored[i]
		key := d.table.Key(row)
		byKey[key] = add(edition[T]{key: key, from: d.from(row), to: *d.to(row), stored: row}, row)
	}
	var incoming []*edition[T]
	for i, key := range distinct(d.table, rows, c) {
		if key == "" {
			continue
		}
		row := &rows[i]
		e := byKey[key]
		if e == nil {
			e = add(edition[T]{key: key, from: d.from(row)}, row)
		}
		e.incoming = row
		if to := *d.to(row); to.OK() {
			e.to, e.stated = to, true // else what was ended stays ended
		}
		incoming = append(incoming, e)
	}
	for _, list := range byCode {
		slices.SortFunc(list, func(a, b *edition[T]) int { return cmp.Compare(a.from, b.from) })
	}
	return incoming, byCode
}

// succeed ends open editions where the next one of the same code begins and refuses what overlaps or ends before it begins. Pairs
// that the change does not touch are left as they are: the change is not to blame for them.
func (d dated[T]) succeed(byCode map[string][]*edition[T], c *collector) {
	for _, list := range byCode {
		for i, e := range list {
			if e.incoming != nil && e.to.OK() && e.to <= e.from {
				c.refuse(d.problem(e.incoming, "valid_to", "edition.order",
					fmt.Sprintf("it ends on %s, which is not after it begins on %s", e.to, e.from), "Correct valid_from or valid_to."))
				continue
			}
			if i+1 == len(list) {
				continue
			}
			next := list[i+1]
			switch {
			case e.incoming == nil && next.incoming == nil:
			case !e.to.OK(), d.givesWay(e, list):
				e.to = next.from
			case e.to > next.from:
				row := cmp.Or(next.incoming, e.incoming)
				c.refuse(d.problem(row, "valid_from", "edition.overlap",
					fmt.Sprintf("the edition from %s to %s and the one from %s overlap", e.from, e.to, next.from),
					"End the earlier one no later than the next begins, or leave its valid_to empty."))
			}
		}
	}
}

// givesWay reports whether an edition ends only because a stored successor begins there. An edition that turns up between the two
// then ends it earlier, so that the order in which editions arrive does not matter.
func (d dated[T]) givesWay(e *edition[T], list []*edition[T]) bool {
	if e.stated {
		return false
	}
	last := lastBefore(list, e.to+1)
	return last.from == e.to && last.stored != nil
}

func (d dated[T]) problem(row *T, column, rule, message, remedy string) *Problem {
	return refuse(d.table, row, column, d.table.Name+"."+rule, message, remedy)
}

// endParents ends the parents of incoming parcels on the children's first day. Children are taken by that day, so that a parcel
// that was split in two stages ends with the first.
func endParents(incoming []*edition[Parcel], byCode map[string][]*edition[Parcel], c *collector) {
	children := slices.Clone(incoming)
	slices.SortStableFunc(children, func(a, b *edition[Parcel]) int { return cmp.Compare(a.from, b.from) })
	for _, child := range children {
		for _, code := range child.incoming.Parents {
			endParent(child, code, byCode[code], c)
		}
	}
}

func endParent(child *edition[Parcel], code string, editions []*edition[Parcel], c *collector) {
	refuseParent := func(rule, message, remedy string) {
		p := datedParcels.problem(child.incoming, "parents", rule, message, remedy)
		p.Value = code
		c.refuse(p)
	}
	if len(editions) == 0 {
		refuseParent("parent.unknown", fmt.Sprintf("parent %q is neither in the store nor in this change", code),
			"Import the parent first, with the day on which it ended, or correct the code.")
		return
	}
	last := lastBefore(editions, child.from)
	switch {
	case last == nil:
		refuseParent("parent.later", fmt.Sprintf("parent %q begins on %s, not before this parcel begins on %s", code, editions[0].from, child.from),
			"Correct valid_from of the parent or of this parcel.")
	case !last.to.OK():
		last.to = child.from
	case last.to > child.from:
		refuseParent("parent.overlap", fmt.Sprintf("parent %q is valid until %s, after this parcel begins on %s", code, last.to, child.from),
			"Correct valid_to of the parent or valid_from of this parcel.")
	}
}

// lastBefore returns the last edition that begins before a day, or nil.
func lastBefore[T any](editions []*edition[T], day Date) *edition[T] {
	n, _ := slices.BinarySearchFunc(editions, day, func(e *edition[T], d Date) int { return cmp.Compare(e.from, d) })
	if n == 0 {
		return nil
	}
	return editions[n-1]
}

// steps turns editions into writes: first stored rows that the change does not list but ends, then its own rows in their order.
// The ended ones come first so that a store may forbid two open editions of one code.
func (d dated[T]) steps(incoming []*edition[T], byCode map[string][]*edition[T], c *collector) []Step[T] {
	var steps []Step[T]
	for _, list := range byCode {
		for _, e := range list {
			if e.incoming != nil || *d.to(e.stored) == e.to {
				continue
			}
			c.closed++
			steps = append(steps, Step[T]{Action: ActionClose, Key: e.key, Before: e.stored, After: d.ended(e.stored, e.to)})
		}
	}
	slices.SortFunc(steps, func(a, b Step[T]) int { return cmp.Compare(a.Key, b.Key) }) // maps have no order, journals do
	for _, e := range incoming {
		if s, ok := step(d.table, e.key, e.stored, d.ended(e.incoming, e.to), c); ok {
			steps = append(steps, s)
		}
	}
	return steps
}

// ended returns the row with another last day: the row itself when that is its day already, else a copy, because rows belong to
// the caller.
func (d dated[T]) ended(row *T, to Date) *T {
	if *d.to(row) == to {
		return row
	}
	copied := *row
	*d.to(&copied) = to
	return &copied
}
