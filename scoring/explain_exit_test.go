package scoring_test

import (
	"strings"
	"testing"

	"muchan/scoring"
)

func TestSeverityIsSaidToSumFailedTestsOnly(t *testing.T) {
	e := explained(t, run(t, poor(), shipped(t), someDay), code(1))["exit"]
	if want := "紧迫度 = 各项未达标检验的 (阈值 − 值) ÷ 阈值（每项最多计 1）之和"; !strings.HasSuffix(e.Formula, want) {
		t.Errorf("%q does not say %q", e.Formula, want)
	}
	if want := "severity = sum over the failed tests of (threshold − value) ÷ threshold, at most 1 each"; !strings.HasSuffix(e.FormulaEn, want) {
		t.Errorf("%q does not say %q", e.FormulaEn, want)
	}
	near(t, "severity of the two failures, the far test passing by 0.25", e.Value, 75.0/175+0.8, 1e-9)
}

// TestGoodClassOfAnExitCandidate checks that a reader who sees class A or B beside a suspected exit is told how both can be.
func TestGoodClassOfAnExitCandidate(t *testing.T) {
	rows := rated(20, func(i int) float64 { return 1 + float64(20-i)/10 })
	for i := range rows.Parcels {
		rows.Parcels[i].Contract.FAIWan = wan(1000)
	}
	rows.Parcels[0].Contract.FAIWan = wan(10_000) // class A, and one failed group only
	s := run(t, rows, shipped(t), someDay)
	candidates, others := map[scoring.Class]int{}, map[scoring.Class]int{}
	for i := range s.Parcels {
		p := &s.Parcels[i]
		e := explained(t, s, p.Code)["exit"]
		zh := strings.Contains(e.Note, "等级为同组相对排名，退出检验为绝对阈值，两者可不一致")
		en := strings.Contains(e.NoteEn, "the class ranks within a cohort, the exit tests are absolute thresholds; the two may differ")
		if want := p.Exit >= 0 && (p.Class == "A" || p.Class == "B"); zh != want || en != want {
			t.Errorf("class %s, candidate %t: %q | %q", p.Class, p.Exit >= 0, e.Note, e.NoteEn)
		}
		if p.Exit >= 0 {
			candidates[p.Class]++
		} else {
			others[p.Class]++
		}
	}
	if candidates["A"] == 0 || candidates["B"] == 0 || candidates["C"] == 0 || candidates["D"] == 0 || others["A"] != 1 {
		t.Errorf("the rows do not try every case: candidates %v, others %v", candidates, others)
	}
}
