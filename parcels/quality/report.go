package quality

import (
	"cmp"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// Text is a sentence in Chinese and English.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Finding is one thing that is wrong or missing. Message and Remedy of the problem are in English.
type Finding struct {
	parcels.Problem
	MessageZh string    `json:"message_zh"`
	RemedyZh  string    `json:"remedy_zh,omitempty"`
	Others    []string  `json:"others,omitempty"` // keys of the further rows that take part
	Park      string    `json:"park,omitempty"`   // "" when it belongs to none
	Shape     geo.Shape `json:"-"`                // what is shared, left out or reaches over; else the row's or its parcel's shape; nil for none

	parcel int // position of the parcel whose place it has; -1 for none
}

// Count is how often a rule is broken with a severity.
type Count struct {
	Rule     string           `json:"rule"`
	Severity parcels.Severity `json:"severity"`
	Found    int              `json:"found"`
	Kept     int              `json:"kept"` // of which the report holds so many
}

// Report is what Check found, by severity, rule and key.
type Report struct {
	Version  int64        `json:"version"` // of the store
	AsOf     parcels.Date `json:"as_of"`
	Counts   []Count      `json:"counts"`
	Findings []Finding    `json:"problems"`
}

// Found is the number of findings of a severity, kept or not.
func (r *Report) Found(s parcels.Severity) int {
	n := 0
	for _, c := range r.Counts {
		if c.Severity == s {
			n += c.Found
		}
	}
	return n
}

// Filter returns the report without what a caller does not want; an empty word wants everything.
func (r *Report) Filter(rule string, severity parcels.Severity, park string) Report {
	wants := func(gotRule string, got parcels.Severity) bool {
		return (rule == "" || gotRule == rule) && (severity == "" || got == severity)
	}
	out := Report{Version: r.Version, AsOf: r.AsOf, Counts: []Count{}, Findings: []Finding{}}
	for _, f := range r.Findings {
		if wants(f.Rule, f.Severity) && (park == "" || f.Park == park) {
			out.Findings = append(out.Findings, f)
		}
	}
	for _, c := range r.Counts {
		if wants(c.Rule, c.Severity) {
			out.Counts = append(out.Counts, c)
		}
	}
	return out
}

func rank(s parcels.Severity) int {
	return slices.Index([]parcels.Severity{parcels.SeverityError, parcels.SeverityWarning, parcels.SeverityNote}, s)
}

func compareFindings(a, b *Finding) int {
	return cmp.Or(
		cmp.Compare(rank(a.Severity), rank(b.Severity)), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Entity, b.Entity),
		strings.Compare(a.Key, b.Key), strings.Compare(a.Column, b.Column), slices.Compare(a.Others, b.Others), strings.Compare(a.Message, b.Message))
}
