package parcels_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muchan/parcels"
)

// inParts plans rows in parts over what is stored, as a store does, and returns what is stored then.
func inParts(p *parcels.Parts, parts [][]parcels.Parcel, stored []parcels.Parcel) ([]parcels.Parcel, error) {
	hold := func(parcels.Need) (*parcels.Held, error) {
		return &parcels.Held{Rows: parcels.Rows{Parcels: slices.Clone(stored)}, Codes: map[string]map[string]bool{"parks": {"QM": true}}}, nil
	}
	// A store reads the rows of the codes that are needed and no others.
	needed := func(need parcels.Need) (*parcels.Held, error) {
		held, err := hold(need)
		held.Rows.Parcels = slices.DeleteFunc(held.Rows.Parcels, func(p parcels.Parcel) bool { return !slices.Contains(need.Rows["parcels"], p.Code) })
		return held, err
	}
	write := func(plan *parcels.Plan, err error) error {
		if plan != nil {
			stored = carryOut(plan.Parcels, stored)
		}
		return err
	}
	for _, part := range parts {
		if err := write(p.Plan(&parcels.Rows{Parcels: part}, needed)); err != nil {
			return nil, err
		}
	}
	return stored, errors.Join(write(p.Rest(needed)), p.Refused())
}

// TestPartsAreTheWhole plans changes whole and in parts: where the parts are not entangled they write the same rows, count the same, sum
// up to the same content, and refuse the same rows.
func TestPartsAreTheWhole(t *testing.T) {
	apart := 0
	rapid.Check(t, func(t *rapid.T) {
		stored, err := inParts(&parcels.Parts{}, [][]parcels.Parcel{drawLots(t, "stored", 4)}, nil)
		if err != nil {
			return
		}
		rows := drawLots(t, "rows", 8)
		var parts [][]parcels.Parcel
		for rest := rows; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "part")
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		var p parcels.Parts
		got, err := inParts(&p, parts, stored)
		if errors.Is(err, parcels.ErrEntangled) {
			return
		}
		apart++
		plan, whole := planParcels(rows, stored)
		if fmt.Sprint(err) != fmt.Sprint(whole) {
			t.Fatalf("in parts %v: %v\nwhole: %v", parts, err, whole)
		}
		if c := (parcels.Change{Rows: parcels.Rows{Parcels: rows}}); p.ContentHash() != c.ContentHash() {
			t.Fatal("the parts have another hash than the whole")
		}
		if err != nil {
			return
		}
		sortLots(got)
		want := carryOut(plan.Parcels, stored)
		sortLots(want)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("in parts %v over %v:\n%v\nwhole:\n%v", parts, stored, got, want)
		}
		if r := p.Receipt; r.Inserted != plan.Inserted || r.Updated != plan.Updated || r.Unchanged != plan.Unchanged || r.Closed != plan.Closed || r.Emptied != plan.Emptied {
			t.Fatalf("in parts %v: %+v, whole: %+v", parts, r, plan)
		}
	})
	if apart < 10 {
		t.Errorf("%d changes were not entangled: too few to tell", apart)
	}
}

// TestPartsAddUp empties a value in each of two parts, which few drawn changes do.
func TestPartsAddUp(t *testing.T) {
	stored := lots("A 2000 -", "B 2000 -", "C 2000 -")
	for i := range stored {
		stored[i].TitleAreaM2 = parcels.Some(600.0)
	}
	rows := lots("A 2000 -", "B 2000 -", "C 2000 -", "D 2000 -")
	rows[2].TitleAreaM2 = parcels.Some(700.0)
	var p parcels.Parts
	if _, err := inParts(&p, [][]parcels.Parcel{rows[:1], rows[1:2], rows[2:3], rows[3:]}, stored); err != nil {
		t.Fatal(err)
	}
	if want := (parcels.Receipt{Inserted: 1, Updated: 3, Emptied: 2}); p.Receipt != want {
		t.Errorf("%+v, want %+v", p.Receipt, want)
	}
}

// TestPartsKeepTheFirstProblems refuses each row of a long change: the first are listed, the others counted.
func TestPartsKeepTheFirstProblems(t *testing.T) {
	var p parcels.Parts
	var parts [][]parcels.Parcel
	for i := range 3 {
		part := make([]parcels.Parcel, 4000)
		for j := range part {
			part[j] = lot(fmt.Sprintf("L%05d 2000 -", 4000*i+j))
			part[j].Park = "XX"
		}
		parts = append(parts, part)
	}
	_, err := inParts(&p, parts, nil)
	var refused *parcels.RefusedError
	if !errors.As(err, &refused) || len(refused.Problems) != 10_000 || refused.More != 2000 || refused.Problems[0].Key != "L00000|2000-01-01" {
		t.Fatalf("%v", err)
	}
	if text := refused.Error(); !strings.HasSuffix(text, "and 11997 more") {
		t.Error(text)
	}
}

// TestWholeChangeKeepsTheFirstProblems refuses each row of a long change that does not come in parts, as one does whose parts are entangled.
func TestWholeChangeKeepsTheFirstProblems(t *testing.T) {
	rows := make([]parcels.Parcel, 12_000)
	for i := range rows {
		rows[i] = lot(fmt.Sprintf("L%05d 2000 -", i))
		rows[i].Park = "XX"
	}
	c := parcels.Change{Rows: parcels.Rows{Parcels: rows}}
	nothing := func(parcels.Need) (*parcels.Held, error) { return &parcels.Held{}, nil }
	_, err := c.Plan(nothing)
	var refused *parcels.RefusedError
	if !errors.As(err, &refused) || len(refused.Problems) != 10_000 || refused.More != 2000 {
		t.Fatalf("%v", err)
	}
	if text := refused.Error(); !strings.HasSuffix(text, "and 11997 more") {
		t.Error(text)
	}
	c.EveryProblem = true
	if _, err = c.Plan(nothing); !errors.As(err, &refused) || len(refused.Problems) != len(rows) || refused.More != 0 {
		t.Errorf("whoever leaves the rows out is told of %d, and of %d more", len(refused.Problems), refused.More)
	}
}

// drawLots draws editions of few codes, some with parents and some in a park that does not exist.
func drawLots(t *rapid.T, label string, most int) []parcels.Parcel {
	code := rapid.StringMatching(`[A-L]`)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) parcels.Parcel {
		from := rapid.IntRange(2000, 2004).Draw(t, "from")
		text := fmt.Sprintf("%s %d -", code.Draw(t, "code"), from)
		if rapid.IntRange(0, 3).Draw(t, "ends") == 0 {
			text = text[:len(text)-1] + fmt.Sprint(from+rapid.IntRange(1, 3).Draw(t, "years"))
		}
		if rapid.IntRange(0, 3).Draw(t, "descends") == 0 {
			text += " " + code.Draw(t, "parent")
		}
		p := lot(text)
		if rapid.IntRange(0, 9).Draw(t, "astray") == 0 {
			p.Park = "XX"
		}
		if rapid.Bool().Draw(t, "title") {
			p.TitleAreaM2 = parcels.Some(600.0)
		}
		return p
	}), 0, most).Draw(t, label)
}

func sortLots(list []parcels.Parcel) {
	slices.SortFunc(list, func(a, b parcels.Parcel) int {
		if parcels.ParcelTable.Key(&a) < parcels.ParcelTable.Key(&b) {
			return -1
		}
		return 1
	})
}
