package quality

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"muchan/parcels"
)

// sink collects the findings of one chunk of rows.
type sink struct {
	keep   int
	counts map[tally]*Count
	list   []Finding
}

type tally struct {
	rule     string
	severity parcels.Severity
}

func newSink(keep int) *sink { return &sink{keep: keep, counts: map[tally]*Count{}} }

func (s *sink) count(rule string, severity parcels.Severity) *Count {
	c := s.counts[tally{rule, severity}]
	if c == nil {
		c = &Count{Rule: rule, Severity: severity}
		s.counts[tally{rule, severity}] = c
	}
	return c
}

// add counts a finding, and keeps it while there is room: make is called then only.
func (s *sink) add(rule string, severity parcels.Severity, make func() Finding) {
	c := s.count(rule, severity)
	c.Found++
	if s.keep > 0 && c.Kept >= s.keep {
		return
	}
	c.Kept++
	f := make()
	f.Rule, f.Severity = rule, severity
	s.list = append(s.list, f)
}

// pour adds what a later chunk found.
func (s *sink) pour(from *sink) {
	for i := range from.list {
		f := &from.list[i]
		if c := s.count(f.Rule, f.Severity); s.keep <= 0 || c.Kept < s.keep {
			c.Kept++
			s.list = append(s.list, *f)
		}
	}
	for t, c := range from.counts {
		s.count(t.rule, t.severity).Found += c.Found
	}
}

func (s *sink) sorted() []Count {
	list := make([]Count, 0, len(s.counts))
	for _, c := range s.counts {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(rank(a.Severity), rank(b.Severity)), strings.Compare(a.Rule, b.Rule))
	})
	return list
}

const chunkRows = 1024

// each calls visit for the rows 0 to n-1 on all processors and pours what they find in the order of rows.
func (c *checker) each(n int, visit func(i int, s *sink)) {
	chunks := (n + chunkRows - 1) / chunkRows
	sinks := make([]*sink, chunks)
	var next atomic.Int64
	var crew parcels.Crew
	for range min(runtime.GOMAXPROCS(0), chunks) {
		crew.Go(func() {
			for k := int(next.Add(1)) - 1; k < chunks; k = int(next.Add(1)) - 1 {
				sinks[k] = newSink(c.opt.Keep)
				for i := k * chunkRows; i < min((k+1)*chunkRows, n); i++ {
					visit(i, sinks[k])
				}
			}
		})
	}
	crew.Wait()
	for _, s := range sinks {
		c.all.pour(s)
	}
}
