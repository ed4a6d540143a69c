package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// site is a parcel of 45 mu with a contract and, when completed is given, a plant of so much floor area on 30 000 m² of land.
func landCase(c parcels.Contract, floor float64) parcels.Rows {
	p := plot(1, 45)
	p.State, p.Contract = parcels.StateSupplied, c
	rows := parcels.Rows{Parcels: []parcels.Parcel{p}}
	if floor > 0 {
		rows.Parcels[0].State = parcels.StateInUse
		rows.Buildings = []parcels.Building{plant("a", 1, floor)}
	}
	return rows
}

// working adds a firm that owns the parcel, with output and tax of the year and of the year before.
func working(rows parcels.Rows, output, tax, taxBefore float64) parcels.Rows {
	rows.Firms = []parcels.Firm{firm(1, true)}
	rows.Occupancies = []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})}
	now, before := filed(1, output, output, output, tax), filed(1, output, output, output, taxBefore)
	before.Year = inYear - 1
	rows.Figures = []parcels.Figures{now, before}
	return rows
}

func typesOf(s *scoring.ParcelScore) string {
	var out []string
	for _, f := range s.Findings {
		out = append(out, f.Type)
	}
	return strings.Join(out, " ")
}

// domain §2.1, §6.1, §7.1: each boundary of each type.
func TestFindings(t *testing.T) {
	stopped := func(developed, invested float64) parcels.Contract {
		return parcels.Contract{
			SignedOn: day("2021-01-01"), StartedOn: day("2022-01-01"), SuspendedOn: day("2025-11-22"), DevelopedM2: m2(developed), ToDevelopM2: m2(30_000),
			InvestedBuildWan: wan(invested), TotalBuildWan: wan(1000),
		}
	}
	later := stopped(20_000, 600)
	later.SuspendedOn = day("2025-11-23")
	noMoney := stopped(20_000, 600)
	noMoney.InvestedBuildWan = parcels.Opt[parcels.Wan]{}
	built := parcels.Contract{SignedOn: day("2010-01-01"), CompletedOn: day("2011-01-01"), ProducedOn: day("2012-01-01"), AgreedFloorM2: m2(30_000), MinFAR: m2(1), MaxFAR: m2(2)}
	with := func(change func(*parcels.Contract)) parcels.Contract {
		c := built
		change(&c)
		return c
	}
	signed := parcels.Contract{SignedOn: day("2025-01-01"), DueStartOn: day("2025-11-23")}
	full := signed
	full.DueStartOn = day("2025-11-22")
	taxed := with(func(c *parcels.Contract) { c.AgreedTaxWanMu = m2(10) })
	cases := []struct {
		name string
		rows parcels.Rows
		want string
	}{
		{"signed, the year full tomorrow", landCase(signed, 0), "signed_unbuilt"},
		{"signed, the year full today", landCase(full, 0), "idle_unstarted"},
		{"signed tomorrow", landCase(parcels.Contract{SignedOn: day("2026-11-23")}, 0), ""},
		{"nothing on file", landCase(parcels.Contract{}, 0), ""},
		{"a third and a day: exactly the limits", landCase(stopped(10_000, 250), 0), "unfinished"},
		{"just below a third", landCase(stopped(9_999.99, 250), 0), "idle_stalled"},
		{"just below 25 %", landCase(stopped(10_000, 249.9999), 0), "idle_stalled"},
		{"beyond both", landCase(stopped(20_000, 600), 0), "unfinished"},
		{"beyond both, a day short of a year", landCase(later, 0), ""},
		{"investment unknown", landCase(noMoney, 0), ""},
		{"as agreed", landCase(built, 30_000), ""},
		{"just below the agreed floor area", landCase(built, 29_999.99), "partly_built"},
		{"the agreed completion is tomorrow", landCase(with(func(c *parcels.Contract) { c.DueCompletionOn = day("2026-11-23") }), 29_999), ""},
		{"the agreed completion is today", landCase(with(func(c *parcels.Contract) { c.DueCompletionOn = day("2026-11-22") }), 29_999), "partly_built"},
		{"below the least ratio alone", landCase(with(func(c *parcels.Contract) { c.AgreedFloorM2 = parcels.Opt[float64]{} }), 29_999), "partly_built"},
		{"should produce since today", landCase(with(func(c *parcels.Contract) { c.ProducedOn, c.DueProductionOn = 0, day("2026-11-22") }), 30_000), "low_output"},
		{"should produce from tomorrow", landCase(with(func(c *parcels.Contract) { c.ProducedOn, c.DueProductionOn = 0, day("2026-11-23") }), 30_000), ""},
		{"no output on file is not zero output", landCase(built, 30_000), ""},
		{"zero output", working(landCase(built, 30_000), 0, 1, 1), "low_output"},
		{"no tax for two years", working(landCase(built, 30_000), 500, 0, 0), "low_output"},
		{"no tax for one year", working(landCase(built, 30_000), 500, 0, 0.01), ""},
		{"just below the agreed tax", working(landCase(taxed, 30_000), 900, 449.9999, 450), "low_output"},
		{"exactly the agreed tax", working(landCase(taxed, 30_000), 900, 450, 450), ""},
		{"the first full year is yet to come", working(landCase(with(func(c *parcels.Contract) {
			c.AgreedTaxWanMu, c.DueProductionOn = m2(10), day("2024-01-01")
		}), 30_000), 900, 1, 1), ""},
		{"just below half of the upper limit", working(landCase(with(func(c *parcels.Contract) { c.MaxFAR = m2(2.0001) }), 30_000), 900, 900, 900), "low_intensity"},
		{"half of the upper limit", working(landCase(built, 30_000), 900, 900, 900), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := run(t, c.rows, shipped(t), someDay)
			if got := typesOf(&s.Parcels[0]); got != c.want {
				t.Fatalf("%q, want %q", got, c.want)
			}
			e := explained(t, s, code(1))
			for _, kind := range scoring.FindingTypes {
				if found := strings.Contains(c.want, kind); (e[kind].TextEn == "yes") != found || e[kind].Note == "" || e[kind].NoteEn == "" || found != (e[kind].Rule != nil) {
					t.Errorf("%s is explained as %+v", kind, e[kind])
				}
			}
		})
	}
}

