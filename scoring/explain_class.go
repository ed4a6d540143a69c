package scoring

import (
	"fmt"
	"slices"
	"strings"
)

// classExplainer lists how the class of one firm came about. All its operands are the firm's own.
type classExplainer struct {
	*explainer
	e  *Explanation
	t  *rating
	fs *FirmScore
}

// classFormula is how points and class follow.
var classFormula = Text{
	"得分 = Σ min(max(指标 ÷ 基准, 下限), 上限) × 权重 + 加减分，按名次 ÷ 家数分级，含上限",
	"points = Σ min(max(value ÷ base, floor), cap) × weight ± points, classed by rank ÷ number, bounds included",
}

func (x *explainer) class() Explanation {
	class := wordOf("class", string(x.ps.Class))
	e := Explanation{
		ID: "class", Title: "等级", TitleEn: "Class", Text: class.Zh, TextEn: class.En, Value: x.ps.Points,
		Formula: "占地份额最大企业的等级；" + classFormula.Zh, FormulaEn: "class of the firm with the largest share; " + classFormula.En,
	}
	if len(x.ps.Firms) == 0 {
		e.note("无企业，不评级", "no firm, not rated")
		return e
	}
	x.classOf(&e, x.ps.Firms[0].Firm).list()
	return e
}

// classOf explains a firm's class into e.
func (x *explainer) classOf(e *Explanation, f int) *classExplainer {
	c := &classExplainer{explainer: x, e: e, t: &x.run.ratings[f], fs: &x.run.out.Firms[f]}
	if c.t.set != nil {
		ref := c.t.set.Ref()
		e.Rule = &ref
	}
	return c
}

func (c *classExplainer) list() {
	c.operand(Text{"企业", "Firm"}, c.run.snap.Firms[c.t.firm].Name, "", "firms "+c.fs.USCC+" name")
	cohort := c.cohort()
	c.operand(Text{"评价组", "Cohort"}, cohort.Zh, "", "firms "+c.fs.USCC+" above_scale").ValueEn = cohort.En
	c.operand(Text{"评价用地", "Rated land"}, realText(c.fs.LandMu, "亩"), "亩", "occupancies "+c.fs.USCC)
	filled := 0
	for k := range c.fs.Indicators {
		c.item(k)
		filled += truth(c.fs.Indicators[k].Filled)
	}
	if filled > 0 {
		c.e.note("%d 项指标缺数据，按方案的缺项规则计分", "%d indicators were missing and scored by the rule for missing values", filled)
	}
	if len(c.fs.Indicators) > 0 && c.fs.Class == ClassNotRated && !c.setAside() {
		c.e.note("方案未给出分级界限或样本过小，不定级", "no class: the set has no bounds, or the cohort is too small")
	}
	for i := range c.fs.Steps {
		if c.fs.Steps[i].Effect == "add_points" {
			c.step(&c.fs.Steps[i])
		}
	}
	if points, ok := c.fs.Points.Get(); ok {
		c.operand(Text{"总分", "Total"}, textOf(points, ""), "", "")
	}
	if c.fs.Rank > 0 {
		c.operand(Text{"名次", "Rank"}, fmt.Sprintf("%d / %d", c.fs.Rank, c.fs.Of), "", "")
		c.bounds()
	}
	for i := range c.fs.Steps {
		if c.fs.Steps[i].Effect != "add_points" {
			c.step(&c.fs.Steps[i])
		}
	}
}

// setAside reports whether a row of the set, not its bounds, left the firm without a class.
func (c *classExplainer) setAside() bool {
	return slices.ContainsFunc(c.fs.Steps, func(s Step) bool { return s.Effect != "add_points" && s.To == ClassNotRated })
}

// bounds lists up to which share of the ranks each class reaches, so that the class can be told from the rank.
func (c *classExplainer) bounds() {
	if len(c.t.cohort.Bounds) == 0 {
		return
	}
	parts := make([]string, len(c.t.cohort.Bounds))
	for i, b := range c.t.cohort.Bounds {
		parts[i] = string(b.Class) + " " + textOf(100*b.Upto.Float(), "%") + " %"
	}
	c.operand(Text{"分级界限（名次 ÷ 家数，含）", "Class bounds (rank ÷ number, included)"}, strings.Join(parts, "; "), "", "rules "+c.fs.RuleSet)
}

