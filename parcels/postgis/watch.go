package postgis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// The pauses before connecting again, doubled from the first to the last.
const (
	firstPause = 100 * time.Millisecond
	lastPause  = 5 * time.Second
)

// pulse is how long a silent listener waits before it asks for the version itself: so it finds a dead connection, and a notification
// can be lost without harm.
const pulse = 10 * time.Second

// Watch listens on a connection of its own, so that a busy pool cannot delay it. See parcels.Store for the contract. A call of changed
// that takes long sees the versions in between as one.
func (s *Store) Watch(ctx context.Context, changed func(version int64)) error {
	listening, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.closed, cancel)()
	w := &watcher{config: s.pool.Config().ConnConfig, changed: changed}
	pause := firstPause
	for {
		before := w.connected
		w.listen(listening) // whatever ended it, the remedy is to connect again
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case s.closed.Err() != nil:
			return fmt.Errorf("watch: the store is closed: %w", parcels.ErrUnavailable)
		case w.connected > before:
			pause = firstPause
		}
		w.lost = true
		sleep(listening, pause)
		pause = min(2*pause, lastPause)
	}
}

// watcher follows the version over several connections.
type watcher struct {
	config    *pgx.ConnConfig
	changed   func(version int64)
	last      int64
	connected int  // how often a connection came to listen
	lost      bool // whether one was lost since the last report
}

// listen reports versions until its connection fails.
func (w *watcher) listen(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, w.config.Copy())
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer closeSoon(conn)
	if _, err := conn.Exec(ctx, `LISTEN muchan_version`); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	version, err := readVersion(ctx, conn)
	if err != nil {
		return err
	}
	if w.connected++; w.lost {
		w.lost = false
		w.report(version)
	}
	w.last = version
	for {
		if err := w.wait(ctx, conn); err != nil {
			return err
		}
		if version, err = readVersion(ctx, conn); err != nil {
			return err
		}
		if version != w.last {
			w.report(version)
		}
	}
}

func (w *watcher) report(version int64) {
	w.last = version
	w.changed(version)
}

// wait returns when a version came that was not reported yet, or after a pulse.
func (w *watcher) wait(ctx context.Context, conn *pgx.Conn) error {
	timeout, cancel := context.WithTimeout(ctx, pulse)
	defer cancel()
	for {
		n, err := conn.WaitForNotification(timeout)
		if err != nil {
			if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
				return nil
			}
			return fmt.Errorf("wait: %w", err)
		}
		if version, err := strconv.ParseInt(n.Payload, 10, 64); err != nil || version != w.last {
			return nil
		}
	}
}

func closeSoon(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	conn.Close(ctx)
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
