package parcels

// The states of a case.
const (
	CaseOpened     = "opened"     // 立案
	CaseWarned     = "warned"     // 已预警
	CaseRectifying = "rectifying" // 限期整改
	CaseReview     = "review"     // 复核
	CaseAgreed     = "agreed"     // 达成协议
	CaseDone       = "done"       // 办结
	Withdrawn      = "withdrawn"  // 撤销; of runs too
)

// The acts of a case.
const (
	ActOpen     = "open"     // with the evidence of the day as Data
	ActWarn     = "warn"     // 预警
	ActRectify  = "rectify"  // 限期整改; Until is the deadline
	ActExtend   = "extend"   // 延长整改期限; Until is the new deadline
	ActReview   = "review"   // 复核
	ActAgree    = "agree"    // 协议; Path is the lawful path
	ActFinish   = "finish"   // 办结
	ActWithdraw = "withdraw" // 撤销
)

// caseProcedure follows the plan's order for land that performs below its contract: warning, time to rectify, review, then
// agreement or done. Nothing here takes land back: that is an act of the authority under its own law.
var caseProcedure = procedure{
	moves: []move{
		{ActOpen, []string{""}, CaseOpened},
		{ActWarn, []string{CaseOpened}, CaseWarned},
		{ActRectify, []string{CaseWarned, CaseReview}, CaseRectifying},
		{ActExtend, []string{CaseRectifying}, ""},
		{ActReview, []string{CaseRectifying}, CaseReview},
		{ActAgree, []string{CaseReview}, CaseAgreed},
		{ActFinish, []string{CaseReview, CaseAgreed}, CaseDone},
		{ActWithdraw, []string{CaseOpened, CaseWarned, CaseRectifying, CaseReview, CaseAgreed}, Withdrawn},
	},
	check: checkCase,
}

func checkCase(m *Matter, a *Act) (zh, en string, kind error) {
	switch {
	case a.Act == ActOpen && len(a.Data) == 0:
		return "立案须附当日依据", "a case is opened with the evidence of the day", ErrRefused
	case a.Act == ActRectify && a.Until <= a.On:
		return "限期整改须有办理日之后的截止日期", "a deadline after the day of the act is needed", ErrRefused
	case a.Act == ActExtend && a.Until <= m.Due():
		return "延长整改期限须有晚于原期限的截止日期", "an extension needs a deadline after the present one", ErrRefused
	case a.Act == ActAgree && a.Path == "":
		return "请写明协议采用的处置路径", "name the path that was agreed", ErrRefused
	}
	return "", "", nil
}

// Overdue reports whether the deadline of a rectification has passed by a day without a review.
func (m *Matter) Overdue(asOf Date) bool {
	due := m.Due()
	return due.OK() && due < asOf
}

// Due returns the last day of what the matter waits for: the rectification or the public notice; missing when it waits for nothing.
func (m *Matter) Due() Date {
	switch m.State {
	case CaseRectifying:
		return m.Last(ActRectify, ActExtend).Until
	case RunNotice:
		return m.Last(ActNotice).Until
	}
	return 0
}
