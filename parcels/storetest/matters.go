package storetest

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"muchan/parcels"
)

// recorded is when the acts below are recorded: 8 March 2026 in China.
var recorded = time.Date(2026, 3, 8, 2, 3, 4, 0, time.UTC)

// act returns a whole act of a matter, done and recorded on a day of 2026.
func act(kind, subject string, seq int, what, on string) parcels.Act {
	done := day("2026-" + on)
	return parcels.Act{
		Matter: parcels.NewMatterID(kind, subject, 1), Kind: kind, Subject: subject, Seq: seq, Act: what, On: done, Who: "王主任",
		At: recorded.AddDate(0, 0, int(done-parcels.DateIn(recorded, time.UTC))).Add(time.Duration(seq) * time.Second), Note: "因为 '" + what + "'",
	}
}

func opening(subject string, n int) parcels.Act {
	a := act(parcels.MatterExit, subject, 1, parcels.ActOpen, "01-05")
	a.Matter, a.Data = parcels.NewMatterID(a.Kind, subject, n), []byte(`{"failed": ["亩均税收"],  "value":1.50}`)
	return a
}

func record(t *testing.T, store parcels.Store, a parcels.Act) {
	t.Helper()
	if err := store.Record(context.Background(), a); err != nil {
		t.Fatalf("%s of %s: %v", a.Act, a.Matter, err)
	}
}

// refused records an act that must not go through and returns why.
func refused(t *testing.T, store parcels.Store, a parcels.Act, kind error) *parcels.ActError {
	t.Helper()
	err := store.Record(context.Background(), a)
	var why *parcels.ActError
	if !errors.Is(err, kind) || !errors.As(err, &why) || why.Reason == "" || why.ReasonEn == "" {
		t.Fatalf("%s of %s: %v, want an *ActError of kind %v", a.Act, a.Matter, err, kind)
	}
	return why
}

func matter(t *testing.T, store parcels.Store, q parcels.MatterQuery) parcels.Matter {
	t.Helper()
	list, err := store.Matters(context.Background(), q)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d matters of %+v, %v; want one", len(list), q, err)
	}
	return list[0]
}

func testCase(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	code := parcelCode(1)
	before := version(t, store)
	record(t, store, opening(code, 1))
	why := refused(t, store, opening(code, 2), parcels.ErrConflict) // one open case of a kind
	if why.State != parcels.CaseOpened || !slices.Equal(why.Allowed, []string{"warn", "withdraw"}) {
		t.Errorf("a second case: %+v", why)
	}
	idle := act(parcels.MatterIdle, code, 1, parcels.ActOpen, "01-05")
	idle.Data = []byte(`{}`)
	record(t, store, idle) // of another kind

	step := func(seq int, what, on string) parcels.Act { return act(parcels.MatterExit, code, seq, what, on) }
	refused(t, store, step(2, parcels.ActFinish, "01-06"), parcels.ErrConflict)
	silent := step(2, parcels.ActWarn, "01-06")
	silent.Note = " "
	refused(t, store, silent, parcels.ErrRefused)
	if why = refused(t, store, step(3, parcels.ActWarn, "01-06"), parcels.ErrConflict); why.Seq != 2 {
		t.Errorf("a number left out: %+v, want 2 as the next", why)
	}
	record(t, store, step(2, parcels.ActWarn, "01-06"))
	rectify := step(3, parcels.ActRectify, "01-06")
	refused(t, store, rectify, parcels.ErrRefused) // without a deadline
	rectify.Until = day("2026-02-06")
	stale := rectify
	stale.Seq = 2 // by somebody who has not seen the warning
	if why = refused(t, store, stale, parcels.ErrConflict); why.Seq != 3 || why.State != parcels.CaseWarned {
		t.Errorf("a number given twice: %+v, want 3 as the next", why)
	}
	record(t, store, rectify)
	if m := matter(t, store, parcels.MatterQuery{ID: rectify.Matter}); m.Overdue(day("2026-02-06")) || !m.Overdue(day("2026-02-07")) || m.Due() != rectify.Until {
		t.Errorf("due %s; overdue on the last day %t, on the day after %t", m.Due(), m.Overdue(day("2026-02-06")), m.Overdue(day("2026-02-07")))
	}
	extend := step(4, parcels.ActExtend, "02-05")
	extend.Until = rectify.Until
	refused(t, store, extend, parcels.ErrRefused) // to the same day
	extend.Until++
	record(t, store, extend)
	if m := matter(t, store, parcels.MatterQuery{ID: rectify.Matter}); m.Overdue(extend.Until) || !m.Overdue(extend.Until+1) || m.State != parcels.CaseRectifying {
		t.Errorf("extended to %s: due %s, %s", extend.Until, m.Due(), m.State)
	}
	record(t, store, step(5, parcels.ActReview, "02-10"))
	again := step(6, parcels.ActRectify, "02-11")
	again.Until = day("2026-03-11")
	record(t, store, again)
	record(t, store, step(7, parcels.ActReview, "03-01"))
	agree := step(8, parcels.ActAgree, "03-02")
	refused(t, store, agree, parcels.ErrRefused) // without a path
	agree.Path = "transfer"
	record(t, store, agree)
	record(t, store, step(9, parcels.ActFinish, "03-02"))
	refused(t, store, step(10, parcels.ActWithdraw, "03-03"), parcels.ErrConflict)
	record(t, store, opening(code, 2)) // the first is done

	open2 := open(t, s, address)
	done := matter(t, open2, parcels.MatterQuery{Kinds: []string{parcels.MatterExit}, State: parcels.CaseDone})
	if len(done.Acts) != 9 || done.Open() || done.Overdue(far) || done.Acts[7].Path != "transfer" || done.Subject != code {
		t.Errorf("the case that is done: %+v", done)
	}
	all, err := open2.Matters(context.Background(), parcels.MatterQuery{Kinds: parcels.CaseKinds, Subject: code})
	if err != nil || len(all) != 3 {
		t.Errorf("%d cases of the parcel, %v; want 3", len(all), err)
	}
	if v := version(t, store); v != before {
		t.Errorf("version %d, was %d: a case changes no map", v, before)
	}
}

