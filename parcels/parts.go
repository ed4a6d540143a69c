package parcels

import (
	"errors"
	"hash/maphash"
	"slices"
)

// Parts decides about a change whose rows come in parts. Ahead adds to it that a part is decided about while another is written.
//
// A part is planned by itself. That gives the plan of the whole change as long as no row's plan depends on a row of another part: parcels
// and buildings meet by their code, other rows by their key, and parcels their parents. So the codes are kept, as eight bytes each,
// and parts that touch the same one are entangled. Parcels that name parents wait for the end, when all others are written.
type Parts struct {
	Change   Change // without rows; its columns count
	Receipt  Receipt
	part     uint32
	touched  map[uint64]uint32 // code or key -> the part that has to do with it
	waiting  []Parcel
	sums     digest
	problems []Problem // the first
	refused  int       // all there were
}

// waitingPart is the part of the rows that wait; others count from 1.
const waitingPart = 0

// codeSeed makes the sums of codes, which nobody outside the process sees. Two codes with one sum make a change entangled, no more.
var codeSeed = maphash.MakeSeed()

// Plan decides about the next part; load reads what the store holds, inside its transaction. The plan is nil when there is nothing to
// write: all of it waits, or something was refused.
func (p *Parts) Plan(part *Rows, load func(Need) (*Held, error)) (*Plan, error) {
	p.part++
	p.sums.add(part)
	rows := *part
	var wait []Parcel
	rows.Parcels, wait = apart(part.Parcels)
	p.waiting = append(p.waiting, wait...)
	if err := errors.Join(p.touchRows(p.part, &rows), touch(p, waitingPart, &ParcelTable, wait)); err != nil || rows.Len() == 0 {
		return nil, err
	}
	plan, err := p.decide(rows, load)
	if plan == nil || err != nil {
		return nil, err
	}
	held := &plan.Held.Rows
	return plan, errors.Join(touch(p, p.part, &ParcelTable, held.Parcels), touch(p, p.part, &BuildingTable, held.Buildings))
}

// apart tells parcels that name no parents from those that do.
func apart(rows []Parcel) (free, wait []Parcel) {
	if !slices.ContainsFunc(rows, func(p Parcel) bool { return len(p.Parents) > 0 }) {
		return rows, nil
	}
	for i := range rows {
		if len(rows[i].Parents) > 0 {
			wait = append(wait, rows[i])
		} else {
			free = append(free, rows[i])
		}
	}
	return free, wait
}

// Rest decides about the parcels that waited. What it ends may not be a row of another part, which was written as if it went on.
func (p *Parts) Rest(load func(Need) (*Held, error)) (*Plan, error) {
	switch {
	case len(p.waiting) == 0:
		return nil, nil
	case len(p.problems) > 0: // a parent may be missing only because its part was not written
		return nil, ErrEntangled
	}
	plan, err := p.decide(Rows{Parcels: p.waiting}, load)
	if plan == nil || err != nil {
		return nil, err
	}
	for i := range plan.Parcels {
		if s := &plan.Parcels[i]; s.Before != nil && !p.mark(waitingPart, ParcelTable.Name, s.Before.Code) {
			return nil, ErrEntangled
		}
	}
	return plan, nil
}

// decide plans rows and counts. Once something was refused it only looks for more of that.
func (p *Parts) decide(rows Rows, load func(Need) (*Held, error)) (*Plan, error) {
	c := Change{Columns: p.Change.Columns, Rows: rows}
	plan, err := c.Plan(load)
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		p.refused += len(refused.Problems) + refused.More
		p.problems = append(p.problems, refused.Problems[:min(len(refused.Problems), mostProblems-len(p.problems))]...)
		return nil, nil
	case err != nil, len(p.problems) > 0:
		return nil, err
	}
	p.Receipt.Inserted += plan.Inserted
	p.Receipt.Updated += plan.Updated
	p.Receipt.Unchanged += plan.Unchanged
	p.Receipt.Closed += plan.Closed
	p.Receipt.Emptied += plan.Emptied
	return plan, nil
}

// Refused is a *RefusedError with the first of what was refused and the count of the rest, nil for none.
func (p *Parts) Refused() error {
	c := collector{problems: p.problems, more: p.refused - len(p.problems)}
	return c.err()
}

// ContentHash is that of the change with the rows of all parts.
func (p *Parts) ContentHash() string { return p.sums.hash(p.Change.Columns) }

// touchRows notes which rows a part has to do with.
func (p *Parts) touchRows(part uint32, r *Rows) error {
	return errors.Join(
		touch(p, part, &ParkTable, r.Parks), touch(p, part, &ZoneTable, r.Zones), touch(p, part, &ParcelTable, r.Parcels), touch(p, part, &BuildingTable, r.Buildings),
		touch(p, part, &FirmTable, r.Firms), touch(p, part, &OccupancyTable, r.Occupancies), touch(p, part, &FiguresTable, r.Figures), touch(p, part, &EventTable, r.Events),
		touch(p, part, &TargetTable, r.Targets), touch(p, part, &TargetValueTable, r.TargetValues),
	)
}

// touch fails where another part has to do with one of the rows.
func touch[T any](p *Parts, part uint32, t *Table[T], rows []T) error {
	id := t.Key
	if t.Name == ParcelTable.Name || t.Name == BuildingTable.Name {
		id = t.Code // whose editions bear on each other
	}
	for i := range rows {
		if !p.mark(part, t.Name, id(&rows[i])) {
			return ErrEntangled
		}
	}
	return nil
}

// mark tells whether no other part has to do with an id.
func (p *Parts) mark(part uint32, table, id string) bool {
	var h maphash.Hash
	h.SetSeed(codeSeed)
	h.WriteString(table)
	h.WriteByte('|')
	h.WriteString(id)
	if p.touched == nil {
		p.touched = map[uint64]uint32{}
	}
	by, known := p.touched[h.Sum64()]
	if !known {
		p.touched[h.Sum64()] = part
	}
	return !known || by == part
}
