package storetest

import (
	"context"
	"errors"
	"testing"

	"muchan/parcels"
)

// draft returns a run as a draft freezes it.
func draft(results string) *parcels.Run {
	return &parcels.Run{
		Year: 2025, AsOf: day("2026-03-01"), Version: 7, RulesID: "演示+idle", RulesHash: "ab12", Results: []byte(results),
		Rules: []parcels.RuleText{{ID: "演示", Text: []byte("title: 演示\n")}},
	}
}

func testRunMatter(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	ctx := context.Background()
	step := func(seq int, what, on string) parcels.Act { return act(parcels.MatterRun, "2025", seq, what, on) }
	first := step(1, parcels.ActDraft, "03-01")
	refused(t, store, first, parcels.ErrRefused) // without results
	first.Run = draft(`{"as_of":"2026-03-01","version":7,"v":1}`)
	first.Run.Year = 2024
	refused(t, store, first, parcels.ErrRefused) // of another year
	first.Run.Year, first.Rules = 2025, first.Run.Rules
	record(t, store, first)
	if kept, err := store.Rules(ctx); err != nil || len(kept) != 1 || kept[0].ID != "演示" || kept[0].Use != parcels.RuleUsed || kept[0].Who != first.Who {
		t.Errorf("rules of the draft: %+v, %v", kept, err)
	}
	before := version(t, store)
	if err := store.PublishRun(ctx, parcels.Run{ID: "2025-1", Year: 2025, Results: []byte(`{}`)}); !errors.Is(err, parcels.ErrExists) {
		t.Errorf("publishing past the draft: %v, want ErrExists", err)
	}
	notice := step(2, parcels.ActNotice, "03-02")
	refused(t, store, notice, parcels.ErrRefused) // without a last day
	notice.Until = day("2026-03-04")
	record(t, store, notice)
	object := step(3, parcels.ActObject, "03-05")
	refused(t, store, object, parcels.ErrRefused) // by nobody
	object.Party = "演示鞋业"
	refused(t, store, object, parcels.ErrConflict) // too late
	object.On = day("2026-03-04")
	record(t, store, object)
	refused(t, store, step(4, parcels.ActFinalise, "03-05"), parcels.ErrConflict) // undecided
	again := step(4, parcels.ActRedraft, "03-05")
	again.Run = draft(`{"v":2}`)
	refused(t, store, again, parcels.ErrConflict) // undecided
	uphold := step(4, parcels.ActUphold, "03-05")
	refused(t, store, uphold, parcels.ErrConflict) // of nothing
	uphold.About = 3
	refused(t, store, uphold, parcels.ErrRefused) // without a correction
	uphold.Correction = "change 12"
	record(t, store, uphold)
	twice := step(5, parcels.ActReject, "03-05")
	twice.About = 3
	refused(t, store, twice, parcels.ErrConflict)
	refused(t, store, step(5, parcels.ActFinalise, "03-05"), parcels.ErrConflict) // uncorrected
	again.Seq, again.Run = 5, draft(`{"as_of":"2026-03-01","version":7,"v":1}`)
	refused(t, store, again, parcels.ErrConflict) // of the same data
	again.Run = draft(`{"v":2}`)
	again.Change = 99
	again.Run.Version = 8
	refused(t, store, again, parcels.ErrRefused) // of a change that there is not
	again.Change = 0
	record(t, store, again)
	refused(t, store, step(6, parcels.ActFinalise, "03-06"), parcels.ErrConflict) // nobody has seen it
	notice = step(6, parcels.ActNotice, "03-06")
	notice.Until = day("2026-03-07")
	record(t, store, notice)
	if v := version(t, store); v != before {
		t.Errorf("version %d, was %d: nothing is public yet", v, before)
	}
	refused(t, store, step(7, parcels.ActFinalise, "03-07"), parcels.ErrConflict) // on the last day
	final := step(7, parcels.ActFinalise, "03-08")
	record(t, store, final)
	if v := version(t, store); v != before+1 {
		t.Errorf("version %d, was %d: the public sees the classes", v, before)
	}
	refused(t, store, step(8, parcels.ActWithdraw, "03-08"), parcels.ErrConflict)

	other := open(t, s, address)
	runs, err := other.Runs(ctx)
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d runs, %v; want 1", len(runs), err)
	}
	want := *draft(`{"v":2}`)
	want.Version = 8
	want.ID, want.PublishedBy, want.PublishedAt = "2025-1", final.Who, final.At
	checkRun(t, "the final run", runs[0], want)
	reuse := step(1, parcels.ActDraft, "03-08")
	reuse.Run = draft(`{}`)
	refused(t, store, reuse, parcels.ErrConflict) // the ID is taken
	matters, err := other.Matters(ctx, parcels.MatterQuery{Kinds: []string{parcels.MatterRun}})
	if err != nil || len(matters) != 1 || matters[0].State != parcels.RunFinal || matters[0].Acts[0].Run == nil || matters[0].Acts[0].Run.Results != nil {
		t.Errorf("matters %+v, %v; want the final one without results", matters, err)
	}
	if id := parcels.NextRunID("2025", runs, matters); id != "2025-2" {
		t.Errorf("the next run is %s, want 2025-2", id)
	}
	full := matter(t, other, parcels.MatterQuery{ID: "2025-1", Results: true})
	if got := full.Acts[0].Run; string(got.Results) != `{"as_of":"2026-03-01","version":7,"v":1}` || got.AsOf != want.AsOf || got.RulesID != want.RulesID || got.Version != 7 {
		t.Errorf("the first draft came back as %+v", got)
	}
}

