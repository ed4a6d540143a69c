package scoring

import (
	"cmp"
	"fmt"
	"slices"

	"muchan/parcels"
)

// exitMetric is a value an exit test may compare.
type exitMetric struct {
	id, unit string
	of       func(*ParcelScore) parcels.Opt[float64]
	partial  func(*Partial) bool // nil for a value no firm's figure goes into
}

var exitMetrics = []exitMetric{
	{"fai_per_mu", "万元/亩", func(p *ParcelScore) parcels.Opt[float64] { return p.FAIPerMu }, nil},
	{"tax_per_mu", "万元/亩", func(p *ParcelScore) parcels.Opt[float64] { return p.TaxPerMu }, func(p *Partial) bool { return p.Tax }},
	{"output_per_mu", "万元/亩", func(p *ParcelScore) parcels.Opt[float64] { return p.OutputPerMu }, func(p *Partial) bool { return p.Output }},
	{"revenue_per_mu", "万元/亩", func(p *ParcelScore) parcels.Opt[float64] { return p.RevenuePerMu }, func(p *Partial) bool { return p.Revenue }},
	{"value_added_per_mu", "万元/亩", func(p *ParcelScore) parcels.Opt[float64] { return p.ValueAddedPerMu }, func(p *Partial) bool { return p.ValueAdded }},
	{"benefit_per_mu", "万元/亩", func(p *ParcelScore) parcels.Opt[float64] { return p.BenefitPerMu }, func(p *Partial) bool { return p.Benefit }},
	{"far", "", func(p *ParcelScore) parcels.Opt[float64] { return p.FAR }, nil},
	{"density", "", func(p *ParcelScore) parcels.Opt[float64] { return p.Density }, nil},
	{"coefficient", "", func(p *ParcelScore) parcels.Opt[float64] { return p.Coefficient }, nil},
}

// ExitMetrics lists the values an exit test may compare.
var ExitMetrics = func() []string {
	ids := make([]string, len(exitMetrics))
	for i, m := range exitMetrics {
		ids[i] = m.id
	}
	return ids
}()

// exitGroups lists the plan's three tests: 投资强度小, 亩产低, 建设密度强度不够.
var exitGroups = []string{"investment", "yield", "density"}

func exitMetricByID(id string) *exitMetric {
	i := slices.IndexFunc(exitMetrics, func(m exitMetric) bool { return m.id == id })
	return &exitMetrics[i]
}

// listExits tests every parcel and lists the candidates by severity, worst first, equal ones by parcel code.
func (r *run) listExits() {
	r.noteFactors()
	r.out.Exit = slices.Concat(inParts(len(r.snap.Parcels), func(from, to int) (list []ExitCandidate) {
		var scratch []Test
		for p := from; p < to; p++ {
			verdict := r.tryExit(p, scratch)
			scratch = verdict.Tests[:0]
			if verdict.candidate {
				verdict.Tests = slices.Clone(verdict.Tests)
				list = append(list, verdict.ExitCandidate)
			}
		}
		return list
	})...)
	slices.SortFunc(r.out.Exit, func(a, b ExitCandidate) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Parcel, b.Parcel))
	})
	for i := range r.out.Exit {
		r.out.Parcels[r.out.Exit[i].Parcel].Exit = i
	}
}

// noteFactors words the factor of every row once; a run tests each row as often as there are parcels.
func (r *run) noteFactors() {
	r.factors = map[*ExitTest]Text{}
	for set := range r.rules.uses {
		if set.Exit == nil {
			continue
		}
		for i := range set.Exit.Tests {
			row := &set.Exit.Tests[i]
			r.factors[row] = row.factorNote()
		}
	}
}

// exitVerdict is what the tests say of one parcel.
type exitVerdict struct {
	ExitCandidate
	set       *RuleSet // nil when no set applies
	groups    int      // groups of tests with a failure
	untested  string   // why the parcel is not tested at all, Chinese and English
	untestedE string
	excused   string // why it is no candidate in spite of its failures
	excusedE  string
	candidate bool
}

// tryExit runs the tests on a parcel and puts them into scratch. A failed test is one whose value is present and strictly below its limit.
func (r *run) tryExit(p int, scratch []Test) exitVerdict {
	parcel := &r.snap.Parcels[p]
	v := exitVerdict{ExitCandidate: ExitCandidate{Parcel: p, Tests: scratch[:0]}, set: r.ruleAt(KindExit, p)}
	if v.set == nil {
		return v
	}
	rules := v.set.Exit
	if v.untested, v.untestedE = outsideTests(rules, parcel); v.untested != "" {
		return v
	}
	var failed [3]bool
	outside := map[string]bool{}
	for i := range rules.Tests {
		row := &rules.Tests[i]
		if row.InsteadOf != "" && !outside[row.InsteadOf] {
			continue
		}
		why := r.outsideDocument(row, p)
		outside[row.ID] = why != Text{}
		t := r.test(v.set, row, p, why)
		v.Tests = append(v.Tests, t)
		if t.Failed {
			v.Failed++
			v.Severity += t.Margin
			failed[slices.Index(exitGroups, rules.Tests[i].Group)] = true
		}
	}
	v.groups = truth(failed[0]) + truth(failed[1]) + truth(failed[2])
	if v.groups < rules.GroupsFailed {
		return v
	}
	v.excused, v.excusedE = r.excuse(rules, p)
	v.candidate = v.excused == ""
	return v
}

