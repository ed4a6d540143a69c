package api

import (
	"muchan/parcels"
	"muchan/scoring/targets"
)

// targetList holds exact sums for analysts, and for viewers those that are public.
type targetList struct {
	Year           int                `json:"year"`
	AsOf           string             `json:"as_of"`
	Notice         string             `json:"notice"`
	NoticeEn       string             `json:"notice_en"`
	Total          int                `json:"total"`
	Rows           []targetDoc        `json:"rows"`
	Denominators   []denominatorDoc   `json:"denominators"` // areas that the targets per km² imply
	Areas          []areaDoc          `json:"areas"`        // areas of the zone by definition
	Contradictions []contradictionDoc `json:"contradictions"`
}

type targetDoc struct {
	ID            string               `json:"id"`
	Name          string               `json:"name"`
	NameEn        string               `json:"name_en"`
	Unit          string               `json:"unit"`
	BaseYear      int                  `json:"base_year"`
	Base          parcels.Opt[float64] `json:"base"`
	TargetYear    int                  `json:"target_year"`
	Target        parcels.Opt[float64] `json:"target"`
	GrowthPct     parcels.Opt[float64] `json:"growth_pct"`
	Binding       parcels.Opt[bool]    `json:"binding"`
	Source        string               `json:"source"`
	Note          string               `json:"note"`
	Series        targets.Series       `json:"series"`    // level, total or rate
	Direction     targets.Direction    `json:"direction"` // up, down, hold, or "" without a base
	Actual        actualDoc            `json:"actual"`
	Progress      parcels.Opt[float64] `json:"progress"` // 0..1 from base to target
	Elapsed       parcels.Opt[float64] `json:"elapsed"`  // 0..1 of the time
	Achieved      parcels.Opt[float64] `json:"achieved"` // actual ÷ target
	Due           parcels.Opt[float64] `json:"due"`      // on the path of even growth
	Met           parcels.Opt[bool]    `json:"met"`
	OnPath        parcels.Opt[bool]    `json:"on_path"`
	FromBasePct   parcels.Opt[float64] `json:"required_from_base_pct"`   // per cent a year
	FromActualPct parcels.Opt[float64] `json:"required_from_actual_pct"` // per cent a year
	AheadPct      parcels.Opt[float64] `json:"planned_less_required_pct"`
	Consistency   *consistencyDoc      `json:"consistency"`
}

type actualDoc struct {
	Year    int                  `json:"year"`
	Value   parcels.Opt[float64] `json:"value"`
	Unit    string               `json:"unit"`
	Firms   int                  `json:"firms"`
	Lacking int                  `json:"lacking"` // firms without the figure: a sum is a lower bound
	Hidden  bool                 `json:"hidden"`
	Title   string               `json:"title"`
	TitleEn string               `json:"title_en"`
	Why     string               `json:"why"` // it is missing
	WhyEn   string               `json:"why_en"`
	Note    string               `json:"note"`
	NoteEn  string               `json:"note_en"`
	Source  string               `json:"source"` // of a value that was reported; "" for one computed from the firms on file
}

type consistencyDoc struct {
	Implied      float64 `json:"implied"`
	Deviation    float64 `json:"deviation"`
	DeviationPct float64 `json:"deviation_pct"`
	Agrees       bool    `json:"agrees"`
	Formula      string  `json:"formula"`
}

type denominatorDoc struct {
	Total        string               `json:"total"` // target ID
	PerKm2       string               `json:"per_km2"`
	Km2          float64              `json:"km2"`
	Mu           float64              `json:"mu"`
	WanPerMu     float64              `json:"wan_per_mu"`
	Actual       parcels.Opt[float64] `json:"actual"`         // of the total, 亿元
	ActualPerKm2 parcels.Opt[float64] `json:"actual_per_km2"` // 亿元/km², on the implied area
}

type areaDoc struct {
	Definition    string               `json:"definition"`
	Title         string               `json:"title"`
	TitleEn       string               `json:"title_en"`
	Km2           float64              `json:"km2"`
	Mu            float64              `json:"mu"`
	Stated        bool                 `json:"stated"` // by the asker
	Parks         []string             `json:"parks"`
	MissingParks  []string             `json:"missing_parks"` // without an area of this definition: nothing is divided by it
	OutputYiKm2   parcels.Opt[float64] `json:"output_yi_km2"`
	OutputWanMu   parcels.Opt[float64] `json:"output_wan_mu"`
	TaxYiKm2      parcels.Opt[float64] `json:"tax_yi_km2"`
	TaxWanMu      parcels.Opt[float64] `json:"tax_wan_mu"`
	OutputLacking int                  `json:"output_lacking"`
	Note          string               `json:"note"`
	NoteEn        string               `json:"note_en"`
	Demands       []demandDoc          `json:"demands"`
}