// testObjections: an objection of any day of the notice can be entered while it stands open, also after another was decided; and one
// that corrects what no result shows does not lock the run.
func testObjections(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	step := func(seq int, what, on, entered string) parcels.Act {
		a := act(parcels.MatterRun, "2025", seq, what, entered)
		a.On = day("2026-" + on)
		return a
	}
	object := func(seq int, on, entered string) parcels.Act {
		a := step(seq, parcels.ActObject, on, entered)
		a.Party = "演示鞋业"
		return a
	}
	first := step(1, parcels.ActDraft, "03-01", "03-01")
	first.Run = draft(`{"v":1}`)
	record(t, store, first)
	notice := step(2, parcels.ActNotice, "03-02", "03-02")
	notice.Until = day("2026-03-05")
	record(t, store, notice)
	record(t, store, object(3, "03-04", "03-04"))
	reject := step(4, parcels.ActReject, "03-06", "03-06")
	reject.About = 3
	record(t, store, reject)
	refused(t, store, object(5, "03-01", "03-06"), parcels.ErrConflict) // before the notice
	refused(t, store, object(5, "03-06", "03-06"), parcels.ErrConflict) // after it
	late := object(5, "03-05", "03-07")
	late.Firm, late.Parcel = "91359900MA00000000", parcelCode(1)
	record(t, store, late)
	uphold := step(6, parcels.ActUphold, "03-05", "03-07")
	uphold.About, uphold.Correction = 5, "名称有误"
	refused(t, store, uphold, parcels.ErrRefused) // before the rejection
	uphold.On, uphold.Change = day("2026-03-07"), apply(t, store, parcels.Rows{Parks: []parcels.Park{park()}}).Change
	record(t, store, uphold)
	again := step(7, parcels.ActRedraft, "03-07", "03-07")
	again.Run = draft(`{"v":1}`) // the results name nobody
	again.Run.Version, again.Change = 8, uphold.Change
	record(t, store, again)
	acts := matter(t, open(t, s, address), parcels.MatterQuery{ID: first.Matter}).Acts
	if got := acts[4]; got.Firm != late.Firm || got.Parcel != late.Parcel || got.On != late.On {
		t.Errorf("the objection came back as %+v", got)
	}
	if acts[5].Change != uphold.Change || acts[6].Change != uphold.Change || acts[6].State != parcels.RunDraft {
		t.Errorf("the correction came back as %+v and %+v", acts[5], acts[6])
	}
	insert := `INSERT INTO acts (matter, kind, subject, seq, act, state, "on", who, at, note) VALUES ('2025-1', 'run', '2025', 8, 'object', 'notice', '`
	if err := s.Exec(address, insert+`2026-03-01', 'sql', '2026-03-08T00:00:00Z', 'x')`); err == nil {
		t.Error("an objection from before the notice went through by SQL")
	}
	if err := s.Exec(address, insert+`2026-03-03', 'sql', '2026-03-08T00:00:00Z', 'x')`); err != nil {
		t.Errorf("an objection of the days of the notice by SQL: %v", err)
	}
}
