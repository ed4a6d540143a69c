package parcels_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"muchan/geo"
	"muchan/parcels"
)

func square(lon, lat float64) geo.Shape {
	return geo.Shape{{{{lon, lat}, {lon + 1, lat}, {lon + 1, lat + 1}, {lon, lat + 1}, {lon, lat}}}}
}

// lot writes a parcel edition as "code from to parent,parent"; "-" is an open end.
func lot(text string) parcels.Parcel {
	f := strings.Fields(text)
	p := parcels.Parcel{Code: f[0], Park: "QM", ValidFrom: parcels.MustDate(f[1] + "-01-01"), Shape: square(118, 24)}
	if f[2] != "-" {
		p.ValidTo = parcels.MustDate(f[2] + "-01-01")
	}
	if len(f) > 3 {
		p.Parents = strings.Split(f[3], ",")
	}
	return p
}

func lots(texts ...string) []parcels.Parcel {
	var list []parcels.Parcel
	for _, t := range texts {
		list = append(list, lot(t))
	}
	return list
}

// written shows the steps of a plan as "action code from to".
func written(steps []parcels.Step[parcels.Parcel]) []string {
	var list []string
	for _, s := range steps {
		to := "-"
		if s.After.ValidTo.OK() {
			to = fmt.Sprint(s.After.ValidTo.Year())
		}
		list = append(list, fmt.Sprintf("%s %s %d %s", s.Action, s.After.Code, s.After.ValidFrom.Year(), to))
	}
	return list
}

func planParcels(rows, stored []parcels.Parcel) (*parcels.Plan, error) {
	held := &parcels.Held{
		Rows:  parcels.Rows{Parcels: stored},
		Codes: map[string]map[string]bool{"parks": {"QM": true}},
	}
	return parcels.NewPlan(&parcels.Rows{Parcels: rows}, held)
}

