package scoring_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"muchan/parcels"
	"muchan/scoring"
)

// fenOf returns an amount in fen, and 0 for a missing one.
func fenOf(o parcels.Opt[parcels.Wan]) int64 { v, _ := o.Get(); return int64(v) }

// anyZone draws a small zone: parcels with and without buildings and title, firms that come and go, retired and unknown parcels,
// negative and missing amounts.
func anyZone(t *rapid.T) parcels.Rows {
	var rows parcels.Rows
	n := rapid.IntRange(1, 5).Draw(t, "parcels")
	maybe := func(label string, o parcels.Opt[float64]) parcels.Opt[float64] {
		if rapid.Bool().Draw(t, label) {
			return o
		}
		return parcels.Opt[float64]{}
	}
	for i := range n {
		p := plot(i+1, rapid.Float64Range(1, 200).Draw(t, "mu"))
		p.TitleAreaM2 = maybe("title", p.TitleAreaM2)
		if rapid.Bool().Draw(t, "heir") {
			p.Parents = []string{code(90)}
		}
		rows.Parcels = append(rows.Parcels, p)
		for k := range rapid.IntRange(0, 2).Draw(t, "buildings") {
			b := plant(fmt.Sprintf("b%d-%d", i, k), i+1, rapid.Float64Range(0, 20_000).Draw(t, "floor"))
			if rapid.IntRange(0, 3).Draw(t, "bare") == 0 {
				b.Storeys = nil
			}
			rows.Buildings = append(rows.Buildings, b)
		}
	}
	for f := range rapid.IntRange(1, 6).Draw(t, "firms") {
		x := firm(f+1, rapid.Bool().Draw(t, "above"))
		x.RegisteredOn = parcels.DateOf(2024, 1, rapid.IntRange(-400, 500).Draw(t, "registered"))
		rows.Firms = append(rows.Firms, x)
		g := parcels.Figures{USCC: x.USCC, Year: inYear}
		for _, column := range []*parcels.Opt[parcels.Wan]{&g.OutputWan, &g.RevenueWan, &g.ValueAddedWan, &g.VATWan, &g.IncomeTaxWan} {
			if rapid.IntRange(0, 4).Draw(t, "has") > 0 {
				*column = parcels.Some(parcels.Wan(rapid.Int64Range(-1_000_000_000, 1_000_000_000_000).Draw(t, "fen")))
			}
		}
		rows.Figures = append(rows.Figures, g)
		for k := range rapid.IntRange(0, 4).Draw(t, "occupancies") {
			at := rapid.SampledFrom([]int{1, 1, 2, 3, 90, 91}).Draw(t, "at")
			o := holds(at, f+1, rapid.SampledFrom([]string{"own", "lease"}).Draw(t, "tenure"), maybe("stated", m2(rapid.Float64Range(0, 30_000).Draw(t, "m2"))))
			if len(rows.Buildings) > 0 && rapid.Bool().Draw(t, "in building") {
				o.Building = rows.Buildings[rapid.IntRange(0, len(rows.Buildings)-1).Draw(t, "which")].ID
			}
			// Stretches of 200 days keep a firm's rows on one parcel from starting on the same day, which no store lets in.
			o.From = parcels.DateOf(2023, 1, 200*k+rapid.IntRange(1, 200).Draw(t, "from"))
			if rapid.Bool().Draw(t, "ends") {
				o.To = o.From + parcels.Date(rapid.IntRange(1, 500).Draw(t, "length"))
			}
			rows.Occupancies = append(rows.Occupancies, o)
		}
	}
	return rows
}

func TestMoneyIsConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := anyZone(t)
		snap := parcels.NewSnapshot(1, day(someDay), rows)
		s, err := scoring.Run(scoring.Input{Snapshot: snap, Year: inYear, AsOf: day(someDay)})
		if err != nil {
			t.Fatal(err)
		}
		var want, got [4]int64
		for i := range snap.Figures.Len() {
			g := snap.Figures.At(i)
			add(&want, g.OutputWan, g.RevenueWan, g.ValueAddedWan, parcels.Some(parcels.Wan(fenOf(g.VATWan)+fenOf(g.IncomeTaxWan))))
		}
		for i := range s.Parcels {
			p := &s.Parcels[i]
			add(&got, p.OutputWan, p.RevenueWan, p.ValueAddedWan, p.TaxWan)
		}
		for _, u := range s.Unassigned {
			add(&got, u.OutputWan, u.RevenueWan, u.ValueAddedWan, u.TaxWan)
		}
		if want != got {
			t.Fatalf("firms %v, parcels and unassigned %v fen", want, got)
		}
	})
}

