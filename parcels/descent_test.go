package parcels_test

import (
	"slices"
	"testing"

	"muchan/parcels"
)

// TestLineage: 1 is split into 11 and 12; 12 and 2 are merged into 20; of 11 a part 31 is cut off, the rest keeps its code; in 2020, 20
// will be split.
func TestLineage(t *testing.T) {
	descents := []parcels.Descent{
		{Parcel: "11", Parents: []string{"1"}, From: parcels.MustDate("2010-01-01")},
		{Parcel: "12", Parents: []string{"1"}, From: parcels.MustDate("2010-01-01")},
		{Parcel: "20", Parents: []string{"12", "2"}, From: parcels.MustDate("2015-01-01")},
		{Parcel: "11", Parents: []string{"11"}, From: parcels.MustDate("2018-01-01")},
		{Parcel: "31", Parents: []string{"11"}, From: parcels.MustDate("2018-01-01")},
		{Parcel: "41", Parents: []string{"20"}, From: parcels.MustDate("2020-01-01")},
	}
	line := parcels.NewLineage(descents, parcels.MustDate("2019-12-31"))
	today := []string{"11", "20", "31"}
	valid := func(code string) bool { return slices.Contains(today, code) }
	for code, want := range map[string][]string{"1": {"11", "20", "31"}, "2": {"20"}, "12": {"20"}, "11": {"31"}, "20": {}, "none": {}} {
		if got := line.Heirs(code, valid); !slices.Equal(got, want) {
			t.Errorf("heirs of %s: %v, want %v", code, got, want)
		}
	}
	for code, want := range map[string][]string{"20": {"1", "12", "2"}, "31": {"1", "11"}, "11": {"1"}, "1": {}} {
		if got := line.Ancestors(code); !slices.Equal(got, want) {
			t.Errorf("ancestors of %s: %v, want %v", code, got, want)
		}
	}
	later := parcels.NewLineage(descents, parcels.MustDate("2020-01-01"))
	if got := later.Heirs("2", func(code string) bool { return code == "41" }); !slices.Equal(got, []string{"41"}) {
		t.Errorf("heirs after the next split: %v", got)
	}
}
