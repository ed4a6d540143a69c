package scoring_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/whatif"
)

// patchedBook is the shipped book with one parameter of a set changed.
func patchedBook(t testing.TB, id, path, value string) scoring.Book {
	t.Helper()
	book := shipped(t)
	for i := range book.Sets {
		if book.Sets[i].ID == id {
			set, err := book.Sets[i].Patch(scoring.Patch{Path: path, Value: value})
			if err != nil {
				t.Fatal(err)
			}
			book.Sets[i] = set
			return book
		}
	}
	t.Fatalf("no set %s", id)
	return book
}

// without is the shipped book without a kind of set.
func without(t testing.TB, kind string) scoring.Book {
	t.Helper()
	book := shipped(t)
	book.Sets = slices.DeleteFunc(book.Sets, func(s scoring.RuleSet) bool { return s.Kind == kind })
	return book
}

// A rerun takes over what the change cannot touch; whatever changed, it says what a run of its own says.
func TestRerunSaysWhatRunSays(t *testing.T) {
	base := run(t, benchZone(1500), shipped(t), someDay)
	before := encoded(t, base)
	plain := shipped(t)
	parcel, firm := base.Parcels[7].Code, base.Firms[3].USCC
	year := fmt.Sprint(inYear)
	cases := []struct {
		name  string
		book  scoring.Book
		edits []scoring.Edit
	}{
		{"a weight", patchedBook(t, "evaluation.default", "evaluation.cohorts.below_scale.indicators.I1.weight", "70"), nil},
		{"the taxes summed", patchedBook(t, "evaluation.default", "evaluation.tax", "[vat_wan]"), nil},
		{"the least benefit of stock land", patchedBook(t, "stock.qingmeng", "stock.bands.far_2.5.from", "9"), nil},
		{"the idle land's fee", patchedBook(t, "idle.order53", "idle.fee", "10%"), nil},
		{"when a plant is vacant", patchedBook(t, "idle.plant", "idle_plant.months", "1"), nil},
		{"no stock land at all", without(t, scoring.KindStock), nil},
		{"no exit tests at all", without(t, scoring.KindExit), nil},
		{"how many exit tests must fail", patchedBook(t, "exit.qingmeng", "exit.groups_failed", "3"), nil},
		{"a figure", plain, []scoring.Edit{{Table: "figures", Key: firm + "|" + year, Column: "vat_wan", Value: "99999"}}},
		{"a figure of the year before", plain, []scoring.Edit{{Table: "figures", Key: firm + "|" + fmt.Sprint(inYear-1), Column: "vat_wan", Value: "88888"}}},
		{"a title area", plain, []scoring.Edit{{Table: "parcels", Key: parcel, Column: "title_area_m2", Value: "5000"}}},
		{"the scale of a firm", plain, []scoring.Edit{{Table: "firms", Key: firm, Column: "above_scale", Value: "true"}}},
		{"the storeys of a building", plain, []scoring.Edit{{Table: "buildings", Key: "b0000100-1", Column: "storeys", Value: "90000@5"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := base.Rerun(c.book, c.edits)
			if err != nil {
				t.Fatal(err)
			}
			snap, err := parcels.NewSnapshot(1, day(someDay), benchZone(1500)).With(c.edits)
			if err != nil {
				t.Fatal(err)
			}
			want, err := scoring.Run(scoring.Input{
				Snapshot: parcels.NewSnapshot(1, day(someDay), *snap.AllRows()), Year: inYear, AsOf: day(someDay), Rules: c.book,
			})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(encoded(t, got), encoded(t, want)) {
				t.Error("the rerun differs from a run")
			}
			if bytes.Equal(encoded(t, got), before) {
				t.Error("the change changed nothing, so this shows nothing")
			}
			if !bytes.Equal(encoded(t, base), before) {
				t.Error("the scores the rerun began from changed")
			}
		})
	}
}

// BenchmarkWhatIf is a whole what-if over 10^5 parcels and 2·10^4 firms, with the first hundred entries of every list.
func BenchmarkWhatIf(b *testing.B) {
	base, book := run(b, benchZone(100_000), shipped(b), someDay), shipped(b)
	patch := func(set, path, value string) whatif.Request {
		return whatif.Request{Normalise: true, AcceptProblems: true, Patches: []whatif.Patch{{Set: set, Patch: scoring.Patch{Path: path, Value: value}}}}
	}
	edit := func(table, key, column, value string) whatif.Request {
		return whatif.Request{Edits: []scoring.Edit{{Table: table, Key: key, Column: column, Value: value}}}
	}
	for _, c := range []struct {
		name string
		ask  whatif.Request
	}{
		{"weight", patch("evaluation.default", "evaluation.cohorts.below_scale.indicators.I1.weight", "70")},
		{"threshold", patch("exit.qingmeng", "exit.tests.far.threshold", "1.5")},
		{"figure", edit("figures", base.Firms[3].USCC+"|"+fmt.Sprint(inYear), "vat_wan", "99999")},
		{"parcel", edit("parcels", base.Parcels[7].Code, "title_area_m2", "5000")},
		{"building", edit("buildings", "b0000100-1", "storeys", "90000@5")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				r, err := whatif.Try(base, book, c.ask, whatif.Window{Most: 100})
				if err != nil || r.PointsMoved+r.RankMoved+r.Totals.ExitAdded+r.Totals.ExitMoved == 0 {
					b.Fatal("nothing differs", err)
				}
			}
		})
	}
}

