package match

import (
	"math"
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

// fit returns need ÷ offer, at most 1 and NaN when no size is asked for, or why the offer is not enough.
func (n *Need) fit(o *Offer) (float64, Reason) {
	if !n.LandM2.OK() && !n.FloorM2.OK() {
		if v, ok := o.floor().Get(); ok && v <= 0 && !o.LandM2.OK() {
			return 0, ReasonTooSmall
		}
		return math.NaN(), ""
	}
	byLand, whyLand := ratio(n.LandM2, o.LandM2)
	if whyLand == ReasonAreaUnknown && o.Kind == KindVacantPlant {
		whyLand = ReasonFloorOnly
	}
	byFloor, whyFloor := ratio(n.FloorM2, o.floor())
	switch {
	case byLand > 0 || byFloor > 0:
		return max(byLand, byFloor), ""
	case !n.LandM2.OK():
		return 0, whyFloor
	case !n.FloorM2.OK():
		return 0, whyLand
	}
	return 0, later(whyLand, whyFloor)
}

// ratio is need ÷ offer, 0 when there is no need or the offer is not enough.
func ratio(need, offer parcels.Opt[float64]) (float64, Reason) {
	n, wanted := need.Get()
	has, known := offer.Get()
	switch {
	case !wanted:
		return 0, ""
	case !known:
		return 0, ReasonAreaUnknown
	case has < n-halfHundredthM2 || has <= 0:
		return 0, ReasonTooSmall
	}
	return min(1, n/has), ""
}

// rate fills values and score of the offer that serves best; of equal ones the first.
func (r *Ranking) rate(l *lot, v *verdict) {
	v.score = -1
	for i := range l.offers {
		if r.refuseOffer(l, &l.offers[i]) != "" {
			continue
		}
		values := r.values(l, &l.offers[i], v.gapM)
		if score := r.params.score(&values); score > v.score {
			v.offer, v.values, v.score = i, values, score
		}
	}
	v.fit, _ = r.need.fit(&l.offers[v.offer])
}

// score is 100 × Σ weight × value ÷ Σ weight over the parts that apply.
func (p *Params) score(values *[partCount]float64) float64 {
	above, below := 0.0, 0.0
	for i, part := range Parts {
		if v := values[i]; !math.IsNaN(v) {
			above, below = above+p.Weights[part]*v, below+p.Weights[part]
		}
	}
	if below == 0 {
		return 0
	}
	return 100 * above / below
}

// values rates one offer of a lot part by part.
func (r *Ranking) values(l *lot, o *Offer, gapM float64) [partCount]float64 {
	p := &r.params
	none := math.NaN()
	fit, _ := r.need.fit(o)
	v := [partCount]float64{none, none, fit, none, r.useValue(int(l.parcel)), p.Line.value(l.line), p.Path[o.Kind], r.holderValue(l)}
	if r.place.named() {
		v[0] = 1 / (1 + gapM/p.HalfDistanceM)
	}
	if len(r.place.parcels) > 0 {
		v[1] = 0
		if gapM <= p.TouchM {
			v[1] = 1
		}
	}
	if o.Kind != KindVacantPlant {
		v[3] = l.form.value(p.SlimBelow)
	}
	if r.own[l.parcel] {
		v[6], v[7] = 1, 1
	}
	return v
}

func (v LineValues) value(level int) float64 {
	switch level {
	case 1:
		return v.Level1
	case 2:
		return v.Level2
	}
	return v.Outside
}

// use sorts the land use of a parcel.
type use int

const (
	useUnknown use = iota
	useIndustrial
	useStorage
	useOther
)

func (r *Ranking) use(parcel int) use {
	p := r.pool.snap.Parcels.At(parcel)
	switch {
	case p.UseCode == "":
		return useUnknown
	case hasPrefix(p.UseCode, r.params.Industrial[p.UseScheme]):
		return useIndustrial
	case hasPrefix(p.UseCode, r.params.Storage[p.UseScheme]):
		return useStorage
	}
	return useOther
}

func hasPrefix(code string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(code, prefix) })
}

func (r *Ranking) useValue(parcel int) float64 {
	u := r.use(parcel)
	if strings.HasPrefix(r.industry, warehousing) { // who stores goods needs storage land as who makes them needs industrial land
		u = [...]use{useUnknown, useStorage, useIndustrial, useOther}[u]
	}
	v := &r.params.Use
	return [...]float64{v.Unknown, v.Industrial, v.Storage, v.Other}[u]
}

// holder returns the firm with the largest share of a parcel in the year, -1 for none, and its class.
func (p *Pool) holder(parcel int) (firm int, class scoring.Class) {
	ps := &p.scores.Parcels[parcel]
	if len(ps.Firms) == 0 {
		return -1, scoring.ClassNone
	}
	firm = ps.Firms[0].Firm
	if closed := p.snap.Firms[firm].ClosedOn; closed.OK() && closed <= p.asOf {
		return -1, scoring.ClassNone
	}
	return firm, ps.Class
}

func (r *Ranking) holderValue(l *lot) float64 {
	firm, class := r.pool.holder(int(l.parcel))
	if firm < 0 {
		return r.params.Holder.Nobody
	}
	if v, ok := r.params.Holder.Class[class]; ok {
		return v
	}
	return r.params.Holder.Unrated
}
