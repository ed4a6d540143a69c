package embedded

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// pollEvery is how often Watch asks whether the file changed. The question reads one number in shared memory, about 10 µs.
const pollEvery = 100 * time.Millisecond

// retryEvery is how long Watch waits before it asks again after a failure, such as a file that is not reachable for a while.
const retryEvery = 500 * time.Millisecond

var errClosed = errors.New("store is closed")

// Watch calls changed after the version moved, and once at the beginning, so that nothing is missed between a reader's snapshot
// and its Watch. It polls PRAGMA data_version, which moves with every commit by any other connection, in whatever process.
func (s *Store) Watch(ctx context.Context, changed func(version int64)) error {
	w := watcher{report: changed, last: -1}
	for {
		err := s.watchConnection(ctx, &w)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, errClosed) {
			return wrap("watch "+s.path, err)
		}
		w.last = -1 // report the version once the file is back
		if err := s.pause(ctx, retryEvery); err != nil && ctx.Err() != nil {
			return ctx.Err()
		} else if err != nil {
			return wrap("watch "+s.path, err)
		}
	}
}

// watcher remembers what was reported.
type watcher struct {
	report func(version int64)
	last   int64
}

// watchConnection polls on one connection until that fails.
func (s *Store) watchConnection(ctx context.Context, w *watcher) error {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	seen := int64(-1)
	for {
		data, err := dataVersion(ctx, conn)
		if err != nil {
			return err
		}
		if data != seen {
			v, err := version(ctx, conn)
			if err != nil {
				return err
			}
			if seen = data; v != w.last {
				w.last = v
				w.report(v)
			}
		}
		if err := s.pause(ctx, pollEvery); err != nil {
			return err
		}
	}
}

func dataVersion(ctx context.Context, conn *sql.Conn) (int64, error) {
	var v int64
	err := conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&v)
	return v, err
}

// pause waits, and fails when the context or the store ends.
func (s *Store) pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closed:
		return errClosed
	}
}
