package seeds

import (
	"math"

	"muchan/parcels"
)

// enterprise is a firm with what its figures are made from.
type enterprise struct {
	parcels.Firm
	serial     int
	trade      trade
	baseWan    float64                           // output of 2020 in 万元, or what it would have been
	taxShare   float64                           // of output
	exports    float64                           // share of output that is exported
	landTaxWan [lastYear - firstYear + 1]float64 // 城镇土地使用税 of each year on the land it owns
	dice       *dice
	tune       func(*parcels.Figures) // last word on a year's figures, or nil
	silentFrom int                    // year from which nothing was reported, 0 for none
}

// newEnterprise makes a firm; the serial number decides its name, its code and its fortunes.
func newEnterprise(seed uint64, serial int, t trade, baseWan float64) *enterprise {
	d := newDice(seed, uint64(500_000+serial))
	e := &enterprise{
		serial: serial, trade: t, baseWan: baseWan, dice: d,
		taxShare: 0.022 * math.Exp(0.35*d.normal()),
		Firm: parcels.Firm{
			USCC: creditCode("MA", serial+1), Name: firmName(serial, t.name), Industry: t.industry,
			RegisteredOn: parcels.DateOf(2001+d.intn(16), 1, 1) + parcels.Date(d.intn(360)),
		},
	}
	e.AboveScale = parcels.Some(baseWan >= aboveScaleWan)
	e.ProducedOn = e.RegisteredOn + parcels.Date(180+d.intn(400))
	if t.group == textiles && d.chance(0.45) {
		e.exports = d.between(0.2, 0.8)
	}
	return e
}

// creditOfExports is the part of a firm's tax that 免抵调库 would make up if it exported everything.
const creditOfExports = 0.5

const (
	aboveScaleWan = 2000 // yearly revenue from which industry is 规上
	firstYear     = 2018
	lastYear      = 2025
	baseYear      = 2020
)

// path is a group's output by year as a multiple of 2020. Together the groups grow by about 6 % a year, a little slower in 2020
// and 2022.
var path = [...][lastYear - firstYear + 1]float64{
	textiles:      {0.881, 0.951, 1, 1.083, 1.118, 1.176, 1.238, 1.301},
	electronics:   {0.861, 0.932, 1, 1.142, 1.241, 1.372, 1.516, 1.668},
	machinery:     {0.872, 0.944, 1, 1.102, 1.163, 1.251, 1.344, 1.442},
	foodMedicine:  {0.893, 0.951, 1, 1.071, 1.132, 1.208, 1.29, 1.371},
	otherIndustry: {0.91, 0.96, 1, 1.052, 1.081, 1.122, 1.16, 1.201},
	services:      {0.8, 0.9, 1, 1.12, 1.2, 1.33, 1.46, 1.6},
}

// active tells whether the firm has figures for a year.
func (e *enterprise) active(year int) bool {
	if e.ProducedOn.OK() && e.ProducedOn.Year() > year {
		return false
	}
	return !e.ClosedOn.OK() || e.ClosedOn.Year() > year
}

// outputs returns the firm's output in 万元 for every year of the demonstration, active or not.
func (e *enterprise) outputs() [lastYear - firstYear + 1]float64 {
	var out [lastYear - firstYear + 1]float64
	wobble := 1.0
	for k := baseYear - firstYear; k < len(out); k++ {
		out[k] = e.baseWan * path[e.trade.group][k] * wobble
		wobble *= math.Exp(0.05 * e.dice.normal())
	}
	wobble = 1
	for k := baseYear - firstYear - 1; k >= 0; k-- {
		wobble *= math.Exp(0.05 * e.dice.normal())
		out[k] = e.baseWan * path[e.trade.group][k] * wobble
	}
	return out
}

// figures makes the firm's yearly figures from a year on.
func (e *enterprise) figures(from, to int) []parcels.Figures {
	outputs := e.outputs()
	var rows []parcels.Figures
	for year := from; year <= to; year++ {
		if !e.active(year) || e.silentFrom != 0 && year >= e.silentFrom {
			continue
		}
		f := e.year(year, outputs[year-firstYear])
		if e.tune != nil {
			e.tune(&f)
		}
		rows = append(rows, f)
	}
	return rows
}

