package scoring_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

const wenling = `
  overrides:
    - {id: letting_above, when: {letting: true}, cohorts: [above_scale], effect: add_points, first: 0, points: -5}
    - {id: letting_below, when: {letting: true}, cohorts: [below_scale, below_scale_small], effect: add_points, first: -10, points: -5}
`

func TestLettingPenalty(t *testing.T) {
	// domain §14.8, the rule of 温岭.
	book := ratingByTax(t, wenling)
	for name, c := range map[string]struct {
		above   bool
		tenants int
		want    float64
	}{
		"above scale, one tenant":    {true, 1, 0},
		"above scale, three tenants": {true, 3, -10},
		"below scale, one tenant":    {false, 1, -10},
		"below scale, three tenants": {false, 3, -20},
	} {
		t.Run(name, func(t *testing.T) {
			rows := rated(1, func(int) float64 { return 100 })
			rows.Firms[0].AboveScale = parcels.Some(c.above)
			for k := range c.tenants {
				rows.Firms = append(rows.Firms, firm(10+k, false))
				rows.Occupancies = append(rows.Occupancies, holds(1, 10+k, "lease", m2(0)))
			}
			s := run(t, rows, book, someDay).Firms[0]
			near(t, "points", s.Points, 100+c.want, 1e-9)
			if len(s.Steps) != 1 || s.Steps[0].Effect != "add_points" {
				t.Errorf("steps %+v", s.Steps)
			}
		})
	}
}

func event(kind string, firm int, on string) parcels.Event {
	return parcels.Event{ID: kind + on, USCC: uscc(firm), Kind: kind, On: day(on), Document: "测试〔2024〕1号"}
}

func TestOverrides(t *testing.T) {
	old := parcels.MustDate("2005-01-01")
	cases := []struct {
		name   string
		events []parcels.Event
		tags   []string
		since  parcels.Date
		rank   int // of firm 1 before overrides, by its tax
		want   scoring.Class
		effect string
	}{
		{"an accident in the year caps at C", []parcels.Event{event("safety_accident", 1, "2024-05-01")}, nil, old, 1, "C", "cap_class"},
		{"an accident of another year does not", []parcels.Event{event("safety_accident", 1, "2023-12-31")}, nil, old, 1, "A", ""},
		{"an accident on the year's first day", []parcels.Event{event("safety_accident", 1, "2024-01-01")}, nil, old, 1, "C", "cap_class"},
		{"an accident on the year's last day", []parcels.Event{event("safety_accident", 1, "2024-12-31")}, nil, old, 1, "C", "cap_class"},
		{"an accident the day after the year", []parcels.Event{event("safety_accident", 1, "2025-01-01")}, nil, old, 1, "A", ""},
		{"an environmental accident caps at C", []parcels.Event{event("environment_accident", 1, "2024-05-01")}, nil, old, 1, "C", "cap_class"},
		{"a major project is not D", nil, []string{"major_project"}, old, 10, "C", "floor_class"},
		{"a cap does not lift D", []parcels.Event{event("safety_accident", 1, "2024-05-01")}, nil, old, 10, "D", "cap_class"},
		{"newly above scale is not D", nil, []string{"newly_above_scale"}, old, 10, "C", "floor_class"},
		{"a floor does not lower A", nil, []string{"newly_above_scale"}, old, 1, "A", "floor_class"},
		{"a veto switches the floor off", []parcels.Event{event("food_accident", 1, "2024-05-01")}, []string{"newly_above_scale"}, old, 10, "D", "cap_class"},
		{"utilities are exempt", nil, []string{"utility"}, old, 1, "T", "exempt"},
		{"registered less than two years is exempt", nil, nil, parcels.MustDate("2023-01-01"), 1, "T", "exempt"},
		{"registered on the year's last day is exempt", nil, nil, parcels.MustDate("2024-12-31"), 1, "T", "exempt"},
		{"registered after the year is exempt", nil, nil, parcels.MustDate("2025-01-02"), 1, "T", "exempt"},
		{"registered two years is rated", nil, nil, parcels.MustDate("2022-12-31"), 1, "A", ""},
		{"an exemption that lasts into the year", []parcels.Event{{ID: "x", USCC: uscc(1), Kind: "exempted", On: day("2022-01-01"), ValidFrom: day("2022-01-01"), ValidTo: day("2024-01-02")}}, nil, old, 1, "T", "exempt"},
		{"an exemption that ended", []parcels.Event{{ID: "x", USCC: uscc(1), Kind: "exempted", On: day("2022-01-01"), ValidFrom: day("2022-01-01"), ValidTo: day("2024-01-01")}}, nil, old, 1, "A", ""},
		{"without a first day it begins when it happened", []parcels.Event{{ID: "x", USCC: uscc(1), Kind: "exempted", On: day("2024-12-31"), ValidTo: day("2030-01-01")}}, nil, old, 1, "T", "exempt"},
		{"and not before", []parcels.Event{{ID: "x", USCC: uscc(1), Kind: "exempted", On: day("2025-01-01"), ValidTo: day("2030-01-01")}}, nil, old, 1, "A", ""},
		{"it happened long ago and lasts into the year", []parcels.Event{{ID: "x", USCC: uscc(1), Kind: "exempted", On: day("2020-01-01"), ValidTo: day("2024-01-02")}}, nil, old, 1, "T", "exempt"},
		{"it happened long ago and ended", []parcels.Event{{ID: "x", USCC: uscc(1), Kind: "exempted", On: day("2020-01-01"), ValidTo: day("2024-01-01")}}, nil, old, 1, "A", ""},
	}
	book := shipped(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := rated(10, func(i int) float64 {
				if i == 1 {
					return 200 - 15*float64(c.rank)
				}
				return 200 - 15*float64(i) + 7 // between the ranks
			})
			rows.Firms[0].Tags, rows.Firms[0].RegisteredOn, rows.Events = c.tags, c.since, c.events
			s := run(t, rows, book, someDay)
			f := s.Firms[0]
			if f.Class != c.want {
				t.Errorf("class %s, want %s (rank %d)", f.Class, c.want, f.Rank)
			}
			if c.effect == "" && len(f.Steps) > 0 || c.effect != "" && (len(f.Steps) == 0 || f.Steps[0].Effect != c.effect || f.Steps[0].Evidence == "") {
				t.Errorf("steps %+v, want %q", f.Steps, c.effect)
			}
			if c.want == "T" && (f.Rank != 0 || s.Firms[1].Of != 9) {
				t.Errorf("an exempt firm is ranked %d, the others among %d", f.Rank, s.Firms[1].Of)
			}
		})
	}
}

