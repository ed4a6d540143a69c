package parcels_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"muchan/parcels"
)

// A panic in a goroutine is thrown where its crew is waited for, after the others are done.
func TestPanicsReachWhoWaits(t *testing.T) {
	var crew parcels.Crew
	var done atomic.Int32
	for i := range 8 {
		crew.Go(func() {
			if i == 3 {
				panic("the third")
			}
			done.Add(1)
		})
	}
	defer func() {
		said, _ := recover().(string)
		if !strings.HasPrefix(said, "the third\n") || !strings.Contains(said, "crew_test.go") || done.Load() != 7 {
			t.Errorf("after %d of 7 it says %q", done.Load(), said)
		}
	}()
	crew.Wait()
}

func TestOrPanicMakesAnError(t *testing.T) {
	work := func(fail bool) (err error) {
		defer parcels.OrPanic(&err, "sums")
		if fail {
			panic("no such row")
		}
		return nil
	}
	if err := work(true); err == nil || !strings.HasPrefix(err.Error(), "sums: panic: no such row\n") {
		t.Errorf("of a panic: %v", err)
	}
	if err := work(false); err != nil {
		t.Errorf("of none: %v", err)
	}
}
