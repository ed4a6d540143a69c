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

// However many rows were expected, all that came are there, as they came.
func TestBlocksKeepEveryRow(t *testing.T) {
	for _, n := range []int{0, 1, 16, 17, 4096, 9000} {
		for _, expected := range []int{0, 5000, 9000, 40_000} {
			came := codes(0, n)
			if got := postgis.Joined(expected, came); !slices.Equal(got, came) {
				t.Errorf("%d expected: %d rows became %d, or in another order", expected, n, len(got))
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
