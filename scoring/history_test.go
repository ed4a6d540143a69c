package scoring_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// TestVerdictsRoundTrip reads back what a run wrote about every firm and parcel. With N = 112 the bounds give 22 A, 45 B, 39 C and
// 6 D (domain §14, vector 3).
func TestVerdictsRoundTrip(t *testing.T) {
	s := run(t, rated(112, func(i int) float64 { return float64(1000 - i) }), ratingByTax(t, ""), someDay)
	b, err := scoring.EncodeResults(s)
	if err != nil {
		t.Fatal(err)
	}
	v, err := scoring.ReadVerdicts(b)
	if err != nil {
		t.Fatal(err)
	}
	count := map[scoring.Class]int{}
	for i := range s.Firms {
		f := &s.Firms[i]
		got := v.Firms[f.USCC]
		if want := (scoring.FirmVerdict{RuleSet: f.RuleSet, Cohort: f.Cohort, LandMu: f.LandMu, Points: f.Points, Rank: f.Rank, Of: f.Of, Class: f.Class}); got != want {
			t.Errorf("%s reads back as %+v, want %+v", f.USCC, got, want)
		}
		count[got.Class]++
	}
	if count["A"] != 22 || count["B"] != 45 || count["C"] != 39 || count["D"] != 6 {
		t.Errorf("classes %v, want 22, 45, 39, 6", count)
	}
	if len(v.Parcels) != len(s.Parcels) || v.Exit != len(s.Exit) || !slices.Equal(v.Rules, s.Rules) {
		t.Errorf("%d parcels, %d candidates, rules %v", len(v.Parcels), v.Exit, v.Rules)
	}
	for i := range s.Parcels {
		if v.Parcels[s.Parcels[i].Code] != s.Parcels[i].Class {
			t.Errorf("%s reads back as %q", s.Parcels[i].Code, v.Parcels[s.Parcels[i].Code])
		}
	}
	for _, bad := range []string{"", "[]", `{"format":99}`} {
		if _, err := scoring.ReadVerdicts([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// TestBookWithTheStore puts the store's texts before the shipped ones, the one added last first.
func TestBookWithTheStore(t *testing.T) {
	ground := scoring.Book{Sets: []scoring.RuleSet{shippedSet(t, "exit.default"), shippedSet(t, "idle.order53")}}
	other := shippedSet(t, "exit.qingmeng")
	text := func(mark string) []byte {
		return append([]byte("# "+mark+"\n"), ground.Set("exit.default").Text...)
	}
	added := func(mark, use string) parcels.RuleText {
		return parcels.RuleText{ID: "exit.default", Text: text(mark), Hash: parcels.HashRules(text(mark)), Use: use}
	}
	book, err := ground.With([]parcels.RuleText{added("one", "added"), added("two", "added"), added("old", "used")})
	if err != nil {
		t.Fatal(err)
	}
	set := book.Set("exit.default")
	if len(book.Sets) != 2 || !bytes.Equal(set.Text, text("two")) || set.Hash != parcels.HashRules(text("two")) {
		t.Errorf("in force is %.20q of %d sets, want the second", set.Text, len(book.Sets))
	}
	if ground.Set("exit.default").Hash == set.Hash {
		t.Error("the shipped book was changed")
	}
	if same, err := ground.With([]parcels.RuleText{added("old", "used")}); err != nil || same.Set("exit.default").Hash != ground.Set("exit.default").Hash {
		t.Errorf("a text that a run used came into force: %v", err)
	}
	if _, err := ground.With([]parcels.RuleText{{ID: "exit.default", Text: []byte("{"), Use: "added"}}); err == nil || !strings.Contains(err.Error(), "exit.default") {
		t.Errorf("a broken text: %v, want an error that names it", err)
	}
	texts := book.Texts([]scoring.RuleRef{{Hash: set.Hash}, {Hash: "gone"}})
	if len(texts) != 1 || !bytes.Equal(texts[0].Text, text("two")) {
		t.Errorf("texts of a run: %d", len(texts))
	}
	alone := scoring.Book{Sets: append(slices.Clone(book.Sets), other)}.Alone(*ground.Set("exit.default"))
	if c := alone.Choose(scoring.KindExit, "XX", 1999, day("1999-01-01")); c.Set == nil || c.Set.Hash != ground.Set("exit.default").Hash || len(alone.Sets) != 2 {
		t.Errorf("the chosen set does not stand alone everywhere: %+v", c.Set)
	}
}
