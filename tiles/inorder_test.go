package tiles_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"muchan/tiles"
)

// numbers counts up and tells how many were asked for.
func numbers(n int, asked *atomic.Int64) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if asked.Add(1); !yield(i) {
				return
			}
		}
	}
}

// slowly takes now less, now more time, so that work ends in another order than it began.
func slowly(i int) (int, error) {
	time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
	return i * i, nil
}

func TestInOrder(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	var asked atomic.Int64
	var got []int
	err := tiles.InOrder(t.Context(), numbers(1000, &asked), slowly, func(i, square int) error {
		if got = append(got, i); square != i*i {
			t.Errorf("%d comes with %d", i, square)
		}
		return nil
	})
	if err != nil || len(got) != 1000 || !slices.IsSorted(got) {
		t.Errorf("%v, %d results, sorted %v", err, len(got), slices.IsSorted(got))
	}
}

func TestInOrderStopsAtTheFirstError(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	broken := errors.New("broken")
	failing := func(i int) (int, error) {
		if i == 50 {
			return 0, broken
		}
		return slowly(i)
	}
	refusing := func(i, _ int) error {
		if i == 50 {
			return broken
		}
		return nil
	}
	accepting := func(int, int) error { return nil }
	for name, run := range map[string]func(all func(func(int) bool)) error{
		"making": func(all func(func(int) bool)) error { return tiles.InOrder(t.Context(), all, failing, accepting) },
		"taking": func(all func(func(int) bool)) error { return tiles.InOrder(t.Context(), all, slowly, refusing) },
		"context": func(all func(func(int) bool)) error {
			ctx, stop := context.WithCancelCause(t.Context())
			err := tiles.InOrder(ctx, all, slowly, func(i, _ int) error {
				if i == 50 {
					stop(broken)
				}
				return nil
			})
			if errors.Is(err, context.Canceled) {
				return broken
			}
			return err
		},
	} {
		var asked atomic.Int64
		if err := run(numbers(1_000_000, &asked)); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
		if asked.Load() > 10_000 {
			t.Errorf("%s: went on to %d", name, asked.Load())
		}
	}
}
