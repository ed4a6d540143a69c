package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// syncEvery bounds what a power cut can take: reads are synced at most this much later, acts at once.
const syncEvery = time.Second

// Log is an open record. All methods may be called at the same time, and several processes may append to one file.
type Log struct {
	mu     sync.Mutex
	file   *os.File
	now    func() time.Time
	last   Entry
	size   int64 // of the file after last
	synced time.Time
}

// Open opens or creates the record at path with mode 0600. A last line that a crash cut short was never answered for: it is
// removed, and an entry says so. now nil means time.Now.
func Open(path string, now func() time.Time) (*Log, error) {
	if now == nil {
		now = time.Now
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open audit record: %w", err)
	}
	l := &Log{file: f, now: now}
	if err := l.open(); err != nil {
		return nil, errors.Join(fmt.Errorf("open audit record %s: %w", path, err), f.Close())
	}
	return l, nil
}

func (l *Log) open() error {
	unlock, err := lock(l.file)
	if err != nil {
		return err
	}
	cut, err := l.catchUp()
	unlock()
	if err != nil || cut == 0 {
		return err
	}
	return l.Append(Entry{Who: "system", Act: "repair", Target: fmt.Sprintf("%d bytes of an unfinished line removed", cut)})
}

// Append numbers, chains and writes one entry; Seq, At, Prev and Hash are filled in. When it fails nothing was recorded, and
// whoever wanted to answer must not. Every entry but a read is on disk when it returns.
func (l *Log) Append(e Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	unlock, err := lock(l.file)
	if err != nil {
		return err
	}
	defer unlock()
	if _, err := l.catchUp(); err != nil {
		return err
	}
	e.Seq, e.At, e.Prev = l.last.Seq+1, l.now().UTC(), l.last.Hash
	if err := e.seal(); err != nil {
		return err
	}
	return l.write(e)
}

func (l *Log) write(e Entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("audit entry: %w", err)
	}
	line = append(line, '\n')
	if _, err := l.file.WriteAt(line, l.size); err != nil {
		return errors.Join(fmt.Errorf("write audit record: %w", err), l.file.Truncate(l.size))
	}
	if e.Act != "read" || e.At.Sub(l.synced) > syncEvery {
		if err := l.file.Sync(); err != nil {
			return errors.Join(fmt.Errorf("sync audit record: %w", err), l.file.Truncate(l.size))
		}
		l.synced = e.At
	}
	l.last, l.size = e, l.size+int64(len(line))
	return nil
}

// catchUp reads what other processes wrote since our last entry and returns how many bytes of an unfinished line it removed.
func (l *Log) catchUp() (cut int, err error) {
	info, err := l.file.Stat()
	if err != nil {
		return 0, fmt.Errorf("audit record: %w", err)
	}
	if info.Size() == l.size {
		return 0, nil
	}
	if info.Size() < l.size {
		return 0, errors.New("the audit record became shorter than it was: somebody cut it")
	}
	tail := make([]byte, info.Size()-l.size)
	if _, err := l.file.ReadAt(tail, l.size); err != nil && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("read audit record: %w", err)
	}
	whole := tail[:bytes.LastIndexByte(tail, '\n')+1]
	if cut = len(tail) - len(whole); cut > 0 {
		if err := l.file.Truncate(l.size + int64(len(whole))); err != nil {
			return 0, fmt.Errorf("repair audit record: %w", err)
		}
	}
	last, err := verify(bytes.NewReader(whole), l.last, nil)
	if err != nil {
		return 0, err
	}
	l.last, l.size = last, l.size+int64(len(whole))
	return cut, nil
}

// Head returns number and hash of the newest entry. Kept outside the machine, it shows a cut tail: see Verify.
func (l *Log) Head() (seq int64, hash string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last.Seq, l.last.Hash
}

// Close syncs and closes the file.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Join(l.file.Sync(), l.file.Close())
}