// year makes the figures of one year from the output.
func (e *enterprise) year(year int, output float64) parcels.Figures {
	d := e.dice
	tax := output * e.taxShare * math.Exp(0.08*d.normal())
	if year == baseYear {
		tax = output * e.taxShare
	}
	credit := creditOfExports * tax * e.exports
	tax -= credit
	land := e.landTaxWan[year-firstYear]
	rest := max(tax-land, land/2) // large land with little output still pays for the land
	f := parcels.Figures{
		USCC: e.USCC, Year: year,
		RevenueWan:      wan(output * d.between(0.94, 1.04)),
		VATWan:          wan(rest * 0.54),
		IncomeTaxWan:    wan(rest * 0.28),
		UrbanTaxWan:     wan(rest * 0.06),
		LandUseTaxWan:   wan(land),
		PropertyTaxWan:  wan(rest * 0.08),
		OtherTaxWan:     wan(rest * 0.04),
		ExportCreditWan: wan(credit),
		VATRefundWan:    wan(0),
		Staff:           parcels.Some(math.Max(4, math.Round(output/145*d.between(0.85, 1.15)))),
		RDWan:           wan(output * d.between(0.004, 0.034)),
		Source:          "authorised", Confirmed: parcels.Some(true),
	}
	e.production(&f, output)
	return f
}

// What energy means, chosen so that the ratios of all firms above the scale come near those that 黄岩 published for 2022.
const (
	tcePerMWh       = 0.3  // tonnes of standard coal for a MWh, 等价值
	electricShare   = 0.85 // of all energy
	kgPerTce        = 0.35 // pollutants for a tonne of standard coal
	codShare        = 0.4  // of the pollutants
	waterPerWan     = 2.5  // tonnes of water for 万元 of output
	smallFirmEnergy = 2.2  // of a firm below the scale for the same output, as a multiple
)

// production fills in what only industry has.
func (e *enterprise) production(f *parcels.Figures, output float64) {
	d := e.dice
	if e.trade.group == services {
		f.ElectricityMWh = parcels.Some(math.Round(output * 0.3))
		f.Source = "filing"
		return
	}
	tce := output * e.trade.tcePer * d.between(0.9, 1.1)
	if !e.AboveScale.Or(false) {
		tce *= smallFirmEnergy
	}
	f.OutputWan = wan(output)
	f.ValueAddedWan = wan(output * d.between(0.2, 0.29))
	f.EnergyTce = parcels.Some(math.Round(tce*10) / 10)
	f.EnergyBasis = "equivalent"
	f.EmissionsT = parcels.Some(math.Round(tce*kgPerTce*d.between(0.7, 1.3)) / 1000)
	f.CODT = parcels.Some(math.Round(1000*codShare*f.EmissionsT.Or(0)) / 1000)
	f.WaterT = parcels.Some(math.Round(output * waterPerWan))
	f.ElectricityMWh = parcels.Some(math.Round(tce / tcePerMWh * electricShare))
	if f.Year < 2020 {
		f.Source = "statistics"
	}
}

// setTax replaces the year's taxes by components that add up to an amount, to the fen. The tax on land stays what the land owes, unless
// the firm paid less in all: a plant that stopped may be relieved of it.
func setTax(f *parcels.Figures, amount parcels.Wan) {
	land := min(f.LandUseTaxWan.Or(0), amount)
	rest := amount - land
	f.LandUseTaxWan = parcels.Some(land)
	f.VATWan = parcels.Some(rest / 2)
	f.IncomeTaxWan = parcels.Some(rest / 4)
	f.UrbanTaxWan, f.PropertyTaxWan = parcels.Some(rest/20), parcels.Some(rest/20)
	f.OtherTaxWan = parcels.Some(rest - rest/2 - rest/4 - 2*(rest/20))
	f.ExportCreditWan, f.VATRefundWan = parcels.Some(parcels.Wan(0)), parcels.Some(parcels.Wan(0))
}
