package api

import (
	"errors"
	"math"
	"net/http"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/admission"
)

var admissionRoutes = []route{{
	method: http.MethodPost, pattern: "/api/v1/admission", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone",
	params: []param{yearParam}, body: projectBody(), answer: admissionDoc{}, handle: (*call).admission,
	doc: words{
		"准入测算：拟入园项目逐项对照指标，并给出在园区企业中的位次；不保存任何内容",
		"admission: a proposed project against every requirement, and where it would rank among the park's firms; nothing is stored",
	},
}}

// projectDoc is a proposed project as a reader sends it. Areas are in m², money in 万元 of a year at full production; what is left out
// is missing.
type projectDoc struct {
	Park           string               `json:"park"`
	Industry       string               `json:"industry"`
	Parcel         string               `json:"parcel"`
	Lon            parcels.Opt[float64] `json:"lon"`
	Lat            parcels.Opt[float64] `json:"lat"`
	Tier           string               `json:"tier"`
	LandMu         float64              `json:"land_mu"`
	FloorM2        parcels.Opt[float64] `json:"floor_m2"`
	FARFloorM2     parcels.Opt[float64] `json:"far_floor_m2"`
	Storeys        []storeyDoc          `json:"storeys"`
	BuiltGroundM2  parcels.Opt[float64] `json:"built_ground_m2"`
	OfficeLandM2   parcels.Opt[float64] `json:"office_land_m2"`
	OfficeFloorM2  parcels.Opt[float64] `json:"office_floor_m2"`
	GreenM2        parcels.Opt[float64] `json:"green_m2"`
	AboveScale     parcels.Opt[bool]    `json:"above_scale"`
	FAIWan         parcels.Opt[float64] `json:"fai_wan"` // land price included
	OutputWan      parcels.Opt[float64] `json:"output_wan"`
	RevenueWan     parcels.Opt[float64] `json:"revenue_wan"`
	ValueAddedWan  parcels.Opt[float64] `json:"value_added_wan"`
	TaxWan         parcels.Opt[float64] `json:"tax_wan"`
	RDWan          parcels.Opt[float64] `json:"rd_wan"`
	EnergyTce      parcels.Opt[float64] `json:"energy_tce"`
	EmissionsT     parcels.Opt[float64] `json:"emissions_t"`
	Staff          parcels.Opt[float64] `json:"staff"`
	ElectricityMWh parcels.Opt[float64] `json:"electricity_mwh"`
}

type storeyDoc struct {
	FloorM2 float64 `json:"floor_m2"`
	HeightM float64 `json:"height_m"`
}

func projectBody() schema {
	text, number := schema{"type": "string"}, schema{"type": "number"}
	properties := schema{
		"park": text, "industry": text, "parcel": text, "tier": text, "above_scale": schema{"type": "boolean"},
		"storeys": schema{"type": "array", "items": schema{
			"type": "object", "additionalProperties": false, "properties": schema{"floor_m2": number, "height_m": number},
		}},
	}
	for _, name := range []string{
		"lon", "lat", "land_mu", "floor_m2", "far_floor_m2", "built_ground_m2", "office_land_m2", "office_floor_m2", "green_m2", "fai_wan",
		"output_wan", "revenue_wan", "value_added_wan", "tax_wan", "rd_wan", "energy_tce", "emissions_t", "staff", "electricity_mwh",
	} {
		properties[name] = number
	}
	return schema{"type": "object", "additionalProperties": false, "required": []string{"park", "land_mu"}, "properties": properties}
}

type admissionDoc struct {
	Year     int                `json:"year"`
	AsOf     string             `json:"as_of"`
	Notice   string             `json:"notice"`
	NoticeEn string             `json:"notice_en"`
	Tier     string             `json:"tier"`
	TierEn   string             `json:"tier_en"`
	Passed   int                `json:"passed"`
	Failed   int                `json:"failed"`
	Unknown  int                `json:"unknown"`
	Tests    []admissionTestDoc `json:"tests"`
	Ranks    []admissionRankDoc `json:"ranks"`
	Rules    []scoring.RuleRef  `json:"rules"`
}