func TestEditions(t *testing.T) {
	cases := []struct {
		name         string
		stored, rows []parcels.Parcel
		want         []string
		rule         string
	}{
		{name: "first", rows: lots("A 2010 -"), want: []string{"insert A 2010 -"}},
		{name: "successor ends the open edition", stored: lots("A 2010 -"), rows: lots("A 2015 -"), want: []string{"close A 2010 2015", "insert A 2015 -"}},
		{name: "gap stays", stored: lots("A 2010 2012"), rows: lots("A 2015 -"), want: []string{"insert A 2015 -"}},
		{name: "successor on the very day", stored: lots("A 2010 2015"), rows: lots("A 2015 -"), want: []string{"insert A 2015 -"}},
		{name: "older edition", stored: lots("A 2010 -"), rows: lots("A 2005 -"), want: []string{"insert A 2005 2010"}},
		{name: "between two", stored: lots("A 2010 2015", "A 2015 -"), rows: lots("A 2012 -"), want: []string{"close A 2010 2012", "insert A 2012 2015"}},
		{name: "between two, with an end of its own", stored: lots("A 2010 2015", "A 2015 -"), rows: lots("A 2012 2013"), want: []string{"close A 2010 2012", "insert A 2012 2013"}},
		{name: "inside one that ends by itself", stored: lots("A 2010 2015"), rows: lots("A 2012 -"), rule: "parcels.edition.overlap"},
		{name: "ends after the next begins", stored: lots("A 2015 -"), rows: lots("A 2010 2016"), rule: "parcels.edition.overlap"},
		{name: "overlap within the change", rows: lots("A 2010 2016", "A 2015 -"), rule: "parcels.edition.overlap"},
		{name: "stated end is no invitation", stored: lots("A 2015 -"), rows: lots("A 2010 2015", "A 2012 -"), rule: "parcels.edition.overlap"},
		{name: "several at once in any order", rows: lots("A 2015 -", "A 2005 -", "A 2010 -"), want: []string{"insert A 2015 -", "insert A 2005 2010", "insert A 2010 2015"}},
		{name: "ended stays ended", stored: lots("A 2010 2012"), rows: lots("A 2010 -")},
		{name: "end moves", stored: lots("A 2010 2012"), rows: lots("A 2010 2013"), want: []string{"update A 2010 2013"}},
		{name: "empty span", rows: lots("A 2010 2010"), rule: "parcels.edition.order"},
		{name: "backwards", rows: lots("A 2010 2009"), rule: "parcels.edition.order"},
		{name: "old overlap is not the change's fault", stored: lots("A 2000 2008", "A 2005 -", "B 2000 -"), rows: lots("B 2010 -"), want: []string{"close B 2000 2010", "insert B 2010 -"}},

		{name: "split", stored: lots("P 2000 -"), rows: lots("A 2010 - P", "B 2010 - P"), want: []string{"close P 2000 2010", "insert A 2010 -", "insert B 2010 -"}},
		{name: "merge", stored: lots("P 2000 -", "Q 2001 -"), rows: lots("A 2010 - P,Q"), want: []string{"close P 2000 2010", "close Q 2001 2010", "insert A 2010 -"}},
		{name: "parent in the same change", rows: lots("A 2010 - P", "P 2000 -"), want: []string{"insert A 2010 -", "insert P 2000 2010"}},
		{name: "grandparents", rows: lots("C 2015 - B", "B 2010 - A", "A 2000 -"), want: []string{"insert C 2015 -", "insert B 2010 2015", "insert A 2000 2010"}},
		{name: "in two stages", rows: lots("B 2012 - P", "A 2010 - P", "P 2000 -"), want: []string{"insert B 2012 -", "insert A 2010 -", "insert P 2000 2010"}},
		{name: "rest keeps its code", stored: lots("P 2000 -"), rows: lots("P 2010 - P", "A 2010 - P"), want: []string{"close P 2000 2010", "insert P 2010 -", "insert A 2010 -"}},
		{name: "only the parent's edition of that day", stored: lots("P 2000 2005", "P 2005 -"), rows: lots("A 2010 - P"), want: []string{"close P 2005 2010", "insert A 2010 -"}},
		{name: "parent ended before", stored: lots("P 2000 2005"), rows: lots("A 2010 - P"), want: []string{"insert A 2010 -"}},
		{name: "later edition of a child", stored: lots("P 2000 2010", "A 2010 - P"), rows: lots("A 2012 - P"), want: []string{"close A 2010 2012", "insert A 2012 -"}},
		{name: "unknown parent", rows: lots("A 2010 - P"), rule: "parcels.parent.unknown"},
		{name: "its own parent", rows: lots("A 2010 - A"), rule: "parcels.parent.later"},
		{name: "parent begins later", stored: lots("P 2010 -"), rows: lots("A 2010 - P"), rule: "parcels.parent.later"},
		{name: "parent is valid beyond", stored: lots("P 2000 2015"), rows: lots("A 2010 - P"), rule: "parcels.parent.overlap"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before := fmt.Sprint(c.rows, c.stored)
			plan, err := planParcels(c.rows, c.stored)
			if fmt.Sprint(c.rows, c.stored) != before {
				t.Error("the plan wrote into the caller's rows")
			}
			var refused *parcels.RefusedError
			switch {
			case c.rule == "" && err != nil:
				t.Fatal(err)
			case c.rule == "":
				if got := written(plan.Parcels); !slices.Equal(got, c.want) {
					t.Errorf("writes %q, want %q", got, c.want)
				}
			case !errors.As(err, &refused):
				t.Fatalf("error %v, plan %v; want rule %s", err, plan, c.rule)
			case len(refused.Problems) != 1 || refused.Problems[0].Rule != c.rule:
				t.Errorf("problems %v, want one of rule %s", refused.Problems, c.rule)
			}
		})
	}
}

// TestEditionsInAnyOrder applies open editions one change at a time, in any order and in any grouping: what is valid when comes out
// the same.
func TestEditionsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.SliceOfNDistinct(rapid.IntRange(1950, 2090), 1, 12, rapid.ID[int]).Draw(t, "years")
		var stored []parcels.Parcel
		for len(years) > 0 {
			n := rapid.IntRange(1, len(years)).Draw(t, "group")
			var rows []parcels.Parcel
			for _, y := range years[:n] {
				rows = append(rows, lot(fmt.Sprintf("A %d -", y)))
			}
			years = years[n:]
			plan, err := planParcels(rows, stored)
			if err != nil {
				t.Fatal(err)
			}
			stored = carryOut(plan.Parcels, stored)
		}
		slices.SortFunc(stored, func(a, b parcels.Parcel) int { return int(a.ValidFrom - b.ValidFrom) })
		for i := range stored {
			var want parcels.Date
			if i+1 < len(stored) {
				want = stored[i+1].ValidFrom
			}
			if stored[i].ValidTo != want {
				t.Fatalf("edition from %s ends on %s, want %s", stored[i].ValidFrom, stored[i].ValidTo, want)
			}
		}
	})
}

