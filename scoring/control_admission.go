package scoring

import (
	"math"
	"strings"

	"muchan/parcels"
)

// JudgeAdmission compares facts with a tier's requirements for the industry, in the order of ControlIndicators. Where the industry is
// not stated closely enough to tell which row is meant, only what all of them say alike is decided.
func (r *AdmissionRules) JudgeAdmission(ref RuleRef, tier *AdmissionTier, f *ControlFacts) []Judged {
	var out []Judged
	for _, id := range ControlIndicators {
		row, others := tier.Row(id, f.Industry), tier.others(id, f.Industry)
		if row == nil && len(others) == 0 {
			continue
		}
		j := f.start(id, ref)
		if row != nil {
			j.require(row, ref)
		}
		if len(others) > 0 {
			j.widen(row, others)
		}
		j.Decide(f.LowerBound[id])
		out = append(out, j)
	}
	return out
}

// require takes a row's limit and source.
func (j *Judged) require(row *AdmissionRow, ref RuleRef) {
	j.Clause, j.Source, j.SourceEn, j.Verified = row.Clause, row.Source, row.SourceEn, row.Verified
	j.Rule.Document = orElse(row.Document, ref.Document)
	if row.AtLeast != nil {
		j.Limit = inUnit(parcels.Some(*row.AtLeast), j.Unit)
	}
	if len(row.Industries) > 0 {
		j.Edition, j.Codes = firmEdition, row.Industries
	}
	j.AddNote(Text{row.Note, row.NoteEn})
}

// widen makes the limit reach from the least to the greatest of the rows that may be meant. Without a general row, or where a row's
// value was not found, there is no limit: which industry it is then decides whether anything is asked at all.
func (j *Judged) widen(row *AdmissionRow, others []*AdmissionRow) {
	least, greatest, known := math.Inf(1), math.Inf(-1), row != nil
	for _, o := range append(others, row) {
		if o == nil || o.AtLeast == nil {
			known = false
			continue
		}
		least, greatest = min(least, *o.AtLeast), max(greatest, *o.AtLeast)
	}
	j.Limit, j.Upper = inUnit(someIf(least, known), j.Unit), parcels.Opt[float64]{}
	if known && least != greatest {
		j.Upper = inUnit(parcels.Some(greatest), j.Unit)
	}
	var codes []string
	for _, o := range others {
		codes = append(codes, o.Industries...)
	}
	list := strings.Join(codes, ", ")
	j.AddNote(Text{
		"行业未说明或代码过短，该指标对部分行业（" + list + "）另有要求，介于各要求之间的无法判断",
		"the industry is not stated closely enough, and some industries (" + list + ") have a requirement of their own: between the requirements nothing is decided",
	})
}
