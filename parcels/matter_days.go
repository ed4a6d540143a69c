package parcels

import "time"

// shanghai is where the days of acts are counted. There is no summer time since 1992.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Recorded returns the day on which the act was recorded. On is what the person says and may lie before it; a period that others have
// to see must not have ended before anybody could.
func (a *Act) Recorded() Date { return DateIn(a.At, shanghai) }

// lastDay returns the latest day of the acts there are. It need not be that of the last one: see checkObjection.
func (m *Matter) lastDay() (last Date) {
	for i := range m.Acts {
		last = max(last, m.Acts[i].On)
	}
	return last
}

// misdated says what is wrong with the days of an act.
func (a *Act) misdated(m *Matter) (zh, en string) {
	switch {
	case !a.On.OK():
		return "缺少办理日期", "the day of the act is missing"
	case a.On > a.Recorded():
		return "办理日期不能晚于今天", "the day of the act lies in the future"
	case a.Act != ActObject && a.On < m.lastDay():
		return "办理日期不能早于上一条记录", "the day of the act is before that of the act it follows"
	case a.Run != nil && a.On < a.Run.AsOf:
		return "办理日期不能早于评价结果的截至日期 " + a.Run.AsOf.String(), "the day of the act is before " + a.Run.AsOf.String() + ", as of which the results are"
	case a.Until.OK() && a.Until < a.On:
		return "截止日期不能早于办理日期", "the last day is before the day of the act"
	case a.Until.OK() && a.Until < a.Recorded():
		return "截止日期不能早于今天", "the last day is over by now"
	}
	return "", ""
}
