package targets

import (
	"fmt"
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

// Metric says how an indicator is computed from the firms on file.
type Metric struct {
	Title      scoring.Text
	Unit       string
	Industries []string // GB/T 4754-2017 prefixes; nil for all
	// amount of a firm in the year that is summed, and present when the firm has it; nil for a count
	amount func(*scoring.Scores, int, *parcels.Figures) parcels.Opt[parcels.Wan]
	// counts says whether a firm is counted; nil for a sum
	counts func(*scoring.Scores, int, *parcels.Figures) bool
	note   scoring.Text
}

const wanPerYi = 10000 // 1 亿元 is 10 000 万元

func output(_ *scoring.Scores, _ int, f *parcels.Figures) parcels.Opt[parcels.Wan] {
	return f.OutputWan
}

func tax(s *scoring.Scores, firm int, _ *parcels.Figures) parcels.Opt[parcels.Wan] {
	return s.Firms[firm].TaxWan
}

func over(amount func(*scoring.Scores, int, *parcels.Figures) parcels.Opt[parcels.Wan], wan float64) func(*scoring.Scores, int, *parcels.Figures) bool {
	return func(s *scoring.Scores, firm int, f *parcels.Figures) bool {
		w, ok := amount(s, firm, f).Get()
		return ok && w.Float() > wan
	}
}

// planned are the prefixes of an industry of the plan, the same as those of its public sum.
func planned(id string) []string {
	at := slices.IndexFunc(aggregate.PlanIndustries, func(p aggregate.PlanIndustry) bool { return p.ID == id })
	return aggregate.PlanIndustries[at].Prefixes
}

// industryNote says where the prefixes of an industry are from.
var industryNote = scoring.Text{
	Zh: "产业与 GB/T 4754-2017 的对应为本系统设定，规划未给出",
	En: "which divisions of GB/T 4754-2017 make the industry is this program's choice; the plan does not say",
}

// Metrics are the indicators that can be computed, by target ID.
var Metrics = map[string]Metric{
	metricOutput:            {Title: scoring.Text{Zh: "Σ 工业总产值", En: "Σ output"}, Unit: "亿元", amount: output},
	"output-textiles":       {Title: scoring.Text{Zh: "Σ 纺织鞋服工业总产值", En: "Σ output of textiles and footwear"}, Unit: "亿元", Industries: planned("output-textiles"), amount: output, note: industryNote},
	"output-electronics":    {Title: scoring.Text{Zh: "Σ 电子信息工业总产值", En: "Σ output of electronics"}, Unit: "亿元", Industries: planned("output-electronics"), amount: output, note: industryNote},
	"output-machinery":      {Title: scoring.Text{Zh: "Σ 机械装备工业总产值", En: "Σ output of machinery"}, Unit: "亿元", Industries: planned("output-machinery"), amount: output, note: industryNote},
	"output-food-medicine":  {Title: scoring.Text{Zh: "Σ 医药食品工业总产值", En: "Σ output of food and medicine"}, Unit: "亿元", Industries: planned("output-food-medicine"), amount: output, note: industryNote},
	"output-over-100m-2020": {Title: scoring.Text{Zh: "产值超亿元企业数", En: "firms with output over 100 million yuan"}, Unit: "家", counts: over(output, wanPerYi)},
	"tax-over-100m-2020":    {Title: scoring.Text{Zh: "评价税收超亿元企业数", En: "firms with rated tax over 100 million yuan"}, Unit: "家", counts: over(tax, wanPerYi)},
	"tax-over-10m-2020":     {Title: scoring.Text{Zh: "评价税收超千万元企业数", En: "firms with rated tax over 10 million yuan"}, Unit: "家", counts: over(tax, wanPerYi/10)},
	"above-scale-2020":      {Title: scoring.Text{Zh: "有当年数据的规上企业数", En: "above-scale firms with figures for the year"}, Unit: "家", counts: aboveScale, note: undated},
	"high-tech-firms":       {Title: scoring.Text{Zh: "有当年数据的高新技术企业数", En: "high-tech firms with figures for the year"}, Unit: "家", counts: highTech, note: undated},
	metricTax:               {Title: scoring.Text{Zh: "Σ 评价税收", En: "Σ rated tax"}, Unit: "亿元", amount: tax},
}

// The metrics that are set against land; that of tax is no target of the plan.
const (
	metricOutput = "output-2020"
	metricTax    = "tax"
)

var undated = scoring.Text{
	Zh: "年度数据或事项未注明当年情况的企业，按登记的当前状态计",
	En: "firms of which neither the year's figures nor an event says what they were that year count as the register has them today",
}

func aboveScale(s *scoring.Scores, firm int, _ *parcels.Figures) bool {
	return s.AboveScale(firm).Or(false)
}

func highTech(s *scoring.Scores, firm int, _ *parcels.Figures) bool {
	return s.Tagged(firm, "high_tech")
}

// industries are the indicators that are outputs of an industry.
var industries = []string{"output-textiles", "output-electronics", "output-machinery", "output-food-medicine"}

// Actual is what a metric came to in the year.
type Actual struct {
	Value   parcels.Opt[float64]
	Firms   int          // that it is made of
	Lacking int          // firms with figures for the year that lack this one: a sum is then a lower bound
	Hidden  bool         // too few firms, or one of them is too large
	Why     scoring.Text // why it is missing
	Title   scoring.Text
	Unit    string
	Note    scoring.Text
	Source  string // of a value that was stated; "" for one that was computed
}

// tally is a metric before it is decided whether it may be shown.
type tally struct {
	wan     parcels.Wan
	firms   int
	lacking int
}

func (m *Metric) tally(s *scoring.Scores) tally {
	var t tally
	snap := s.Snapshot()
	for i := range snap.Firms {
		firm := &snap.Firms[i]
		f := snap.FiguresOf(firm.USCC, s.Year)
		if f == nil || (m.Industries != nil && !within(firm.Industry, m.Industries)) {
			continue
		}
		if m.counts != nil {
			if m.counts(s, i, f) {
				t.firms++
			}
			continue
		}
		w, ok := m.amount(s, i, f).Get()
		if !ok {
			t.lacking++
			continue
		}
		t.wan, t.firms = t.wan+w, t.firms+1
	}
	return t
}

func within(industry string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(industry, prefix) })
}

