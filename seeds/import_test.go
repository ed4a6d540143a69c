package seeds_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/seeds"
)

// meantWarnings are what an import of the demonstration finds fault with, each because a case or the plan is like that: the rule,
// and whose key it is.
var meantWarnings = []struct{ rule, key string }{
	{"uscc.pilot", "firm-legacy-code"},
	{"area.drawn", "land-title-differs"},
	{"target.growth", "gdp-per-head"},
	{"target.growth", "exports"},
	{"target.growth", "rd-growth"},
}

type imported struct {
	rows     parcels.Rows
	problems []parcels.Problem
}

// importDemo imports the demonstration as a user would, once for all tests.
var importDemo = sync.OnceValues(func() (*imported, error) {
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, seeds.Demo); err != nil {
		return nil, err
	}
	all := &imported{}
	for _, f := range seeds.DemoFiles {
		c, report, err := ingest.Read(context.Background(), f.Kind, []string{filepath.Join(dir, f.Name)}, ingest.Options{Encoding: f.Encoding})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		for _, file := range report.Files {
			all.problems = append(all.problems, file.Problems...)
		}
		appendRows(&all.rows, &c.Rows)
	}
	return all, nil
})

// demoRows are the demonstration's rows as imported, and what the import found fault with. They are shared: do not write into them.
func demoRows(t testing.TB) (parcels.Rows, []parcels.Problem) {
	t.Helper()
	all, err := importDemo()
	if err != nil {
		t.Fatal(err)
	}
	return all.rows, all.problems
}

func appendRows(to, from *parcels.Rows) {
	to.Parks = append(to.Parks, from.Parks...)
	to.Zones = append(to.Zones, from.Zones...)
	to.Parcels = append(to.Parcels, from.Parcels...)
	to.Buildings = append(to.Buildings, from.Buildings...)
	to.Firms = append(to.Firms, from.Firms...)
	to.Occupancies = append(to.Occupancies, from.Occupancies...)
	to.Figures = append(to.Figures, from.Figures...)
	to.Events = append(to.Events, from.Events...)
	to.Targets, to.TargetValues = append(to.Targets, from.Targets...), append(to.TargetValues, from.TargetValues...)
}

func TestDemoImportsWithoutErrors(t *testing.T) {
	rows, problems := demoRows(t)
	if rows.Len() < 5000 {
		t.Errorf("only %d rows", rows.Len())
	}
	seen := map[int]bool{}
	for _, p := range problems {
		k := slices.IndexFunc(meantWarnings, func(m struct{ rule, key string }) bool {
			return m.rule == p.Rule && strings.Contains(p.Key, keyOfCase(t, m.key))
		})
		if k < 0 {
			t.Errorf("%s: %s", p.Severity, p)
		}
		seen[k] = true
	}
	for k, m := range meantWarnings {
		if !seen[k] {
			t.Errorf("no warning %s for %s", m.rule, m.key)
		}
	}
}

// keyOfCase is the credit code of a firm's case, the parcel code of another, and the id itself when there is no such case.
func keyOfCase(t testing.TB, id string) string {
	t.Helper()
	c, ok := caseOf(t, id)
	switch {
	case !ok:
		return id
	case strings.HasPrefix(id, "firm-"):
		return c.USCC
	default:
		return c.Parcel
	}
}

func caseOf(t testing.TB, id string) (seeds.Case, bool) {
	t.Helper()
	cases, err := seeds.Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if c.ID == id {
			return c, true
		}
	}
	return seeds.Case{}, false
}