func add(sum *[4]int64, amounts ...parcels.Opt[parcels.Wan]) {
	for i, a := range amounts {
		sum[i] += fenOf(a)
	}
}

func TestLandIsConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), anyZone(t)), Year: inYear, AsOf: day(someDay)})
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Parcels {
			p := &s.Parcels[i]
			sum := p.UnassignedMu.Or(0)
			for _, f := range p.Firms {
				if f.LandMu < 0 || f.Weight > 1+1e-12 {
					t.Fatalf("share %+v", f)
				}
				sum += f.LandMu
			}
			if off := math.Abs(sum-p.LandMu.Or(0)) * 2000 / 3; off > 0.01 {
				t.Fatalf("%s: firms and rest are %v m² off its land", p.Code, off)
			}
		}
	})
}

func TestLeaseSplit(t *testing.T) {
	// domain §3.7: 30 mu, 20 000 m²: the owner uses 9000, tenants 5000 and 6000.
	rows := parcels.Rows{
		Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: []parcels.Building{plant("b", 1, 20_000)},
		Firms:       []parcels.Firm{firm(1, true), firm(2, false), firm(3, false)},
		Occupancies: []parcels.Occupancy{holds(1, 1, "own", m2(9000)), holds(1, 2, "lease", m2(5000)), holds(1, 3, "lease", m2(6000))},
	}
	want := map[int]float64{0: 13.5, 1: 7.5, 2: 9.0}
	check := func(t *testing.T, rows parcels.Rows, want map[int]float64, rest float64) {
		s := run(t, rows, scoring.Book{}, someDay)
		sum := s.Parcels[0].UnassignedMu.Or(0)
		near(t, "unassigned", s.Parcels[0].UnassignedMu, rest, 1e-9)
		for _, f := range s.Parcels[0].Firms {
			sum += f.LandMu
			near(t, fmt.Sprintf("firm %d", f.Firm), m2(f.LandMu), want[f.Firm], 1e-9)
		}
		if math.Abs(sum-30) > 1e-12 {
			t.Errorf("the shares add up to %v", sum)
		}
	}
	t.Run("as published", func(t *testing.T) { check(t, rows, want, 0) })
	t.Run("the owner takes what is left", func(t *testing.T) {
		rows.Occupancies = append([]parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})}, rows.Occupancies[1:]...)
		check(t, rows, want, 0)
	})
	t.Run("vacant floor area stays with the owner", func(t *testing.T) {
		rows.Occupancies = []parcels.Occupancy{holds(1, 1, "own", m2(4000)), holds(1, 2, "lease", m2(5000)), holds(1, 3, "lease", m2(6000))}
		check(t, rows, want, 0)
	})
	t.Run("without an owner the rest is unassigned", func(t *testing.T) {
		rows.Occupancies = []parcels.Occupancy{holds(1, 2, "lease", m2(5000)), holds(1, 3, "lease", m2(6000))}
		check(t, rows, map[int]float64{1: 7.5, 2: 9}, 13.5)
	})
	t.Run("more than there is shrinks in proportion", func(t *testing.T) {
		rows.Occupancies = []parcels.Occupancy{holds(1, 1, "own", m2(20_000)), holds(1, 2, "lease", m2(20_000))}
		check(t, rows, map[int]float64{0: 15, 1: 15}, 0)
	})
	t.Run("half a year counts half", func(t *testing.T) {
		o := holds(1, 2, "lease", m2(20_000))
		o.From, o.To = day("2024-01-01"), day("2024-07-02") // 183 of 366 days
		rows.Occupancies = []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{}), o}
		check(t, rows, map[int]float64{0: 15, 1: 15}, 0)
	})
}

