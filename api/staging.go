package api

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"muchan/parcels"
	"muchan/parcels/ingest"
)

// The bounds of staging: how many files wait at once, and for how long.
const (
	maxStaged   = 8
	stagedFor   = 24 * time.Hour
	stagedTime  = 10 * time.Minute // to receive or to prepare one file
	defaultFile = 256 << 20
)

// staging keeps files that were uploaded and not taken over yet. What they hold is read again each time; nothing of it stays in memory.
// A restart forgets them.
type staging struct {
	dir   string // "" offers no imports
	most  int64  // bytes of one file
	now   func() time.Time
	turn  chan struct{} // one file is prepared at a time
	mu    sync.Mutex
	files map[string]*staged
}

// staged is one file that waits.
type staged struct {
	ID, Kind, Name, By string
	Size               int64
	At                 time.Time
	path               string // of the file, in a folder of its own

	mu      sync.Mutex // held while it is prepared, applied or discarded
	options importOptions
	doc     *importDoc       // as it was prepared last
	reasons map[int]string   // rows left out by what was applied, or all of a file without a good one
	prepare *ingest.Staged   // what they were left out of, to write them
	receipt *parcels.Receipt // nil until it is applied
	gone    bool
}

func newStaging(dir string, most int64, now func() time.Time) *staging {
	if most <= 0 {
		most = defaultFile
	}
	return &staging{dir: dir, most: most, now: now, turn: make(chan struct{}, 1), files: map[string]*staged{}}
}

var errNoImports = &fault{status: http.StatusNotFound, code: "not_offered", detail: words{"本服务未开放导入", "this service takes no imports"}}

// clear removes what an earlier process left longer ago than files wait. Younger ones may be those of a process that still runs.
func (s *staging) clear() error {
	if s.dir == "" {
		return nil
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("api: clear staging: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || s.now().Sub(info.ModTime()) <= stagedFor {
			continue // gone meanwhile, or young
		}
		if err := os.RemoveAll(filepath.Join(s.dir, e.Name())); err != nil {
			return fmt.Errorf("api: clear staging: %w", err)
		}
	}
	return nil
}

// receive writes an upload into a folder of its own, under a plain name. It is bounded in number, size and time.
func (s *staging) receive(kind, name, by string, body io.Reader) (*staged, error) {
	if s.dir == "" {
		return nil, errNoImports
	}
	f := &staged{ID: strings.ToLower(rand.Text()[:16]), Kind: kind, Name: name, By: by, At: s.now().UTC()}
	if err := s.reserve(f); err != nil {
		return nil, err
	}
	if err := s.write(f, body); err != nil {
		s.discard(f)
		return nil, err
	}
	return f, nil
}

// reserve takes one of the places, after those whose time is over were cleared.
func (s *staging) reserve(f *staged) error {
	s.mu.Lock()
	var over []*staged
	for _, old := range s.files {
		if s.now().Sub(old.At) > stagedFor {
			over = append(over, old)
		}
	}
	s.mu.Unlock()
	for _, old := range over {
		s.discard(old)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.files) >= maxStaged {
		return &fault{status: http.StatusTooManyRequests, code: "too_many", wait: time.Minute, detail: words{
			fmt.Sprintf("已有 %d 个文件等待处理，请先导入或放弃其中一个", maxStaged), fmt.Sprintf("%d files wait already: take one over or discard it first", maxStaged),
		}}
	}
	s.files[f.ID] = f
	return nil
}

func (s *staging) write(f *staged, body io.Reader) error {
	dir := filepath.Join(s.dir, f.ID)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("stage a file: %w", err)
	}
	f.path = filepath.Join(dir, "upload"+ingest.Extension(f.Name))
	out, err := os.OpenFile(f.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("stage a file: %w", err)
	}
	f.Size, err = io.Copy(out, body)
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("stage a file: %w", err)
	}
	return nil
}

// find returns a file that waits.
func (s *staging) find(id string) (*staged, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	if f == nil || s.now().Sub(f.At) > stagedFor {
		return nil, notFound("没有这个待导入文件，可能已放弃或过期", "no such file waits; it may have been discarded, or its time was over")
	}
	return f, nil
}

// list returns the files that wait, those uploaded last first.
func (s *staging) list() []*staged {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*staged, 0, len(s.files))
	for _, f := range s.files {
		if s.now().Sub(f.At) <= stagedFor {
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(a, b *staged) int {
		return strings.Compare(b.At.Format(time.RFC3339Nano)+b.ID, a.At.Format(time.RFC3339Nano)+a.ID)
	})
	return all
}

// discard removes a file, after whoever works on it is done.
func (s *staging) discard(f *staged) {
	f.mu.Lock()
	f.gone = true
	f.mu.Unlock()
	s.mu.Lock()
	delete(s.files, f.ID)
	s.mu.Unlock()
	_ = os.RemoveAll(filepath.Join(s.dir, f.ID)) // cleared at the next start otherwise
}

// take waits for the turn to prepare; the caller gives it back.
func (s *staging) take(done <-chan struct{}) error {
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-done:
		return &fault{status: http.StatusServiceUnavailable, code: "busy", wait: 10 * time.Second, detail: words{
			"另一个文件正在处理，请稍候再试", "another file is being worked on; try again in a moment",
		}}
	}
}

func (s *staging) giveBack() { <-s.turn }
