package scoring_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// patchedBook is the shipped book with one parameter of a set changed.
func patchedBook(t testing.TB, id, path, value string) scoring.Book {
	t.Helper()
	book := shipped(t)
	for i := range book.Sets {
		if book.Sets[i].ID == id {
			set, err := book.Sets[i].Patch(scoring.Patch{Path: path, Value: value})
			if err != nil {
				t.Fatal(err)
			}
			book.Sets[i] = set
			return book
		}
	}
	t.Fatalf("no set %s", id)
	return book
}

// without is the shipped book without a kind of set.
func without(t testing.TB, kind string) scoring.Book {
	t.Helper()
	book := shipped(t)
	book.Sets = slices.DeleteFunc(book.Sets, func(s scoring.RuleSet) bool { return s.Kind == kind })
	return book
}

// A rerun takes over what the change cannot touch; whatever changed, it says what a run of its own says.
func TestRerunSaysWhatRunSays(t *testing.T) {
	base := run(t, benchZone(1500), shipped(t), someDay)
	before := encoded(t, base)
	plain := shipped(t)
	parcel, firm := base.Parcels[7].Code, base.Firms[3].USCC
	year := fmt.Sprint(inYear)
	cases := []struct {
		name  string
		book  scoring.Book
		edits []scoring.Edit
	}{
		{"a weight", patchedBook(t, "evaluation.default", "evaluation.cohorts.below_scale.indicators.I1.weight", "70"), nil},
		{"the taxes summed", patchedBook(t, "evaluation.default", "evaluation.tax", "[vat_wan]"), nil},
		{"the least benefit of stock land", patchedBook(t, "stock.qingmeng", "stock.bands.far_2.5.from", "9"), nil},
		{"the idle land's fee", patchedBook(t, "idle.order53", "idle.fee", "10%"), nil},
		{"when a plant is vacant", patchedBook(t, "idle.plant", "idle_plant.months", "1"), nil},
		{"no stock land at all", without(t, scoring.KindStock), nil},
		{"no exit tests at all", without(t, scoring.KindExit), nil},
		{"how many exit tests must fail", patchedBook(t, "exit.qingmeng", "exit.groups_failed", "3"), nil},
		{"a figure", plain, []scoring.Edit{{Table: "figures", Key: firm + "|" + year, Column: "vat_wan", Value: "99999"}}},
		{"a figure of the year before", plain, []scoring.Edit{{Table: "figures", Key: firm + "|" + fmt.Sprint(inYear-1), Column: "vat_wan", Value: "88888"}}},
		{"a title area", plain, []scoring.Edit{{Table: "parcels", Key: parcel, Column: "title_area_m2", Value: "5000"}}},
		{"the scale of a firm", plain, []scoring.Edit{{Table: "firms", Key: firm, Column: "above_scale", Value: "true"}}},
		{"the storeys of a building", plain, []scoring.Edit{{Table: "buildings", Key: "b0000100-1", Column: "storeys", Value: "90000@5"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := base.Rerun(c.book, c.edits)
			if err != nil {
				t.Fatal(err)
			}
			snap, err := parcels.NewSnapshot(1, day(someDay), benchZone(1500)).With(c.edits)
			if err != nil {
				t.Fatal(err)
			}
			want, err := scoring.Run(scoring.Input{
				Snapshot: parcels.NewSnapshot(1, day(someDay), snap.Rows), Year: inYear, AsOf: day(someDay), Rules: c.book,
			})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(encoded(t, got), encoded(t, want)) {
				t.Error("the rerun differs from a run")
			}
			if bytes.Equal(encoded(t, got), before) {
				t.Error("the change changed nothing, so this shows nothing")
			}
			if !bytes.Equal(encoded(t, base), before) {
				t.Error("the scores the rerun began from changed")
			}
		})
	}
}

func BenchmarkRerun(b *testing.B) {
	base := run(b, benchZone(100_000), shipped(b), someDay)
	for _, c := range []struct {
		name  string
		book  scoring.Book
		edits []scoring.Edit
	}{
		{"rules", patchedBook(b, "evaluation.default", "evaluation.cohorts.below_scale.indicators.I1.weight", "70"), nil},
		{"figure", shipped(b), []scoring.Edit{{Table: "figures", Key: base.Firms[3].USCC + "|" + fmt.Sprint(inYear), Column: "vat_wan", Value: "99999"}}},
		{"parcel", shipped(b), []scoring.Edit{{Table: "parcels", Key: base.Parcels[7].Code, Column: "title_area_m2", Value: "5000"}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if _, err := base.Rerun(c.book, c.edits); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
