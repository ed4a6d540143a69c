package targets

import (
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

// publicSum is the published sum behind a metric. An industry that nobody is in has none.
func (in *Input) publicSum(id string) (sum aggregate.Sum, lacking int) {
	if len(in.Public.Rows) == 0 || in.Public.Run == "" {
		return aggregate.Sum{Suppressed: aggregate.NotPublished}, 0
	}
	for i := range in.Public.Rows {
		r := &in.Public.Rows[i]
		switch {
		case r.By == aggregate.ByZone && id == metricTax:
			return r.Tax, lack(r.Tax, r.Land)
		case r.By == aggregate.ByZone && id == metricOutput, r.By == aggregate.ByPlan && r.Plan == id:
			return r.Output, lack(r.Output, r.Land)
		}
	}
	return aggregate.Sum{}, 0
}

// lack is how many firms with land lack the figure, as far as both numbers are published.
func lack(sum, land aggregate.Sum) int {
	all, a := land.Firms.Get()
	some, b := sum.Firms.Get()
	if !a || !b {
		return 0
	}
	return all - some
}

// published is a metric as readers below analysts see it: the sum of the public table, in whole 万元.
func (m *Metric) published(s aggregate.Sum, lacking int) Actual {
	if s.Suppressed != "" {
		return m.hides(s.Suppressed)
	}
	a := Actual{Title: m.Title, Unit: m.Unit, Note: m.note, Firms: s.Firms.Or(0), Lacking: lacking}
	wan, ok := s.Sum.Get()
	if !ok {
		a.Why = scoring.Text{Zh: "该年度无数据", En: "no figures for the year"}
		return a
	}
	a.Value = parcels.Some(wan / wanPerYi)
	a.remark("公开口径：有用地的企业，取自当年定稿", "as published: firms with land, by the year's final run")
	if s.Partial {
		a.remark("部分企业缺该项数据，合计为下限", "some firms lack the figure; the sum is a lower bound")
	}
	return a
}

// hides is a metric that is not shown, and why.
func (m *Metric) hides(reason string) Actual {
	why := scoring.Text{Zh: "不足三家企业或一家占比过高，或可推算出单个企业，不显示", En: "fewer than three firms, one of them too large, or a firm could be worked out: not shown"}
	if reason == aggregate.NotPublished {
		why = scoring.Text{Zh: "该年度尚无定稿数据可公开", En: "no final run of the year has published its figures"}
	}
	return Actual{Title: m.Title, Unit: m.Unit, Hidden: true, Why: why}
}