// Whatever single inputs are edited together, a rerun says what a run of its own says.
func TestRerunOfAnyEdits(t *testing.T) {
	rows := benchZone(200)
	const retired = "350502099999GB00001" // its occupancy by a firm that is not on file is still open, and two parcels follow it
	rows.Parcels[5].Parents, rows.Parcels[7].Parents = []string{retired}, []string{retired}
	old := holds(1, 100_000, "own", m2(5000))
	old.Parcel = retired
	rows.Occupancies = append(rows.Occupancies, old)
	for i := range rows.Occupancies { // one firm was elsewhere in the first half of the year
		if o := &rows.Occupancies[i]; o.USCC == rows.Firms[3].USCC {
			o.From = parcels.DateOf(inYear, 7, 1)
		}
	}
	for i := range rows.Occupancies[:8] { // some land has no owner on file
		rows.Occupancies[i].Tenure = []string{"own", "lease"}[i%2]
	}
	book := shipped(t)
	base := run(t, rows, book, someDay)
	snap, verdicts := base.Snapshot(), exitVerdicts(base)
	values := map[string]map[string][]string{
		"parcels": {
			"title_area_m2": {"", "5000", "40000"}, "use_code": {"", "0601", "1001", "0701"}, "state": {"in_use", "supplied", "reclaimed"},
			"due_start_on": {"", "2020-01-01", "2026-12-01"}, "started_on": {"", "2021-03-01"}, "completed_on": {"", "2022-03-01"},
			"due_production_on": {"", "2023-01-01", "2030-01-01"}, "fai_wan": {"", "100", "90000"}, "max_far": {"0.1", "3"}, "government_cause": {"true", ""},
			"handed_over_on": {"", "2024-06-01", "2025-03-01"}, "undelivered_m2": {"", "3000"},
		},
		"buildings": {
			"storeys": {"", "9000@9", "100;200;300"}, "vacant_m2": {"", "0", "90000"}, "vacant_since": {"", "2019-01-01"}, "use": {"office", "plant"},
			"completed_on": {"", "2018-01-01"},
		},
		"firms": {
			"above_scale": {"true", "false", ""}, "industry": {"1951", "3979"}, "registered_on": {"", "2023-05-01", "2024-12-30"}, "closed_on": {"", "2024-03-01"},
			"tags": {"", "listed", "major_project"},
		},
		"occupancies": {"tenure": {"own", "lease"}, "floor_m2": {"", "10", "7000"}, "to": {"", "2016-01-01", "2024-06-01"}},
		"figures":     {"vat_wan": {"", "0", "9999"}, "output_wan": {"", "123456"}, "electricity_mwh": {"0", "1"}, "energy_tce": {"", "5"}},
	}
	key := map[string]func(i int) string{
		"parcels":     func(i int) string { return snap.Parcels.At(i % snap.Parcels.Len()).Code },
		"buildings":   func(i int) string { return snap.Buildings.At(i % snap.Buildings.Len()).ID },
		"firms":       func(i int) string { return snap.Firms[i%len(snap.Firms)].USCC },
		"occupancies": func(i int) string { return parcels.OccupancyTable.Key(&snap.Occupancies[i%len(snap.Occupancies)]) },
		"figures":     func(i int) string { return parcels.FiguresTable.Key(snap.Figures.At(i % snap.Figures.Len())) },
	}
	rng := rand.New(rand.NewPCG(61, 62))
	made := 0
	for i := range 150 {
		var edits []scoring.Edit
		if i == 0 { // which moves the land next door, too
			edits = append(edits, scoring.Edit{Table: "parcels", Key: rows.Parcels[5].Code, Column: "title_area_m2", Value: "40000"})
		}
		for range rng.IntN(4) {
			table := pick(rng, slices.Sorted(maps.Keys(values)))
			column := pick(rng, slices.Sorted(maps.Keys(values[table])))
			edits = append(edits, scoring.Edit{Table: table, Key: key[table](rng.IntN(16)), Column: column, Value: pick(rng, values[table][column])})
		}
		other, err := snap.With(edits)
		if err != nil {
			continue // a rule refuses it
		}
		got, err := base.Rerun(book, edits)
		if err != nil {
			t.Fatalf("%v: %v", edits, err)
		}
		want, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), *other.AllRows()), Year: inYear, AsOf: day(someDay), Rules: book})
		if err != nil {
			t.Fatal(err)
		}
		if made++; !bytes.Equal(encoded(t, got), encoded(t, want)) || !reflect.DeepEqual(got.Parcels, want.Parcels) {
			t.Fatalf("after %v the rerun differs from a run", edits)
		}
	}
	if !reflect.DeepEqual(exitVerdicts(base), verdicts) {
		t.Error("the scores the reruns began from changed")
	}
	if made < 100 {
		t.Errorf("only %d of 150 edits could be made", made)
	}
}

