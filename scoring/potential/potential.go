package potential

import (
	"cmp"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// Potential is what a zone could gain. It is immutable; Parcels are parallel to the snapshot's.
type Potential struct {
	Parcels []Parcel
	Parks   []Park // in the order of the snapshot's parks, then parks without a boundary by code

	scores *scoring.Scores
	rules  map[string]*rules
}

// Park is one park's sums.
type Park struct {
	Code    string
	Medians Medians
	Sums    []Sum // parallel to Groups
	Left    int   // parcels left out
}

// Sum adds up the parcels of a group. Missing parcels are counted and in no amount.
type Sum struct {
	Group            Group
	Parcels          int
	FloorGainM2      float64
	ContractGainM2   float64 // part of it that the contract allows, over the parcels whose contract names a maximum
	FloorMissing     int
	OpenUpward       int // parcels whose gain is a least value
	FootprintGainM2  float64
	FootprintMissing int
	Worth            WorthSum
}

// WorthSum is money of a year. The missing are parcels with a floor gain and no median to value it by.
type WorthSum struct {
	OutputByLand, OutputByFloor, TaxByLand, TaxByFloor parcels.Wan
	OutputMissing, TaxMissing                          int
}

// Of measures every parcel of scores made by scoring.Run.
func Of(s *scoring.Scores) *Potential {
	snap := s.Snapshot()
	out := &Potential{Parcels: make([]Parcel, len(snap.Parcels)), scores: s, rules: map[string]*rules{}}
	samples := map[string]*sample{}
	for i := range snap.Parcels {
		p, ps := &snap.Parcels[i], &s.Parcels[i]
		r := out.rulesFor(i, p.Park)
		out.Parcels[i] = measure(snap, p, ps, r)
		if out.Parcels[i].Group != Left {
			m := samples[p.Park]
			if m == nil {
				m = &sample{}
				samples[p.Park] = m
			}
			m.add(p, ps)
		}
	}
	out.openParks(snap)
	at := map[string]int{}
	for k := range out.Parks {
		at[out.Parks[k].Code] = k
		if m := samples[out.Parks[k].Code]; m != nil {
			out.Parks[k].Medians = m.medians()
		}
	}
	for i := range out.Parcels {
		park := &out.Parks[at[snap.Parcels[i].Park]]
		out.Parcels[i].Worth = park.Medians.worth(out.Parcels[i].FloorGainM2)
		park.add(&out.Parcels[i])
	}
	return out
}

func (o *Potential) rulesFor(p int, park string) *rules {
	r := o.rules[park]
	if r == nil {
		made := rulesOf(o.scores.RuleSet(scoring.KindControl, p), o.scores.RuleSet(scoring.KindStock, p))
		r = &made
		o.rules[park] = r
	}
	return r
}

func (o *Potential) openParks(snap *parcels.Snapshot) {
	var codes []string
	for i := range snap.Parks {
		codes = append(codes, snap.Parks[i].Code)
	}
	var others []string
	for code := range o.rules {
		if !slices.Contains(codes, code) {
			others = append(others, code)
		}
	}
	slices.Sort(others)
	for _, code := range append(codes, others...) {
		o.Parks = append(o.Parks, newPark(code))
	}
}

func newPark(code string) Park {
	p := Park{Code: code, Sums: make([]Sum, len(Groups))}
	for i, g := range Groups {
		p.Sums[i].Group = g
	}
	return p
}

func (k *Park) add(p *Parcel) {
	i := slices.Index(Groups, p.Group)
	if i < 0 {
		k.Left++
		return
	}
	k.Sums[i].add(p)
}

func (s *Sum) add(p *Parcel) {
	s.Parcels++
	s.ContractGainM2 += p.ContractGainM2.Or(0)
	if v, ok := p.FootprintGainM2.Get(); ok {
		s.FootprintGainM2 += v
	} else {
		s.FootprintMissing++
	}
	v, ok := p.FloorGainM2.Get()
	if !ok {
		s.FloorMissing++
		return
	}
	s.FloorGainM2 += v
	if p.Open {
		s.OpenUpward++
	}
	s.Worth.add(&p.Worth)
}

func (s *WorthSum) add(w *Worth) {
	if v, ok := w.OutputByLand.Get(); ok {
		s.OutputByLand += v
		s.OutputByFloor += w.OutputByFloor.Or(0)
	} else {
		s.OutputMissing++
	}
	if v, ok := w.TaxByLand.Get(); ok {
		s.TaxByLand += v
		s.TaxByFloor += w.TaxByFloor.Or(0)
	} else {
		s.TaxMissing++
	}
}

// All adds up the parks. It has no medians: a park is valued at its own.
func (o *Potential) All() Park {
	all := newPark("")
	for k := range o.Parks {
		park := &o.Parks[k]
		all.Left += park.Left
		for i := range park.Sums {
			all.Sums[i].join(&park.Sums[i])
		}
	}
	return all
}

func (s *Sum) join(t *Sum) {
	s.Parcels += t.Parcels
	s.FloorGainM2 += t.FloorGainM2
	s.ContractGainM2 += t.ContractGainM2
	s.FloorMissing += t.FloorMissing
	s.OpenUpward += t.OpenUpward
	s.FootprintGainM2 += t.FootprintGainM2
	s.FootprintMissing += t.FootprintMissing
	w, v := &s.Worth, &t.Worth
	w.OutputByLand, w.OutputByFloor = w.OutputByLand+v.OutputByLand, w.OutputByFloor+v.OutputByFloor
	w.TaxByLand, w.TaxByFloor = w.TaxByLand+v.TaxByLand, w.TaxByFloor+v.TaxByFloor
	w.OutputMissing, w.TaxMissing = w.OutputMissing+v.OutputMissing, w.TaxMissing+v.TaxMissing
}

// Orders lists what a list may be sorted by.
var Orders = []string{"floor", "contract", "footprint", "output", "tax"}

// List returns positions of the parcels of a park, "" for all, that are not left out: the greatest gain first, missing ones last, equal
// ones by code. order is one of Orders; output and tax go by the value by land.
func (o *Potential) List(park, order string) []int {
	snap := o.scores.Snapshot()
	rows := []int{}
	for i := range o.Parcels {
		if o.Parcels[i].Group != Left && (park == "" || snap.Parcels[i].Park == park) {
			rows = append(rows, i)
		}
	}
	slices.SortFunc(rows, func(a, b int) int {
		va, okA := o.Parcels[a].key(order)
		vb, okB := o.Parcels[b].key(order)
		switch {
		case okA != okB && okA:
			return -1
		case okA != okB:
			return 1
		}
		return cmp.Or(cmp.Compare(vb, va), cmp.Compare(a, b))
	})
	return rows
}

func (p *Parcel) key(order string) (float64, bool) {
	switch order {
	case "contract":
		return p.ContractGainM2.Get()
	case "footprint":
		return p.FootprintGainM2.Get()
	case "output":
		v, ok := p.Worth.OutputByLand.Get()
		return v.Float(), ok
	case "tax":
		v, ok := p.Worth.TaxByLand.Get()
		return v.Float(), ok
	}
	return p.FloorGainM2.Get()
}
