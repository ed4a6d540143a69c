package api

import (
	"strings"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/potential"
	"muchan/tiles/layers"
)

var potentialRoutes = []route{{
	method: get, pattern: "/api/v1/potential", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: potentialList{},
	params: append([]param{
		yearParam, parkParam,
		{name: "explain", kind: flagParam, standard: "false", doc: words{"逐宗附说明", "explain every parcel"}},
	}, listParams("-floor", gainOrders)...),
	handle: (*call).potential,
	doc:    words{"拔高、种密潜力：各宗地、各园区可增建筑面积和占地", "what parcels and parks could gain in floor area and footprint"},
}}

// potentialList is the answer. Areas are in m², ratios as such, coefficients in per cent.
type potentialList struct {
	Year     int             `json:"year"`
	AsOf     string          `json:"as_of"`
	Notice   string          `json:"notice"`
	NoticeEn string          `json:"notice_en"`
	Parks    []gainParkDoc   `json:"parks"`
	All      gainParkDoc     `json:"all"`
	Total    int             `json:"total"`
	Rows     []gainParcelDoc `json:"rows"`
}

type gainParkDoc struct {
	Code   string       `json:"code,omitempty"`
	Groups []gainSumDoc `json:"groups"`
	Left   int          `json:"left_out"`
	*gainMediansDoc
}

// gainMediansDoc is for analysts, of one park.
type gainMediansDoc struct {
	Medians mediansDoc `json:"medians"`
}

type mediansDoc struct {
	Parcels    int                  `json:"parcels"`
	FloorPerMu parcels.Opt[float64] `json:"floor_m2_per_mu"`
	Output     medianDoc            `json:"output"`
	Tax        medianDoc            `json:"tax"`
}

type medianDoc struct {
	Parcels  int                  `json:"parcels"`
	WanPerMu parcels.Opt[float64] `json:"wan_per_mu"`
	WanPerM2 parcels.Opt[float64] `json:"wan_per_floor_m2"`
}

type gainSumDoc struct {
	Group            string  `json:"group"`
	Title            string  `json:"title"`
	TitleEn          string  `json:"title_en"`
	Parcels          int     `json:"parcels"`
	FloorGainM2      float64 `json:"floor_gain_m2"`
	ContractGainM2   float64 `json:"contract_gain_m2"`
	FloorMissing     int     `json:"floor_missing"`
	OpenUpward       int     `json:"open_upward"`
	FootprintGainM2  float64 `json:"footprint_gain_m2"`
	FootprintMissing int     `json:"footprint_missing"`
	*worthSumDoc
}

// worthSumDoc is for analysts: 万元 of a year.
type worthSumDoc struct {
	OutputByLand  parcels.Wan `json:"output_by_land_wan"`
	OutputByFloor parcels.Wan `json:"output_by_floor_wan"`
	OutputMissing int         `json:"output_missing"`
	TaxByLand     parcels.Wan `json:"tax_by_land_wan"`
	TaxByFloor    parcels.Wan `json:"tax_by_floor_wan"`
	TaxMissing    int         `json:"tax_missing"`
}

type gainParcelDoc struct {
	Rank            int                  `json:"rank"`
	Code            string               `json:"code"`
	Park            string               `json:"park"`
	BBox            []float64            `json:"bbox"`
	Group           string               `json:"group"`
	LandM2          parcels.Opt[float64] `json:"land_m2"`
	FAR             parcels.Opt[float64] `json:"far"`
	LimitFAR        parcels.Opt[float64] `json:"limit_far"`
	Binding         string               `json:"limit_by"`
	Limit           string               `json:"limit_title"`
	LimitEn         string               `json:"limit_title_en"`
	Open            bool                 `json:"open_upward"`
	FloorGainM2     parcels.Opt[float64] `json:"floor_gain_m2"`
	ContractGainM2  parcels.Opt[float64] `json:"contract_gain_m2"`
	PlainGainM2     parcels.Opt[float64] `json:"floor_gain_undoubled_m2"`
	FloorMissing    string               `json:"floor_missing"`
	FloorMissingEn  string               `json:"floor_missing_en"`
	Coefficient     parcels.Opt[float64] `json:"coefficient"`        // per cent
	Target          parcels.Opt[float64] `json:"coefficient_target"` // per cent
	FootprintGainM2 parcels.Opt[float64] `json:"footprint_gain_m2"`
	FootMissing     string               `json:"footprint_missing"`
	FootMissingEn   string               `json:"footprint_missing_en"`
	Explanations    []explanationDoc     `json:"explanations"`
	*worthDoc
}

// worthDoc is for analysts: 万元 of a year.
type worthDoc struct {
	OutputByLand  parcels.Opt[parcels.Wan] `json:"output_by_land_wan"`
	OutputByFloor parcels.Opt[parcels.Wan] `json:"output_by_floor_wan"`
	TaxByLand     parcels.Opt[parcels.Wan] `json:"tax_by_land_wan"`
	TaxByFloor    parcels.Opt[parcels.Wan] `json:"tax_by_floor_wan"`
}

var potentialNotice = scoring.Text{
	Zh: "规划前的上限估算，未计控规限制；价值为按园区中位水平折算，不是预测",
	En: "an upper bound before planning, without the limits of the control plan; money is a conversion at the park's median, not a forecast",
}

