package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/ingest"
)

// empty is a store with park QM alone.
func empty(t testing.TB) parcels.Store {
	t.Helper()
	store, err := embedded.Open(filepath.Join(t.TempDir(), "a.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	bring(t, store, "parks", "code,name,shape\nQM,清濛,"+box(118.56, 24.83, 0.03, 0.03)+"\n")
	return store
}

// strip is a row of parcels side by side, with lines that replace those of some numbers.
func strip(n int, instead map[int]string) string {
	text := "code,park,valid_from,parents,shape\n"
	for i := 1; i <= n; i++ {
		line := land(i) + ",QM,2010-01-01,,"
		if other := instead[i]; other != "" {
			line = other
		}
		text += line + box(118.56+0.001*float64(i), 24.84, 0.001, 0.001) + "\n"
	}
	return text
}

// TestStreamedLikeWhole brings the same text in by parts of three rows and whole: report, receipt and store are the same, and so is what
// is refused, where nothing is written.
func TestStreamedLikeWhole(t *testing.T) {
	for name, c := range map[string]struct {
		instead map[int]string
		streams bool // the rows went to the store while they were read
	}{
		"plain":                         {nil, true},
		"child of a parcel of the file": {map[int]string{2: land(2) + ",QM,2015-01-01," + land(9) + ",", 9: land(9) + ",QM,2010-01-01,,"}, true},
		"two editions far apart":        {map[int]string{1: land(8) + ",QM,2005-01-01,,"}, false},
		"error in the middle":           {map[int]string{5: land(5) + ",QM,2010-13-01,,"}, false},
		"same key twice":                {map[int]string{7: land(1) + ",QM,2010-01-01,,"}, false},
		"parks that do not exist":       {map[int]string{2: land(2) + ",XX,2010-01-01,,", 8: land(8) + ",YY,2010-01-01,,"}, true},
		"a parent that does not exist":  {map[int]string{2: land(2) + ",QM,2010-01-01," + land(99) + ","}, true},
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, "parcels.csv", strip(10, c.instead))
			whole, parted := empty(t), empty(t)
			before := versionOf(t, parted)
			want, wantErr := ingest.Prepare(t.Context(), whole, "parcels", path, related)
			got, err := ingest.Stream(t.Context(), parted, "parcels", path, ingest.InParts(related, 3))
			defer got.Discard()
			if got.Report.String() != want.Report.String() || said(err) != said(wantErr) {
				t.Fatalf("%v\n%s\nwant %v\n%s", err, got.Report, wantErr, want.Report)
			}
			if streamed := err == nil && len(got.Change.Rows.Parcels) == 0; streamed != c.streams {
				t.Errorf("streamed: %t", streamed)
			}
			if err == nil {
				var receipt, wanted parcels.Receipt
				receipt, err = got.Apply(t.Context(), parted)
				wanted, wantErr = want.Apply(t.Context(), whole)
				if receipt != wanted || said(err) != said(wantErr) {
					t.Errorf("%+v, %v; want %+v, %v", receipt, err, wanted, wantErr)
				}
			}
			if after := versionOf(t, parted); err != nil && after != before {
				t.Errorf("a refused file moved the version from %d to %d", before, after)
			}
			if a, b := contentOf(t, parted), contentOf(t, whole); a != b {
				t.Error("the stores differ")
			}
		})
	}
}

// said is an error with the rows of its problems.
func said(err error) string {
	var refused *parcels.RefusedError
	if !errors.As(err, &refused) {
		return fmt.Sprint(err)
	}
	lines := make([]string, len(refused.Problems))
	for i, p := range refused.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func versionOf(t testing.TB, store parcels.Store) int64 {
	t.Helper()
	v, err := store.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func contentOf(t testing.TB, store parcels.Store) string {
	t.Helper()
	snap, err := store.Snapshot(t.Context(), parcels.MustDate("2012-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	c := parcels.Change{Rows: *snap.AllRows()}
	return c.ContentHash()
}

// A file that is streamed again is the same change; one that is left, or whose reader is called off, leaves the store free and as it was.
func TestStreamedAgainAndLeft(t *testing.T) {
	store := empty(t)
	path := file(t, "parcels.csv", strip(10, nil))
	alone := ingest.InParts(ingest.Options{Who: related.Who, When: related.When}, 3)
	left, err := ingest.Stream(t.Context(), store, "parcels", path, alone)
	if err != nil {
		t.Fatal(err)
	}
	left.Discard()
	ctx, cancel := context.WithCancel(t.Context())
	stopped := alone
	stopped.Progress = func(_ string, rows int) { cancel() }
	if _, err := ingest.Stream(ctx, store, "parcels", file(t, "parcels.csv", strip(2500, nil)), stopped); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
	for _, repeated := range []bool{false, true} {
		before := versionOf(t, store)
		s, err := ingest.Stream(t.Context(), store, "parcels", path, alone)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Apply(t.Context(), store)
		if err != nil || r.Repeated != repeated || repeated && versionOf(t, store) != before || !repeated && r.Inserted != 10 {
			t.Errorf("%+v, %v; want repeated: %t", r, err, repeated)
		}
	}
}

// A file of more rows than may be held together comes in as a stream alone, and is told so.
func TestTooManyToHold(t *testing.T) {
	csv := "uscc,name\n91350200776049653A,一厂\n91350500798359476R,二厂\n91350503MA31DKY80A,三厂\n"
	path := file(t, "firms.csv", csv)
	for name, opt := range map[string]ingest.Options{"preview": {Preview: 3}, "skip bad": {SkipBad: true}} {
		s, err := ingest.Stream(t.Context(), zone(t), "firms", path, ingest.Holding(opt, 2))
		if err == nil || s.Report.Files[0].Problems[0].Rule != "file.rows" || s.Report.Files[0].Accepted != 0 {
			t.Errorf("%s: %v\n%s", name, err, s.Report)
		}
		if _, err := ingest.Prepare(t.Context(), nil, "firms", path, ingest.Holding(opt, 3)); err != nil {
			t.Errorf("%s, as many as may be: %v", name, err)
		}
	}
	bad := file(t, "bad.csv", "uscc,name\n,一厂\n,二厂\n91350503MA31DKY80A,三厂\n") // the third, which nobody came to read, is good
	if s, err := ingest.Prepare(t.Context(), nil, "firms", bad, ingest.Holding(ingest.Options{SkipBad: true}, 1)); err == nil || len(s.Reasons) > 0 {
		t.Errorf("%v; of a file that was not read to its end, %d rows are said to be all", err, len(s.Reasons))
	}
	store := zone(t)
	s, err := ingest.Stream(t.Context(), store, "firms", path, ingest.Holding(ingest.Options{Relate: true, When: today}, 2))
	if err != nil {
		t.Fatalf("as a stream: %v\n%s", err, s.Report)
	}
	if receipt, err := s.Apply(t.Context(), store); err != nil || receipt.Inserted != 3 {
		t.Errorf("as a stream: %+v, %v", receipt, err)
	}
}
