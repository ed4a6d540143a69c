package scoring_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"muchan/parcels"
	"muchan/scoring"
)

// used is a parcel built as agreed and in production.
func used() parcels.Contract {
	return parcels.Contract{SignedOn: day("2010-01-01"), CompletedOn: day("2011-01-01"), ProducedOn: day("2012-01-01"), AgreedFloorM2: m2(30_000), MaxFAR: m2(2)}
}

// domain §7.1: no tax means none at all, in each of the years that the rule counts, and on figures that are whole.
func TestNoTaxIsNotTheLeastTax(t *testing.T) {
	const fen = 0.000001
	half := working(landCase(used(), 30_000), 500, 0, 0)
	half.Firms = append(half.Firms, firm(2, true))
	half.Occupancies = append(half.Occupancies, holds(1, 2, "lease", m2(100)))
	cases := []struct {
		name string
		rows parcels.Rows
		want string
	}{
		{"none in both years", working(landCase(used(), 30_000), 500, 0, 0), "low_output"},
		{"a fen this year", working(landCase(used(), 30_000), 500, fen, 0), ""},
		{"a fen the year before", working(landCase(used(), 30_000), 500, 0, fen), ""},
		{"one yuan", working(landCase(used(), 30_000), 500, 0.0001, 0), ""},
		{"a tenant without figures", half, ""},
		{"nobody on the land", landCase(used(), 30_000), ""},
	}
	for _, c := range cases {
		if got := typesOf(&run(t, c.rows, shipped(t), someDay).Parcels[0]); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A stopped site at exactly the two shares is unfinished while at_limit says so; beyond them it is either way.
func TestUnfinishedAtTheLimit(t *testing.T) {
	site := func(developed, invested float64) parcels.Rows {
		return landCase(parcels.Contract{
			StartedOn: day("2022-01-01"), SuspendedOn: day("2025-11-22"), DevelopedM2: m2(developed), ToDevelopM2: m2(30_000),
			InvestedBuildWan: wan(invested), TotalBuildWan: wan(1000),
		}, 0)
	}
	text := string(lifted(t, "low_use.minhou").Sets[0].Text)
	for _, c := range []struct {
		name, atLimit       string
		developed, invested float64
		want                string
	}{
		{"both at the limit, counted", "true", 10_000, 250, "unfinished"},
		{"both at the limit, not counted", "false", 10_000, 250, ""},
		{"area at the limit, not counted", "false", 10_000, 250.0001, ""},
		{"money at the limit, not counted", "false", 10_000.01, 250, ""},
		{"beyond both, not counted", "false", 10_000.01, 250.0001, "unfinished"},
		{"below in area", "true", 9_999.99, 250, ""},
		{"below in money", "true", 10_000, 249.9999, ""},
	} {
		set := parse(t, replaceOnce(t, text, "at_limit: true", "at_limit: "+c.atLimit))
		if got := typesOf(&run(t, site(c.developed, c.invested), scoring.Book{Sets: []scoring.RuleSet{set}}, someDay).Parcels[0]); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What a finding compared: 21 000 of 30 000 m², a ratio of 0.6 of 0.8, 9 of 10 万元/亩, a ratio of 0.9 of 2.
func TestFindingsSayWhatTheyCompared(t *testing.T) {
	with := func(change func(*parcels.Contract)) parcels.Contract {
		c := used()
		change(&c)
		return c
	}
	ratio := with(func(c *parcels.Contract) { c.AgreedFloorM2, c.MinFAR = parcels.Opt[float64]{}, m2(0.8) })
	taxed := with(func(c *parcels.Contract) { c.AgreedTaxWanMu = m2(10) })
	low := with(func(c *parcels.Contract) { c.AgreedFloorM2 = parcels.Opt[float64]{} })
	for _, c := range []struct {
		name                  string
		rows                  parcels.Rows
		kind, unit            string
		value, limit, missing float64
	}{
		{"floor area", landCase(used(), 21_000), "partly_built", "m²", 21_000, 30_000, 9_000},
		{"ratio", landCase(ratio, 18_000), "partly_built", "", 0.6, 0.8, 0.2},
		{"tax", working(landCase(taxed, 30_000), 900, 405, 405), "low_output", "万元/亩", 9, 10, 1},
		{"intensity", working(landCase(low, 27_000), 900, 900, 900), "low_intensity", "", 0.9, 2, 1.1},
	} {
		found := run(t, c.rows, shipped(t), someDay).Parcels[0].Findings
		if len(found) != 1 || found[0].Type != c.kind || found[0].Unit != c.unit {
			t.Errorf("%s: %+v", c.name, found)
			continue
		}
		near(t, c.name, found[0].Value, c.value, 1e-9)
		near(t, c.name+" limit", found[0].Limit, c.limit, 1e-9)
		near(t, c.name+" missing", found[0].Missing(), c.missing, 1e-9)
	}
}

// domain §4.1, §14.5 through a whole run: the finding names the benefit and the bound, or the land and its bound.
func TestLowBenefitAtItsBounds(t *testing.T) {
	for _, c := range []struct {
		name     string
		mu, tax  float64
		tags     []string
		kind     string
		v, limit float64
	}{
		{"4.9999 a mu", 45, 45 * 4.9999, nil, "low_benefit", 4.9999, 5},
		{"5 a mu", 45, 225, nil, "", 0, 0},
		{"19.9999 a mu", 45, 45 * 19.9999, nil, "", 0, 0},
		{"20 a mu", 45, 900, nil, "", 0, 0},
		{"4.99 mu at 25", 4.99, 124.75, nil, "low_benefit", 4.99, 5},
		{"4.99 mu at 4 says the benefit", 4.99, 19.96, nil, "low_benefit", 4, 5},
		{"4.99 mu at 5 says the land", 4.99, 24.95, nil, "low_benefit", 4.99, 5},
		{"5 mu at 25", 5, 125, nil, "", 0, 0},
		{"4.99 mu at 25, no general project", 4.99, 124.75, []string{"major_project"}, "", 0, 0},
		{"4.99 mu at 4, no general project", 4.99, 19.96, []string{"major_project"}, "low_benefit", 4, 5},
	} {
		rows := rated(1, func(int) float64 { return c.tax })
		rows.Parcels[0].TitleAreaM2, rows.Firms[0].Tags = m2(c.mu*2000/3), c.tags
		rows.Zones = []parcels.Zone{blockLine(1, 1)}
		rows.Buildings = []parcels.Building{plant("a", 1, 1000)}
		p := run(t, rows, shipped(t), someDay).Parcels[0]
		if typesOf(&p) != c.kind {
			t.Errorf("%s: %q, want %q", c.name, typesOf(&p), c.kind)
			continue
		}
		if c.kind != "" {
			near(t, c.name, p.Findings[0].Value, c.v, 1e-9)
			near(t, c.name+" limit", p.Findings[0].Limit, c.limit, 1e-9)
		}
	}
}

// domain §6.1, §6.2: warning windows, hand-over and causes at their days.
func TestIdleAtTheDaysBetween(t *testing.T) {
	rules := order53(t)
	stalled := parcels.Contract{StartedOn: day("2022-01-01"), SuspendedOn: day("2024-05-10"), DevelopedM2: m2(1), ToDevelopM2: m2(30_000)}
	forced := stalled
	forced.GovernmentCause = parcels.Some(true)
	handed := parcels.Contract{HandedOverOn: day("2022-03-01")}
	leap := parcels.Contract{HandedOverOn: day("2024-02-29")}
	both := parcels.Contract{HandedOverOn: day("2020-03-01"), DueStartOn: day("2023-03-01")}
	for _, c := range []struct {
		name              string
		c                 parcels.Contract
		asOf, kind, stage string
		left              int
	}{
		{"stalled, 91 days before", stalled, "2025-02-08", "", "", 0},
		{"stalled, 90 days before", stalled, "2025-02-09", "warning", "warning", 90},
		{"stalled, on the day", stalled, "2025-05-10", "stalled", "", 0},
		{"stalled by the government's cause", forced, "2025-05-10", "stalled", "government", 0},
		{"suspended only tomorrow", stalled, "2024-05-09", "", "", 0},
		{"handed over, the day before two years", handed, "2024-02-29", "warning", "warning", 1},
		{"handed over, two years", handed, "2024-03-01", "unstarted", "fee", 365},
		{"handed over, the day before three", handed, "2025-02-28", "unstarted", "fee", 1},
		{"handed over, three years", handed, "2025-03-01", "unstarted", "take_back", 0},
		{"handed over on 29 February: due 1 March, full a year later", leap, "2026-02-28", "warning", "warning", 1},
		{"handed over on 29 February, full", leap, "2026-03-01", "unstarted", "fee", 365},
		{"an agreed start goes before the hand-over", both, "2024-02-29", "warning", "warning", 1},
	} {
		if got := scoring.JudgeIdle(rules, &c.c, scoring.Start{}, day(c.asOf)); got.Type != c.kind || got.Stage != c.stage || got.DaysLeft != c.left {
			t.Errorf("%s: %+v, want %s %s with %d days left", c.name, got, c.kind, c.stage, c.left)
		}
	}
}

// Work that stops today has stopped: where the warning reaches further than the year, it begins today.
func TestWorkStopsOnTheDay(t *testing.T) {
	rules := *order53(t)
	rules.WarningDays = 400
	c := parcels.Contract{StartedOn: day("2022-01-01"), SuspendedOn: day("2024-05-10"), DevelopedM2: m2(1), ToDevelopM2: m2(30_000)}
	if got := scoring.JudgeIdle(&rules, &c, scoring.Start{}, day("2024-05-10")); got.Type != "warning" || got.DaysLeft != 365 {
		t.Errorf("on the day: %+v", got)
	}
	if got := scoring.JudgeIdle(&rules, &c, scoring.Start{}, day("2024-05-09")); got.Type != "" {
		t.Errorf("the day before: %+v", got)
	}
}

// The agreed amount is of the plan and the contract, the other types of the county; poor yield lists the tax of both years.
func TestFindingsCiteTheirDocuments(t *testing.T) {
	p := run(t, landCase(used(), 21_000), shipped(t), someDay).Parcels[0].Findings[0]
	if p.Rule.ID != "low_use.minhou" || p.Rule.Document != "开发区规划及出让合同" {
		t.Errorf("%+v", p.Rule)
	}
	s := run(t, working(landCase(used(), 30_000), 500, 0, 0), shipped(t), someDay)
	if doc := s.Parcels[0].Findings[0].Rule.Document; doc != "低效用地认定及处置办法（试行）2018" {
		t.Errorf("poor yield cites %q", doc)
	}
	taxes := map[string]string{}
	for _, o := range explained(t, s, code(1))["low_output"].Inputs {
		taxes[o.NameEn] = o.Value
	}
	if taxes["Tax of 2024"] != "0" || taxes["Tax of 2023"] != "0" {
		t.Errorf("the explanation lists %v", taxes)
	}
}

// Land that nobody measured is in neither part of an indicator, and is said to lack.
func TestZoneLeavesOutLandWithoutArea(t *testing.T) {
	bare := plot(2, 15)
	bare.TitleAreaM2, bare.Shape = parcels.Opt[float64]{}, nil
	rows := parcels.Rows{Parcels: []parcels.Parcel{plot(1, 15), bare}}
	i := scoring.ZoneIndicators(run(t, rows, shipped(t), someDay), "QM")[0]
	if i.ID != "supply_rate" || i.Counted != 1 || i.Lacking != 1 {
		t.Errorf("%+v", i)
	}
}

// anyContract draws days around the as-of date and amounts around the limits.
func anyContract(t *rapid.T) parcels.Contract {
	date := func(name string) parcels.Date {
		if rapid.Bool().Draw(t, name+" missing") {
			return 0
		}
		return day(someDay) + parcels.Date(rapid.IntRange(-1200, 200).Draw(t, name))
	}
	of := func(name string, values ...float64) parcels.Opt[float64] {
		if v := rapid.SampledFrom(append(values, -1)).Draw(t, name); v >= 0 {
			return m2(v)
		}
		return parcels.Opt[float64]{}
	}
	return parcels.Contract{
		SignedOn: date("signed"), HandedOverOn: date("handed over"), DueStartOn: date("due start"), StartedOn: date("started"),
		SuspendedOn: date("suspended"), CompletedOn: date("completed"), DueCompletionOn: date("due completion"),
		ProducedOn: date("produced"), DueProductionOn: date("due production"),
		DevelopedM2: of("developed", 1, 10_000, 20_000), ToDevelopM2: of("to develop", 30_000), InvestedBuildWan: wan(rapid.SampledFrom([]float64{1, 250, 900}).Draw(t, "invested")),
		TotalBuildWan: wan(1000), AgreedFloorM2: of("agreed floor", 10_000, 30_000), MinFAR: of("least ratio", 0.3, 1),
		MaxFAR: of("upper ratio", 0.5, 3), AgreedTaxWanMu: of("agreed tax", 1, 10),
	}
}

// No parcel carries two types that exclude one another, none twice, and they come in the order of FindingTypes.
func TestFindingsOfAnyParcelAgree(t *testing.T) {
	book, pairs := shipped(t), map[string]bool{}
	states := []string{"", parcels.StateApproved, parcels.StateSupplied, parcels.StateBuilding, parcels.StateUnused, parcels.StatePartial, parcels.StateInUse, parcels.StateLow, parcels.StateReclaimed}
	rapid.Check(t, func(t *rapid.T) {
		money := rapid.SampledFrom([]float64{0, 100, 300, 900})
		rows := landCase(anyContract(t), rapid.SampledFrom([]float64{0, 9_000, 20_000, 31_000}).Draw(t, "floor"))
		rows.Parcels[0].State = rapid.SampledFrom(states).Draw(t, "state")
		if len(rows.Buildings) > 0 {
			rows.Buildings[0].VacantM2 = m2(rapid.SampledFrom([]float64{0, 9_000}).Draw(t, "vacant"))
		}
		if rapid.Bool().Draw(t, "with a firm") {
			rows = working(rows, money.Draw(t, "output"), money.Draw(t, "tax"), money.Draw(t, "tax before"))
		}
		rows.Zones = []parcels.Zone{blockLine(1, 1)}
		s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), rows), Year: inYear, AsOf: day(someDay), Rules: book})
		if err != nil {
			t.Fatal(err)
		}
		found := s.Parcels[0].Findings
		at := -1
		for i, f := range found {
			place := slices.Index(scoring.FindingTypes, f.Type)
			if place <= at {
				t.Fatalf("%s comes at %d after %d", f.Type, place, at)
			}
			at = place
			for _, other := range found[i+1:] {
				pairs[f.Type+" "+other.Type] = true
				if scoring.FindingsExclude(f.Type, other.Type) {
					t.Fatalf("%s and %s stand on one parcel", f.Type, other.Type)
				}
			}
		}
	})
	if len(pairs) == 0 {
		t.Error("no parcel drawn carried two types")
	}
	t.Log(len(pairs), "pairs met")
}
