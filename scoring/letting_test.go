package scoring_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// 温岭's letting points by the shipped set: the most tenants below scale on one day. An owner above scale loses nothing for the first
// and 5 for each further one; the worked 127.6667 is that of TestWenling.
func TestLettingCountsTenantsOnOneDay(t *testing.T) {
	type lease struct {
		firm     int
		above    bool
		from, to string // of 2024; "" for the whole year
	}
	for _, c := range []struct {
		name   string
		leases []lease
		want   float64
	}{
		{"two all year", []lease{{10, false, "", ""}, {11, false, "", ""}}, -5},
		{"one follows the other on 1 July", []lease{{10, false, "", "2024-07-01"}, {11, false, "2024-07-01", ""}}, 0},
		{"they overlap by a day", []lease{{10, false, "", "2024-07-02"}, {11, false, "2024-07-01", ""}}, -5},
		{"one firm in two leases", []lease{{10, false, "", ""}, {10, false, "2024-03-01", ""}}, 0},
		{"tenants above scale do not count", []lease{{10, false, "", ""}, {11, true, "", ""}, {12, true, "", ""}}, 0},
		{"three of four at once", []lease{{10, false, "", ""}, {11, false, "", "2024-05-01"}, {12, false, "2024-02-01", ""}, {13, false, "2024-06-01", ""}}, -10},
	} {
		rows, seen := pair(), map[int]bool{}
		for _, l := range c.leases {
			if !seen[l.firm] {
				seen[l.firm] = true
				rows.Firms = append(rows.Firms, firm(l.firm, l.above))
			}
			o := holds(1, l.firm, "lease", m2(0))
			if l.from != "" {
				o.From = day(l.from)
			}
			if l.to != "" {
				o.To = day(l.to)
			}
			rows.Occupancies = append(rows.Occupancies, o)
		}
		near(t, c.name, run(t, rows, lifted(t, "evaluation.wenling.2022"), someDay).Firms[0].Points, 127.6667+c.want, 5e-5)
	}
	// A tenant counts while the owner holds the land.
	rows := pair()
	rows.Occupancies[0].To = day("2024-07-01")
	rows.Firms = append(rows.Firms, firm(10, false), firm(11, false))
	for k, from := range []string{"2024-01-01", "2024-07-01"} {
		o := holds(1, 10+k, "lease", m2(0))
		o.From = day(from)
		rows.Occupancies = append(rows.Occupancies, o)
	}
	if steps := run(t, rows, lifted(t, "evaluation.wenling.2022"), someDay).Firms[0].Steps; len(steps) != 1 || steps[0].Arg != "0" {
		t.Errorf("%+v", steps)
	}
}

// A tenant who is not rated himself still bears on his landlord by his scale, in a rerun too.
func TestLettingFollowsTheScaleOfATenant(t *testing.T) {
	rows, book := pair(), lifted(t, "evaluation.wenling.2022")
	for _, f := range []int{10, 11} {
		rows.Firms = append(rows.Firms, firm(f, false))
		rows.Occupancies = append(rows.Occupancies, holds(1, f, "lease", m2(0)))
	}
	for k := 3; k < 9; k++ { // land that the edit does not reach, or all would be scored anew
		rows.Parcels = append(rows.Parcels, parcels.Parcel{Code: code(k), Park: rows.Parcels[0].Park})
	}
	base, tenant := run(t, rows, book, someDay), rows.Firms[len(rows.Firms)-1].USCC
	grown, err := base.Rerun(book, []scoring.Edit{{Table: "firms", Key: tenant, Column: "above_scale", Value: "true"}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "with two tenants below scale", base.Firms[0].Points, 127.6667-5, 5e-5)
	near(t, "with one", grown.Firms[0].Points, 127.6667, 5e-5)
}
