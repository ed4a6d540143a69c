package potential

import (
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// Medians are those of a park's industrial parcels in use.
type Medians struct {
	Parcels    int                  // with land and floor area
	FloorPerMu parcels.Opt[float64] // m² per mu
	Output     Median
	Tax        Median
}

// Median is that of one figure, over the parcels where it is known and complete.
type Median struct {
	Parcels int
	PerMu   parcels.Opt[float64] // 万元/亩
	PerM2   parcels.Opt[float64] // 万元 per m² of floor area
}

// sample gathers a park's reference parcels.
type sample struct{ floor, outputMu, outputM2, taxMu, taxM2 []float64 }

// add takes a parcel in when it is in use and its land and floor area are known.
func (m *sample) add(p *parcels.Parcel, s *scoring.ParcelScore) {
	mu, hasLand := s.LandMu.Get()
	floor, hasFloor := s.FloorM2.Get()
	if p.State != parcels.StateInUse || !hasLand || !hasFloor || mu <= 0 || floor <= 0 {
		return
	}
	m.floor = append(m.floor, floor/mu)
	if v, ok := s.OutputWan.Get(); ok && !s.Partial.Output {
		m.outputMu, m.outputM2 = append(m.outputMu, v.Float()/mu), append(m.outputM2, v.Float()/floor)
	}
	if v, ok := s.TaxWan.Get(); ok && !s.Partial.Tax {
		m.taxMu, m.taxM2 = append(m.taxMu, v.Float()/mu), append(m.taxM2, v.Float()/floor)
	}
}

// join appends another part's parcels; a median does not mind the order.
func (m *sample) join(o *sample) {
	m.floor = append(m.floor, o.floor...)
	m.outputMu, m.outputM2 = append(m.outputMu, o.outputMu...), append(m.outputM2, o.outputM2...)
	m.taxMu, m.taxM2 = append(m.taxMu, o.taxMu...), append(m.taxM2, o.taxM2...)
}

func (m *sample) medians() Medians {
	return Medians{
		Parcels: len(m.floor), FloorPerMu: median(m.floor),
		Output: Median{len(m.outputMu), median(m.outputMu), median(m.outputM2)},
		Tax:    Median{len(m.taxMu), median(m.taxMu), median(m.taxM2)},
	}
}

// median sorts values and returns the middle one, of an even number the mean of the middle two; missing for none.
func median(values []float64) parcels.Opt[float64] {
	n := len(values)
	if n == 0 {
		return parcels.Opt[float64]{}
	}
	slices.Sort(values)
	return parcels.Some((values[(n-1)/2] + values[n/2]) / 2)
}

// worth converts a floor gain at a park's medians.
func (m *Medians) worth(gain parcels.Opt[float64]) Worth {
	g, ok := gain.Get()
	if !ok {
		return Worth{}
	}
	byLand := func(perMu parcels.Opt[float64]) parcels.Opt[parcels.Wan] {
		v, has := perMu.Get()
		floor, hasFloor := m.FloorPerMu.Get()
		return wanIf(g/floor*v, has && hasFloor)
	}
	byFloor := func(perM2 parcels.Opt[float64]) parcels.Opt[parcels.Wan] {
		v, has := perM2.Get()
		return wanIf(g*v, has)
	}
	return Worth{byLand(m.Output.PerMu), byFloor(m.Output.PerM2), byLand(m.Tax.PerMu), byFloor(m.Tax.PerM2)}
}

// wanIf is money, missing when it is not known or beyond what an amount may be.
func wanIf(v float64, ok bool) parcels.Opt[parcels.Wan] {
	wan, err := parcels.WanOf(v)
	if !ok || err != nil {
		return parcels.Opt[parcels.Wan]{}
	}
	return parcels.Some(wan)
}