// admissionTestDoc is one comparison; value, limit and margin are in unit, shares in per cent.
type admissionTestDoc struct {
	Kind       string               `json:"kind"` // control, admission, planning or place
	Indicator  string               `json:"indicator"`
	Title      string               `json:"title"`
	TitleEn    string               `json:"title_en"`
	Unit       string               `json:"unit"`
	Value      parcels.Opt[float64] `json:"value"`
	Limit      parcels.Opt[float64] `json:"limit"`
	LimitUpper parcels.Opt[float64] `json:"limit_upper"` // greatest of several limits
	AtMost     bool                 `json:"at_most"`
	Outcome    string               `json:"outcome"` // passed, failed or unknown
	Margin     parcels.Opt[float64] `json:"margin"`  // room to the limit; negative when failed
	Force      string               `json:"force"`   // binding, recommended or ""
	Rule       scoring.RuleRef      `json:"rule"`
	Clause     string               `json:"clause"`
	Source     string               `json:"source"`
	SourceEn   string               `json:"source_en"`
	Verified   bool                 `json:"verified"`
	Edition    int                  `json:"industry_edition"` // of GB/T 4754; 0 where the industry does not matter
	Codes      []string             `json:"industry_codes"`
	Note       string               `json:"note"`
	NoteEn     string               `json:"note_en"`
	Inputs     []operandDoc         `json:"inputs"`
}

type admissionRankDoc struct {
	By      string               `json:"by"`
	Title   string               `json:"title"`
	TitleEn string               `json:"title_en"`
	Unit    string               `json:"unit"`
	Value   parcels.Opt[float64] `json:"value"`
	Rank    *int                 `json:"rank"` // null when it cannot be told
	Of      *int                 `json:"of"`   // the project counted
	Lacking int                  `json:"firms_without_value"`
	Class   scoring.Class        `json:"class"`
	Cohort  string               `json:"cohort"`
	Group   string               `json:"group"`
	Items   []RatedIndicator     `json:"items"`
	Rule    *scoring.RuleRef     `json:"rule"`
	Note    string               `json:"note"`
	NoteEn  string               `json:"note_en"`
}

var admissionNotice = scoring.Text{
	Zh: "测算结果，供参考；是否准入由管委会决定", En: "a computation for reference; whether a project is let in is the authority's decision",
}

// admission tests a project. It changes nothing and keeps nothing.
func (c *call) admission() error {
	var given projectDoc
	if err := c.readBody(&given); err != nil {
		return err
	}
	project, err := given.project()
	if err != nil {
		return err
	}
	if found := project.Check(); len(found) > 0 {
		return badMember(found[0].Member, words{found[0].Reason.Zh, found[0].Reason.En})
	}
	var wrong *admission.Problem
	result, err := admission.Try(c.image.Scores, project)
	switch {
	case errors.As(err, &wrong):
		return badMember(wrong.Member, words{wrong.Reason.Zh, wrong.Reason.En})
	case errors.Is(err, admission.ErrUnknownPark):
		return badMember("park", words{"没有这个园区，或园区内没有宗地", "there is no such park, or it has no parcel"})
	case errors.Is(err, admission.ErrUnknownParcel):
		return badMember("parcel", words{"园区内没有这宗地", "there is no such parcel in the park"})
	case errors.Is(err, admission.ErrUnknownTier):
		return badMember("tier", words{"没有这一档准入标准", "there is no such tier"})
	case err != nil:
		return err
	}
	return c.json(c.image.admissionDoc(result))
}

// project reads what was sent. JSON has no NaN, so numbers are finite; whether they make sense is the project's own check.
func (d *projectDoc) project() (*admission.Project, error) {
	p := &admission.Project{
		Park: d.Park, Industry: parcels.NormaliseIndustry(d.Industry), Parcel: d.Parcel, Tier: d.Tier, LandMu: d.LandMu, FloorM2: d.FloorM2,
		FARFloorM2: d.FARFloorM2, BuiltGroundM2: d.BuiltGroundM2, OfficeLandM2: d.OfficeLandM2, OfficeFloorM2: d.OfficeFloorM2,
		GreenM2: d.GreenM2, AboveScale: d.AboveScale,
	}
	p.Figures.EnergyTce, p.Figures.EmissionsT, p.Figures.Staff, p.Figures.ElectricityMWh = d.EnergyTce, d.EmissionsT, d.Staff, d.ElectricityMWh
	for _, s := range d.Storeys {
		p.Storeys = append(p.Storeys, parcels.Storey{FloorM2: s.FloorM2, HeightM: s.HeightM})
	}
	if err := d.place(p); err != nil {
		return nil, err
	}
	return p, d.money(p)
}

