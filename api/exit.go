package api

import (
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

type exitDoc struct {
	Failed   int       `json:"failed"`
	Severity float64   `json:"severity"`
	Tests    []testDoc `json:"tests"`
}

type testDoc struct {
	ID             string               `json:"id"`
	Title          string               `json:"title"`
	TitleEn        string               `json:"title_en"`
	Value          parcels.Opt[float64] `json:"value"`
	Threshold      float64              `json:"threshold"` // Standard × Factor
	Standard       float64              `json:"standard"`
	Factor         float64              `json:"factor"`
	FactorSource   string               `json:"factor_source"`
	FactorSourceEn string               `json:"factor_source_en"`
	Unit           string               `json:"unit"`
	Failed         bool                 `json:"failed"`
	Margin         float64              `json:"margin"`
	Rule           scoring.RuleRef      `json:"rule"`
	Clause         string               `json:"clause"`
	Note           string               `json:"note"`
	NoteEn         string               `json:"note_en"`
}

type candidateDoc struct {
	Code  string    `json:"code"`
	Park  string    `json:"park"`
	BBox  []float64 `json:"bbox"`
	Rank  int       `json:"rank"` // 1 is the worst of the whole zone
	Firms []string  `json:"firms"`
	exitDoc
}

type candidateList struct {
	Year  int            `json:"year"`
	Total int            `json:"total"`
	Rows  []candidateDoc `json:"rows"`
}

// exitCandidates lists parcels that fail the plan's tests, worst first. They are candidates, not decisions.
func (c *call) exitCandidates() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	ranks := []int{}
	for rank := range c.image.Scores.Exit {
		if park := c.text("park"); park == "" || c.image.Snapshot.Parcels[c.image.Scores.Exit[rank].Parcel].Park == park {
			ranks = append(ranks, rank)
		}
	}
	doc := candidateList{Year: c.image.Scores.Year, Total: len(ranks), Rows: []candidateDoc{}}
	for _, rank := range c.window(ranks) {
		doc.Rows = append(doc.Rows, c.image.candidate(rank))
	}
	return c.json(doc)
}

func (i *Image) candidate(rank int) candidateDoc {
	e := &i.Scores.Exit[rank]
	p := &i.Snapshot.Parcels[e.Parcel]
	doc := candidateDoc{Code: p.Code, Park: p.Park, BBox: box(p.Shape.Bound()), Rank: rank + 1, Firms: []string{}, exitDoc: i.exitDoc(e)}
	for _, s := range i.Scores.Parcels[e.Parcel].Firms {
		doc.Firms = append(doc.Firms, i.Snapshot.Firms[s.Firm].Name)
	}
	return doc
}

func (i *Image) exitDoc(e *scoring.ExitCandidate) exitDoc {
	doc := exitDoc{Failed: e.Failed, Severity: e.Severity, Tests: []testDoc{}}
	for _, t := range e.Tests {
		title := i.testTitle(t)
		doc.Tests = append(doc.Tests, testDoc{
			ID: t.ID, Title: title.zh, TitleEn: title.en, Value: t.Value, Threshold: t.Threshold, Unit: t.Unit, Failed: t.Failed,
			Standard: t.Standard, Factor: t.Factor, FactorSource: t.FactorSource, FactorSourceEn: t.FactorSourceEn,
			Margin: t.Margin, Rule: t.Rule, Clause: t.Clause, Note: t.Note, NoteEn: t.NoteEn,
		})
	}
	return doc
}

// testTitle finds how the rule set that made a test calls it; its identifier stands in for a missing title.
func (i *Image) testTitle(t scoring.Test) words {
	for k := range i.Rules.Sets {
		set := &i.Rules.Sets[k]
		if set.Exit == nil || set.Hash != t.Rule.Hash {
			continue
		}
		if at := slices.IndexFunc(set.Exit.Tests, func(row scoring.ExitTest) bool { return row.ID == t.ID }); at >= 0 {
			return words{orElse(set.Exit.Tests[at].Title, t.ID), orElse(set.Exit.Tests[at].TitleEn, t.ID)}
		}
	}
	return words{orElse(t.Rule.Title, t.ID), t.ID}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