func TestAllocation(t *testing.T) {
	late := holds(2, 1, "lease", m2(1000))
	late.From = day("2024-07-02")
	early := holds(1, 1, "lease", m2(3000))
	early.To = day("2024-07-02")
	newcomer := holds(1, 1, "lease", m2(100))
	newcomer.From = day("2024-07-02")
	inBuilding := func(id string) parcels.Occupancy {
		o := holds(1, 1, "lease", parcels.Opt[float64]{})
		o.Building = id
		return o
	}
	cases := []struct {
		name string
		occ  []parcels.Occupancy
		want [2]float64 // 万元 of firm 1's output of 100 on parcels 1 and 2
		lost string     // reason of the rest
	}{
		{"one whole parcel", []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})}, [2]float64{100, 0}, ""},
		{"by floor area", []parcels.Occupancy{holds(1, 1, "own", m2(3000)), holds(2, 1, "lease", m2(1000))}, [2]float64{75, 25}, ""},
		{"by floor area and days", []parcels.Occupancy{early, late}, [2]float64{75, 25}, ""},
		{"thirds to the fen", []parcels.Occupancy{holds(1, 1, "own", m2(1)), holds(2, 1, "lease", m2(2))}, [2]float64{33.333333, 66.666667}, ""},
		{"two buildings without floor area", []parcels.Occupancy{inBuilding("b1"), holds(2, 1, "lease", m2(6000))}, [2]float64{40, 60}, ""},
		{"whole parcel against stated", []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{}), holds(2, 1, "lease", m2(5000))}, [2]float64{50, 50}, ""},
		{"no occupancy", nil, [2]float64{}, scoring.ReasonNoOccupancy},
		{"unknown parcel", []parcels.Occupancy{holds(1, 1, "own", m2(100)), holds(77, 1, "lease", m2(300))}, [2]float64{25, 0}, scoring.ReasonUnknownParcel},
		{"away half the year", []parcels.Occupancy{newcomer}, [2]float64{50, 0}, scoring.ReasonNotAllYear},
		{"retired parcel goes to its heirs by land", []parcels.Occupancy{holds(80, 1, "own", m2(100))}, [2]float64{75, 25}, ""},
		{"floor area of nothing falls back to days", []parcels.Occupancy{holds(1, 1, "own", m2(0)), holds(2, 1, "lease", m2(0))}, [2]float64{50, 50}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, b := plot(1, 30), plot(2, 10)
			a.Parents, b.Parents = []string{code(80)}, []string{code(80)}
			s := run(t, parcels.Rows{
				Parcels: []parcels.Parcel{a, b}, Buildings: []parcels.Building{plant("b1", 1, 4000), plant("b2", 1, 1000)},
				Firms: []parcels.Firm{firm(1, true)}, Occupancies: c.occ, Figures: []parcels.Figures{filed(1, 100, 0, 0, 0)},
			}, scoring.Book{}, someDay)
			left := int64(100 * parcels.FenPerWan)
			for i, want := range c.want {
				got := fenOf(s.Parcels[i].OutputWan)
				left -= got
				if got != int64(math.Round(want*parcels.FenPerWan)) {
					t.Errorf("parcel %d carries %v, want %v 万元", i+1, parcels.Wan(got), want)
				}
			}
			reason := ""
			for _, u := range s.Unassigned {
				left -= fenOf(u.OutputWan)
				reason = u.Reason
			}
			if left != 0 || reason != c.lost {
				t.Errorf("%v left over, unassigned for %q, want %q", parcels.Wan(left), reason, c.lost)
			}
		})
	}
}

func TestCarriedOverOccupancyIsNotCountedTwice(t *testing.T) {
	// The firm's row on the retired parcel was left open when its row on the successor began on 2 July 2024.
	next := plot(1, 30)
	next.Parents, next.ValidFrom = []string{code(80)}, day("2024-07-02")
	other := plot(2, 30)
	carried := holds(1, 1, "own", m2(1000))
	carried.From = next.ValidFrom
	s := run(t, parcels.Rows{
		Parcels: []parcels.Parcel{next, other}, Firms: []parcels.Firm{firm(1, true)},
		Occupancies: []parcels.Occupancy{holds(80, 1, "own", m2(1000)), carried, holds(2, 1, "lease", m2(1000))},
		Figures:     []parcels.Figures{filed(1, 100, 0, 0, 0)},
	}, scoring.Book{}, someDay)
	if got := fenOf(s.Parcels[0].OutputWan); got != 50*parcels.FenPerWan {
		t.Errorf("the successor carries %v 万元, want 50", parcels.Wan(got))
	}
}