func (d *projectDoc) place(p *admission.Project) error {
	lon, hasLon := d.Lon.Get()
	lat, hasLat := d.Lat.Get()
	switch {
	case hasLon != hasLat:
		return badMember("lon", words{"lon 和 lat 应同时给出", "lon and lat belong together"})
	case hasLon && (math.Abs(lon) > 180 || math.Abs(lat) > 90):
		return badMember("lon", words{"经纬度超出范围", "longitude or latitude is out of range"})
	case hasLon:
		p.At = &geo.Point{lon, lat}
	}
	return nil
}

func (d *projectDoc) money(p *admission.Project) error {
	for _, m := range []struct {
		name string
		from parcels.Opt[float64]
		to   *parcels.Opt[parcels.Wan]
	}{
		{"fai_wan", d.FAIWan, &p.FAIWan},
		{"output_wan", d.OutputWan, &p.Figures.OutputWan},
		{"revenue_wan", d.RevenueWan, &p.Figures.RevenueWan},
		{"value_added_wan", d.ValueAddedWan, &p.Figures.ValueAddedWan},
		{"tax_wan", d.TaxWan, &p.TaxWan},
		{"rd_wan", d.RDWan, &p.Figures.RDWan},
	} {
		v, ok := m.from.Get()
		if !ok {
			continue
		}
		wan, err := parcels.WanOf(v)
		if err != nil {
			return badMember(m.name, words{"金额超出范围", "the amount is out of range"})
		}
		*m.to = parcels.Some(wan)
	}
	return nil
}

func (i *Image) admissionDoc(r *admission.Result) admissionDoc {
	doc := admissionDoc{
		Year: i.Scores.Year, AsOf: i.Scores.AsOf.String(), Notice: admissionNotice.Zh, NoticeEn: admissionNotice.En,
		Tier: r.Tier.Zh, TierEn: r.Tier.En, Passed: r.Passed, Failed: r.Failed, Unknown: r.Unknown,
		Tests: []admissionTestDoc{}, Ranks: []admissionRankDoc{}, Rules: r.Rules,
	}
	for k := range r.Tests {
		doc.Tests = append(doc.Tests, admissionTest(&r.Tests[k]))
	}
	for k := range r.Ranks {
		doc.Ranks = append(doc.Ranks, admissionRank(&r.Ranks[k]))
	}
	return doc
}

func admissionTest(t *admission.Test) admissionTestDoc {
	doc := admissionTestDoc{
		Kind: t.Kind, Indicator: t.Indicator, Title: t.Title.Zh, TitleEn: t.Title.En, Unit: t.Unit, Value: t.Value, Limit: t.Limit,
		LimitUpper: t.Upper, AtMost: t.AtMost, Outcome: t.Outcome, Margin: t.Margin, Force: t.Force, Rule: t.Rule, Clause: t.Clause,
		Source: t.Source, SourceEn: t.SourceEn, Verified: t.Verified, Edition: t.Edition, Codes: t.Codes, Note: t.Note.Zh, NoteEn: t.Note.En, Inputs: []operandDoc{},
	}
	if doc.Codes == nil {
		doc.Codes = []string{}
	}
	for _, o := range t.Inputs {
		doc.Inputs = append(doc.Inputs, operandDoc{o.Name, o.NameEn, o.Value, o.ValueEn, o.Unit, o.Source})
	}
	return doc
}

func admissionRank(k *admission.Rank) admissionRankDoc {
	doc := admissionRankDoc{
		By: k.By, Title: k.Title.Zh, TitleEn: k.Title.En, Unit: k.Unit, Value: k.Value, Lacking: k.Lacking, Class: k.Class, Cohort: k.Cohort,
		Group: k.Group, Items: []RatedIndicator{}, Rule: k.Rule, Note: k.Note.Zh, NoteEn: k.Note.En,
	}
	if k.Rank > 0 {
		doc.Rank, doc.Of = &k.Rank, &k.Of
	}
	for _, it := range k.Items {
		doc.Items = append(doc.Items, RatedIndicator{it.ID, it.Title.Zh, it.Title.En, it.Unit, it.Value, it.Base, it.Weight, it.Points, it.Filled})
	}
	return doc
}
