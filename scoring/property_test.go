package scoring_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"muchan/parcels"
	"muchan/scoring"
)

func encode(t *rapid.T, rows parcels.Rows, book scoring.Book) []byte {
	s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(7, day(someDay), rows), Year: inYear, AsOf: day(someDay), Rules: book})
	if err != nil {
		t.Fatal(err)
	}
	b, err := scoring.EncodeResults(s)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Parcels {
		why, err := json.Marshal(s.Explain(s.Parcels[i].Code))
		if err != nil {
			t.Fatal(err)
		}
		b = append(b, why...)
	}
	return b
}

func shuffled[T any](t *rapid.T, rows []T) []T {
	if len(rows) == 0 {
		return nil
	}
	return rapid.Permutation(rows).Draw(t, "order")
}

func TestOrderOfRowsChangesNothing(t *testing.T) {
	book := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		rows := anyZone(t)
		clone := parcels.Rows{
			Parcels: slices.Clone(rows.Parcels), Buildings: slices.Clone(rows.Buildings), Firms: slices.Clone(rows.Firms),
			Occupancies: slices.Clone(rows.Occupancies), Figures: slices.Clone(rows.Figures),
		}
		mixed := parcels.Rows{
			Parcels: shuffled(t, clone.Parcels), Buildings: shuffled(t, clone.Buildings), Firms: shuffled(t, clone.Firms),
			Occupancies: shuffled(t, clone.Occupancies), Figures: shuffled(t, clone.Figures),
		}
		other := scoring.Book{Sets: rapid.Permutation(book.Sets).Draw(t, "sets")}
		if a, b := encode(t, rows, book), encode(t, mixed, other); !bytes.Equal(a, b) {
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			from := max(0, at-80)
			t.Fatalf("the order of rows changed the scores:\n%.160s\n%.160s", a[from:], b[from:])
		}
	})
}

func TestScalingLandAndFiguresTogetherChangesNoClass(t *testing.T) {
	book := ratingByTax(t, "")
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(1, 30).Draw(t, "n"), int64(rapid.IntRange(2, 9).Draw(t, "factor"))
		taxes := rapid.SliceOfN(rapid.Int64Range(0, 5_000_000_000), n, n).Draw(t, "taxes")
		grade := func(k int64) []scoring.Class {
			rows := rated(n, func(int) float64 { return 0 })
			for i := range rows.Figures {
				rows.Figures[i].VATWan = parcels.Some(parcels.Wan(taxes[i] * k))
				rows.Parcels[i].TitleAreaM2 = m2(10_000 * float64(k))
			}
			s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), rows), Year: inYear, AsOf: day(someDay), Rules: book})
			if err != nil {
				t.Fatal(err)
			}
			var out []scoring.Class
			for i := range s.Firms {
				out = append(out, s.Firms[i].Class)
			}
			return out
		}
		if a, b := grade(1), grade(k); !slices.Equal(a, b) {
			t.Fatalf("times %d: %v became %v", k, a, b)
		}
	})
}

// The six indicators against the cohort's means: twice the land, money, energy, staff and pollutants is the same firm. Powers of two keep
// the sums exact.
func TestScalingEverythingChangesNoPoints(t *testing.T) {
	book := lifted(t, "evaluation.default")
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(1, 20).Draw(t, "n"), float64(int(2)<<rapid.IntRange(0, 4).Draw(t, "twofold"))
		draw := func(label string) []int {
			return rapid.SliceOfN(rapid.IntRange(0, 100_000), n, n).Draw(t, label)
		}
		tax, added, energy, out, staff, rd, mu := draw("tax"), draw("added"), draw("energy"), draw("out"), draw("staff"), draw("rd"), draw("mu")
		grade := func(k float64) []scoring.FirmScore {
			rows := rated(n, func(i int) float64 { return k * float64(tax[i-1]) })
			for i := range rows.Figures {
				g := &rows.Figures[i]
				g.ValueAddedWan, g.RevenueWan, g.RDWan = wan(k*float64(added[i])), wan(k*float64(out[i]+1)), wan(k*float64(rd[i]))
				g.EnergyTce, g.EmissionsT, g.Staff = m2(k*float64(energy[i])), m2(k*float64(out[i])), m2(k*float64(staff[i]))
				rows.Parcels[i].TitleAreaM2 = m2(k * float64(mu[i]+1))
			}
			s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), rows), Year: inYear, AsOf: day(someDay), Rules: book})
			if err != nil {
				t.Fatal(err)
			}
			return s.Firms
		}
		a, b := grade(1), grade(k)
		for i := range a {
			if a[i].Class != b[i].Class || a[i].Rank != b[i].Rank || a[i].Points != b[i].Points {
				t.Fatalf("times %v: firm %d was %s %d %v and is %s %d %v", k, i+1, a[i].Class, a[i].Rank, a[i].Points, b[i].Class, b[i].Rank, b[i].Points)
			}
		}
	})
}

func TestMoreTaxNeverLowersI1(t *testing.T) {
	book := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "n")
		taxes := rapid.SliceOfN(rapid.Float64Range(0, 5000), n, n).Draw(t, "taxes")
		more := rapid.Float64Range(0.01, 5000).Draw(t, "more")
		item := func(extra float64) scoring.IndicatorScore {
			rows := rated(n, func(i int) float64 {
				if i == 1 {
					return taxes[0] + extra
				}
				return taxes[i-1]
			})
			s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), rows), Year: inYear, AsOf: day(someDay), Rules: book})
			if err != nil {
				t.Fatal(err)
			}
			return s.Firms[0].Indicators[0]
		}
		before, after := item(0), item(more)
		if after.Points < before.Points-1e-9 || after.Value.Or(0) < before.Value.Or(0) {
			t.Fatalf("%v more tax took I1 from %+v to %+v", more, before, after)
		}
	})
}

func TestStricterThresholdNeverShortensTheList(t *testing.T) {
	text := string(shipped(t).Choose(scoring.KindExit, "GQ", inYear, day(someDay)).Set.Text)
	rapid.Check(t, func(rt *rapid.T) {
		rows := anyZone(rt)
		for i := range rows.Parcels {
			rows.Parcels[i].Contract.FAIWan = parcels.Some(parcels.Wan(rapid.Int64Range(0, 60_000_000_000).Draw(rt, "fai")))
		}
		at := func(fai, far float64) []int {
			s := replaceOnce(t, text, "threshold: 270", fmt.Sprintf("threshold: %v", fai))
			set := parse(t, replaceOnce(t, s, "threshold: 0.8", fmt.Sprintf("threshold: %v", far)))
			scores, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), rows), Year: inYear, AsOf: day(someDay), Rules: scoring.Book{Sets: []scoring.RuleSet{set}}})
			if err != nil {
				rt.Fatal(err)
			}
			var list []int
			for _, c := range scores.Exit {
				list = append(list, c.Parcel)
			}
			return list
		}
		fai, far := rapid.Float64Range(1, 1000).Draw(rt, "threshold"), rapid.Float64Range(0.1, 3).Draw(rt, "ratio")
		strict := at(fai*rapid.Float64Range(1, 3).Draw(rt, "f"), far*rapid.Float64Range(1, 3).Draw(rt, "g"))
		for _, p := range at(fai, far) {
			if !slices.Contains(strict, p) {
				rt.Fatalf("parcel %d left the list under stricter thresholds", p)
			}
		}
	})
}
