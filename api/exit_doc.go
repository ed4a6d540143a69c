package api

import (
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

type exitDoc struct {
	Failed   int           `json:"failed"`
	Severity float64       `json:"severity"` // sum of the failed tests' margins, each at most 1
	Tests    []testDoc     `json:"tests"`
	Paths    []exitPathDoc `json:"paths"` // empty for a parcel that is no candidate
}

// testDoc is one test. Value, threshold and standard are in Unit: 万元/亩, per cent ("%") for density and coefficient, and no unit for
// the floor-area ratio.
type testDoc struct {
	ID             string               `json:"id"`
	Metric         string               `json:"metric"`
	Group          string               `json:"group"`
	Title          string               `json:"title"`
	TitleEn        string               `json:"title_en"`
	Value          parcels.Opt[float64] `json:"value"`
	Threshold      float64              `json:"threshold"` // Standard × Factor
	Standard       float64              `json:"standard"`
	Factor         float64              `json:"factor"`
	FactorSource   string               `json:"factor_source"`
	FactorSourceEn string               `json:"factor_source_en"`
	Unit           string               `json:"unit"`
	Decisive       bool                 `json:"decisive"`    // fails a parcel alone
	OfContract     bool                 `json:"of_contract"` // the parcel's contract states the standard
	Failed         bool                 `json:"failed"`
	Margin         float64              `json:"margin"` // share of the threshold, at most 1; a failed test adds it to the severity
	Rule           scoring.RuleRef      `json:"rule"`
	Clause         string               `json:"clause"`
	Note           string               `json:"note"`
	NoteEn         string               `json:"note_en"`
}

// exitPathDoc is a way a candidate may or may not go; it advises and decides nothing.
type exitPathDoc struct {
	ID       string       `json:"id"`
	Fits     bool         `json:"fits"`
	Title    scoring.Text `json:"title"`
	Reason   scoring.Text `json:"reason"`
	Rule     string       `json:"rule"`
	Document string       `json:"document"`
	Clause   string       `json:"clause"`
	Verified bool         `json:"verified"`
	Note     scoring.Text `json:"note"`
}

// turnDoc is a test that would have to turn for the parcel to come onto the list or leave it.
type turnDoc struct {
	Test  string  `json:"test"`
	Group string  `json:"group"`
	Unit  string  `json:"unit"`
	By    float64 `json:"by"`    // change of the value; downward the test fails just below
	Share float64 `json:"share"` // of the threshold
}

type verdictDoc struct {
	Code         string           `json:"code"`
	Park         string           `json:"park"`
	Year         int              `json:"year"`
	AsOf         string           `json:"as_of"`
	Candidate    bool             `json:"candidate"`
	Rank         *int             `json:"rank"` // null when it is no candidate
	Firms        []string         `json:"firms"`
	Rule         *scoring.RuleRef `json:"rule"` // null when no rule set applies
	GroupsFailed []string         `json:"groups_failed"`
	GroupsNeeded int              `json:"groups_needed"`
	Required     []string         `json:"required_groups"`
	Decisive     []string         `json:"decisive"` // failed tests that each suffice alone
	Untested     scoring.Text     `json:"untested"` // why it is not tested; empty when it is
	Excused      scoring.Text     `json:"excused"`  // why it is no candidate in spite of its failures
	Nearest      []turnDoc        `json:"nearest"`
	exitDoc
}

func (i *Image) verdict(p int) verdictDoc {
	v, parcel := i.Scores.ExitVerdict(p), i.Snapshot.Parcels.At(p)
	doc := verdictDoc{
		Code: parcel.Code, Park: parcel.Park, Year: i.Scores.Year, AsOf: i.Scores.AsOf.String(), Candidate: v.Candidate, Firms: i.firmNames(p),
		Rule: v.Rule, GroupsFailed: orNone(v.GroupsFailed), GroupsNeeded: v.GroupsNeeded, Required: orNone(v.Required), Decisive: orNone(v.Decisive),
		Untested: v.Untested, Excused: v.Excused, Nearest: []turnDoc{},
		exitDoc: exitDoc{Failed: v.Failed, Severity: v.Severity, Tests: i.testDocs(v.Tests), Paths: exitPathDocs(v.Paths)},
	}
	if at := i.Scores.Parcels[p].Exit; at >= 0 {
		rank := at + 1
		doc.Rank = &rank
	}
	for _, t := range v.Nearest {
		doc.Nearest = append(doc.Nearest, turnDoc(t))
	}
	return doc
}

func orNone(list []string) []string { return append([]string{}, list...) }

func (i *Image) exitDoc(e *scoring.ExitCandidate) exitDoc {
	v := i.Scores.ExitVerdict(e.Parcel)
	return exitDoc{Failed: e.Failed, Severity: e.Severity, Tests: i.testDocs(v.Tests), Paths: exitPathDocs(v.Paths)}
}

func exitPathDocs(paths []scoring.Path) []exitPathDoc {
	docs := []exitPathDoc{}
	for _, p := range paths {
		docs = append(docs, exitPathDoc(p))
	}
	return docs
}

func (i *Image) testDocs(tests []scoring.Test) []testDoc {
	docs := []testDoc{}
	for _, t := range tests {
		title := i.testTitle(t)
		docs = append(docs, testDoc{
			ID: t.ID, Metric: t.Metric, Group: t.Group, Title: title.zh, TitleEn: title.en, Value: t.Value, Threshold: t.Threshold, Unit: t.Unit,
			Standard: t.Standard, Factor: t.Factor, FactorSource: t.FactorSource, FactorSourceEn: t.FactorSourceEn, Decisive: t.Decisive,
			OfContract: t.OfContract, Failed: t.Failed, Margin: t.Margin, Rule: *t.Rule, Clause: t.Clause, Note: t.Note, NoteEn: t.NoteEn,
		})
	}
	return docs
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
