package scoring_test

import "testing"

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
