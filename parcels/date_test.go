package parcels_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muchan/parcels"
)

func TestDateMovesByCalendarYearsAndMonths(t *testing.T) {
	for _, c := range []struct {
		name, from, want string
		years, months    int
	}{
		{"a common year", "2023-03-01", "2024-03-01", 1, 0},
		{"a leap day becomes 1 March, the later day", "2024-02-29", "2025-03-01", 1, 0},
		{"a leap day stays one after four years", "2024-02-29", "2028-02-29", 4, 0},
		{"back over a leap day", "2024-02-29", "2023-03-01", -1, 0},
		{"six months", "2026-01-15", "2026-07-15", 0, 6},
		{"a day the month lacks becomes the first of the next", "2026-08-31", "2026-10-01", 0, 1},
		{"31 January and a month", "2026-01-31", "2026-03-01", 0, 1},
		{"over the turn of the year", "2026-11-22", "2027-02-22", 0, 3},
		{"back over the turn of the year", "2026-01-31", "2025-12-31", 0, -1},
	} {
		got := parcels.MustDate(c.from).AddYears(c.years).AddMonths(c.months)
		if got != parcels.MustDate(c.want) {
			t.Errorf("%s: %s + %d y %d m = %s, want %s", c.name, c.from, c.years, c.months, got, c.want)
		}
	}
}

// Package time's calendar is the oracle.
func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(-25_000, 80_000).Draw(t, "days from 1970")
		want := time.Unix(int64(day)*86400, 0).UTC()
		d := parcels.DateOf(want.Date())
		if !d.Time().Equal(want) || d.String() != want.Format(time.DateOnly) || d.Year() != want.Year() {
			t.Fatalf("%s became %s", want, d)
		}
		back, err := parcels.ParseDate(d.String())
		if err != nil || back != d {
			t.Fatalf("%s reads back as %s, %v", d, back, err)
		}
	})
}

// Days around the first and the last whose texts stand ready.
func TestUsualDaysAreWrittenAsOthers(t *testing.T) {
	for _, text := range []string{"1979-12-31", "1980-01-01", "1980-02-29", "2049-12-31", "2050-01-01"} {
		if got := parcels.MustDate(text).String(); got != text {
			t.Errorf("%s is written as %s", text, got)
		}
	}
}

func TestDateDependsOnTheZoneOnlyWhereItSaysSo(t *testing.T) {
	shanghai := time.FixedZone("Asia/Shanghai", 8*3600)
	evening := time.Date(2026, 6, 30, 16, 0, 0, 0, time.UTC)
	if got := parcels.DateIn(evening, shanghai); got != parcels.MustDate("2026-07-01") {
		t.Errorf("16:00 UTC is %s in Shanghai, want 2026-07-01", got)
	}
}

func TestDateRefusesWhatIsNoDate(t *testing.T) {
	for _, text := range []string{"", "2026-02-29", "2026-13-01", "1899-12-31", "2201-01-01", "2026-1-1", "20260101", "2026-01-01T00:00:00Z"} {
		if d, err := parcels.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", text, d)
		}
	}
}

func TestMissingIsNullInJSON(t *testing.T) {
	type row struct {
		On    parcels.Date             `json:"on"`
		Tax   parcels.Opt[parcels.Wan] `json:"tax"`
		Share parcels.Opt[float64]     `json:"share"`
	}
	const missing = `{"on":null,"tax":null,"share":null}`
	const present = `{"on":"2026-06-30","tax":0,"share":0}`
	for _, text := range []string{missing, present} {
		var r row
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		if r.Tax.OK() != (text == present) || r.On.OK() != (text == present) {
			t.Errorf("%s: zero and missing are confused: %+v", text, r)
		}
		if back, err := json.Marshal(r); err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
	}
}

// TestPlainDates reads every day there may be, and what is none, as package time does.
func TestPlainDates(t *testing.T) {
	for day := time.Date(1899, 12, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2202; day = day.AddDate(0, 0, 1) {
		d, err := parcels.ParseDate(day.Format(time.DateOnly))
		if fits := day.Year() >= 1900 && day.Year() <= 2200; (err == nil) != fits || fits && d != parcels.DateOf(day.Date()) {
			t.Fatalf("%s is read as %d, %v", day.Format(time.DateOnly), d, err)
		}
	}
	for _, s := range []string{"2021-00-10", "2021-13-10", "2021-01-00", "2021-02-29", "2021-04-31", "2021/01/01", "202a-01-01", "2021-1-011", "+021-01-01", "２021-01-0"} {
		if d, err := parcels.ParseDate(s); err == nil {
			t.Errorf("%s is read as %s", s, d)
		}
	}
}