func TestOverridesDoNotRankTheOthersAnew(t *testing.T) {
	rows := rated(10, func(i int) float64 { return float64(100 - i) })
	before := run(t, rows, shipped(t), someDay)
	rows = rated(10, func(i int) float64 { return float64(100 - i) })
	rows.Events = []parcels.Event{event("safety_accident", 1, "2024-05-01")}
	after := run(t, rows, shipped(t), someDay)
	for i := 1; i < 10; i++ {
		if before.Firms[i].Class != after.Firms[i].Class || before.Firms[i].Rank != after.Firms[i].Rank {
			t.Errorf("firm %d moved from %s to %s", i+1, before.Firms[i].Class, after.Firms[i].Class)
		}
	}
}

func TestTenantFollowsTheOwner(t *testing.T) {
	book := ratingByTax(t, `
  overrides:
    - {id: follow, cohorts: [tenant], when: {unless_tag: micro_park}, effect: follow_owner}
    - {id: direct, when: {event: illegal_building}, effect: set_class, class: D}
`)
	rows := rated(5, func(i int) float64 { return float64(100 - i) })
	tenant, micro, homeless := firm(11, false), firm(12, false), firm(13, false)
	micro.Tags = []string{"micro_park"}
	empty := plot(6, 10)
	rows.Parcels = append(rows.Parcels, empty)
	rows.Firms = append(rows.Firms, tenant, micro, homeless)
	rows.Occupancies = append(rows.Occupancies, holds(1, 11, "lease", m2(1)), holds(1, 12, "lease", m2(1)), holds(6, 13, "lease", m2(1)))
	for _, f := range []int{11, 12, 13} {
		rows.Figures = append(rows.Figures, filed(f, 1, 1, 1, 1))
	}
	rows.Events = []parcels.Event{event("illegal_building", 1, "2024-05-01")}
	s := run(t, rows, book, someDay)
	if s.Firms[0].Class != "D" || s.Firms[5].Class != "D" || s.Firms[5].Rank != 0 {
		t.Errorf("owner %s after its override, follower %s", s.Firms[0].Class, s.Firms[5].Class)
	}
	if s.Firms[6].Rank == 0 {
		t.Error("a tenant of a micro park was not ranked")
	}
	if s.Firms[7].Class != scoring.ClassNotRated {
		t.Errorf("a tenant without an owner is %s", s.Firms[7].Class)
	}
}

