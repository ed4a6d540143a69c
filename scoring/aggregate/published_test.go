package aggregate_test

import (
	"testing"
	"time"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

// Five firms; a run that was published before runs kept their figures, a run, and one after a correction of one figure: the sums are
// those of the second, and no difference tells the correction. Another year has no run.
func TestSumsAreThoseOfTheFirstRunThatKeptThem(t *testing.T) {
	run := func(id string, hour int, first float64) parcels.Run {
		places := make([]place, 5)
		for i := range places {
			places[i] = place{"QM", "1711", 100, 10, 2024, 2024, 0}
		}
		places[0].output = first
		results, err := scoring.EncodeResults(score(t, zone(places, 2024, 2024), 2024, scoring.Book{}))
		if err != nil {
			t.Fatal(err)
		}
		return parcels.Run{ID: id, Year: 2024, PublishedAt: time.Date(2025, 7, 1, hour, 0, 0, 0, time.UTC), Results: results}
	}
	before := parcels.Run{ID: "2024-1", Year: 2024, PublishedAt: time.Date(2025, 7, 1, 1, 0, 0, 0, time.UTC), Results: []byte(`{"format":1,"parcels":[],"firms":[]}`)}
	tables, err := aggregate.OfRuns([]parcels.Run{run("2024-3", 3, 170), before, run("2024-2", 2, 100)}, aggregate.Defaults)
	if err != nil || len(tables) != 1 {
		t.Fatal(tables, err)
	}
	if got := shown(&tables[0], aggregate.ByZone, outputOf); got != ":500" || tables[0].Run != "2024-2" {
		t.Errorf("%s of run %s", got, tables[0].Run)
	}
	none := aggregate.Of(tables, 2025, []parcels.Park{{Code: "QM"}})
	if len(none.Rows) != 2 || none.Run != "" {
		t.Fatalf("%+v", none)
	}
	for _, r := range none.Rows {
		for m, s := range sums(&r) {
			if s.Suppressed != aggregate.NotPublished || s.Sum.OK() || s.Firms.OK() {
				t.Errorf("%s of a year without a run: %+v", m, s)
			}
		}
	}
}
