package scoring

import (
	"fmt"
	"slices"

	"muchan/parcels"
)

func (x *explainer) exit() Explanation {
	v := x.run.tryExit(x.p)
	e := Explanation{ID: "exit", Title: "疑似退出候选", TitleEn: "Suspected exit candidate", Text: "否", TextEn: "no"}
	if v.set == nil {
		e.note("无适用规则", "no rule set applies")
		return e
	}
	e.Rule = v.Rule
	formula := exitFormula(v.set.Exit)
	e.Formula, e.FormulaEn = formula.Zh, formula.En
	for i := range v.Tests {
		e.Inputs = append(e.Inputs, testOperands(v.set.Exit, &v.Tests[i])...)
	}
	why := v.why()
	e.Note, e.NoteEn = join(e.Note, why.Zh), join(e.NoteEn, why.En)
	if !v.Candidate {
		return e
	}
	e.Text, e.TextEn, e.Value = "是", "yes", parcels.Some(v.Severity)
	if x.ps.Class == ClassA || x.ps.Class == ClassB {
		e.note("等级为同组相对排名，退出检验为绝对阈值，两者可不一致", "the class ranks within a cohort, the exit tests are absolute thresholds; the two may differ")
	}
	for _, path := range x.run.pathsOf(x.p, &v) {
		said := path.sentence()
		e.Note, e.NoteEn = join(e.Note, said.Zh), join(e.NoteEn, said.En)
	}
	return e
}

// exitFormula says how a set comes to its list.
func exitFormula(rules *ExitRules) Text {
	t := Text{
		fmt.Sprintf("投资强度、亩产、密度强度三组检验中不少于 %d 组未达标", rules.GroupsFailed),
		fmt.Sprintf("at least %d of the groups investment, yield and density fail", rules.GroupsFailed),
	}
	for _, g := range rules.RequiredGroups {
		w := wordOf("exit_group", g)
		t = t.between("，", ", ", Text{"其中须有" + w.Zh, w.En + " among them"})
	}
	if slices.ContainsFunc(rules.Tests, func(row ExitTest) bool { return row.Decisive }) {
		t = t.between("，", ", ", Text{"或单项否决检验未达标", "or a test that decides alone fails"})
	}
	return t.between("；", "; ", Text{
		"紧迫度 = 各项未达标检验的 (阈值 − 值) ÷ 阈值（每项最多计 1）之和",
		"severity = sum over the failed tests of (threshold − value) ÷ threshold, at most 1 each",
	})
}

// sentence says of a path whether it fits and why.
func (p *Path) sentence() Text {
	fits := Text{"不适用", "does not fit"}
	if p.Fits {
		fits = Text{"可考虑", "may fit"}
	}
	ground := join(p.Document, p.Clause)
	return Text{p.Title.Zh + "：" + fits.Zh + "，" + p.Reason.Zh + "（" + ground + "）", p.Title.En + ": " + fits.En + ", " + p.Reason.En + " (" + ground + ")"}
}

// testOperands are what a test compared, or why it was not applied, its threshold with where each part of it comes from, and what a
// failed one adds to the severity.
func testOperands(rules *ExitRules, t *Test) []Operand {
	row := &rules.Tests[rules.rowAt(t.ID)]
	metric := wordOf("metric", t.Metric)
	title := Text{orElse(row.Title, metric.Zh), orElse(row.TitleEn, metric.En)}
	value := Operand{Name: title.Zh, NameEn: title.En, Value: "未适用", ValueEn: "not applied", Unit: ""}
	if v, ok := t.Value.Get(); ok {
		value.Value, value.ValueEn, value.Unit = textOf(v, t.Unit), "", t.Unit
	}
	value.Name, value.NameEn = annotate(value.Name, value.NameEn, t.remark)
	limit := Operand{
		Name: title.Zh + " 阈值", NameEn: title.En + ", threshold", Value: textOf(t.Threshold, t.Unit), Unit: t.Unit,
		Source: t.Rule.Document + " " + t.Clause,
	}
	if t.OfContract && t.Standard == 0 {
		limit.Value, limit.ValueEn, limit.Unit = "合同未约定", "not agreed", ""
	}
	limit.Name, limit.NameEn = annotate(limit.Name, limit.NameEn, t.factorNote)
	operands := []Operand{value, limit}
	if t.Failed {
		operands = append(operands, Operand{Name: title.Zh + " 计入紧迫度", NameEn: title.En + ", adds to the severity", Value: marginText(t.Margin)})
	}
	return operands
}

// marginText writes the margin of a failed test; one below its six places is no 0, for the test failed.
func marginText(margin float64) string {
	const least = 1e-6
	if margin > 0 && margin < least/2 {
		return "<" + textOf(least, "")
	}
	return textOf(margin, "")
}

// annotate puts a remark behind a name.
func annotate(zh, en string, remark Text) (string, string) {
	if remark.Zh == "" {
		return zh, en
	}
	return zh + "（" + remark.Zh + "）", en + " (" + remark.En + ")"
}
