package audit_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"muchan/api/audit"
)

func at() time.Time { return time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC) }

func open(t testing.TB, path string) *audit.Log {
	t.Helper()
	l, err := audit.Open(path, at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// filled returns a record of n entries.
func filled(t testing.TB, n int) (path string, l *audit.Log) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "audit.jsonl")
	l = open(t, path)
	for i := range n {
		e := audit.Entry{Who: "张三", Role: "analyst", Act: "read", Route: "GET /api/v1/scores", Target: fmt.Sprintf("/api/v1/scores?q=%d&<b>", i)}
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	return path, l
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAppendedEntriesVerify(t *testing.T) {
	path, l := filled(t, 50)
	last, err := audit.Verify(bytes.NewReader(contents(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	seq, hash := l.Head()
	if last.Seq != 50 || seq != 50 || last.Hash != hash || last.Who != "张三" || !last.At.Equal(at()) {
		t.Errorf("last is %+v, head is %d %s", last, seq, hash)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	newest, err := l.Newest(3, audit.Filter{})
	if err != nil || len(newest) != 3 || newest[0].Seq != 50 || newest[2].Seq != 48 {
		t.Errorf("newest: %+v, %v", newest, err)
	}
	if all, err := l.Newest(1000, audit.Filter{}); err != nil || len(all) != 50 || all[49].Seq != 1 {
		t.Errorf("all: %d, %v", len(all), err)
	}
}

// TestEveryAlterationIsFound changes, removes, inserts, doubles and swaps lines at random.
func TestEveryAlterationIsFound(t *testing.T) {
	path, l := filled(t, 40)
	whole := contents(t, path)
	_, head := l.Head()
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 10_000 {
		altered, what := alter(random, whole)
		last, err := audit.Verify(bytes.NewReader(altered))
		if err == nil && last.Hash == head {
			t.Fatalf("alteration %d (%s) was not found", n, what)
		}
		if what == "cut" && err != nil && altered[max(0, len(altered)-1)] == '\n' {
			t.Fatalf("a record cut at a line's end is a shorter record, only the head tells: %v", err)
		}
	}
	if _, err := audit.Verify(bytes.NewReader(whole)); err != nil {
		t.Errorf("control: %v", err)
	}
}

func alter(random *rand.Rand, whole []byte) (altered []byte, what string) {
	lines := bytes.SplitAfter(bytes.TrimSuffix(slices.Clone(whole), nil), []byte("\n"))
	lines = lines[:len(lines)-1]
	i, j := random.IntN(len(lines)), random.IntN(len(lines))
	switch random.IntN(6) {
	case 0:
		b := slices.Clone(whole)
		at := random.IntN(len(b))
		b[at] ^= byte(1 + random.IntN(255))
		return b, "change"
	case 1:
		return bytes.Join(slices.Delete(lines, i, i+1), nil), "delete"
	case 2:
		return bytes.Join(slices.Insert(lines, i, lines[j]), nil), "insert"
	case 3:
		if i == j {
			j = (i + 1) % len(lines)
		}
		lines[i], lines[j] = lines[j], lines[i]
		return bytes.Join(lines, nil), "reorder"
	case 4:
		b := bytes.Replace(slices.Clone(whole), []byte(`"seq":`), []byte(`"seq": `), 1+random.IntN(3))
		return b, "rewrite"
	}
	return bytes.Join(lines[:i], nil), "cut"
}

func TestUnfinishedLineIsRepaired(t *testing.T) {
	path, l := filled(t, 5)
	l.Close()
	whole := contents(t, path)
	for cut := 1; cut < 60; cut += 7 {
		if err := os.WriteFile(path, whole[:len(whole)-cut], 0o600); err != nil {
			t.Fatal(err)
		}
		l := open(t, path)
		newest, err := l.Newest(1, audit.Filter{})
		if err != nil || newest[0].Act != "repair" || newest[0].Seq != 5 {
			t.Errorf("cut by %d: %+v, %v", cut, newest, err)
		}
		if _, err := audit.Verify(bytes.NewReader(contents(t, path))); err != nil {
			t.Error(err)
		}
	}
}

func TestForgedRecordIsNotOpened(t *testing.T) {
	path, l := filled(t, 5)
	l.Close()
	forged := bytes.Replace(contents(t, path), []byte("张三"), []byte("李四"), 1)
	if err := os.WriteFile(path, forged, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Open(path, at); err == nil || !strings.Contains(err.Error(), "number 1 was changed") {
		t.Errorf("opened: %v", err)
	}
	if _, err := audit.Open(filepath.Join(path, "x"), at); err == nil {
		t.Error("a path that cannot be was opened")
	}
}

func TestRecordCutUnderOurHands(t *testing.T) {
	path, l := filled(t, 5)
	if err := os.Truncate(path, 100); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(audit.Entry{Who: "x", Act: "read"}); err == nil {
		t.Error("an entry was appended to a record that somebody cut")
	}
}

// TestTwoWritersConcurrent: the server and a command line append to one file.
func TestTwoWritersConcurrent(t *testing.T) {
	path, a := filled(t, 1)
	b := open(t, path)
	var group sync.WaitGroup
	for _, l := range []*audit.Log{a, b, a, b} {
		group.Go(func() {
			for range 100 {
				if err := l.Append(audit.Entry{Who: "x", Act: "read"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if last, err := audit.Verify(bytes.NewReader(contents(t, path))); err != nil || last.Seq != 401 {
		t.Errorf("%d entries, %v", last.Seq, err)
	}
}

func FuzzVerify(f *testing.F) {
	path, _ := filled(f, 3)
	whole := contents(f, path)
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		last, err := audit.Verify(bytes.NewReader(b))
		if err == nil && last.Seq != int64(bytes.Count(b, []byte("\n"))) {
			t.Errorf("%d lines verify as %d entries", bytes.Count(b, []byte("\n")), last.Seq)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "audit.jsonl"))
	b.ReportAllocs()
	for b.Loop() {
		if err := l.Append(audit.Entry{Who: "analyst", Role: "analyst", Act: "read", Route: "GET /api/v1/scores"}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFilterPicksLines(t *testing.T) {
	at := time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	l, err := audit.Open(filepath.Join(t.TempDir(), "audit.jsonl"), func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, e := range []audit.Entry{
		{Who: "li", Role: "analyst", Act: "read", Route: "GET /scores", Target: "/scores?year=2025"},
		{Who: "li", Role: "analyst", Act: "export", Route: "GET /exports", Target: "all"},
		{Who: "wang", Role: "admin", Act: "import", Target: "parcels 宗地.zip"},
		{Who: "li", Act: "sign_in_refused"},
	} {
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Hour)
	}
	first := time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	for name, row := range map[string]struct {
		filter audit.Filter
		want   []int64
	}{
		"all":                  {audit.Filter{}, []int64{4, 3, 2, 1}},
		"who":                  {audit.Filter{Who: "li"}, []int64{4, 2, 1}},
		"act":                  {audit.Filter{Act: "export"}, []int64{2}},
		"writes":               {audit.Filter{Act: audit.Writes}, []int64{4, 3, 2}},
		"text in the target":   {audit.Filter{Text: "宗地"}, []int64{3}},
		"text in the route":    {audit.Filter{Text: "/scores"}, []int64{1}},
		"from":                 {audit.Filter{From: first.Add(2 * time.Hour)}, []int64{4, 3}},
		"until is left out":    {audit.Filter{Until: first.Add(2 * time.Hour)}, []int64{2, 1}},
		"before, for paging":   {audit.Filter{Before: 3}, []int64{2, 1}},
		"two things together":  {audit.Filter{Who: "li", Act: audit.Writes}, []int64{4, 2}},
		"nothing that is here": {audit.Filter{Who: "zhao"}, nil},
	} {
		lines, err := l.Newest(10, row.filter)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, e := range lines {
			got = append(got, e.Seq)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
	if lines, err := l.Newest(1, audit.Filter{Who: "li"}); err != nil || len(lines) != 1 || lines[0].Seq != 4 {
		t.Errorf("the newest of several: %v %v", lines, err)
	}
	last, err := l.LastUse()
	if err != nil || !last["li"].Equal(first.Add(time.Hour)) || !last["wang"].Equal(first.Add(2*time.Hour)) {
		t.Errorf("last use %v %v: a refused sign-in is none", last, err)
	}
}
