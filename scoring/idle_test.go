package scoring_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

func order53(t *testing.T) *scoring.IdleRules {
	t.Helper()
	set := shipped(t).Choose(scoring.KindIdle, "GQ", 2024, day(someDay)).Set
	if set == nil || set.ID != "idle.order53" {
		t.Fatal("order 53 is not chosen")
	}
	return set.Idle
}

func TestIdleUnstarted(t *testing.T) {
	rules := order53(t)
	c := parcels.Contract{DueStartOn: day("2023-03-01"), PriceWan: wan(1860)}
	leap := parcels.Contract{DueStartOn: day("2024-02-29"), PriceWan: wan(100)}
	handed := parcels.Contract{HandedOverOn: day("2022-03-01"), PriceWan: wan(1860)}
	started, government := c, c
	started.StartedOn = day("2024-06-01")
	government.GovernmentCause = parcels.Some(true)
	cases := []struct {
		name        string
		c           parcels.Contract
		asOf        string
		kind, stage string
		fee         float64
		days, left  int
	}{
		{"91 days before", c, "2023-12-01", "", "", 0, 0, 0},
		{"90 days before", c, "2023-12-02", "warning", "warning", 0, 0, 90},
		{"the day before the year is full", c, "2024-02-29", "warning", "warning", 0, 0, 1},
		{"the year is full", c, "2024-03-01", "unstarted", "fee", 372, 0, 365},
		{"the day before two years", c, "2025-02-28", "unstarted", "fee", 372, 364, 1},
		{"two years: the fee stays due", c, "2025-03-01", "unstarted", "take_back", 372, 365, 0},
		{"due on 29 February, 28 February", leap, "2025-02-28", "warning", "warning", 0, 0, 1},
		{"due on 29 February, 1 March", leap, "2025-03-01", "unstarted", "fee", 20, 0, 365},
		{"no start agreed: hand-over plus a year", handed, "2024-03-01", "unstarted", "fee", 372, 0, 365},
		{"not yet started on the day", started, "2024-05-31", "unstarted", "fee", 372, 91, 274},
		{"started", started, "2024-06-01", "", "", 0, 0, 0},
		{"government cause", government, "2025-03-01", "unstarted", "government", 0, 365, 0},
		{"no contract", parcels.Contract{}, someDay, "", "", 0, 0, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := scoring.JudgeIdle(rules, &c.c, scoring.Start{}, day(c.asOf))
			fee, has := got.FeeWan.Get()
			if got.Type != c.kind || got.Stage != c.stage || got.Days != c.days || got.DaysLeft != c.left || has != (c.fee > 0) || fee.Float() != c.fee {
				t.Errorf("%+v, want %s %s fee %v days %d left %d", got, c.kind, c.stage, c.fee, c.days, c.left)
			}
		})
	}
	if got := scoring.JudgeIdle(rules, &c, scoring.Start{By: scoring.StartBuilding}, day(someDay)); got.Type != "" {
		t.Errorf("a parcel with a finished building is %+v", got)
	}
}

func TestIdleStalled(t *testing.T) {
	rules := order53(t)
	at := func(developed, toDevelop, invested, total float64) parcels.Contract {
		return parcels.Contract{
			StartedOn: day("2022-01-01"), SuspendedOn: day("2024-05-10"), PriceWan: wan(5000), FAIWan: wan(9000),
			DevelopedM2: m2(developed), ToDevelopM2: m2(toDevelop), InvestedBuildWan: wan(invested), TotalBuildWan: wan(total),
		}
	}
	running := at(1, 30_000, 1, 1000)
	running.SuspendedOn = 0
	cases := []struct {
		name string
		c    parcels.Contract
		asOf string
		want string
	}{
		{"exactly a third and exactly 25 %", at(10_000, 30_000, 250, 1000), "2026-01-01", ""},
		{"below a third", at(9_999.99, 30_000, 250, 1000), "2026-01-01", "stalled"},
		{"below 25 %", at(10_000, 30_000, 249.9999, 1000), "2026-01-01", "stalled"},
		{"suspended for a day less than a year", at(1, 30_000, 1, 1000), "2025-05-09", "warning"},
		{"suspended for a year", at(1, 30_000, 1, 1000), "2025-05-10", "stalled"},
		{"below both but building goes on", running, "2026-01-01", ""},
		{"land price counts for intensity, not here", at(30_000, 30_000, 300, 1000), "2026-01-01", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := scoring.JudgeIdle(rules, &c.c, scoring.Start{}, day(c.asOf))
			if got.Type != c.want || got.FeeWan.OK() {
				t.Errorf("%+v, want %q without a fee", got, c.want)
			}
		})
	}
}

func TestInvestedWithAndWithoutLandPrice(t *testing.T) {
	// 9000 万元 with the land price make the intensity; the same parcel is stalled because only 200 of 1000 were built.
	p := plot(1, 30)
	p.State = parcels.StateBuilding
	p.Contract = parcels.Contract{
		StartedOn: day("2022-01-01"), SuspendedOn: day("2024-01-01"), FAIWan: wan(9000), PriceWan: wan(8800),
		InvestedBuildWan: wan(200), TotalBuildWan: wan(1000),
	}
	s := run(t, parcels.Rows{Parcels: []parcels.Parcel{p}}, shipped(t), someDay).Parcels[0]
	near(t, "investment intensity", s.FAIPerMu, 300, 1e-9)
	if s.Idle.Type != "stalled" {
		t.Errorf("idle %+v", s.Idle)
	}
}

func TestIdlePlant(t *testing.T) {
	empty := func(id, since string, vacant float64) parcels.Building {
		b := plant(id, 1, 1000)
		b.VacantM2 = m2(vacant)
		if since != "" {
			b.VacantSince = day(since)
		}
		return b
	}
	office := empty("o", "2020-01-01", 1000)
	office.Use = "office"
	cases := []struct {
		name string
		b    []parcels.Building
		asOf string
		want string // since, "" when it is no idle plant
	}{
		{"half for six months", []parcels.Building{empty("a", "2024-01-31", 500)}, "2024-07-31", "2024-01-31"},
		{"half for a day less", []parcels.Building{empty("a", "2024-01-31", 500)}, "2024-07-30", ""},
		{"just below half", []parcels.Building{empty("a", "2024-01-31", 499.99)}, "2025-07-31", ""},
		{"half is reached by the second building", []parcels.Building{empty("a", "2020-01-01", 600), empty("b", "2024-01-31", 400)}, "2024-08-01", "2024-01-31"},
		{"since completion", []parcels.Building{empty("a", "", 1000)}, "2012-01-01", "2011-01-01"},
		{"offices do not count", []parcels.Building{office, empty("a", "2020-01-01", 100)}, someDay, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := run(t, parcels.Rows{Parcels: []parcels.Parcel{plot(1, 10)}, Buildings: c.b}, shipped(t), c.asOf).Parcels[0].Idle
			if got.Plant != (c.want != "") || got.PlantSince.String() != c.want {
				t.Errorf("%+v, want since %q", got, c.want)
			}
		})
	}
}
