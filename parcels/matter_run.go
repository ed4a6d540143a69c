package parcels

import (
	"fmt"
	"slices"
	"strconv"
)

// The states of a run.
const (
	RunDraft  = "draft"
	RunNotice = "notice" // 公示
	RunFinal  = "final"  // published; never changes afterwards
)

// The acts of a run.
const (
	ActDraft    = "draft"    // freezes results
	ActNotice   = "notice"   // 公示; On and Until are its first and last day
	ActObject   = "object"   // 异议; Party is who objects, Firm and Parcel what it is about
	ActUphold   = "uphold"   // the objection About is right; Correction says what is corrected, Change by which change of the data
	ActReject   = "reject"   // the objection About is not
	ActRedraft  = "redraft"  // freezes corrected results
	ActFinalise = "finalise" // 定稿公布
)

// runProcedure is the way of an evaluation from draft to final. Corrected results are a draft again and need a notice of their own:
// whoever the correction moves has not seen them yet.
var runProcedure = procedure{
	moves: []move{
		{ActDraft, []string{""}, RunDraft},
		{ActNotice, []string{RunDraft}, RunNotice},
		{ActObject, []string{RunNotice}, ""},
		{ActUphold, []string{RunNotice}, ""},
		{ActReject, []string{RunNotice}, ""},
		{ActRedraft, []string{RunDraft, RunNotice}, RunDraft},
		{ActFinalise, []string{RunNotice}, RunFinal},
		{ActWithdraw, []string{RunDraft, RunNotice}, Withdrawn},
	},
	check: checkRun,
}

func checkRun(m *Matter, a *Act) (zh, en string, kind error) {
	switch a.Act {
	case ActDraft, ActRedraft:
		if a.Run == nil || a.Run.Results == nil {
			return "草稿须附评价结果", "a draft freezes results", ErrRefused
		}
		if strconv.Itoa(a.Run.Year) != m.Subject {
			return "评价年度与事项不符", "the results are of another year", ErrRefused
		}
		if len(m.Pending()) > 0 {
			return "还有异议没有处理", "there are objections to decide first", ErrConflict
		}
		if m.Uncorrected() && a.Run.sameInputs(m.Last(ActDraft, ActRedraft).Run) {
			return "有异议成立，但数据和规则与上一次草稿相同：请先更正数据再重新形成草稿",
				"an objection was upheld, but data and rules are those of the last draft: correct the data first", ErrConflict
		}
	case ActNotice:
		if !a.Until.OK() {
			return "请填写公示截止日期", "the last day of the notice is needed", ErrRefused
		}
	case ActObject:
		return checkObjection(m, a)
	case ActUphold, ActReject:
		return checkDecision(m, a)
	case ActFinalise:
		return checkFinal(m, a)
	}
	return "", "", nil
}

// sameInputs reports whether two runs were made of the same data by the same rules. Their results may agree in spite of a correction,
// that of a name for one.
func (r *Run) sameInputs(o *Run) bool {
	return o != nil && r.Version == o.Version && r.RulesHash == o.RulesHash
}

// checkObjection takes an objection of any day of the notice, however late the letter is entered.
func checkObjection(m *Matter, a *Act) (zh, en string, kind error) {
	switch {
	case a.Party == "":
		return "请填写异议人", "say who objects", ErrRefused
	case a.On < m.Last(ActNotice).On:
		return "异议日期早于公示开始", "the objection is of a day before the public notice", ErrConflict
	case a.On > m.Due():
		return "公示期已过", "the public notice has ended", ErrConflict
	}
	return "", "", nil
}

func checkDecision(m *Matter, a *Act) (zh, en string, kind error) {
	switch {
	case !slices.Contains(m.Pending(), a.About):
		return "没有这条待处理的异议", "there is no such objection to decide", ErrConflict
	case a.Act == ActUphold && a.Correction == "":
		return "异议成立的，请写明更正内容", "say what is corrected", ErrRefused
	}
	return "", "", nil
}

func checkFinal(m *Matter, a *Act) (zh, en string, kind error) {
	switch {
	case min(a.On, a.Recorded()) <= m.Due():
		return "公示期未满", "the public notice has not ended", ErrConflict
	case len(m.Pending()) > 0:
		return "还有异议没有处理", "there are objections to decide first", ErrConflict
	case m.Uncorrected():
		return "有异议成立，须先更正并重新公示", "an objection was upheld: correct, draft again and give notice first", ErrConflict
	}
	return "", "", nil
}

// UnknownChange refuses an act that names a change of the data which the store does not have.
func (a *Act) UnknownChange() error {
	return &ActError{
		Kind: ErrRefused, Seq: a.Seq,
		Reason: fmt.Sprintf("没有编号为 %d 的数据变更", a.Change), ReasonEn: fmt.Sprintf("there is no change of the data with the number %d", a.Change),
	}
}

// Pending lists the numbers of the objections that are not decided yet.
func (m *Matter) Pending() []int {
	var open []int
	for i := range m.Acts {
		switch a := &m.Acts[i]; a.Act {
		case ActObject:
			open = append(open, a.Seq)
		case ActUphold, ActReject:
			open = slices.DeleteFunc(open, func(seq int) bool { return seq == a.About })
		}
	}
	return open
}

// Uncorrected reports whether an objection was upheld since the last draft.
func (m *Matter) Uncorrected() bool {
	last := m.Last(ActUphold, ActDraft, ActRedraft)
	return last != nil && last.Act == ActUphold
}

// Final returns the run that finalising the matter publishes: what the last draft froze.
func (m *Matter) Final(a *Act) Run {
	r := *m.Last(ActDraft, ActRedraft).Run
	r.ID, r.PublishedBy, r.PublishedAt = m.ID, a.Who, a.At
	return r
}

// NextRunID returns the ID for a new run of a year, after every run and every matter there was.
func NextRunID(year string, runs []Run, matters []Matter) string {
	taken := map[string]bool{}
	for i := range runs {
		taken[runs[i].ID] = true
	}
	for i := range matters {
		taken[matters[i].ID] = true
	}
	for n := 1; ; n++ {
		if id := NewMatterID(MatterRun, year, n); !taken[id] {
			return id
		}
	}
}