// A tenant takes its owner's class, and then what it did itself counts: cap, floor and set come after follow_owner.
func TestAFollowersOwnOverrides(t *testing.T) {
	book := ratingByTax(t, `
  overrides:
    - {id: follow, cohorts: [tenant], when: {unless_tag: micro_park}, effect: follow_owner}
    - {id: veto, when: {event: safety_accident}, effect: cap_class, class: C}
    - {id: grown, when: {tag: newly_above_scale}, effect: floor_class, class: C}
    - {id: direct, when: {event: illegal_building}, effect: set_class, class: D}
`)
	for _, c := range []struct {
		name   string
		owner  int // 1 is class A, 5 class D
		events []parcels.Event
		tags   []string
		want   scoring.Class
		step   string // its last step
	}{
		{"nothing of its own", 1, nil, nil, "A", "follow_owner"},
		{"an accident of its own", 1, []parcels.Event{event("safety_accident", 11, "2024-05-01")}, nil, "C", "cap_class"},
		{"the owner's accident caps the owner, and so the tenant", 1, []parcels.Event{event("safety_accident", 1, "2024-05-01")}, nil, "C", "follow_owner"},
		{"a floor of its own", 5, nil, []string{"newly_above_scale"}, "C", "floor_class"},
		{"set outright", 1, []parcels.Event{event("illegal_building", 11, "2024-05-01")}, nil, "D", "set_class"},
	} {
		rows := rated(5, func(i int) float64 { return float64(100 - i) })
		tenant := firm(11, false)
		tenant.Tags = c.tags
		rows.Firms, rows.Events = append(rows.Firms, tenant), c.events
		rows.Occupancies = append(rows.Occupancies, holds(c.owner, 11, "lease", m2(1)))
		rows.Figures = append(rows.Figures, filed(11, 1, 1, 1, 1))
		f := run(t, rows, book, someDay).Firms[5]
		if last := f.Steps[len(f.Steps)-1]; f.Class != c.want || last.Effect != c.step || last.To != c.want || f.Rank != 0 {
			t.Errorf("%s: class %s, steps %+v", c.name, f.Class, f.Steps)
		}
	}
}

// TestAnOwnerThatFollowsGivesNoClass: firm 1 is rated and lets to a firm that in turn lets land of its own. The order of the firms
// does not matter.
func TestAnOwnerThatFollowsGivesNoClass(t *testing.T) {
	book := ratingByTax(t, `
  overrides:
    - {id: follow, when: {tag: micro_park}, effect: follow_owner}
`)
	for _, c := range []struct{ middle, last int }{{11, 12}, {12, 11}} {
		rows := rated(5, func(i int) float64 { return float64(100 - i) })
		rows.Parcels = append(rows.Parcels, plot(6, 10))
		for _, f := range []int{11, 12} {
			follower := firm(f, false)
			follower.Tags = []string{"micro_park"}
			rows.Firms, rows.Figures = append(rows.Firms, follower), append(rows.Figures, filed(f, 1, 1, 1, 1))
		}
		rows.Occupancies = append(rows.Occupancies,
			holds(1, c.middle, "lease", m2(1000)), holds(6, c.middle, "own", m2(1)), holds(6, c.last, "lease", m2(100)))
		s := run(t, rows, book, someDay)
		if got := s.Firms[c.middle-6].Class; got != s.Firms[0].Class || got == scoring.ClassNotRated {
			t.Errorf("%+v: the tenant of a rated firm is %s, its owner %s", c, got, s.Firms[0].Class)
		}
		if got := s.Firms[c.last-6].Class; got != scoring.ClassNotRated {
			t.Errorf("%+v: the tenant of a tenant is %s", c, got)
		}
	}
}

// TestLandGotBelowYears: the firm's own land counts from the earliest hand-over; 2024 is rated.
func TestLandGotBelowYears(t *testing.T) {
	book := ratingByTax(t, `
  overrides:
    - {id: new_land, when: {land_below_years: 2}, effect: exempt}
`)
	for name, c := range map[string]struct {
		first, second, tenure string
		exempt                bool
	}{
		"both got lately":            {"2023-06-01", "2024-06-01", "own", true},
		"the first got long ago":     {"2005-01-01", "2024-06-01", "own", false},
		"the second got long ago":    {"2024-06-01", "2005-01-01", "own", false},
		"two years on the last day":  {"2024-06-01", "2022-12-31", "own", false},
		"a day less":                 {"2024-06-01", "2023-01-01", "own", true},
		"got on a day nobody knows":  {"2024-06-01", "", "own", false},
		"rented land does not count": {"2024-06-01", "2005-01-01", "lease", true},
	} {
		t.Run(name, func(t *testing.T) {
			rows := rated(1, func(int) float64 { return 100 })
			rows.Parcels = append(rows.Parcels, plot(2, 10))
			rows.Occupancies = append(rows.Occupancies, holds(2, 1, c.tenure, parcels.Opt[float64]{}))
			rows.Parcels[0].Contract.HandedOverOn = day(c.first)
			if c.second != "" {
				rows.Parcels[1].Contract.HandedOverOn = day(c.second)
			}
			f := run(t, rows, book, someDay).Firms[0]
			if got := len(f.Steps) == 1 && f.Steps[0].Effect == "exempt"; got != c.exempt || (f.Class == scoring.ClassNotRated) != c.exempt {
				t.Errorf("class %s, steps %+v", f.Class, f.Steps)
			}
		})
	}
}
