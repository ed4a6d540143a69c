package api

import (
	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

// totalsDoc is what a viewer sees of a park or of all.
type totalsDoc struct {
	Code         string                `json:"code,omitempty"`
	Parcels      int                   `json:"parcels"`
	LandMu       parcels.Opt[float64]  `json:"land_mu"` // of all parcels
	FAR          parcels.Opt[float64]  `json:"far"`
	FARRatedMu   parcels.Opt[float64]  `json:"far_rated_land_mu"`
	Density      parcels.Opt[float64]  `json:"density"` // percent
	DensityRated parcels.Opt[float64]  `json:"density_rated_land_mu"`
	Classes      map[scoring.Class]int `json:"classes"`
	IdleLand     int                   `json:"idle_land"`
	IdlePlants   int                   `json:"idle_plants"`
	*moneyDoc
}

// moneyDoc is what only an analyst sees.
type moneyDoc struct {
	Firms          int       `json:"firms"`
	Output         amountDoc `json:"output"`
	ValueAdded     amountDoc `json:"value_added"`
	Tax            amountDoc `json:"tax"`
	ExitCandidates int       `json:"exit_candidates"`
}

// amountDoc is a sum of money with both lands it may be divided by, so that a reader can divide again: parcels without a figure
// are in the one and not in the other.
type amountDoc struct {
	Wan           parcels.Opt[parcels.Wan] `json:"wan"`
	RatedLandMu   parcels.Opt[float64]     `json:"rated_land_mu"`    // of the parcels with this figure
	WanPerMu      parcels.Opt[float64]     `json:"wan_per_mu"`       // over the land of all parcels
	WanPerRatedMu parcels.Opt[float64]     `json:"wan_per_rated_mu"` // over RatedLandMu
}

type summaryDoc struct {
	Year  int         `json:"year"`
	Parks []totalsDoc `json:"parks"`
	All   totalsDoc   `json:"all"`
}

// summary adds up parks.
func (c *call) summary() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	doc := summaryDoc{Year: c.image.Scores.Year, Parks: []totalsDoc{}, All: c.totals(c.text("park"))}
	for i := range c.image.Snapshot.Parks {
		code := c.image.Snapshot.Parks[i].Code
		if only := c.text("park"); only != "" && only != code {
			continue
		}
		t := c.totals(code)
		t.Code = code
		doc.Parks = append(doc.Parks, t)
	}
	return c.json(doc)
}

// totals adds up the parcels of a park, "" for all.
func (c *call) totals(park string) totalsDoc {
	a := adder{classes: map[scoring.Class]int{}, firms: map[int]bool{}}
	for i := range c.image.Scores.Parcels {
		if park == "" || c.image.Snapshot.Parcels.At(i).Park == park {
			a.add(&c.image.Scores.Parcels[i])
		}
	}
	doc := a.totals()
	if c.audience >= layers.Analyst {
		doc.moneyDoc = a.money()
	}
	return doc
}

// adder sums what is present, and the land of the parcels each sum is known for.
type adder struct {
	parcels, idleLand, idlePlants, exits int
	classes                              map[scoring.Class]int
	firms                                map[int]bool
	land                                 sum
	farM2, farLand, footM2, footLand     sum // square metres over mu
	output, valueAdded, tax              moneySum
}

type sum struct {
	value float64
	any   bool
}

func (s *sum) add(v float64) { s.value, s.any = s.value+v, true }

func (s sum) opt() parcels.Opt[float64] {
	if !s.any {
		return parcels.Opt[float64]{}
	}
	return parcels.Some(s.value)
}

func (s sum) over(d sum) parcels.Opt[float64] {
	if !s.any || !d.any || d.value <= 0 {
		return parcels.Opt[float64]{}
	}
	return parcels.Some(s.value / d.value)
}

type moneySum struct {
	wan  parcels.Wan
	any  bool
	land sum // of the parcels with a figure
}

func (m *moneySum) add(v parcels.Opt[parcels.Wan], land parcels.Opt[float64]) {
	wan, ok := v.Get()
	if !ok {
		return
	}
	m.wan, m.any = m.wan+wan, true
	if mu, ok := land.Get(); ok {
		m.land.add(mu)
	}
}

func (m moneySum) doc(all sum) amountDoc {
	if !m.any {
		return amountDoc{}
	}
	above := sum{m.wan.Float(), true}
	return amountDoc{Wan: parcels.Some(m.wan), RatedLandMu: m.land.opt(), WanPerMu: above.over(all), WanPerRatedMu: above.over(m.land)}
}

func (a *adder) add(p *scoring.ParcelScore) {
	a.parcels++
	a.classes[p.Class]++
	if t := p.Idle.Type; t == "unstarted" || t == "stalled" {
		a.idleLand++
	}
	if p.Idle.Plant {
		a.idlePlants++
	}
	if p.Exit >= 0 {
		a.exits++
	}
	for _, s := range p.Firms {
		a.firms[s.Firm] = true
	}
	if mu, ok := p.LandMu.Get(); ok {
		a.land.add(mu)
		addRatio(&a.farM2, &a.farLand, p.FARM2, mu)
		addRatio(&a.footM2, &a.footLand, p.FootprintM2, mu)
	}
	a.output.add(p.OutputWan, p.LandMu)
	a.valueAdded.add(p.ValueAddedWan, p.LandMu)
	a.tax.add(p.TaxWan, p.LandMu)
}

// addRatio adds square metres above and mu below.
func addRatio(above, below *sum, m2 parcels.Opt[float64], mu float64) {
	if v, ok := m2.Get(); ok {
		above.add(v)
		below.add(mu)
	}
}

func (a *adder) totals() totalsDoc {
	doc := totalsDoc{
		Parcels: a.parcels, LandMu: a.land.opt(), FARRatedMu: a.farLand.opt(), DensityRated: a.footLand.opt(), Classes: a.classes,
		IdleLand: a.idleLand, IdlePlants: a.idlePlants,
	}
	if far, ok := a.farM2.over(a.farLand).Get(); ok {
		doc.FAR = parcels.Some(far / geo.M2PerMu)
	}
	if d, ok := a.footM2.over(a.footLand).Get(); ok {
		doc.Density = parcels.Some(100 * d / geo.M2PerMu)
	}
	return doc
}

func (a *adder) money() *moneyDoc {
	return &moneyDoc{
		Firms: len(a.firms), Output: a.output.doc(a.land), ValueAdded: a.valueAdded.doc(a.land), Tax: a.tax.doc(a.land),
		ExitCandidates: a.exits,
	}
}
