package match_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/match"
)

// everything is a ranking written out.
func everything(r *match.Ranking) []string {
	var lines []string
	for i := range r.Len() {
		item := r.Item(i)
		item.Zones = nil // pointers
		for k := range item.Parts {
			item.Parts[k].Rule = nil
		}
		lines = append(lines, fmt.Sprintf("%+v", item))
	}
	for i := range r.ExcludedLen() {
		lines = append(lines, fmt.Sprintf("%+v", r.Excluded(i)))
	}
	return lines
}

// The order of rows and the way to a distance limit change nothing.
func TestOrderOfRowsChangesNothing(t *testing.T) {
	scores := demo(t)
	rows, err := demoRows()
	if err != nil {
		t.Fatal(err)
	}
	rows = inForce(rows)
	dice := rand.New(rand.NewPCG(1, 2))
	dice.Shuffle(len(rows.Parcels), func(i, j int) { rows.Parcels[i], rows.Parcels[j] = rows.Parcels[j], rows.Parcels[i] })
	rows.Zones = append([]parcels.Zone(nil), rows.Zones...)
	dice.Shuffle(len(rows.Zones), func(i, j int) { rows.Zones[i], rows.Zones[j] = rows.Zones[j], rows.Zones[i] })
	shuffled := run(t, rows)
	for f := 0; f < len(scores.Firms); f += 61 {
		need := match.Need{USCC: scores.Firms[f].USCC, LandM2: some(9000), MaxDistanceM: some(1500)}
		if a, b := ask(t, scores, need), ask(t, shuffled, need); !reflect.DeepEqual(everything(a), everything(b)) {
			t.Errorf("%s: another order of rows, another answer", need.USCC)
		}
	}
}

func ask(t *testing.T, scores *scoring.Scores, need match.Need, change ...func(*match.Params)) *match.Ranking {
	t.Helper()
	params := match.Defaults()
	for _, f := range change {
		f(&params)
	}
	r, err := match.NewPool(scores).Find(need, params)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A limit leaves out exactly what lies beyond it and moves nothing else; scaling all weights changes no score; points add up.
func TestLimitsAndWeights(t *testing.T) {
	scores := demo(t)
	for f := 0; f < len(scores.Firms); f += 29 {
		free := ask(t, scores, match.Need{USCC: scores.Firms[f].USCC})
		near := ask(t, scores, match.Need{USCC: scores.Firms[f].USCC, MaxDistanceM: some(800)})
		scaled := ask(t, scores, match.Need{USCC: scores.Firms[f].USCC}, func(p *match.Params) {
			for part := range p.Weights {
				p.Weights[part] *= 3
			}
		})
		at, last := 0, math.Inf(1)
		for i := range free.Len() {
			item, sum := free.Item(i), 0.0
			for _, p := range item.Parts {
				sum += p.Points
			}
			if math.Abs(sum-item.Score) > 1e-9 || item.Score > last+1e-9 || item.Score < 0 || item.Score > 100 {
				t.Fatalf("firm %d place %d: score %v after %v, the parts add up to %v", f, i, item.Score, last, sum)
			}
			last = item.Score
			if other := scaled.Item(i); other.Parcel != item.Parcel || math.Abs(other.Score-item.Score) > 1e-9 {
				t.Errorf("firm %d place %d: three times the weights change %v to %v", f, i, item.Score, other.Score)
			}
			if gap, ok := item.GapM.Get(); ok && gap <= 800 {
				if near.Item(at).Parcel != item.Parcel {
					t.Errorf("firm %d: the limit moves %d", f, item.Parcel)
				}
				at++
			} else if !ok {
				at++
			}
		}
		if at != near.Len() {
			t.Errorf("firm %d: %d within the limit, %d are listed", f, at, near.Len())
		}
	}
}

// What the plan speaks of comes first: signed land next door before the same land further off.
func TestNextDoorComesFirst(t *testing.T) {
	r := find(t, town(plot(3, box(2, 0, 1, 1)), plot(4, box(2, 2, 1, 1))), match.Need{USCC: grower, LandM2: some(10000)})
	for i, want := range []string{code(2), code(3), code(4)} {
		if item, _, err := r.Why(want); err != nil || item == nil || item.Rank != i+1 {
			t.Errorf("%s: %+v %v", want, item, err)
		}
	}
}
