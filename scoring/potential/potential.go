package potential

import (
	"cmp"
	"runtime"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// Potential is what a zone could gain. It is immutable; Parcels are parallel to the snapshot's.
type Potential struct {
	Parcels []Parcel
	Parks   []Park // in the order of the snapshot's parks, then parks without a boundary by code

	scores *scoring.Scores
	rules  []*rules // by parcel; shared by those under the same sets
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
	out := &Potential{Parcels: make([]Parcel, snap.Parcels.Len()), scores: s, rules: make([]*rules, snap.Parcels.Len())}
	out.findRules()
	out.openParks(snap)
	of := make([]int32, snap.Parcels.Len()) // which park
	last, at := "", -1
	for i := range of {
		if code := snap.Parcels.At(i).Park; at < 0 || code != last {
			last, at = code, slices.IndexFunc(out.Parks, func(k Park) bool { return k.Code == code })
		}
		of[i] = int32(at)
	}
	for k, m := range out.measureAll(snap, of) {
		out.Parks[k].Medians = m.medians()
	}
	// In one order, so that sums of floats do not depend on the number of processors.
	for i := range out.Parcels {
		park := &out.Parks[of[i]]
		out.Parcels[i].Worth = park.Medians.worth(out.Parcels[i].FloorGainM2)
		park.add(&out.Parcels[i])
	}
	return out
}

// measureAll measures the parcels in parts at the same time and returns the reference parcels of every park.
func (o *Potential) measureAll(snap *parcels.Snapshot, park []int32) []sample {
	const least = 4096
	n, workers := len(park), min(runtime.GOMAXPROCS(0), len(park)/least+1)
	found := make([][]sample, workers)
	var crew parcels.Crew
	for w := range workers {
		found[w] = make([]sample, len(o.Parks))
		crew.Go(func() {
			for i := n * w / workers; i < n*(w+1)/workers; i++ {
				p, ps := snap.Parcels.At(i), &o.scores.Parcels[i]
				if o.Parcels[i].measure(snap, p, ps, o.rules[i]); o.Parcels[i].Group != Left {
					found[w][park[i]].add(p, ps)
				}
			}
		})
	}
	crew.Wait()
	all := make([]sample, len(o.Parks))
	for _, part := range found {
		for k := range part {
			all[k].join(&part[k])
		}
	}
	return all
}

// findRules asks for the rule sets of every parcel: a set may be for some zones of a park only.
func (o *Potential) findRules() {
	type sets struct{ control, stock *scoring.RuleSet }
	known := map[sets]*rules{}
	for i := range o.rules {
		by := sets{o.scores.RuleSet(scoring.KindControl, i), o.scores.RuleSet(scoring.KindStock, i)}
		if known[by] == nil {
			r := rulesOf(by.control, by.stock)
			known[by] = &r
		}
		o.rules[i] = known[by]
	}
}

func (o *Potential) openParks(snap *parcels.Snapshot) {
	var codes []string
	for i := range snap.Parks {
		codes = append(codes, snap.Parks[i].Code)
	}
	var others []string
	last := ""
	for i := range snap.Parcels.Len() {
		if code := snap.Parcels.At(i).Park; (i == 0 || code != last) && !slices.Contains(codes, code) && !slices.Contains(others, code) {
			others = append(others, code)
		}
		last = snap.Parcels.At(i).Park
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
	type entry struct {
		at    int
		value float64
		known bool
	}
	var found []entry
	for i := range o.Parcels {
		if o.Parcels[i].Group != Left && (park == "" || snap.Parcels.At(i).Park == park) {
			v, ok := o.Parcels[i].key(order)
			found = append(found, entry{i, v, ok})
		}
	}
	slices.SortFunc(found, func(a, b entry) int {
		switch {
		case a.known && !b.known:
			return -1
		case b.known && !a.known:
			return 1
		}
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.at, b.at))
	})
	rows := make([]int, len(found))
	for i := range found {
		rows[i] = found[i].at
	}
	return rows
}

func (out *Parcel) key(order string) (float64, bool) {
	switch order {
	case "contract":
		return out.ContractGainM2.Get()
	case "footprint":
		return out.FootprintGainM2.Get()
	case "output":
		v, ok := out.Worth.OutputByLand.Get()
		return v.Float(), ok
	case "tax":
		v, ok := out.Worth.TaxByLand.Get()
		return v.Float(), ok
	}
	return out.FloorGainM2.Get()
}
