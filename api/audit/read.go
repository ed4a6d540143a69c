package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// maxLine bounds a line; entries are far below it.
const maxLine = 64 << 10

// Verify reads a whole record and returns its newest entry. It fails at the first line that was changed, removed, inserted or
// moved, and when the last line is unfinished. Compare the result with a head kept elsewhere to find a cut tail.
func Verify(r io.Reader) (Entry, error) { return verify(r, Entry{}, nil) }

func verify(r io.Reader, last Entry, visit func(Entry)) (Entry, error) {
	lines := bufio.NewReaderSize(r, maxLine)
	for {
		line, err := lines.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return last, nil
		}
		if err != nil {
			return last, fmt.Errorf("audit record after number %d: unfinished or overlong line: %w", last.Seq, err)
		}
		e, err := parse(line)
		if err != nil {
			return last, fmt.Errorf("audit record after number %d: %w", last.Seq, err)
		}
		if err := e.follows(last); err != nil {
			return last, fmt.Errorf("audit record: %w", err)
		}
		last = e
		if visit != nil {
			visit(e)
		}
	}
}

// parse reads one line. A line must be written exactly as we write it: another spelling of the same JSON is a change.
func parse(line []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(line, &e); err != nil {
		return e, fmt.Errorf("not an entry: %w", err)
	}
	again, err := json.Marshal(e)
	if err != nil {
		return e, fmt.Errorf("audit entry: %w", err)
	}
	if !bytes.Equal(again, bytes.TrimSuffix(line, []byte("\n"))) {
		return e, fmt.Errorf("number %d was rewritten", e.Seq)
	}
	return e, nil
}

// Filter picks lines; its zero value picks all.
type Filter struct {
	Who, Act string    // exactly; Writes as Act picks all but reads
	Text     string    // in the target or the route
	From     time.Time // at or after
	Until    time.Time // before
	Before   int64     // number below; 0: any
}

// Writes as a filter's Act stands for every act but a read.
const Writes = "writes"

func (f *Filter) picks(e *Entry) bool {
	switch {
	case f.Who != "" && e.Who != f.Who,
		f.Act == Writes && e.Act == "read",
		f.Act != "" && f.Act != Writes && e.Act != f.Act,
		!f.From.IsZero() && e.At.Before(f.From),
		!f.Until.IsZero() && !e.At.Before(f.Until),
		f.Before > 0 && e.Seq >= f.Before:
		return false
	}
	return strings.Contains(e.Target, f.Text) || strings.Contains(e.Route, f.Text)
}

// Newest returns up to n entries that a filter picks, newest first. The whole record is verified on the way.
func (l *Log) Newest(n int, f Filter) ([]Entry, error) {
	ring := make([]Entry, 0, n)
	seen := 0
	err := l.walk(func(e Entry) {
		switch {
		case !f.picks(&e):
			return
		case len(ring) < n:
			ring = append(ring, e)
		case n > 0:
			ring[seen%n] = e
		}
		seen++
	})
	if err != nil {
		return nil, err
	}
	out := make([]Entry, 0, len(ring))
	for i := range ring {
		out = append(out, ring[(seen-1-i)%len(ring)])
	}
	return out, nil
}

// LastUse says when each account last did something that is on record.
func (l *Log) LastUse() (map[string]time.Time, error) {
	last := map[string]time.Time{}
	return last, l.walk(func(e Entry) {
		if e.Role != "" { // a refused sign-in has none: somebody else may have tried the name
			last[e.Who] = e.At
		}
	})
}

// walk visits and verifies every entry that was written when it was called.
func (l *Log) walk(visit func(Entry)) error {
	l.mu.Lock()
	size := l.size
	l.mu.Unlock()
	_, err := verify(io.NewSectionReader(l.file, 0, size), Entry{}, visit)
	return err
}