func exitVerdicts(s *scoring.Scores) []scoring.ExitVerdict {
	out := make([]scoring.ExitVerdict, len(s.Parcels))
	for p := range out {
		out[p] = s.ExitVerdict(p)
	}
	return out
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// Scores of a snapshot that follows another are those of a run from nothing, edit after edit; what was kept of the earlier ones is no more than a
// short cut.
func TestRunAfterAnEarlierOne(t *testing.T) {
	rows := benchZone(900)
	book := shipped(t)
	first := run(t, clone(rows), book, someDay)
	candidate := first.Parcels[first.Exit[0].Parcel]
	rows.Events = []parcels.Event{{ID: rows.Parcels[len(rows.Parcels)/2].Code, USCC: first.Firms[candidate.Firms[0].Firm].USCC, Kind: "visit", On: parcels.DateOf(inYear, 5, 1)}}
	at := run(t, rows, book, someDay)
	patched := patchedBook(t, "evaluation.default", "evaluation.cohorts.below_scale.indicators.I1.weight", "70")
	for i, step := range []struct {
		name   string
		codes  map[string][]string
		change func(r *parcels.Rows)
		book   scoring.Book
	}{
		{"a figure", map[string][]string{"figures": {rows.Firms[3].USCC}}, func(r *parcels.Rows) {
			for k := range r.Figures {
				r.Figures[k].VATWan = wan(9999)
			}
		}, book},
		{"a title area and the firm there", map[string][]string{"parcels": {rows.Parcels[7].Code}, "firms": {rows.Firms[8].USCC}}, func(r *parcels.Rows) {
			r.Parcels[0].TitleAreaM2 = m2(4321)
			r.Firms[0].AboveScale = parcels.Some(true)
		}, book},
		{"storeys", map[string][]string{"buildings": {rows.Buildings[20].ID}}, func(r *parcels.Rows) { r.Buildings[0].Storeys = []parcels.Storey{{FloorM2: 90_000, HeightM: 9}} }, book},
		{"a shape", map[string][]string{"parcels": {rows.Parcels[14].Code}}, func(r *parcels.Rows) {
			r.Parcels[0].TitleAreaM2, r.Parcels[0].Shape = parcels.Opt[float64]{}, octagon(40, 20, 120, 90)
		}, book},
		{"a shape that comes to lie in another zone", map[string][]string{"parcels": {rows.Parcels[40].Code}}, func(r *parcels.Rows) {
			r.Parcels[0].Shape = octagon(170_000, 90_000, 200, 100)
		}, book},
		{"a shape that goes", map[string][]string{"parcels": {rows.Parcels[41].Code}}, func(r *parcels.Rows) { r.Parcels[0].Shape = nil }, book},
		{"a building's shape", map[string][]string{"buildings": {rows.Buildings[33].ID}}, func(r *parcels.Rows) { r.Buildings[0].Shape = box(10, 10, 77, 66) }, book},
		{"an occupancy that ends", map[string][]string{"occupancies": {rows.Parcels[30].Code}}, func(r *parcels.Rows) { r.Occupancies[0].To = parcels.DateOf(inYear, 5, 1) }, book},
		{"an event that is called as a parcel is", map[string][]string{"events": {rows.Events[0].ID}}, func(r *parcels.Rows) { r.Events[0].Kind = "exempted" }, book},
		{"other rules and nothing else", nil, func(*parcels.Rows) {}, patched},
		{"fewer figures", map[string][]string{"figures": {rows.Firms[50].USCC}}, func(r *parcels.Rows) { r.Figures = r.Figures[:1] }, patched},
	} {
		snap := at.Snapshot()
		d := parcels.Delta{Version: int64(10 + i), Codes: step.codes, Rows: rowsOf(snap, step.codes)}
		step.change(&d.Rows)
		next := snap.After(d)
		got, err := scoring.Run(scoring.Input{Snapshot: next, Year: inYear, AsOf: day(someDay), Rules: step.book, Before: at})
		if err != nil {
			t.Fatal(err)
		}
		whole := parcels.NewSnapshot(next.Version, next.AsOf, clone(*next.AllRows()))
		want := scoreYear(t, whole, inYear, step.book)
		if !bytes.Equal(encoded(t, got), encoded(t, want)) || !reflect.DeepEqual(got.Parcels, want.Parcels) {
			t.Fatalf("%s: scores after earlier ones differ from a run's", step.name)
		}
		if bytes.Equal(encoded(t, got), encoded(t, at)) {
			t.Errorf("%s changed nothing, so this shows nothing", step.name)
		}
		if i == 0 { // scores of another year are no beginning
			other, err := scoring.Run(scoring.Input{Snapshot: next, Year: inYear - 1, AsOf: day(someDay), Rules: step.book, Before: at})
			if err != nil || !bytes.Equal(encoded(t, other), encoded(t, scoreYear(t, whole, inYear-1, step.book))) {
				t.Error("scores of another year were taken over", err)
			}
		}
		at = got
	}
}

func scoreYear(t *testing.T, snap *parcels.Snapshot, year int, book scoring.Book) *scoring.Scores {
	t.Helper()
	s, err := scoring.Run(scoring.Input{Snapshot: snap, Year: year, AsOf: day(someDay), Rules: book})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rowsOf are copies of the rows of a snapshot with some codes.
func rowsOf(s *parcels.Snapshot, codes map[string][]string) (r parcels.Rows) {
	has := func(table, code string) bool { return slices.Contains(codes[table], code) }
	for _, p := range s.Parcels.All() {
		if has("parcels", p.Code) {
			r.Parcels = append(r.Parcels, *p)
		}
	}
	for _, b := range s.Buildings.All() {
		if has("buildings", b.ID) {
			r.Buildings = append(r.Buildings, *b)
		}
	}
	for _, f := range s.Firms {
		if has("firms", f.USCC) {
			r.Firms = append(r.Firms, f)
		}
	}
	for _, o := range s.Occupancies {
		if has("occupancies", o.Parcel) {
			r.Occupancies = append(r.Occupancies, o)
		}
	}
	for _, e := range s.Events {
		if has("events", e.ID) {
			r.Events = append(r.Events, e)
		}
	}
	for _, f := range s.Figures.All() {
		if has("figures", f.USCC) {
			r.Figures = append(r.Figures, *f)
		}
	}
	return r
}

// Since when a firm has its land is asked of the parcel, and of nothing that is shared out: an edit of that day alone moves who is rated.
func TestRerunAsksSinceWhenLandIsHeld(t *testing.T) {
	book := ratingByTax(t, `
  overrides:
    - {id: land, when: {land_below_years: 3}, effect: exempt}
`)
	base := run(t, benchZone(200), book, someDay)
	var edits []scoring.Edit
	for p := 7; p < len(base.Parcels); p += len(base.Firms) { // all that one firm owns
		edits = append(edits, scoring.Edit{Table: "parcels", Key: base.Parcels[p].Code, Column: "handed_over_on", Value: fmt.Sprintf("%d-06-01", inYear)})
	}
	edited, err := base.Snapshot().With(edits)
	if err != nil {
		t.Fatal(err)
	}
	got, err := base.Rerun(book, edits)
	if err != nil {
		t.Fatal(err)
	}
	if want := scoreYear(t, parcels.NewSnapshot(1, day(someDay), clone(*edited.AllRows())), inYear, book); !bytes.Equal(encoded(t, got), encoded(t, want)) {
		t.Error("the rerun differs from a run")
	}
	if bytes.Equal(encoded(t, got), encoded(t, base)) {
		t.Error("the edit changed nothing, so this shows nothing")
	}
}