func testEveryAct(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	for _, list := range [][]parcels.Act{fullCase("𠮷 'x' \" \\ ;"), fullRun()} {
		for _, a := range list {
			record(t, store, a)
		}
		acts := matter(t, open(t, s, address), parcels.MatterQuery{ID: list[0].Matter, Results: true}).Acts
		for i, want := range list {
			got := acts[i]
			if !got.At.Equal(want.At) || !bytes.Equal(got.Data, want.Data) {
				t.Errorf("at %s with %s; want %s, %s", got.At, got.Data, want.At, want.Data)
			}
			got.At, want.State = want.At, got.State
			if !reflect.DeepEqual(got, want) {
				t.Errorf("the act came back as\n%+v\nwant\n%+v", got, want)
			}
		}
	}
	for _, what := range []func(*parcels.Act){
		func(a *parcels.Act) { a.Kind = "party" },
		func(a *parcels.Act) { a.Act = "dance" },
		func(a *parcels.Act) { a.Subject = "" },
		func(a *parcels.Act) { a.Who = "" },
		func(a *parcels.Act) { a.On = 0 },
		func(a *parcels.Act) { a.On = day("2026-03-09") }, // tomorrow
		func(a *parcels.Act) { a.Until = a.On - 1 },
		func(a *parcels.Act) { a.Note = "nul\x00" },
		func(a *parcels.Act) { a.Party = "\xc7\xe5" },
		func(a *parcels.Act) { a.Data = []byte("{") },
		func(a *parcels.Act) { a.Data = nil },
	} {
		bad := opening(parcelCode(2), 1)
		what(&bad)
		refused(t, store, bad, parcels.ErrRefused)
	}
	record(t, store, opening(parcelCode(2), 1))
	refused(t, store, act(parcels.MatterExit, parcelCode(2), 2, parcels.ActWarn, "01-04"), parcels.ErrRefused)
}

// fullCase and fullRun have acts of which each member that a store keeps is filled in once.
func fullCase(subject string) []parcels.Act {
	list := []parcels.Act{opening(subject, 1)}
	for i, what := range []string{parcels.ActWarn, parcels.ActRectify, parcels.ActReview, parcels.ActAgree} {
		list = append(list, act(parcels.MatterExit, subject, i+2, what, "02-01"))
	}
	list[0].Document, list[0].Note, list[0].At = "泉政办规〔2025〕13号", "行一\n行二", recorded.Add(789*time.Microsecond)
	list[2].Until, list[4].Path = day("2026-03-01"), "扩建"
	return list
}

func fullRun() []parcels.Act {
	var list []parcels.Act
	for i, what := range []string{parcels.ActDraft, parcels.ActNotice, parcels.ActObject, parcels.ActUphold} {
		list = append(list, act(parcels.MatterRun, "2025", i+1, what, "03-02"))
	}
	list[0].Run = draft(`{"v":1}`)
	list[0].Run.Rules = nil // not read back
	list[1].Until, list[2].Party, list[2].Firm, list[2].Parcel = day("2026-03-04"), "乙方", "91359900MA00000000", "350503001001GB00001"
	list[3].About, list[3].Correction = 3, "更正"
	return list
}

