package api

import (
	"fmt"
	"time"

	"muchan/api/audit"
	"muchan/parcels"
)

var auditParams = []param{
	{name: "limit", kind: integerParam, min: 1, max: 1000, standard: "100", doc: words{"最多返回的行数", "lines at most"}},
	{name: "before", kind: integerParam, min: 1, max: 1 << 53, doc: words{"只取编号小于它的行，用于翻页", "only lines with a smaller number, for paging"}},
	{name: "who", kind: textParam, doc: words{"账号", "account"}},
	{name: "act", kind: textParam, doc: words{"行为，如 export；writes 为除查看以外的一切", "act, such as export; writes stands for all but reads"}},
	{name: "q", kind: textParam, doc: words{"对象或路由中的文字", "text in the target or the route"}},
	{name: "from", kind: dayParam, doc: words{"起始日（上海时间）", "first day, Shanghai time"}},
	{name: "to", kind: dayParam, doc: words{"截止日，含当日", "last day, included"}},
}

// startOf is a day's midnight in Shanghai.
func startOf(d parcels.Date) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone)
}

// auditLines shows the newest lines of the audit record that are asked for. The whole chain is verified on the way.
func (c *call) auditLines() error {
	wanted := audit.Filter{Who: c.text("who"), Act: c.text("act"), Text: c.text("q"), Before: int64(c.number("before"))}
	if from, err := parcels.ParseDate(c.text("from")); err == nil {
		wanted.From = startOf(from)
	}
	if to, err := parcels.ParseDate(c.text("to")); err == nil {
		wanted.Until = startOf(to).AddDate(0, 0, 1)
	}
	lines, err := c.s.audit.Newest(c.number("limit"), wanted)
	if err != nil {
		return fmt.Errorf("read audit record: %w", err)
	}
	if lines == nil {
		lines = []audit.Entry{}
	}
	return c.json(lines)
}
