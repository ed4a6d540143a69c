package embedded

import (
	"context"
	"strings"
	"time"
)

// smallFile is the size in bytes up to which a load goes without the write-ahead log: what is there already may have to be copied once.
const smallFile = 8 << 20

// usualIdle is how many idle connections a pool keeps, as database/sql would have it.
const usualIdle = 2

// leaveLog switches the file from the write-ahead log to a rollback journal, when nobody else has it open and there is little in it. The log
// takes every page that a load writes and copies it into the file when the load is committed; a rollback journal takes the pages that were
// there before, of which there are hardly any, and the new ones go to their place at once. Either keeps the old state or the new one,
// whole, whenever the process ends. Whoever opens the file meanwhile waits for the load: a store two minutes, other programs as long as they do.
func (s *Store) leaveLog(ctx context.Context) (left bool, err error) {
	var size int64
	if err := s.write.QueryRowContext(ctx, `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`).Scan(&size); err != nil || size > smallFile {
		return false, err
	}
	s.read.SetMaxIdleConns(0) // they have the file open too
	defer s.read.SetMaxIdleConns(usualIdle)
	var mode string
	err = s.write.QueryRowContext(ctx, `PRAGMA journal_mode = TRUNCATE`).Scan(&mode)
	if isBusy(err) {
		return false, nil
	}
	return strings.EqualFold(mode, "truncate"), err
}

// returnToLog does not fail: without the log a store works as well, only that readers and the writer wait for each other, and the next to
// open the file, or to load into it, switches it. Nor does it wait for a load that has begun meanwhile.
func (s *Store) returnToLog() {
	soon, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	_ = switchToLog(soon, s.write)
}