// testConcurrentActs lets several writers add the same next act: one wins, the others are told what comes next now.
func testConcurrentActs(t *testing.T, s Suite) {
	address := s.New(t)
	code := parcelCode(1)
	var stores []parcels.Store
	for range openedStores {
		stores = append(stores, open(t, s, address))
	}
	for seq, what := range []string{parcels.ActOpen, parcels.ActWarn} {
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for w := range writers {
			wg.Go(func() {
				a := act(parcels.MatterExit, code, seq+1, what, "01-05")
				a.Data, a.Who = []byte(`{}`), "writer "+strconv.Itoa(w)
				err := stores[w%len(stores)].Record(context.Background(), a)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if !errors.Is(err, parcels.ErrConflict) {
					t.Errorf("%s: %v, want ErrConflict", a.Who, err)
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%s: %d writers won, want one", what, won)
		}
	}
	if m := matter(t, stores[0], parcels.MatterQuery{}); len(m.Acts) != 2 || m.State != parcels.CaseWarned {
		t.Errorf("after all: %+v", m)
	}
}

func testActsFrozen(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	record(t, store, opening(parcelCode(1), 1))
	if err := store.AddRules(context.Background(), parcels.RuleText{ID: "x", Text: []byte("a: 1"), Who: "王主任", At: recorded}); err != nil {
		t.Fatal(err)
	}
	id := parcels.NewMatterID(parcels.MatterExit, parcelCode(1), 1)
	insert := func(seq, act, state, on, note string) string {
		return `INSERT INTO acts (matter, kind, subject, seq, act, state, "on", who, at, note) VALUES ('` + id + `', 'exit', '` +
			parcelCode(1) + `', ` + seq + `, '` + act + `', '` + state + `', '` + on + `', 'sql', '2026-03-08T00:00:00Z', '` + note + `')`
	}
	for _, edit := range []struct{ statement, rule string }{
		{`UPDATE acts SET note = 'other'`, ""},
		{`DELETE FROM acts`, ""},
		{`UPDATE rule_sets SET text = 'b: 2'`, ""},
		{`DELETE FROM rule_sets`, ""},
		{insert("1", "warn", "warned", "2026-01-06", "again"), "acts_order"},
		{insert("3", "warn", "warned", "2026-01-06", "left one out"), "acts_order"},
		{insert("2", "warn", "warned", "2026-01-04", "before the one before"), "acts_order"},
		{insert("2", "warn", "warned", "2026-01-06", " "), "acts_note_check"},
		{insert("2", "dance", "warned", "2026-01-06", "x"), "acts_act_check"},
		{insert("2", "warn", "lost", "2026-01-06", "x"), "acts_state_check"},
		{insert("2", "draft", "draft", "2026-01-06", "without results"), "acts_draft_check"},
		{`INSERT INTO rule_sets (id, hash, text, use, who, at) VALUES ('x', 'short', 'a: 1', 'added', 'sql', '2026-03-08T00:00:00Z')`, "rule_sets_hash_check"},
	} {
		err := s.Exec(address, edit.statement)
		if err == nil {
			t.Errorf("%s went through", edit.statement)
		} else if !bytes.Contains([]byte(err.Error()), []byte(edit.rule)) {
			t.Errorf("%s: %q does not name the rule %s", edit.statement, err, edit.rule)
		}
	}
	if err := s.Exec(address, insert("2", "warn", "warned", "2026-01-06", "by hand")); err != nil {
		t.Errorf("an act in order was refused: %v", err)
	}
	if m := matter(t, store, parcels.MatterQuery{ID: id}); len(m.Acts) != 2 || m.State != parcels.CaseWarned {
		t.Errorf("after all: %+v", m)
	}
}

func testRules(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	ctx := context.Background()
	add := func(id, text string) {
		t.Helper()
		if err := store.AddRules(ctx, parcels.RuleText{ID: id, Text: []byte(text), Who: "王主任", At: recorded}); err != nil {
			t.Fatal(err)
		}
	}
	w := watch(t, open(t, s, address))
	before := version(t, store)
	add("a", "a: 1 # 一\n")
	w.wait(t, before+1)
	add("b", "b: 1\n")
	add("a", "a: 2\n")
	add("a", "a: 2\n") // in force already
	add("b", "b: 1\n")
	add("a", "a: 1 # 一\n") // back to the first
	if v := version(t, store); v != before+4 {
		t.Errorf("version %d, want %d: each set that came into force counts once", v, before+4)
	}
	run := *draft(`{}`)
	run.ID, run.PublishedBy, run.PublishedAt = "2025-9", "王主任", recorded
	run.Rules = append(run.Rules, parcels.RuleText{ID: "b", Text: []byte("b: 1\n")})
	if err := store.PublishRun(ctx, run); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []parcels.RuleText{{Text: []byte("x")}, {ID: "x"}, {ID: "x", Text: []byte("\xff")}} {
		if err := store.AddRules(ctx, bad); !errors.Is(err, parcels.ErrRefused) {
			t.Errorf("%+v: %v, want ErrRefused", bad, err)
		}
	}
	all, err := open(t, s, address).Rules(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range all {
		got = append(got, r.ID+" "+r.Use+" "+string(r.Text))
		if r.Hash != parcels.HashRules(r.Text) || r.Who != "王主任" || !r.At.Equal(recorded) {
			t.Errorf("rule set %+v", r)
		}
	}
	want := []string{"a added a: 1 # 一\n", "b added b: 1\n", "a added a: 2\n", "a added a: 1 # 一\n", "演示 used title: 演示\n"}
	if !slices.Equal(got, want) {
		t.Errorf("texts %q, want %q", got, want)
	}
	latest := parcels.LatestRules(all)
	if len(latest) != 2 || string(latest[0].Text) != "a: 1 # 一\n" || latest[1].ID != "b" {
		t.Errorf("in force: %+v", latest)
	}
}
