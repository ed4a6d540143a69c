package scoring_test

import (
	"strings"
	"testing"
)

func TestSeverityIsSaidToSumFailedTestsOnly(t *testing.T) {
	e := explained(t, run(t, poor(), shipped(t), someDay), code(1))["exit"]
	if want := "紧迫度 = 各项未达标检验的 (阈值 − 值) ÷ 阈值 之和"; !strings.HasSuffix(e.Formula, want) {
		t.Errorf("%q does not say %q", e.Formula, want)
	}
	if want := "severity = sum over the failed tests of (threshold − value) ÷ threshold"; !strings.HasSuffix(e.FormulaEn, want) {
		t.Errorf("%q does not say %q", e.FormulaEn, want)
	}
	near(t, "severity of the two failures, the far test passing by 0.25", e.Value, 75.0/175+0.8, 1e-9)
}
