package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// 建而未用 by each signal at its bound: 20 000 m² of plant completed on 22 May 2026 are empty for six months on the as-of day.
func TestSignalsOfUnusedLand(t *testing.T) {
	left := func(on string) func(*parcels.Rows) {
		return func(r *parcels.Rows) {
			r.Firms = []parcels.Firm{firm(1, true)}
			o := holds(1, 1, "own", m2(1))
			if on != "" {
				o.To = day(on)
			}
			r.Occupancies = []parcels.Occupancy{o}
		}
	}
	state := func(s string) func(*parcels.Rows) { return func(r *parcels.Rows) { r.Parcels[0].State = s } }
	check := func(on, to string) func(*parcels.Rows) {
		return func(r *parcels.Rows) {
			e := parcels.Event{ID: "c", Parcel: code(1), Kind: "vacancy_check", On: day(on), Document: "核查单"}
			if to != "" {
				e.ValidTo = day(to)
			}
			r.Events = []parcels.Event{e}
		}
	}
	for _, c := range []struct {
		name      string
		completed string
		change    []func(*parcels.Rows)
		since     string // "" where the day is not on file
		why       string // in English; "" when nothing is suspected
	}{
		{"nobody for six months", "2026-05-22", []func(*parcels.Rows){left("2010-06-01")}, "2026-05-22", "nobody on file"},
		{"nobody for a day less", "2026-05-23", []func(*parcels.Rows){left("2010-06-01")}, "", ""},
		{"no occupancy was ever filed", "2011-01-01", nil, "", ""},
		{"the last one left six months ago", "2011-01-01", []func(*parcels.Rows){left("2026-05-22")}, "2026-05-22", "nobody on file"},
		{"the last one left a day later", "2011-01-01", []func(*parcels.Rows){left("2026-05-23")}, "", ""},
		{"somebody is there", "2011-01-01", []func(*parcels.Rows){left("")}, "", ""},
		{"nobody on file, but the register says in use", "2011-01-01", []func(*parcels.Rows){state(parcels.StateInUse), left("2012-06-01")}, "", ""},
		{"the register alone", "2026-11-01", []func(*parcels.Rows){state(parcels.StateUnused), left("")}, "", "the register says"},
		{"the register and nobody confirm each other", "2011-01-01", []func(*parcels.Rows){state(parcels.StateUnused), left("2010-06-01")}, "2011-01-01", "the register says built, not used; a plant stands"},
		{"seen empty a year ago", "2011-01-01", []func(*parcels.Rows){left(""), check("2025-11-22", "")}, "", ""},
		{"seen empty a day later", "2011-01-01", []func(*parcels.Rows){left(""), check("2025-11-23", "")}, "2025-11-23", "seen vacant"},
		{"seen empty, for a period that ends today", "2011-01-01", []func(*parcels.Rows){left(""), check("2026-11-01", "2026-11-22")}, "", ""},
		{"seen empty before somebody came", "2011-01-01", []func(*parcels.Rows){left(""), check("2026-11-01", ""), func(r *parcels.Rows) {
			r.Occupancies[0].From = day("2026-11-02")
		}}, "", ""},
		{"a dormitory is no plant", "2011-01-01", []func(*parcels.Rows){left("2012-06-01"), func(r *parcels.Rows) { r.Buildings[0].Use = "dormitory" }}, "", ""},
		{"land that follows other land", "2011-01-01", []func(*parcels.Rows){left("2012-06-01"), func(r *parcels.Rows) { r.Parcels[0].Parents = []string{code(9)} }}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := landCase(parcels.Contract{}, 20_000)
			rows.Parcels[0].State, rows.Buildings[0].CompletedOn = "", day(c.completed)
			for _, change := range c.change {
				change(&rows)
			}
			s := run(t, rows, shipped(t), someDay)
			if c.why == "" {
				if got := typesOf(&s.Parcels[0]); got != "" {
					t.Fatalf("findings %q", got)
				}
				return
			}
			if got := typesOf(&s.Parcels[0]); got != scoring.FindBuiltUnused {
				t.Fatalf("findings %q", got)
			}
			f := s.Parcels[0].Findings[0]
			if f.Since.String() != c.since || !strings.Contains(f.Why.En, c.why) {
				t.Errorf("since %q, %q", f.Since, f.Why.En)
			}
			if confirmed := strings.Contains(c.name, "confirm"); strings.Contains(f.Why.En, "fewer signals") == confirmed {
				t.Errorf("confirmed %t: %q", confirmed, f.Why.En)
			}
		})
	}
}

