package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// Newest returns up to n entries, newest first.
func (l *Log) Newest(n int) ([]Entry, error) {
	l.mu.Lock()
	size := l.size
	l.mu.Unlock()
	ring := make([]Entry, 0, n)
	seen := 0
	_, err := verify(io.NewSectionReader(l.file, 0, size), Entry{}, func(e Entry) {
		if len(ring) < n {
			ring = append(ring, e)
		} else if n > 0 {
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