// gainOrders sort positions of parcels; output and tax are for analysts.
var gainOrders = []order[int]{
	{"floor", func(c *call, p int) sortKey { return byOpt(c.gain(p).FloorGainM2) }},
	{"contract", func(c *call, p int) sortKey { return byOpt(c.gain(p).ContractGainM2) }},
	{"footprint", func(c *call, p int) sortKey { return byOpt(c.gain(p).FootprintGainM2) }},
	{"output", func(c *call, p int) sortKey { return byOpt(c.gain(p).Worth.OutputByLand) }},
	{"tax", func(c *call, p int) sortKey { return byOpt(c.gain(p).Worth.TaxByLand) }},
	{"code", func(c *call, p int) sortKey { return byText(c.image.Snapshot.Parcels.At(p).Code) }},
}

func (c *call) gain(p int) *potential.Parcel { return &c.image.potential().Parcels[p] }

// potential lists what parcels could gain. Areas and limits are for viewers, who see the bands of tax that a limit tells of; money and
// the order by it are for analysts.
func (c *call) potential() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	order := strings.TrimPrefix(c.text("sort"), "-")
	if (order == "output" || order == "tax") && c.audience < layers.Analyst {
		return errForbidden
	}
	o := c.image.potential()
	rows := o.List(c.text("park"), "floor")
	doc := potentialList{
		Year: c.image.Scores.Year, AsOf: c.image.Scores.AsOf.String(), Notice: potentialNotice.Zh, NoticeEn: potentialNotice.En,
		Parks: []gainParkDoc{}, Total: len(rows), Rows: []gainParcelDoc{},
	}
	all := o.All()
	for k := range o.Parks {
		park := &o.Parks[k]
		if only := c.text("park"); only != "" && only != park.Code {
			continue
		} else if only != "" {
			all = *park
			all.Code = ""
		}
		d := c.gainPark(park)
		if c.audience >= layers.Analyst {
			d.gainMediansDoc = &gainMediansDoc{mediansOf(&park.Medians)}
		}
		doc.Parks = append(doc.Parks, d)
	}
	doc.All = c.gainPark(&all)
	for i, p := range listed(c, rows, gainOrders) {
		doc.Rows = append(doc.Rows, c.gainParcel(o, p, c.number("offset")+i+1))
	}
	return c.json(doc)
}

func (c *call) gainPark(park *potential.Park) gainParkDoc {
	doc := gainParkDoc{Code: park.Code, Groups: []gainSumDoc{}, Left: park.Left}
	for i := range park.Sums {
		s := &park.Sums[i]
		title := s.Group.Title()
		d := gainSumDoc{
			Group: string(s.Group), Title: title.Zh, TitleEn: title.En, Parcels: s.Parcels, FloorGainM2: s.FloorGainM2, ContractGainM2: s.ContractGainM2,
			FloorMissing: s.FloorMissing, OpenUpward: s.OpenUpward, FootprintGainM2: s.FootprintGainM2, FootprintMissing: s.FootprintMissing,
		}
		if w := &s.Worth; c.audience >= layers.Analyst {
			d.worthSumDoc = &worthSumDoc{w.OutputByLand, w.OutputByFloor, w.OutputMissing, w.TaxByLand, w.TaxByFloor, w.TaxMissing}
		}
		doc.Groups = append(doc.Groups, d)
	}
	return doc
}

func mediansOf(m *potential.Medians) mediansDoc {
	return mediansDoc{
		Parcels: m.Parcels, FloorPerMu: m.FloorPerMu,
		Output: medianDoc{m.Output.Parcels, m.Output.PerMu, m.Output.PerM2}, Tax: medianDoc{m.Tax.Parcels, m.Tax.PerMu, m.Tax.PerM2},
	}
}

func (c *call) gainParcel(o *potential.Potential, p, rank int) gainParcelDoc {
	g, parcel := &o.Parcels[p], c.image.Snapshot.Parcels.At(p)
	limit, floor, foot := potential.LimitTitle(g.Binding), potential.Reason(g.FloorMissing), potential.Reason(g.FootMissing)
	doc := gainParcelDoc{
		Rank: rank, Code: parcel.Code, Park: parcel.Park, BBox: box(parcel.Shape.Bound()), Group: string(g.Group), LandM2: g.LandM2,
		FAR: g.FAR, LimitFAR: g.LimitFAR, Binding: g.Binding, Limit: limit.Zh, LimitEn: limit.En, Open: g.Open,
		FloorGainM2: g.FloorGainM2, ContractGainM2: g.ContractGainM2, PlainGainM2: g.PlainGainM2, FloorMissing: floor.Zh, FloorMissingEn: floor.En,
		Coefficient: perCent(g.Coefficient), Target: perCent(g.Target), FootprintGainM2: g.FootprintGainM2, FootMissing: foot.Zh, FootMissingEn: foot.En,
		Explanations: []explanationDoc{},
	}
	var told []scoring.Explanation
	if c.text("explain") == "true" {
		told = o.Explain(p)
	}
	if c.audience >= layers.Analyst {
		doc.worthDoc = &worthDoc{g.Worth.OutputByLand, g.Worth.OutputByFloor, g.Worth.TaxByLand, g.Worth.TaxByFloor}
		if told != nil {
			told = append(told, o.ExplainWorth(p)...)
		}
	}
	for i := range told {
		doc.Explanations = append(doc.Explanations, explanation(&told[i]))
	}
	return doc
}

// perCent makes per cent of a share.
func perCent(o parcels.Opt[float64]) parcels.Opt[float64] {
	if v, ok := o.Get(); ok {
		return parcels.Some(100 * v)
	}
	return o
}
