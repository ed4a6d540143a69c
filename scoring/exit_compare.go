package scoring

import (
	"math"

	"muchan/parcels"
)

// comparison is a test without its texts: what is compared with what, and how it ends. It holds fractions, not per cent.
type comparison struct {
	value    parcels.Opt[float64]
	standard float64 // what the document or the contract states
	limit    float64 // standard × factor
	outside  *Text   // why the row does not speak of the parcel; nil when it does
	partial  bool
	failed   bool
}

// compare makes one comparison. It fails when the value is present, complete and strictly below its limit; it allocates nothing.
func (r *run) compare(row *ExitTest, p int) comparison {
	ps, m := &r.out.Parcels[p], row.metric
	c := comparison{value: m.of(ps), standard: row.Threshold, outside: r.outsideDocument(row, p)}
	if row.ofContract() {
		agreed, ok := m.agreed(&r.snap.Parcels.At(p).Contract, ps).Get()
		if ok = ok && agreed > 0; !ok && c.outside == nil {
			c.outside = notAgreed
		}
		c.standard = agreed
	}
	c.limit = c.standard * row.factor()
	c.partial = m.partial != nil && m.partial(&ps.Partial)
	value, ok := c.value.Get()
	c.failed = ok && c.outside == nil && !c.partial && value < c.limit
	return c
}

// Why a row does not speak of a parcel, beside the reasons of stockReasons.
var (
	notInForce = &Text{"依据不在有效期内", "the rule is not in force on the as-of date"}
	notAgreed  = &Text{"合同未约定该指标", "the contract states no such value"}
)

// margin is how far a value lies below its limit, as a share of the limit: positive below it. It is at most 1, so that a negative
// value — value added or a tax refunded may be — counts as nothing at all and not as many failures.
func margin(value, limit float64) float64 { return math.Min((limit-value)/limit, 1) }

// failure is what the failed tests of a parcel come to.
type failure struct {
	groups   [3]bool // by position in exitGroups
	decisive bool    // a test that decides alone is among them
	tests    int
	severity float64
}

func (f *failure) count() int { return truth(f.groups[0]) + truth(f.groups[1]) + truth(f.groups[2]) }

// suffices reports whether the failures put a parcel on the list, excuses apart.
func (f *failure) suffices(rules *ExitRules) bool {
	if f.decisive {
		return true
	}
	for _, g := range rules.RequiredGroups {
		if !f.groups[groupAt(g)] {
			return false
		}
	}
	return f.count() >= rules.GroupsFailed
}

func (f *failure) add(row *ExitTest, c *comparison) {
	if !c.failed {
		return
	}
	f.tests++
	f.groups[row.group] = true
	f.decisive = f.decisive || row.Decisive
	f.severity += margin(c.value.Or(0), c.limit)
}

func groupAt(group string) int {
	for i, g := range exitGroups {
		if g == group {
			return i
		}
	}
	return 0
}

// eachComparison visits the comparisons that are made on a parcel, in the order of the rows; a row that stands in for another only
// where that one's document does not speak of the parcel.
func (r *run) eachComparison(rules *ExitRules, p int, visit func(row *ExitTest, c comparison)) {
	var outside uint64 // by row; ParseRuleSet allows no more than 64
	for i := range rules.Tests {
		row := &rules.Tests[i]
		if row.InsteadOf != "" && outside&(1<<row.instead) == 0 {
			continue
		}
		c := r.compare(row, p)
		if c.outside != nil {
			outside |= 1 << i
		}
		visit(row, c)
	}
}

// outsideDocument says why a row's document does not speak of a parcel, by date or, for the benefit of stock land, by place or use.
// Outside it the row's substitute is tested. Missing data is no such reason.
func (r *run) outsideDocument(row *ExitTest, p int) *Text {
	if !inForce(row.ValidFrom.Date, row.ValidTo.Date, r.in.AsOf) {
		return notInForce
	}
	if row.Metric != "benefit_per_mu" {
		return nil
	}
	if r.stock == nil {
		return stockNoSet.why()
	}
	return r.stock[p].why()
}

// dress gives a comparison its texts. The document states Standard; where the factor comes from stands apart.
func dress(row *ExitTest, c *comparison) Test {
	m := row.metric
	t := Test{
		ID: row.ID, Metric: row.Metric, Group: row.Group, Decisive: row.Decisive, OfContract: row.ofContract(),
		Threshold: m.shown(c.limit), Standard: m.shown(c.standard), Factor: row.factor(), Unit: m.unit,
		FactorSource: row.FactorSource, FactorSourceEn: row.FactorSourceEn, Rule: &row.ref, Clause: row.Clause,
	}
	value, ok := c.value.Get()
	if ok {
		t.Value = parcels.Some(value * m.scale)
	}
	factor := row.how
	if row.ofContract() {
		factor = row.factorNote(c.standard)
	}
	t.Note, t.NoteEn, t.factorNote = factor.Zh, factor.En, factor
	t.note(Text{row.Note, row.NoteEn})
	low := value < c.limit
	switch {
	case c.outside != nil:
		t.leaveOut(*c.outside)
	case !ok:
		t.leaveOut(Text{"缺少数据", "the value is missing"})
	case c.partial && low:
		known := textOf(value*m.scale, t.Unit) + " " + t.Unit
		t.leaveOut(Text{"数据不完整（已知部分 " + known + "）", "the figures are incomplete (" + known + " is known)"})
	case c.partial:
		t.note(Text{"数据不完整，已知部分已达标", "the figures are incomplete; what is known passes"})
	}
	if t.Value.OK() {
		t.Failed, t.Margin = c.failed, margin(value, c.limit)
	}
	return t
}

// factorNote says how the threshold follows from what the document or the contract states, such as 350 × 0.5 = 175, and where the
// factor is from; empty without a factor.
func (t *ExitTest) factorNote(standard float64) Text {
	if t.factor() == 1 || standard == 0 {
		return Text{}
	}
	m := t.metric
	product := textOf(m.shown(standard), m.unit) + " × " + textOf(t.factor(), "") + " = " + textOf(m.shown(standard*t.factor()), m.unit)
	return Text{"阈值 " + product + "；" + t.FactorSource, "threshold " + product + "; " + t.FactorSourceEn}
}

func (t *Test) note(w Text) {
	t.Note, t.NoteEn = join(t.Note, w.Zh), join(t.NoteEn, w.En)
	t.remark = Text{join(t.remark.Zh, w.Zh), join(t.remark.En, w.En)}
}

// leaveOut takes a test out: it has no value, so no reader can take it for passed.
func (t *Test) leaveOut(why Text) {
	t.Value, t.Failed, t.Margin = parcels.Opt[float64]{}, false, 0
	t.note(Text{why.Zh + "，未适用", "not applied: " + why.En})
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