// A set that asks for two signals suspects nothing on one.
func TestSignalsAskedFor(t *testing.T) {
	rows := landCase(parcels.Contract{}, 20_000)
	rows.Parcels[0].State = parcels.StateUnused
	rows.Firms, rows.Occupancies = []parcels.Firm{firm(1, true)}, []parcels.Occupancy{holds(1, 1, "own", m2(1))}
	rows.Occupancies[0].To = day("2012-06-01")
	for asked, want := range map[string]string{"1": scoring.FindBuiltUnused, "2": scoring.FindBuiltUnused, "3": ""} {
		s := run(t, rows, patchedBook(t, "idle.plant", "idle_plant.signals", asked), someDay)
		if got := typesOf(&s.Parcels[0]); got != want {
			t.Errorf("%s signals: %q, want %q", asked, got, want)
		}
	}
}

// 逾期未竣工: more than two years past the agreed completion, on 22 November 2026.
func TestOverdueCompletion(t *testing.T) {
	begun := parcels.Contract{SignedOn: day("2014-01-01"), StartedOn: day("2015-01-01"), DueCompletionOn: day("2024-11-21")}
	with := func(change func(*parcels.Contract)) parcels.Contract {
		c := begun
		change(&c)
		return c
	}
	for _, c := range []struct {
		name, state string
		c           parcels.Contract
		want        string
	}{
		{"two years and a day", parcels.StateBuilding, begun, "overdue"},
		{"two years", parcels.StateBuilding, with(func(c *parcels.Contract) { c.DueCompletionOn = day("2024-11-22") }), ""},
		{"since long ago", parcels.StateBuilding, with(func(c *parcels.Contract) { c.DueCompletionOn = day("2017-01-01") }), "overdue"},
		{"the register says supplied", parcels.StateSupplied, begun, "overdue"},
		{"begun by the register alone", parcels.StateBuilding, with(func(c *parcels.Contract) { c.StartedOn = 0 }), "overdue"},
		{"never begun", parcels.StateSupplied, with(func(c *parcels.Contract) { c.StartedOn = 0 }), "signed_unbuilt"},
		{"completed on the day", parcels.StateBuilding, with(func(c *parcels.Contract) { c.CompletedOn = day(someDay) }), ""},
		{"to be completed tomorrow", parcels.StateBuilding, with(func(c *parcels.Contract) { c.CompletedOn = day(someDay) + 1 }), "overdue"},
		{"built by the register", parcels.StateInUse, begun, ""},
		{"a cause of the government", parcels.StateBuilding, with(func(c *parcels.Contract) { c.GovernmentCause = parcels.Some(true) }), ""},
		{"no completion agreed", parcels.StateBuilding, with(func(c *parcels.Contract) { c.DueCompletionOn = 0 }), ""},
		{"standing still beyond the shares is unfinished", parcels.StateBuilding, with(func(c *parcels.Contract) {
			c.SuspendedOn, c.DevelopedM2, c.ToDevelopM2 = day("2025-11-22"), m2(20_000), m2(30_000)
			c.InvestedBuildWan, c.TotalBuildWan = wan(600), wan(1000)
		}), "unfinished"},
	} {
		rows := landCase(c.c, 0)
		rows.Parcels[0].State = c.state
		s := run(t, rows, shipped(t), someDay)
		if got := typesOf(&s.Parcels[0]); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
			continue
		}
		e := explained(t, s, code(1))["overdue"]
		if c.want == "overdue" && (s.Parcels[0].Findings[0].Rule.Document != "外地低效工业用地认定清单（城市未具名）" || len(e.Inputs) < 4) {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
	rows := landCase(begun, 0)
	rows.Parcels[0].State = parcels.StateBuilding
	if got := run(t, rows, patchedBook(t, "low_use.minhou", "low_use.overdue_years", "0"), someDay).Parcels[0].Findings; len(got) > 0 {
		t.Errorf("a set without the type finds %+v", got)
	}
}