// 30 000 m² were agreed and 21 000 stand: 9 000 are missing.
func TestPartlyBuiltSaysHowMuchIsMissing(t *testing.T) {
	c := parcels.Contract{CompletedOn: day("2011-01-01"), AgreedFloorM2: m2(30_000)}
	s := run(t, landCase(c, 21_000), shipped(t), someDay)
	near(t, "missing", s.Parcels[0].Findings[0].Missing(), 9_000, 1e-9)
	if note := explained(t, s, code(1))["partly_built"].NoteEn; !strings.Contains(note, "9000 m² missing") {
		t.Errorf("the note says %q", note)
	}
}

// domain §4.1: 45 mu and 180, 240, 270 万元: the mean is 5.11 and no low benefit; each year by itself has 4.00 and is.
func TestLowBenefitFollowsTheAggregate(t *testing.T) {
	text := string(shipped(t).Choose(scoring.KindStock, "QM", 2024, day(someDay)).Set.Text)
	for how, want := range map[string]bool{"mean": false, "each": true, "min": true} {
		rows := threeYears()
		rows.Buildings = append(rows.Buildings, plant("b", 1, 30_000))
		set := parse(t, replaceOnce(t, text, "aggregate: mean", "aggregate: "+how))
		p := run(t, rows, scoring.Book{Sets: []scoring.RuleSet{set}}, someDay).Parcels[0]
		if got := typesOf(&p) == "low_benefit"; got != want {
			t.Errorf("%s: %q", how, typesOf(&p))
		}
	}
}

// domain §4.1: 4.99 mu with 25 万元/亩 are low, unless the project is no general industrial one; 5 mu are not.
func TestSmallLandIsOfGeneralProjects(t *testing.T) {
	for _, c := range []struct {
		name string
		mu   float64
		tags []string
		want string
	}{
		{"4.99 mu", 4.99, nil, "renew"},
		{"5 mu", 5, nil, "far_above_2.5"},
		{"4.99 mu, a major project", 4.99, []string{"major_project"}, "far_above_2.5"},
		{"4.99 mu, another tag", 4.99, []string{"listed"}, "renew"},
	} {
		rows := threeYears()
		rows.Parcels[0].TitleAreaM2, rows.Firms[0].Tags = m2(c.mu*2000/3), c.tags
		if got := run(t, rows, shipped(t), someDay).Parcels[0].Band; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The table of types that exclude one another, by hand: unbuilt types exclude all, the other pairs are these four.
func TestFindingsExcludeOneAnother(t *testing.T) {
	pairs := []string{
		"low_intensity low_output", "low_intensity partly_built", "low_output partly_built", "built_unused low_intensity",
	}
	early := scoring.FindingTypes[:4]
	for _, a := range scoring.FindingTypes {
		for _, b := range scoring.FindingTypes {
			pair := []string{a, b}
			slices.Sort(pair)
			want := a != b && (slices.Contains(early, a) || slices.Contains(early, b) || slices.Contains(pairs, strings.Join(pair, " ")))
			if scoring.FindingsExclude(a, b) != want {
				t.Errorf("%s and %s: want %t", a, b, want)
			}
		}
	}
}

func TestIdleStages(t *testing.T) {
	rules := order53(t)
	c := parcels.Contract{DueStartOn: day("2023-03-01"), PriceWan: wan(1860)}
	show := func(i scoring.Idle, asOf string) string {
		var out []string
		for _, s := range i.Stages(day(asOf)) {
			out = append(out, s.ID+" "+s.On.String())
		}
		return strings.Join(out, ", ")
	}
	i := scoring.JudgeIdle(rules, &c, scoring.Start{}, day("2024-02-29"))
	if got := show(i, "2024-02-29"); got != "warning 2023-12-02, fee 2024-03-01, take_back 2025-03-01" {
		t.Error(got)
	}
	if left := i.Stages(day("2024-02-29")); left[0].DaysLeft != 0 || left[1].DaysLeft != 1 || left[2].DaysLeft != 366 {
		t.Errorf("%+v", left)
	}
	c.GovernmentCause = parcels.Some(true)
	if i = scoring.JudgeIdle(rules, &c, scoring.Start{}, day("2024-02-29")); !i.Government || i.Stage != scoring.StageWarning || i.TakeBackOn.OK() {
		t.Errorf("a warning hides the government's cause: %+v", i)
	}
	if got := show(i, "2024-02-29"); got != "warning 2023-12-02, government 2024-03-01" {
		t.Error(got)
	}
}