// actuals computes every metric of the year: exactly, or as far as it is published.
func (in *Input) actuals() map[string]Actual {
	out := map[string]Actual{}
	for id, m := range Metrics {
		switch t := m.tally(in.Scores); {
		case in.Exact:
			out[id] = m.actual(t)
		case m.amount != nil:
			out[id] = m.published(in.publicSum(id))
		case t.firms > 0 && t.firms < aggregate.AtLeast:
			out[id] = m.hides(aggregate.TooFew)
		default:
			out[id] = m.actual(t)
		}
	}
	return out
}

func (m *Metric) actual(t tally) Actual {
	a := Actual{Title: m.Title, Unit: m.Unit, Note: m.note, Firms: t.firms, Lacking: t.lacking}
	switch {
	case m.counts != nil:
		a.Value = parcels.Some(float64(t.firms))
	case t.firms == 0:
		a.Why = scoring.Text{Zh: "该年度无数据", En: "no figures for the year"}
	default:
		a.Value = parcels.Some(t.wan.Float() / wanPerYi)
	}
	if t.lacking > 0 && m.amount != nil {
		a.remark(fmt.Sprintf("%d 家企业缺该项数据，合计为下限", t.lacking), fmt.Sprintf("%d firms lack the figure; the sum is a lower bound", t.lacking))
	}
	return a
}

func (a *Actual) remark(zh, en string) {
	a.Note = scoring.Text{Zh: join(a.Note.Zh, "；", zh), En: join(a.Note.En, "; ", en)}
}

func join(a, mark, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + mark + b
}
