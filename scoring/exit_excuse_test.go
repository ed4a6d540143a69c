package scoring_test

import (
	"testing"

	"muchan/parcels"
)

// A cause of the government excuses until two years after production began; who has no day of production on file is excused.
func TestGovernmentCauseEndsWithProduction(t *testing.T) {
	for _, c := range []struct {
		name            string
		produced, firms string // of the contract, and of the firm
		output          float64
		excused         bool
	}{
		{"never produced", "", "", 0, true},
		{"producing for two years today", "2024-11-22", "", 4500, false},
		{"producing for a day less", "2024-11-23", "", 4500, true},
		{"producing since 2013", "2013-05-01", "", 4500, false},
		{"the contract lacks the day, its firm has output and a day", "", "2013-05-01", 4500, false},
		{"the firm's day without output here", "", "2013-05-01", 0, true},
	} {
		rows := poor()
		rows.Parcels[0].Contract.GovernmentCause, rows.Figures[0].OutputWan = parcels.Some(true), wan(c.output)
		if c.produced != "" {
			rows.Parcels[0].Contract.ProducedOn = day(c.produced)
		}
		if c.firms != "" {
			rows.Firms[0].ProducedOn = day(c.firms)
		}
		s := run(t, rows, shipped(t), someDay)
		if v := s.ExitVerdict(0); v.Excused.En == "government cause" != c.excused || v.Candidate == c.excused {
			t.Errorf("%s: excused %q, candidate %t", c.name, v.Excused.En, v.Candidate)
		}
	}
}

// It is the owner that is new; a shell that leases the larger part of the floor excuses nobody.
func TestTheHolderIsNew(t *testing.T) {
	const old, young, last = "2001-01-01", "2024-11-23", "2024-11-22"
	for _, c := range []struct {
		name         string
		owner, lease string // "" for none
		excused      bool
	}{
		{"an owner two years old today", last, "", false},
		{"an owner a day younger", young, "", true},
		{"a young tenant on an old owner's land", old, young, false},
		{"an old tenant on a young owner's land", young, old, true},
		{"no owner on file, a young tenant", "", young, true},
		{"no owner on file, an old tenant", "", old, false},
	} {
		rows := poor()
		rows.Firms, rows.Occupancies, rows.Figures = nil, nil, nil
		for k, registered := range []string{c.owner, c.lease} {
			if registered == "" {
				continue
			}
			f := firm(k+1, true)
			f.RegisteredOn = day(registered)
			rows.Firms = append(rows.Firms, f)
			rows.Occupancies = append(rows.Occupancies, holds(1, k+1, []string{"own", "lease"}[k], m2([]float64{9_800, 10_200}[k])))
			rows.Figures = append(rows.Figures, filed(k+1, 1, 1, 1, 1))
		}
		s := run(t, rows, shipped(t), someDay)
		if v := s.ExitVerdict(0); (v.Excused.Zh == "用地企业成立未满 2 年") != c.excused {
			t.Errorf("%s: excused %q", c.name, v.Excused.Zh)
		}
	}
}
