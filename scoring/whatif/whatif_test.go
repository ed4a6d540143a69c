package whatif_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/whatif"
)

const asOf = "2026-11-22"

func day(s string) parcels.Date { return parcels.MustDate(s) }

func uscc(n int) string { return fmt.Sprintf("91359900%09dX", n) }

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(v)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

// ten are ten firms, each on 10 mu of its own: firm n paid 110 − 10n 万元 of VAT and added 10n 万元 of value.
func ten() *parcels.Snapshot {
	rows := parcels.Rows{Parks: []parcels.Park{{Code: "QM"}}}
	for n := 1; n <= 10; n++ {
		code := fmt.Sprintf("350502001001GB%05d", n)
		rows.Parcels = append(rows.Parcels, parcels.Parcel{Code: code, Park: "QM", TitleAreaM2: parcels.Some(20_000.0 / 3), ValidFrom: day("2010-01-01")})
		rows.Firms = append(rows.Firms, parcels.Firm{USCC: uscc(n), Name: fmt.Sprintf("演示%d", n), AboveScale: parcels.Some(true), RegisteredOn: day("2005-01-01")})
		rows.Occupancies = append(rows.Occupancies, parcels.Occupancy{Parcel: code, USCC: uscc(n), Tenure: "own", From: day("2010-01-01")})
		rows.Figures = append(rows.Figures, parcels.Figures{USCC: uscc(n), Year: 2024, VATWan: wan(float64(110 - 10*n)), ValueAddedWan: wan(float64(10 * n))})
	}
	return parcels.NewSnapshot(1, day(asOf), rows)
}

const byTax = `id: test
kind: evaluation
title: test
valid_from: 2010-01-01
applies_to: ["*"]
verified: true
evaluation:
  tax: [vat_wan]
  cohorts:
    - id: above_scale
      indicators:
        - {id: I1, weight: 100, base: {kind: fixed, value: 10}, missing: not_rated}
        - {id: I2, weight: 0, base: {kind: fixed, value: 10}, missing: not_rated}
      bounds: [{class: A, upto: 20%}, {class: B, upto: 60%}, {class: C, upto: 90%}, {class: D, upto: 1}]
`