// operand adds one; the result may be written into until the next call.
func (c *classExplainer) operand(name Text, value, unit, source string) *Operand {
	c.e.Inputs = append(c.e.Inputs, Operand{Name: name.Zh, NameEn: name.En, Value: value, Unit: unit, Source: source, Firm: c.fs.USCC})
	return &c.e.Inputs[len(c.e.Inputs)-1]
}

// cohort names cohort and industry group.
func (c *classExplainer) cohort() Text {
	if c.fs.Cohort == "" {
		return Text{"无", "none"}
	}
	group := Text{}
	switch c.fs.Group {
	case "":
	case "other":
		group = Text{"其他行业", "other industries"}
	default:
		for _, g := range c.t.set.Evaluation.Groups {
			if g.ID == c.fs.Group {
				group = Text{orElse(g.Title, g.ID), orElse(g.TitleEn, g.ID)}
			}
		}
	}
	return wordOf("cohort", c.fs.Cohort).between("，", ", ", group)
}

// item lists all that the points of one indicator are made of.
func (c *classExplainer) item(k int) {
	item, rule := &c.fs.Indicators[k], &c.t.cohort.Indicators[k]
	zh, en, unit := c.t.set.IndicatorTitle(item.ID)
	source := "rules " + c.fs.RuleSet
	c.operand(Text{item.ID + " " + zh, item.ID + " " + en}, realText(item.Value, unit), unit, fmt.Sprintf("figures %s|%d", c.fs.USCC, c.run.in.Year))
	c.formula(rule.measure)
	c.years(k, unit)
	on := c.baseWord(k)
	c.operand(Text{item.ID + " 基准（" + on.Zh + "）", item.ID + " base (" + on.En + ")"}, textOf(item.Base, unit), unit, source)
	if limit := rule.CapFactor; limit.Set && !limit.None {
		reached := Text{}
		if item.Points == limit.Value*item.Weight && !item.Filled {
			reached = Text{"（已封顶）", " (reached)"}
		}
		c.operand(Text{item.ID + " 上限倍数" + reached.Zh, item.ID + " cap" + reached.En}, textOf(limit.Value, ""), "", source)
	}
	if least := rule.Floor; !least.None && !item.Filled && item.Points == least.Value*item.Weight {
		c.operand(Text{item.ID + " 下限倍数（已触底）", item.ID + " floor (reached)"}, textOf(least.Value, ""), "", source)
	}
	c.operand(Text{item.ID + " 权重", item.ID + " weight"}, textOf(item.Weight, ""), "", source)
	points := Text{item.ID + " 得分", item.ID + " points"}
	switch {
	case !item.Filled:
	case rule.Missing == "cohort_mean_points":
		points = Text{points.Zh + "（缺数据，取同组平均得分）", points.En + " (missing: the cohort's mean points)"}
	default:
		points = Text{points.Zh + "（缺数据，计 0 分）", points.En + " (missing: 0)"}
	}
	if rule.Direction == "lower" {
		points = Text{points.Zh + "（越低越好：2 − 指标 ÷ 基准）", points.En + " (lower is better: 2 − value ÷ base)"}
	}
	c.operand(points, textOf(item.Points, ""), "", source)
}

// formula writes out an indicator that the set defines by itself; those of I1 to I8 are in their names.
func (c *classExplainer) formula(m *Measure) {
	if m == nil || measureIn(measures, m.ID) != nil {
		return
	}
	zh, en := part(m.num).Zh+" ÷ "+part(m.den).Zh, part(m.num).En+" ÷ "+part(m.den).En
	c.operand(Text{m.ID + " 公式", m.ID + " formula"}, zh, "", "rules "+c.fs.RuleSet).ValueEn = en
}

