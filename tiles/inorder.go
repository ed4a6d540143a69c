package tiles

import (
	"context"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// made is one piece of work done.
type made[T, R any] struct {
	of     T
	result R
	err    error
}

// inOrder makes something of each of many things on all processors, and takes the results one by one in the order of the things. At
// most a few for each processor wait to be taken. It ends with the first error, or when ctx ends, and leaves nothing running.
func inOrder[T, R any](ctx context.Context, all iter.Seq[T], do func(T) (R, error), take func(T, R) error) error {
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan made[T, R], 4*workers)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(queue)
		var work errgroup.Group
		work.SetLimit(workers)
		defer work.Wait() // errors go with the results
		for one := range all {
			answer := make(chan made[T, R], 1)
			select {
			case queue <- answer:
			case <-ctx.Done():
				return ctx.Err()
			}
			work.Go(func() error {
				result, err := do(one)
				answer <- made[T, R]{one, result, err}
				return nil
			})
		}
		return nil
	})
	group.Go(func() error {
		for answer := range queue {
			m := <-answer
			if m.err != nil {
				return m.err
			}
			if err := take(m.of, m.result); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}