func set(t testing.TB, text string) scoring.RuleSet {
	t.Helper()
	s, err := scoring.ParseRuleSet("test", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func score(t testing.TB, snap *parcels.Snapshot, book scoring.Book) *scoring.Scores {
	t.Helper()
	s, err := scoring.Run(scoring.Input{Snapshot: snap, Year: 2024, AsOf: day(asOf), Rules: book})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func try(t testing.TB, q whatif.Request) *whatif.Result {
	t.Helper()
	book := scoring.Book{Sets: []scoring.RuleSet{set(t, byTax)}}
	r, err := whatif.Try(score(t, ten(), book), book, q, whatif.Whole)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func patch(path, value string) whatif.Patch {
	return whatif.Patch{Set: "test", Patch: scoring.Patch{Path: path, Value: value}}
}

// who lists the firms that changed as "3:B>A".
func who(r *whatif.Result) string {
	var list []string
	for _, c := range r.FirmChanges {
		list = append(list, fmt.Sprintf("%s:%s>%s", strings.TrimLeft(strings.Trim(c.USCC, "X")[8:], "0"), c.Before.Class, c.After.Class))
	}
	return strings.Join(list, " ")
}

func TestNothingAskedChangesNothing(t *testing.T) {
	r := try(t, whatif.Request{})
	// Ten firms by rank: 20 % are two A, 60 % four B more, 90 % three C more, the last is D.
	want := []whatif.Move{{From: "A", To: "A", Count: 2}, {From: "B", To: "B", Count: 4}, {From: "C", To: "C", Count: 3}, {From: "D", To: "D", Count: 1}}
	if !slices.Equal(r.Firms.Cells, want) || !slices.Equal(r.Parcels.Cells, want) || r.Firms.Moved != 0 || r.PointsMoved != 0 || r.RankMoved != 0 {
		t.Errorf("%+v", r)
	}
	if len(r.FirmChanges)+len(r.ParcelChanges)+len(r.Stock)+len(r.Idle)+len(r.Exit.Added)+len(r.Exit.Removed)+len(r.Exit.Moved)+len(r.Sets) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestCutOff(t *testing.T) {
	r := try(t, whatif.Request{Patches: []whatif.Patch{patch("evaluation.cohorts.above_scale.bounds.A.upto", "3/10")}})
	if who(r) != "3:B>A" || r.Firms.Count[1][0] != 1 || r.Firms.Count[1][1] != 3 || r.Firms.Moved != 1 || r.PointsMoved != 0 || r.RankMoved != 0 {
		t.Errorf("%s %+v", who(r), r.Firms)
	}
	why := r.FirmChanges[0].Why
	if len(why) != 1 || !strings.Contains(why[0].Zh, "分档线由 A 20% B 60% C 90% D 100% 改为 A 30%") || !strings.Contains(why[0].En, "rank 3/10 (30 %) is A and no longer B") {
		t.Errorf("why %+v", why)
	}
	if len(r.ParcelChanges) != 1 || r.ParcelChanges[0].Code != "350502001001GB00003" || r.ParcelChanges[0].FirmAfter != uscc(3) {
		t.Errorf("parcels %+v", r.ParcelChanges)
	}
	if len(r.Sets) != 1 || r.Sets[0].Before == r.Sets[0].After || r.Rules[0].Hash != r.Sets[0].After {
		t.Errorf("sets %+v", r.Sets)
	}
}

// Firm 5 pays 95 instead of 60: it is second, and firm 2 with its 90 becomes third of ten.
func TestOneInput(t *testing.T) {
	r := try(t, whatif.Request{Edits: []scoring.Edit{{Table: "figures", Key: uscc(5) + "|2024", Column: "vat_wan", Value: "95"}}})
	if who(r) != "2:A>B 5:B>A" || r.PointsMoved != 1 || r.RankMoved != 4 {
		t.Errorf("%s, points of %d and ranks of %d", who(r), r.PointsMoved, r.RankMoved)
	}
	two, five := r.FirmChanges[0], r.FirmChanges[1]
	if len(two.Why) != 1 || !strings.Contains(two.Why[0].Zh, "本身得分未变") || !strings.Contains(two.Why[0].En, "rank 2/10 → 3/10") || len(two.Items) != 0 {
		t.Errorf("firm 2: %+v", two)
	}
	if len(five.Why) != 1 || !strings.Contains(five.Why[0].Zh, "得分 60 → 95，名次 5/10 → 2/10，按原分档由 B 变为 A") {
		t.Errorf("firm 5: %+v", five.Why)
	}
	if i := five.Items; len(i) != 1 || i[0].ID != "I1" || i[0].PointsBefore.Or(0) != 60 || i[0].PointsAfter.Or(0) != 95 || i[0].ValueAfter.Or(0) != 9.5 {
		t.Errorf("items of firm 5: %+v", i)
	}
}

// With all weight on value added the order is turned round.
func TestWeights(t *testing.T) {
	q := whatif.Request{Patches: []whatif.Patch{
		patch("evaluation.cohorts.above_scale.indicators.I1.weight", "0"), patch("evaluation.cohorts.above_scale.indicators.I2.weight", "100"),
	}}
	r := try(t, q)
	if who(r) != "1:A>D 2:A>C 3:B>C 4:B>C 7:C>B 8:C>B 9:C>A 10:D>A" {
		t.Error(who(r))
	}
	items := r.FirmChanges[0].Items
	if len(items) != 2 || items[0].WeightBefore.Or(0) != 100 || items[0].WeightAfter.Or(1) != 0 || items[1].PointsAfter.Or(0) != 10 || items[0].Title.Zh != "亩均税收" {
		t.Errorf("items %+v", items)
	}
	again, err := json.Marshal(try(t, q))
	if first, err2 := json.Marshal(r); err != nil || err2 != nil || string(first) != string(again) {
		t.Errorf("two answers differ: %v %v", err, err2)
	}
}

func TestWeightsThatDoNotAddUp(t *testing.T) {
	book := scoring.Book{Sets: []scoring.RuleSet{set(t, byTax)}}
	base := score(t, ten(), book)
	q := whatif.Request{AcceptProblems: true, Patches: []whatif.Patch{patch("evaluation.cohorts.above_scale.indicators.I2.weight", "300")}}
	if _, err := whatif.Try(base, book, q, whatif.Whole); err == nil || !strings.Contains(err.Error(), "weights of above_scale do not add up to 100") {
		t.Errorf("%v", err)
	}
	q.Normalise = true
	r, err := whatif.Try(base, book, q, whatif.Whole)
	if err != nil {
		t.Fatal(err)
	}
	// 25 % tax, 75 % value added: firm 10 has 0.25 × 10 + 0.75 × 100 = 77.5 points.
	last := r.FirmChanges[len(r.FirmChanges)-1]
	if last.USCC != uscc(10) || last.After.Points.Or(0) != 77.5 || last.After.Class != "A" {
		t.Errorf("%+v", last)
	}
}

func TestRefused(t *testing.T) {
	book := scoring.Book{Sets: []scoring.RuleSet{set(t, byTax)}}
	base := score(t, ten(), book)
	idle, err := os.ReadFile("../../seeds/rules/idle.order53.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		q      whatif.Request
		reason string
	}{
		{"an unknown set", whatif.Request{Patches: []whatif.Patch{{Set: "other", Patch: scoring.Patch{Path: "a", Value: "1"}}}}, `no rule set "other"`},
		{"a gap in the cut-offs", whatif.Request{Patches: []whatif.Patch{patch("evaluation.cohorts.above_scale.bounds.D.upto", "0.95")}}, "a gap"},
		{"cut-offs that overlap", whatif.Request{Patches: []whatif.Patch{patch("evaluation.cohorts.above_scale.bounds.A.upto", "0.6")}}, "the bounds overlap"},
		{"a set that cannot be read", whatif.Request{Sets: []whatif.Replacement{{Text: "kind: x"}}}, "not one of"},
		{"a set of another kind", whatif.Request{Sets: []whatif.Replacement{{Replaces: "test", Text: string(idle)}}}, "cannot replace"},
		{"a set in nobody's place", whatif.Request{Sets: []whatif.Replacement{{Text: string(idle)}}}, "to replace"},
		{"an edit of nothing", whatif.Request{Edits: []scoring.Edit{{Table: "figures", Key: "x", Column: "vat_wan"}}}, "no such row"},
		{"too many patches", whatif.Request{Patches: make([]whatif.Patch, whatif.MaxPatches+1)}, "too many"},
		{"too many sets", whatif.Request{Sets: make([]whatif.Replacement, whatif.MaxSets+1)}, "too many"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := whatif.Try(base, book, c.q, whatif.Whole); err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%v, want %q", err, c.reason)
			}
		})
	}
	q := cases[1].q
	q.AcceptProblems = true
	r, err := whatif.Try(base, book, q, whatif.Whole)
	if err != nil || len(r.Sets) != 1 || len(r.Sets[0].Problems) != 1 || !strings.Contains(r.Sets[0].Problems[0], "a gap") || who(r) != "10:D>T" {
		t.Errorf("accepted problems: %v %+v", err, r)
	}
}

// A whole set in the place of another: firm 1 is capped, and the reason is told.
func TestReplacement(t *testing.T) {
	text := strings.Replace(byTax, "id: test", "id: other", 1) + `  overrides:
    - {id: o, title: 规上不得评 A, title_en: never A, when: {indicator: I1, below: 9.5}, effect: cap_class, class: C, source: test, verified: true}
`
	r := try(t, whatif.Request{Sets: []whatif.Replacement{{Replaces: "test", Text: text}}})
	// Tax per mu of firms 2 to 10 is below 9.5: at most C.
	if who(r) != "2:A>C 3:B>C 4:B>C 5:B>C 6:B>C" {
		t.Error(who(r))
	}
	why := r.FirmChanges[0].Why
	if len(why) != 2 || !strings.Contains(why[0].En, "by test before and by other after") || !strings.Contains(why[1].Zh, "改后：最高评为：C，A → C") {
		t.Errorf("%+v", why)
	}
	if r.Sets[0].Replaced != "test" || r.Sets[0].ID != "other" || r.Rules[0].ID != "other" {
		t.Errorf("%+v", r.Sets)
	}
}

func shipped(t testing.TB) scoring.Book {
	t.Helper()
	files, err := filepath.Glob("../../seeds/rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rule sets: %v", err)
	}
	var book scoring.Book
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		book.Sets = append(book.Sets, set(t, string(text)))
	}
	return book
}

// The differences of land are those of the two lists, found here by comparing them parcel by parcel; the other run is made of a text
// in which the numbers were replaced by hand.
func TestLandDifferences(t *testing.T) {
	snap := demo(t)
	book := shipped(t)
	base := score(t, snap, book)
	q := whatif.Request{Patches: []whatif.Patch{
		{Set: "exit.default", Patch: scoring.Patch{Path: "exit.tests.far.threshold", Value: "1.5"}},
		{Set: "exit.qingmeng", Patch: scoring.Patch{Path: "exit.tests.far.threshold", Value: "0.1"}},
		{Set: "idle.order53", Patch: scoring.Patch{Path: "idle.warning_days", Value: "900"}},
		{Set: "stock.qingmeng", Patch: scoring.Patch{Path: "stock.metric", Value: "output_per_mu"}},
	}}
	r, err := whatif.Try(base, book, q, whatif.Whole)
	if err != nil {
		t.Fatal(err)
	}
	other := scoring.Book{}
	for _, s := range book.Sets {
		text := string(s.Text)
		switch s.ID {
		case "exit.default", "exit.qingmeng":
			to := map[string]float64{"exit.default": 1.5, "exit.qingmeng": 0.1}[s.ID]
			for _, test := range s.Exit.Tests {
				if test.ID == "far" {
					at := strings.Index(text, "- id: far\n")
					text = text[:at] + strings.Replace(text[at:], fmt.Sprintf("threshold: %v", test.Threshold), fmt.Sprintf("threshold: %v", to), 1)
				}
			}
		case "idle.order53":
			text = strings.Replace(text, fmt.Sprintf("warning_days: %d", s.Idle.WarningDays), "warning_days: 900", 1)
		case "stock.qingmeng":
			text = strings.Replace(text, "metric: "+s.Stock.Metric, "metric: output_per_mu", 1)
		}
		other.Sets = append(other.Sets, set(t, text))
	}
	after := score(t, snap, other)
	var added, removed, moved, bands, idle []string
	for p := range after.Parcels {
		b, a := &base.Parcels[p], &after.Parcels[p]
		switch {
		case b.Exit < 0 && a.Exit >= 0:
			added = append(added, a.Code)
		case b.Exit >= 0 && a.Exit < 0:
			removed = append(removed, a.Code)
		case b.Exit >= 0 && base.Exit[b.Exit].Severity != after.Exit[a.Exit].Severity:
			moved = append(moved, a.Code)
		}
		if b.Band != a.Band {
			bands = append(bands, a.Code)
		}
		if *b.Idle != *a.Idle {
			idle = append(idle, a.Code)
		}
	}
	codes := func(list []whatif.ExitChange) []string {
		var out []string
		for _, c := range list {
			out = append(out, c.Code)
			far := slices.IndexFunc(c.Tests, func(t whatif.TestChange) bool { return t.ID == "far" })
			if far < 0 || c.Tests[far].ThresholdBefore == c.Tests[far].ThresholdAfter {
				t.Errorf("%s does not say that the test of the ratio changed: %+v", c.Code, c)
			}
		}
		slices.Sort(out)
		return out
	}
	if len(added) == 0 || len(removed) == 0 || len(bands) == 0 || len(idle) == 0 {
		t.Fatalf("the zone shows too little: %d added, %d removed, %d bands, %d idle", len(added), len(removed), len(bands), len(idle))
	}
	if !slices.Equal(codes(r.Exit.Added), added) || !slices.Equal(codes(r.Exit.Removed), removed) {
		t.Errorf("added %v want %v; removed %v want %v", codes(r.Exit.Added), added, codes(r.Exit.Removed), removed)
	}
	if len(r.Exit.Moved) != len(moved) || r.Exit.Before != len(base.Exit) || r.Exit.After != len(after.Exit) {
		t.Errorf("moved %d want %d, %d → %d", len(r.Exit.Moved), len(moved), r.Exit.Before, r.Exit.After)
	}
	var gotBands, gotIdle []string
	for _, c := range r.Stock {
		gotBands = append(gotBands, c.Code)
	}
	for _, c := range r.Idle {
		gotIdle = append(gotIdle, c.Code)
	}
	if !slices.Equal(gotBands, bands) || !slices.Equal(gotIdle, idle) {
		t.Errorf("bands %v want %v; idle %v want %v", gotBands, bands, gotIdle, idle)
	}
}

func TestGroupsThatMustFail(t *testing.T) {
	snap := demo(t)
	book := shipped(t)
	base := score(t, snap, book)
	r, err := whatif.Try(base, book, whatif.Request{Patches: []whatif.Patch{
		{Set: "exit.default", Patch: scoring.Patch{Path: "exit.groups_failed", Value: "3"}},
		{Set: "exit.qingmeng", Patch: scoring.Patch{Path: "exit.groups_failed", Value: "3"}},
	}}, whatif.Whole)
	if err != nil || len(r.Exit.Removed) == 0 || len(r.Exit.Added) != 0 || r.Exit.After != r.Exit.Before-len(r.Exit.Removed) {
		t.Fatalf("%v %+v", err, r.Exit)
	}
	c := r.Exit.Removed[0]
	if c.RankBefore == 0 || c.RankAfter != 0 || c.SeverityAfter.OK() || len(c.Tests) != 0 || !strings.Contains(c.Why.Zh, "由 2 改为 3") {
		t.Errorf("%+v", c)
	}
}

// A window holds its part of every list, and counts the whole: windows put one behind the other are the lists.
func TestWindows(t *testing.T) {
	book := shipped(t)
	base := score(t, demo(t), book)
	q := whatif.Request{Normalise: true, Patches: []whatif.Patch{
		{Set: "evaluation.default", Patch: scoring.Patch{Path: "evaluation.cohorts.above_scale.indicators.I1.weight", Value: "70"}},
		{Set: "exit.default", Patch: scoring.Patch{Path: "exit.tests.far.threshold", Value: "1.5"}},
		{Set: "exit.qingmeng", Patch: scoring.Patch{Path: "exit.tests.far.threshold", Value: "0.1"}},
		{Set: "idle.order53", Patch: scoring.Patch{Path: "idle.warning_days", Value: "900"}},
		{Set: "stock.qingmeng", Patch: scoring.Patch{Path: "stock.metric", Value: "output_per_mu"}},
	}}
	try := func(w whatif.Window) *whatif.Result {
		r, err := whatif.Try(base, book, q, w)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	whole := try(whatif.Whole)
	want := whatif.Totals{
		FirmChanges: len(whole.FirmChanges), ParcelChanges: len(whole.ParcelChanges), ExitAdded: len(whole.Exit.Added), ExitRemoved: len(whole.Exit.Removed),
		ExitMoved: len(whole.Exit.Moved), Stock: len(whole.Stock), Idle: len(whole.Idle),
	}
	if whole.Totals != want || min(want.FirmChanges, want.ParcelChanges, want.ExitAdded, want.ExitRemoved, want.Stock, want.Idle) < 2 {
		t.Fatalf("totals %+v of lists with %+v", whole.Totals, want)
	}
	joined := try(whatif.Window{Most: 3})
	for _, w := range []whatif.Window{{From: 3, Most: 5}, {From: 8, Most: 100_000}, {From: 200_000, Most: 10}} {
		r := try(w)
		joined.FirmChanges, joined.ParcelChanges = append(joined.FirmChanges, r.FirmChanges...), append(joined.ParcelChanges, r.ParcelChanges...)
		joined.Exit.Added, joined.Exit.Removed = append(joined.Exit.Added, r.Exit.Added...), append(joined.Exit.Removed, r.Exit.Removed...)
		joined.Exit.Moved, joined.Stock, joined.Idle = append(joined.Exit.Moved, r.Exit.Moved...), append(joined.Stock, r.Stock...), append(joined.Idle, r.Idle...)
	}
	if !reflect.DeepEqual(joined, whole) {
		t.Error("windows put one behind the other are not the whole lists")
	}
}
