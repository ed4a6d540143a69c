package postgis_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"muchan/parcels/postgis"
)

func codes(from, to int) (list []string) {
	for n := from; n < to; n++ {
		list = append(list, fmt.Sprintf("%07d", n))
	}
	return list
}

// However many rows were expected, all that came are there: in order where they came in stretches that follow each other, and else as they came.
func TestBlocksKeepEveryRow(t *testing.T) {
	shuffled := codes(0, 9000)
	rand.New(rand.NewPCG(2, 6)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for name, c := range map[string]struct{ came, want []string }{
		"none":       {nil, nil},
		"in order":   {codes(0, 9000), codes(0, 9000)},
		"stretches":  {slices.Concat(codes(6000, 9000), codes(0, 5000), codes(5000, 6000)), codes(0, 9000)},
		"equal":      {slices.Concat(codes(5, 6), codes(5, 9), codes(0, 4)), slices.Concat(codes(0, 4), codes(5, 6), codes(5, 9))},
		"overlap":    {slices.Concat(codes(10, 20), codes(0, 15)), slices.Concat(codes(10, 20), codes(0, 15))},
		"no order":   {shuffled, shuffled},
		"one, again": {[]string{"b", "a"}, []string{"a", "b"}},
	} {
		for _, expected := range []int{0, 5000, 9000, 40_000} {
			if got := postgis.InOrder(expected, c.came); !slices.Equal(got, c.want) {
				t.Errorf("%s, %d expected: %d rows became %d, or in another order", name, expected, len(c.came), len(got))
			}
		}
	}
}

// What the server believes there to be may be far too much.
func TestRoomForExpectedRowsIsBounded(t *testing.T) {
	if few, many, far := postgis.RoomFor(100), postgis.RoomFor(1_000_000), postgis.RoomFor(1_000_000_000); few != 0 || many < 1_000_000 || far > 4*many {
		t.Errorf("room for %d of 100, %d of a million and %d of a thousand million", few, many, far)
	}
}

// Texts are those that came, whatever the row before had and wherever a piece of memory ends.
func TestTextsAsTheyCame(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 9))
	words := []string{"", "a", "晋江", "359900", "a street of some length", "b"}
	rows := make([][]string, 3000)
	for i := range rows {
		for range 5 {
			rows[i] = append(rows[i], words[rng.IntN(len(words))])
		}
		rows[i] = append(rows[i], fmt.Sprint("row ", i), "the same")
	}
	if got := postgis.Texts(rows); !reflect.DeepEqual(got, rows) {
		t.Error("texts are others than those that came")
	}
}