// test compares one value. The rule's reference carries the row's own document and verification; the document states Standard, and
// where the factor comes from stands apart. outside says why the document does not speak of the parcel.
func (r *run) test(set *RuleSet, row *ExitTest, p int, outside Text) Test {
	ps, m := &r.out.Parcels[p], exitMetricByID(row.Metric)
	ref := set.Ref()
	ref.Title, ref.Document, ref.Verified = row.Title, row.Document, row.Verified
	t := Test{
		ID: row.ID, Value: m.of(ps), Threshold: row.limit(), Standard: row.Threshold, Factor: row.factor(), Unit: m.unit,
		FactorSource: row.FactorSource, FactorSourceEn: row.FactorSourceEn, Rule: ref, Clause: row.Clause,
	}
	factor := r.factors[row]
	t.Note, t.NoteEn = factor.Zh, factor.En
	t.note(Text{row.Note, row.NoteEn})
	value, ok := t.Value.Get()
	low := value < t.Threshold
	partial := m.partial != nil && m.partial(&ps.Partial)
	switch {
	case outside != Text{}:
		t.leaveOut(outside)
	case !ok:
		t.leaveOut(Text{"缺少数据", "the value is missing"})
	case partial && low:
		known := textOf(value, t.Unit) + " " + t.Unit
		t.leaveOut(Text{"数据不完整（已知部分 " + known + "）", "the figures are incomplete (" + known + " is known)"})
	case partial:
		t.note(Text{"数据不完整，已知部分已达标", "the figures are incomplete; what is known passes"})
	}
	if v, applied := t.Value.Get(); applied {
		t.Failed, t.Margin = low, (t.Threshold-v)/t.Threshold
	}
	return t
}

// factorNote says how the threshold follows from the document's standard, such as 350 × 0.5 = 175, and where the factor is from;
// empty without a factor.
func (t *ExitTest) factorNote() Text {
	if t.factor() == 1 {
		return Text{}
	}
	unit := exitMetricByID(t.Metric).unit
	product := textOf(t.Threshold, unit) + " × " + textOf(t.factor(), "") + " = " + textOf(t.limit(), unit)
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

// outsideDocument says why a row's document does not speak of a parcel, by date or, for the benefit of stock land, by place or use.
// Outside it the row's substitute is tested. Missing data is no such reason.
func (r *run) outsideDocument(row *ExitTest, p int) Text {
	if !inForce(row.ValidFrom.Date, row.ValidTo.Date, r.in.AsOf) {
		return Text{"依据不在有效期内", "the rule is not in force on the as-of date"}
	}
	if row.Metric != "benefit_per_mu" {
		return Text{}
	}
	if r.stock == nil {
		return stockNoSet.why()
	}
	return r.stock[p].why()
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// outsideTests says why a parcel is not tested. A parcel without use code or state is tested: in a zone it is industrial land in use
// unless it says otherwise.
func outsideTests(rules *ExitRules, p *parcels.Parcel) (zh, en string) {
	if prefixes, known := rules.Uses[p.UseScheme]; known && p.UseCode != "" && !hasPrefix(p.UseCode, prefixes) {
		return "用途 " + p.UseCode + " 不属工业、仓储用地，不适用退出检验", "not tested: land use " + p.UseCode + " is not industrial"
	}
	if p.State != "" && len(rules.States) > 0 && !slices.Contains(rules.States, p.State) {
		state := wordOf("state", p.State)
		return "土地状态“" + state.Zh + "”不适用退出检验", "not tested in the state " + state.En
	}
	return "", ""
}

// excuse returns the first excuse a parcel has.
func (r *run) excuse(rules *ExitRules, p int) (zh, en string) {
	parcel := &r.snap.Parcels[p]
	for _, e := range rules.Excuses {
		switch e.Kind {
		case "government_cause":
			if yes, _ := parcel.Contract.GovernmentCause.Get(); yes {
				return "政府原因", "government cause"
			}
		case "within_contract":
			if inBuildingPeriod(&parcel.Contract, r.in.AsOf) || notYetDue(&parcel.Contract, r.in.AsOf) {
				return "尚在合同约定期内", "still within the contractual period"
			}
		case "new_firm":
			if f := r.mainFirm(p); f != nil && f.RegisteredOn.OK() && f.RegisteredOn.AddYears(e.Years) > r.in.AsOf {
				return fmt.Sprintf("企业成立未满 %d 年", e.Years), fmt.Sprintf("the firm was registered less than %d years ago", e.Years)
			}
		case "exempted":
			if ev := r.exemption(p); ev != nil {
				return "免于评价 " + ev.Document, "exempted " + ev.Document
			}
		}
	}
	return "", ""
}

// notYetDue reports whether the agreed start of production lies ahead.
func notYetDue(c *parcels.Contract, day parcels.Date) bool {
	return c.DueProductionOn.OK() && day <= c.DueProductionOn
}

func (r *run) mainFirm(p int) *parcels.Firm {
	if len(r.out.Parcels[p].Firms) == 0 {
		return nil
	}
	return &r.snap.Firms[r.out.Parcels[p].Firms[0].Firm]
}

// exemption returns an exemption of the parcel or its main firm that counts in the year.
func (r *run) exemption(p int) *parcels.Event {
	for _, i := range r.snap.EventsAt(r.snap.Parcels[p].Code) {
		if e := &r.snap.Events[i]; e.Kind == "exempted" && counts(e, r.ledger.year) {
			return e
		}
	}
	if len(r.out.Parcels[p].Firms) == 0 {
		return nil
	}
	return r.eventIn(r.out.Parcels[p].Firms[0].Firm, "exempted")
}
