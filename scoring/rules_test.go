package scoring_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// shipped reads the rule sets of the repository.
func shipped(t testing.TB) scoring.Book {
	t.Helper()
	files, err := filepath.Glob("../seeds/rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rule sets: %v", err)
	}
	var book scoring.Book
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set, err := scoring.ParseRuleSet(filepath.Base(name), text)
		if err != nil {
			t.Fatal(err)
		}
		book.Sets = append(book.Sets, set)
	}
	return book
}

func TestShippedRuleSets(t *testing.T) {
	book := shipped(t)
	for _, p := range book.Check(parcels.MustDate("2026-11-22")) {
		switch {
		case (strings.Contains(p.Reason, "huangyan") || strings.Contains(p.Reason, "linhai")) && strings.Contains(p.Reason, "no class bounds"):
		case strings.Contains(p.Reason, "control.2008") && strings.Contains(p.Reason, "expired"): // kept as history
		default:
			t.Errorf("%s", p)
		}
	}
	for _, set := range book.Sets {
		if set.Verified {
			t.Errorf("%s claims to be verified", set.ID)
		}
	}
	for _, year := range []int{2018, 2021, 2022, 2025} {
		got := book.Choose(scoring.KindEvaluation, "QM", year, parcels.MustDate("2026-11-22"))
		if got.Set == nil || got.Set.ID != "evaluation.default" || len(got.Overlaps) > 0 {
			t.Errorf("%d: chose %+v", year, got)
		}
	}
}