// years lists the values of the single years where an indicator takes several together, and how it does.
func (c *classExplainer) years(k int, unit string) {
	rule := &c.t.cohort.Indicators[k]
	if rule.span() == 1 || rule.measure == nil {
		return
	}
	for back := range rule.span() {
		year := c.run.in.Year - back
		name := Text{fmt.Sprintf("%s %d 年", rule.ID, year), fmt.Sprintf("%s in %d", rule.ID, year)}
		c.operand(name, realText(rule.measure.of(c.t.input(back)), unit), unit, fmt.Sprintf("figures %s|%d", c.fs.USCC, year))
	}
	how := wordOf("aggregate", rule.Aggregate)
	if rule.Aggregate == "each" && rule.Direction == "lower" {
		how = wordOf("aggregate", "each_lower")
	}
	c.operand(Text{rule.ID + " 取值", rule.ID + " is the"}, how.Zh, "", "rules "+c.fs.RuleSet).ValueEn = how.En
}

// baseWord says what an indicator's base is.
func (c *classExplainer) baseWord(k int) Text {
	rule := &c.t.cohort.Indicators[k]
	on := c.run.bases[baseKey{c.t.set, c.t.cohort, k}]
	factor := " × " + textOf(rule.Base.Factor, "")
	switch {
	case rule.Base.Kind == BaseFixed:
		return Text{"方案给定", "stated by the set"}
	case rule.Base.Kind == BaseMultiple && rule.Base.Value > 0:
		return Text{"方案给定 " + textOf(rule.Base.Value, "") + factor, "stated by the set: " + textOf(rule.Base.Value, "") + factor}
	case on.firms == 0:
		return Text{"同组无企业有数据", "no firm of the cohort has the figures"}
	}
	m := rule.measure
	w := Text{
		fmt.Sprintf("%s同组 %d 家企业 Σ%s ÷ Σ%s", on.yearWord("%d 年", "%d—%d 年", c.run.in.Year), on.firms, part(m.num).Zh, part(m.den).Zh),
		fmt.Sprintf("Σ %s ÷ Σ %s of %d firms of the cohort%s", part(m.num).En, part(m.den).En, on.firms, on.yearWord(" in %d", " in %d–%d", c.run.in.Year)),
	}
	if rule.Base.Kind == BaseMultiple || (rule.Base.Kind == BaseLastYear && rule.Base.factor() != 1) {
		mean := Text{" = " + textOf(on.mean, ""), " = " + textOf(on.mean, "")}
		w = Text{w.Zh + mean.Zh + factor, w.En + mean.En + factor}
	}
	return w
}

// yearWord names the years of a mean unless it is that of the evaluation year alone.
func (on *baseOn) yearWord(one, several string, year int) string {
	switch {
	case on.from != on.to:
		return fmt.Sprintf(several, on.from, on.to)
	case on.to != year:
		return fmt.Sprintf(one, on.to)
	}
	return ""
}

// part is a formula in words, in parentheses when it has several inputs.
func part(f *formula) Text {
	if len(f.steps) == 1 {
		return f.words
	}
	return Text{"（" + f.words.Zh + "）", "(" + f.words.En + ")"}
}

// step lists an override: what was done and why, and the class before and after.
func (c *classExplainer) step(st *Step) {
	name, arg := wordOf("effect", st.Effect), Text{}
	switch st.Effect {
	case "not_rated":
		arg = c.reason(st.Arg)
	case "exempt", "follow_owner":
		arg = c.override(st.Arg)
	case "cap_class", "floor_class", "set_class":
		arg = wordOf("class", st.Arg)
	}
	from, to := wordOf("class", string(st.From)), wordOf("class", string(st.To))
	value := from.between(" → ", " → ", to)
	if st.Effect == "add_points" {
		value = Text{st.Arg, st.Arg}
	}
	c.operand(name.between("：", ": ", arg), value.Zh, "", st.Evidence).ValueEn = value.En
}

// reason names why a firm was left out for lack of data.
func (c *classExplainer) reason(why string) Text {
	if id, ok := strings.CutPrefix(why, "missing_"); ok {
		zh, en, _ := c.t.set.IndicatorTitle(id)
		return Text{"缺 " + id + " " + zh, id + " " + en + " is missing"}
	}
	return wordOf("reason", why)
}

// override names a row of the set by its title.
func (c *classExplainer) override(id string) Text {
	for i := range c.t.set.Evaluation.Overrides {
		if o := &c.t.set.Evaluation.Overrides[i]; o.ID == id && o.Title != "" {
			return Text{o.Title, orElse(o.TitleEn, o.Title)}
		}
	}
	return Text{}
}
