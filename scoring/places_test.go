package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// setOf is an evaluation by tax per mu with changes to its head.
func setOf(t *testing.T, id, changes string) scoring.RuleSet {
	t.Helper()
	return parse(t, head(id, "evaluation")+changes+oneCohort)
}

func TestChooseByZone(t *testing.T) {
	plain := setOf(t, "plain", "")
	lines := setOf(t, "lines", "zones: [{kind: industrial_line, levels: [1, 2]}]\n")
	first := setOf(t, "first", "zones: [{kind: industrial_line, levels: [1]}]\nevaluation_years: [2024]\n")
	renewal := setOf(t, "renewal", "zones: [{kind: renewal}]\n")
	park := parse(t, strings.Replace(head("park", "evaluation"), `"*"`, "QM", 1)+oneCohort)
	line := func(level int) []scoring.PlaceZone {
		return []scoring.PlaceZone{{Kind: parcels.ZoneBlockLine, Level: level}}
	}
	for name, c := range map[string]struct {
		zones []scoring.PlaceZone
		sets  []scoring.RuleSet
		year  int
		want  string
	}{
		"outside the zone":                       {nil, []scoring.RuleSet{plain, lines}, 2024, "plain"},
		"inside, level 1":                        {line(1), []scoring.RuleSet{plain, lines}, 2024, "lines"},
		"inside, level 2":                        {line(2), []scoring.RuleSet{plain, lines}, 2024, "lines"},
		"a level the set does not name":          {line(3), []scoring.RuleSet{plain, lines}, 2024, "plain"},
		"another kind of zone":                   {line(1), []scoring.RuleSet{plain, renewal}, 2024, "plain"},
		"a kind without levels":                  {[]scoring.PlaceZone{{Kind: parcels.ZoneRenewal}}, []scoring.RuleSet{plain, renewal}, 2024, "renewal"},
		"the park goes before the zone":          {line(1), []scoring.RuleSet{park, lines}, 2024, "park"},
		"the year decides between two zones":     {line(1), []scoring.RuleSet{lines, first}, 2024, "first"},
		"in another year the other":              {line(1), []scoring.RuleSet{lines, first}, 2023, "lines"},
		"only a set for zones, and land outside": {nil, []scoring.RuleSet{lines}, 2024, ""},
	} {
		t.Run(name, func(t *testing.T) {
			for _, sets := range [][]scoring.RuleSet{c.sets, reversed(c.sets)} {
				got := scoring.Book{Sets: sets}.ChooseAt(scoring.KindEvaluation, scoring.Place{Park: "QM", Zones: c.zones}, c.year, day(someDay))
				id := ""
				if got.Set != nil {
					id = got.Set.ID
				}
				if id != c.want || len(got.Overlaps) > 0 {
					t.Errorf("%q (%v), want %q", id, got.Overlaps, c.want)
				}
			}
		})
	}
}

func TestFirmIsRatedWhereItUsesMost(t *testing.T) {
	// Parcel 1 lies inside a block line, parcel 2 does not. Firm 1 uses 600 m² on the first and 400 on the second, firm 2 the reverse.
	book := scoring.Book{Sets: []scoring.RuleSet{setOf(t, "plain", ""), setOf(t, "lines", "zones: [{kind: industrial_line, levels: [1]}]\n")}}
	rows := rated(2, func(int) float64 { return 100 })
	rows.Zones = []parcels.Zone{blockLine(1, 1)}
	rows.Occupancies = []parcels.Occupancy{
		holds(1, 1, "own", m2(600)), holds(2, 1, "lease", m2(400)), holds(2, 2, "own", m2(600)), holds(1, 2, "lease", m2(400)),
	}
	s := run(t, rows, book, someDay)
	if s.Firms[0].RuleSet != "lines" || s.Firms[1].RuleSet != "plain" {
		t.Errorf("rated by %q and %q", s.Firms[0].RuleSet, s.Firms[1].RuleSet)
	}
	if set := s.RuleSet(scoring.KindEvaluation, 0); set == nil || set.ID != "lines" {
		t.Errorf("parcel 1: %v", set)
	}
	if set := s.RuleSet(scoring.KindEvaluation, 1); set == nil || set.ID != "plain" {
		t.Errorf("parcel 2: %v", set)
	}
	if len(s.Rules) != 2 || s.Rules[0].Places != "QM (industrial_line 1)" || s.Rules[1].Places != "QM" {
		t.Errorf("used %+v", s.Rules)
	}
	// A line that has ended, or of another level, holds nobody.
	for name, change := range map[string]func(*parcels.Zone){
		"ended":         func(z *parcels.Zone) { z.ValidTo = day(someDay) },
		"not yet":       func(z *parcels.Zone) { z.ValidFrom = day(someDay) + 1 },
		"another level": func(z *parcels.Zone) { z.Level = 2 },
	} {
		z := blockLine(1, 1)
		change(&z)
		rows.Zones = []parcels.Zone{z}
		if got := run(t, rows, book, someDay).Firms[0].RuleSet; got != "plain" {
			t.Errorf("%s: rated by %q", name, got)
		}
	}
	// A parcel nobody drew lies in no zone.
	rows.Zones, rows.Parcels[0].Shape = []parcels.Zone{blockLine(1, 1)}, nil
	if got := run(t, rows, book, someDay).Firms[0].RuleSet; got != "plain" {
		t.Errorf("not drawn: rated by %q", got)
	}
}
