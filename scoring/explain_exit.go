package scoring

import (
	"fmt"

	"muchan/parcels"
)

func (x *explainer) exit() Explanation {
	v := x.run.tryExit(x.p, nil)
	e := Explanation{ID: "exit", Title: "疑似退出候选", TitleEn: "Suspected exit candidate", Text: "否", TextEn: "no"}
	if v.set == nil {
		e.note("无适用规则", "no rule set applies")
		return e
	}
	ref := v.set.Ref()
	e.Rule = &ref
	e.Formula = fmt.Sprintf("投资强度、亩产、密度强度三组检验中不少于 %d 组未达标；紧迫度 = 各项未达标检验的 (阈值 − 值) ÷ 阈值 之和", v.set.Exit.GroupsFailed)
	e.FormulaEn = fmt.Sprintf("at least %d of the groups investment, yield and density fail; severity = sum over the failed tests of (threshold − value) ÷ threshold", v.set.Exit.GroupsFailed)
	for _, t := range v.Tests {
		e.Inputs = append(e.Inputs, testOperands(v.set.Exit, &t)...)
	}
	e.Note, e.NoteEn = join(join(e.Note, v.untested), v.excused), join(join(e.NoteEn, v.untestedE), v.excusedE)
	if v.candidate {
		e.Text, e.TextEn, e.Value = "是", "yes", parcels.Some(v.Severity)
		if x.ps.Class == ClassA || x.ps.Class == ClassB {
			e.note("等级为同组相对排名，退出检验为绝对阈值，两者可不一致", "the class ranks within a cohort, the exit tests are absolute thresholds; the two may differ")
		}
	}
	return e
}

// testOperands are what a test compared, or why it was not applied, and its threshold with where each part of it comes from.
func testOperands(rules *ExitRules, t *Test) []Operand {
	title, factor := Text{t.Rule.Title, t.Rule.Title}, Text{}
	unit, scale := t.Unit, 1.0
	for i := range rules.Tests {
		if row := &rules.Tests[i]; row.ID == t.ID {
			metric := wordOf("metric", row.Metric)
			title, factor = Text{orElse(row.Title, metric.Zh), orElse(row.TitleEn, metric.En)}, row.factorNote()
			if row.Metric == "density" || row.Metric == "coefficient" {
				unit, scale = "%", 100
			}
		}
	}
	value := Operand{Name: title.Zh, NameEn: title.En, Value: "未适用", ValueEn: "not applied", Unit: ""}
	if v, ok := t.Value.Get(); ok {
		value.Value, value.ValueEn, value.Unit = textOf(v*scale, unit), "", unit
	}
	limit := Operand{
		Name: title.Zh + " 阈值", NameEn: title.En + ", threshold", Value: textOf(t.Threshold*scale, unit), Unit: unit,
		Source: t.Rule.Document + " " + t.Clause,
	}
	limit.Name, limit.NameEn = annotate(limit.Name, limit.NameEn, factor)
	value.Name, value.NameEn = annotate(value.Name, value.NameEn, t.remark)
	return []Operand{value, limit}
}

// annotate puts a remark behind a name.
func annotate(zh, en string, remark Text) (string, string) {
	if remark.Zh == "" {
		return zh, en
	}
	return zh + "（" + remark.Zh + "）", en + " (" + remark.En + ")"
}
