package seeds

import (
	"math"
	"strings"

	"muchan/parcels"
)

// missedPromises is the share of ordinary factories whose contract promised more tax than they pay.
const missedPromises = 0.07

// agreeOnTax writes the tax per mu that contracts promise: a good part of what the firms on the land paid in the mean of the last three
// years, and more than that on some ordinary land, where the promise is missed. It draws on a stream of its own, so that nothing else of
// the demonstration depends on it. Cases about exit keep what they say.
func (m *demo) agreeOnTax(r *parcels.Rows) {
	d := newDice(359900, 53)
	paid := m.paidPerMu(r)
	ordinary, kept := map[string]bool{}, map[string]bool{}
	for _, h := range m.free {
		ordinary[h.Code] = true
	}
	for _, c := range m.cases {
		ordinary[c.Parcel] = false
		kept[c.Parcel] = strings.HasPrefix(c.ID, "exit-")
	}
	for k := range r.Parcels {
		p := &r.Parcels[k]
		tax := paid[p.Code]
		if kept[p.Code] || !p.Contract.AgreedTaxWanMu.OK() || tax <= 0 {
			continue
		}
		share := d.between(0.6, 0.9)
		if ordinary[p.Code] && d.chance(missedPromises) {
			share = d.between(1.3, 1.8)
		}
		p.Contract.AgreedTaxWanMu = parcels.Some(math.Round(tax*share*10) / 10)
	}
}

// paidPerMu is the yearly tax per mu of every parcel, in 万元: a firm's tax follows its land, and land follows floor area.
func (m *demo) paidPerMu(r *parcels.Rows) map[string]float64 {
	floor, mu := map[string]float64{}, map[string]float64{}
	for _, o := range r.Occupancies {
		if !o.To.OK() {
			floor[o.Parcel] += o.FloorM2.Or(0)
		}
	}
	for _, h := range m.holdings {
		mu[h.Code] = h.mu()
	}
	landOf := func(o *parcels.Occupancy) float64 {
		if o.To.OK() || floor[o.Parcel] == 0 {
			return 0
		}
		return mu[o.Parcel] * o.FloorM2.Or(0) / floor[o.Parcel]
	}
	held, tax := map[string]float64{}, meanTax(r.Figures)
	for k := range r.Occupancies {
		held[r.Occupancies[k].USCC] += landOf(&r.Occupancies[k])
	}
	paid := map[string]float64{}
	for k := range r.Occupancies {
		o := &r.Occupancies[k]
		if land := landOf(o); land > 0 {
			paid[o.Parcel] += tax[o.USCC] * land / held[o.USCC] / mu[o.Parcel]
		}
	}
	return paid
}

// promiseYears are the years whose tax a promise is measured by.
const promiseYears = 3

// meanTax is the tax of firms in the mean of the last years, in 万元, by credit code.
func meanTax(figures []parcels.Figures) map[string]float64 {
	sum, years := map[string]float64{}, map[string]float64{}
	for k := range figures {
		f := &figures[k]
		if f.Year <= lastYear-promiseYears {
			continue
		}
		for _, part := range []parcels.Opt[parcels.Wan]{f.VATWan, f.IncomeTaxWan, f.UrbanTaxWan, f.LandUseTaxWan, f.PropertyTaxWan, f.OtherTaxWan} {
			sum[f.USCC] += part.Or(0).Float()
		}
		years[f.USCC]++
	}
	for uscc := range sum {
		sum[uscc] /= years[uscc]
	}
	return sum
}