// carryOut does to rows what a store does.
func carryOut(steps []parcels.Step[parcels.Parcel], stored []parcels.Parcel) []parcels.Parcel {
	stored = slices.Clone(stored)
	for _, s := range steps {
		i := slices.IndexFunc(stored, func(p parcels.Parcel) bool { return parcels.ParcelTable.Key(&p) == s.Key })
		if i < 0 {
			stored = append(stored, *s.After)
		} else {
			stored[i] = *s.After
		}
	}
	return stored
}

func TestPlanCounts(t *testing.T) {
	stored := lots("A 2000 -", "B 2000 -", "C 2000 -")
	changed := lot("B 2000 -")
	changed.Address = "moved"
	plan, err := planParcels([]parcels.Parcel{stored[0], changed, lot("C 2005 -"), lot("C 2005 -")}, stored)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Inserted != 1 || plan.Updated != 1 || plan.Unchanged != 2 || plan.Closed != 1 || plan.Len() != 3 {
		t.Errorf("plan %+v", plan)
	}
}

func TestEveryProblemIsListedOnce(t *testing.T) {
	rows := lots("A 2010 2009 X,Y", "B 2010 - X", "C 2010 -")
	rows[0].Park, rows[1].Park = "nowhere", "nowhere"
	_, err := planParcels(rows, nil)
	var refused *parcels.RefusedError
	if !errors.As(err, &refused) || len(refused.Problems) != 2 {
		t.Fatalf("error %v, want one problem for A and one for B", err)
	}
	for i, key := range []string{"A|2010-01-01", "B|2010-01-01"} {
		if p := refused.Problems[i]; p.Key != key || p.Entity != "parcels" || p.Remedy == "" {
			t.Errorf("problem %+v, want key %s", p, key)
		}
	}
}

func TestNeed(t *testing.T) {
	need := parcels.NeedOf(&parcels.Rows{
		Parcels:     lots("A 2000 -", "B 2010 - A,P", "B 2000 -"),
		Occupancies: []parcels.Occupancy{{Parcel: "A", Building: "b", USCC: "f"}, {Parcel: "Z", USCC: "f"}},
		Events:      []parcels.Event{{ID: "e", Parcel: "Z"}},
	})
	for table, want := range map[string][]string{"parcels": {"A", "B", "P"}, "occupancies": {"A", "Z"}, "events": {"e"}, "firms": nil} {
		if !slices.Equal(need.Rows[table], want) {
			t.Errorf("rows of %s: %q, want %q", table, need.Rows[table], want)
		}
	}
	for table, want := range map[string][]string{"parks": {"QM"}, "parcels": {"A", "Z"}, "buildings": {"b"}, "firms": {"f"}} {
		if !slices.Equal(need.Codes[table], want) {
			t.Errorf("codes of %s: %q, want %q", table, need.Codes[table], want)
		}
	}
}

func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			rows := make([]parcels.Parcel, n)
			stored := make([]parcels.Parcel, n)
			shape := square(118, 24)
			for i := range rows {
				stored[i] = parcels.Parcel{Code: fmt.Sprint("P", i), Park: "QM", ValidFrom: parcels.MustDate("2010-01-01"), Shape: shape}
				rows[i] = parcels.Parcel{Code: fmt.Sprint("C", i), Park: "QM", Parents: []string{stored[i].Code}, ValidFrom: parcels.MustDate("2020-01-01"), Shape: shape}
			}
			b.ReportAllocs()
			for b.Loop() {
				plan, err := planParcels(rows, stored)
				if err != nil || plan.Closed != n || plan.Inserted != n {
					b.Fatal(plan, err)
				}
			}
		})
	}
}

// A boundary that moved by less than its area and place show is told from one that did not.
func TestDifferencesOfSmallMoves(t *testing.T) {
	before := lot("A 2020 -")
	before.Shape = geo.Shape{{{{118, 24}, {118.001, 24}, {118.001, 24.001}, {118, 24}}}}
	for want, ring := range map[string]orb.Ring{
		", moved by at most 1e-05 m": {{118, 24}, {118.001 + 1e-10, 24}, {118.001, 24.001}, {118, 24}},
		", of other points":          {{118, 24}, {118.001, 24}, {118.001, 24.0005}, {118.001, 24.001}, {118, 24}},
	} {
		after := before
		after.Shape = geo.Shape{{ring}}
		plan := parcels.Plan{Parcels: []parcels.Step[parcels.Parcel]{{Action: parcels.ActionUpdate, Key: "A", Before: &before, After: &after}}}
		if got := plan.Differences(1)[0].String(); !strings.HasSuffix(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