type demandDoc struct {
	PerKm2       string               `json:"per_km2"`
	TotalYi      float64              `json:"total_yi"`          // area × target
	ActualPerKm2 parcels.Opt[float64] `json:"actual_per_km2"`    // actual total ÷ area, 亿元/km²
	AreaOver     float64              `json:"area_over_implied"` // area ÷ the area the plan implies
}

type contradictionDoc struct {
	ID      string      `json:"id"`
	Title   string      `json:"title"`
	TitleEn string      `json:"title_en"`
	Note    string      `json:"note"`
	NoteEn  string      `json:"note_en"`
	Figures []figureDoc `json:"figures"`
}

type figureDoc struct {
	Target   string  `json:"target"` // ID, "" for a computed one
	Label    string  `json:"label"`
	LabelEn  string  `json:"label_en"`
	Value    float64 `json:"value"`
	Unit     string  `json:"unit"`
	Source   string  `json:"source"`
	Computed bool    `json:"computed"`
}

func targetRow(r *targets.Row) targetDoc {
	t, a := r.Target, &r.Actual
	doc := targetDoc{
		ID: t.ID, Name: t.Name, NameEn: t.NameEn, Unit: t.Unit, BaseYear: t.BaseYear, Base: t.Base, TargetYear: t.TargetYear, Target: t.Target,
		GrowthPct: t.GrowthPct, Binding: t.Binding, Source: t.Source, Note: t.Note,
		Series: r.Series, Direction: r.Direction, Progress: r.Progress, Elapsed: r.Elapsed, Achieved: r.Achieved, Due: r.Due, Met: r.Met,
		OnPath: r.OnPath, FromBasePct: r.FromBasePct, FromActualPct: r.FromActualPct, AheadPct: r.AheadPct,
		Actual: actualDoc{
			Year: r.Year, Value: a.Value, Unit: a.Unit, Firms: a.Firms, Lacking: a.Lacking, Hidden: a.Hidden, Title: a.Title.Zh, TitleEn: a.Title.En,
			Why: a.Why.Zh, WhyEn: a.Why.En, Note: a.Note.Zh, NoteEn: a.Note.En, Source: a.Source,
		},
	}
	if k := r.Consistency; k != nil {
		doc.Consistency = &consistencyDoc{k.Implied, k.Deviation, k.DeviationPct, k.Agrees, k.Formula}
	}
	return doc
}

func areaRow(a *targets.AreaYield) areaDoc {
	title := targets.DefinitionTitles[a.Definition]
	doc := areaDoc{
		Definition: a.Definition, Title: title.Zh, TitleEn: title.En, Km2: a.Km2, Mu: a.Mu, Stated: a.Stated,
		Parks: append([]string{}, a.Parks...), MissingParks: append([]string{}, a.MissingParks...),
		OutputYiKm2: a.OutputYiKm2, OutputWanMu: a.OutputWanMu, TaxYiKm2: a.TaxYiKm2, TaxWanMu: a.TaxWanMu, OutputLacking: a.OutputLacking,
		Note: a.Note.Zh, NoteEn: a.Note.En, Demands: []demandDoc{},
	}
	for _, d := range a.Demands {
		doc.Demands = append(doc.Demands, demandDoc{d.PerKm2.ID, d.TotalYi, d.ActualPerKm2, d.AreaOver})
	}
	return doc
}

func contradictionRow(k *targets.Contradiction) contradictionDoc {
	doc := contradictionDoc{ID: k.ID, Title: k.Title.Zh, TitleEn: k.Title.En, Note: k.Note.Zh, NoteEn: k.Note.En, Figures: []figureDoc{}}
	for _, f := range k.Figures {
		doc.Figures = append(doc.Figures, figureDoc{f.Target, f.Label.Zh, f.Label.En, f.Value, f.Unit, f.Source, f.Computed})
	}
	return doc
}
