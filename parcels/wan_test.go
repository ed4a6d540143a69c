package parcels_test

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"

	"muchan/parcels"
)

func TestWanKeepsEveryFen(t *testing.T) {
	for _, c := range []struct {
		text string
		fen  parcels.Wan
		out  string
	}{
		{"0", 0, "0"},
		{"1", 1_000_000, "1"},
		{"0.000001", 1, "0.000001"},
		{"-0.5", -500_000, "-0.5"},
		{"1234.56", 1_234_560_000, "1234.56"},
		{" 582.10 ", 582_100_000, "582.1"},
		{"999999999.999999", 999_999_999_999_999, "999999999.999999"},
		{"-999999999.999999", -999_999_999_999_999, "-999999999.999999"},
	} {
		w, err := parcels.ParseWan(c.text)
		if err != nil || w != c.fen || w.String() != c.out {
			t.Errorf("ParseWan(%q) = %d (%s), %v; want %d (%s)", c.text, w, w, err, c.fen, c.out)
		}
	}
}

func TestWanRefusesWhatIsNoAmount(t *testing.T) {
	for _, text := range []string{"", "abc", "1,800", "NaN", "Inf", "-Inf", "1e10", "1e308"} {
		if w, err := parcels.ParseWan(text); err == nil {
			t.Errorf("ParseWan(%q) = %s, want an error", text, w)
		}
	}
	if _, err := parcels.WanOf(math.NaN()); err == nil {
		t.Error("WanOf(NaN) is accepted")
	}
}

func TestWanSurvivesFloatAndJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := parcels.Wan(rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "fen"))
		if back, err := parcels.WanOf(w.Float()); err != nil || back != w {
			t.Fatalf("%d through a float64 is %d, %v", w, back, err)
		}
		text, err := json.Marshal(w)
		if err != nil {
			t.Fatal(err)
		}
		var back parcels.Wan
		if err := json.Unmarshal(text, &back); err != nil || back != w {
			t.Fatalf("%d through JSON %s is %d, %v", w, text, back, err)
		}
	})
}
