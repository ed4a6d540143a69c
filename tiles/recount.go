package tiles

import "muchan/tiles/layers"

// tally is how many features have a value that some cell had or has.
type tally struct {
	count int
	one   uint32 // the last of them
	loner uint32 // the one that had it alone; nowhere for none
	ref   ref    // of the value where several had it; 0 where they did not
}

// recount finds for the values that cells of a field had and have how many features have them now, in one walk along the column, and refers
// these cells and the features that are concerned to them. It does for few cells what interner.fill does for a column, and sooner.
func recount[V comparable](r *repair, f int, cells []rowEdit, value func(*layers.Column, uint32) V, hash func(V) uint16) {
	old, m := &r.old.table.Columns[f], r.next
	now := &m.table.Columns[f]
	tallies := map[V]*tally{}
	var asked [1 << 16]bool // by hash: most features have another value, and are not looked up
	of := func(v V) *tally {
		t := tallies[v]
		if t == nil {
			t = &tally{loner: nowhere}
			tallies[v], asked[hash(v)] = t, true
		}
		return t
	}
	for _, c := range cells {
		if c.was != nowhere && old.Present[c.row] {
			if t, held := of(value(old, c.row)), r.old.refOf(int(c.was), f); held != alone {
				t.ref = held
			}
		}
		if c.at != nowhere {
			r.set(c.at, f, 0)
			if now.Present[c.row] {
				of(value(now, c.row))
			}
		}
	}
	for k, row := range m.ground.rows {
		if !now.Present[row] {
			continue
		}
		v := value(now, row)
		if !asked[hash(v)] {
			continue
		}
		if t := tallies[v]; t != nil {
			t.meet(uint32(k), m.refOf(k, f))
		}
	}
	for _, t := range tallies {
		r.settle(f, t)
	}
	for _, c := range cells {
		if c.at != nowhere && now.Present[c.row] {
			if t := tallies[value(now, c.row)]; t.count > 1 {
				r.set(c.at, f, t.ref)
			}
		}
	}
}

// meet counts a feature that has the value; held is 0 where it has it anew.
func (t *tally) meet(k uint32, held ref) {
	t.count++
	t.one = k
	switch held {
	case 0:
	case alone:
		t.loner = k
	default:
		t.ref = held
	}
}

// settle gives the value a place, and the feature that is alone with it, or was, its reference.
func (r *repair) settle(f int, t *tally) {
	m := r.next
	switch {
	case t.count == 1:
		r.set(t.one, f, alone)
		return
	case t.count == 0:
		return
	case t.ref == 0:
		t.ref = m.values.share(&m.table.Columns[f], m.Layer.Fields[f].Type, m.ground.rows[t.one])
	}
	if t.loner != nowhere {
		r.set(t.loner, f, t.ref)
	}
}

func textOf(c *layers.Column, row uint32) string { return c.Text[row] }

// hashOfText need not be good, but quick: codes and names differ in their length or in their last letters.
func hashOfText(s string) uint16 {
	h := uint16(len(s))
	for i := max(0, len(s)-4); i < len(s); i++ {
		h = h*31 + uint16(s[i])
	}
	return h
}

func hashOfBits(b uint64) uint16 { return uint16(b * 0x9E3779B97F4A7C15 >> 48) }
