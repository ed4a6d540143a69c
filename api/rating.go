package api

import (
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// Rating is a firm's evaluation with what it rests on, in words too.
type Rating struct {
	USCC          string                   `json:"uscc"`
	Name          string                   `json:"name"`
	Industry      string                   `json:"industry"`
	RuleSet       string                   `json:"rule_set"`
	Rule          *scoring.RuleRef         `json:"rule"` // with its document and notice; null when no set applies
	Cohort        string                   `json:"cohort"`
	CohortTitle   string                   `json:"cohort_title"`
	CohortTitleEn string                   `json:"cohort_title_en"`
	Group         string                   `json:"group"` // industry group ranked in, "" when the set has none
	GroupTitle    string                   `json:"group_title"`
	GroupTitleEn  string                   `json:"group_title_en"`
	LandMu        parcels.Opt[float64]     `json:"rated_land_mu"`
	Class         scoring.Class            `json:"class"`
	Points        parcels.Opt[float64]     `json:"points"`
	Rank          *int                     `json:"rank"`
	Of            *int                     `json:"of"`
	TaxWan        parcels.Opt[parcels.Wan] `json:"tax_wan"`
	Indicators    []RatedIndicator         `json:"indicators"`
	Steps         []RatingStep             `json:"steps"`
}

// RatedIndicator is one item of a rating.
type RatedIndicator struct {
	ID      string               `json:"id"`
	Title   string               `json:"title"`
	TitleEn string               `json:"title_en"`
	Unit    string               `json:"unit"`
	Value   parcels.Opt[float64] `json:"value"`
	Base    float64              `json:"base"`
	Weight  float64              `json:"weight"`
	Points  float64              `json:"points"`
	Filled  bool                 `json:"filled"`
}

// RatingStep is one override, exemption or points, in the order they were applied.
type RatingStep struct {
	Effect   string        `json:"effect"`
	Arg      string        `json:"arg"`
	Evidence string        `json:"evidence"` // table and key of what it rests on
	From     scoring.Class `json:"from"`
	To       scoring.Class `json:"to"`
	Text     string        `json:"text"`
	TextEn   string        `json:"text_en"`
}

// RatingOf tells a firm's evaluation; at is its position in Firms.
func RatingOf(scores *scoring.Scores, at int) Rating {
	f, s := &scores.Snapshot().Firms[at], &scores.Firms[at]
	cohort := scoring.Text{}
	if s.Cohort != "" {
		cohort = scoring.Word("cohort", s.Cohort)
	}
	doc := Rating{
		USCC: f.USCC, Name: f.Name, Industry: f.Industry, RuleSet: s.RuleSet, Cohort: s.Cohort, CohortTitle: cohort.Zh, CohortTitleEn: cohort.En,
		Group: s.Group, LandMu: s.LandMu, Class: s.Class, Points: s.Points, TaxWan: s.TaxWan, Indicators: []RatedIndicator{}, Steps: []RatingStep{},
	}
	if set := scores.Book().Set(s.RuleSet); set != nil {
		ref, group := set.Ref(), groupTitle(set, s.Group)
		doc.Rule, doc.GroupTitle, doc.GroupTitleEn = &ref, group.Zh, group.En
	}
	if s.Rank > 0 {
		doc.Rank, doc.Of = &s.Rank, &s.Of
	}
	for _, in := range s.Indicators {
		title, titleEn, unit := scores.IndicatorTitle(at, in.ID)
		doc.Indicators = append(doc.Indicators, RatedIndicator{in.ID, title, titleEn, unit, in.Value, in.Base, in.Weight, in.Points, in.Filled})
	}
	for k, step := range s.Steps {
		text := scores.StepText(at, k)
		doc.Steps = append(doc.Steps, RatingStep{step.Effect, step.Arg, step.Evidence, step.From, step.To, text.Zh, text.En})
	}
	return doc
}

// groupTitle names an industry group of a set.
func groupTitle(set *scoring.RuleSet, id string) scoring.Text {
	if id == "" || set.Evaluation == nil {
		return scoring.Text{}
	}
	at := slices.IndexFunc(set.Evaluation.Groups, func(g scoring.Group) bool { return g.ID == id })
	if at < 0 {
		return scoring.Text{Zh: "其他行业", En: "other industries"}
	}
	g := &set.Evaluation.Groups[at]
	return scoring.Text{Zh: orElse(g.Title, id), En: orElse(g.TitleEn, id)}
}
