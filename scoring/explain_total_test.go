package scoring_test

import (
	"strings"
	"testing"
)

// A reader can derive the class from the explanation alone: the items, the total, the rank and the bounds stand there, and an item that
// its floor lifted says so. Points 100, 50, 0 for firms with a tax of 300, 150 and −30 over 30 mu, base 10.
func TestClassCanBeDerivedFromItsExplanation(t *testing.T) {
	rows := rated(3, func(i int) float64 { return []float64{0, 300, 150, -30}[i] })
	s := run(t, rows, ratingByTax(t, ""), someDay)
	for parcel, want := range map[int][]string{
		1: {"名次 1 / 3", "A 20; B 60; C 95; D 100"}, 3: {"（已触底） 0", "总分 0", "名次 3 / 3"},
	} {
		text := ""
		for _, o := range explained(t, s, code(parcel))["class"].Inputs {
			text += o.Name + " " + strings.ReplaceAll(o.Value, " %", "") + "\n"
		}
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q:\n%s", code(parcel), part, text)
			}
		}
	}
}
