package parcels_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"muchan/parcels"
)

// TestAllowedActs writes out what may follow in every state: warning, time to rectify, review, then agreement or done; and draft,
// notice with objections, final.
func TestAllowedActs(t *testing.T) {
	cases := map[string]string{
		"": "open", "opened": "warn withdraw", "warned": "rectify withdraw", "rectifying": "extend review withdraw",
		"review": "rectify agree finish withdraw", "agreed": "finish withdraw", "done": "", "withdrawn": "",
	}
	runs := map[string]string{
		"": "draft", "draft": "notice redraft withdraw", "notice": "object uphold reject redraft finalise withdraw", "final": "", "withdrawn": "",
	}
	for kind, table := range map[string]map[string]string{parcels.MatterExit: cases, parcels.MatterIdle: cases, parcels.MatterRun: runs} {
		for state, want := range table {
			m := parcels.Matter{Kind: kind, State: state}
			got, wanted := m.Allowed(), strings.Fields(want)
			slices.Sort(got)
			slices.Sort(wanted)
			if !slices.Equal(got, wanted) || m.Open() != (want != "") {
				t.Errorf("%s %q: %v, want %v", kind, state, got, wanted)
			}
			if state != "" && (parcels.StateTitles[state] == "" || parcels.StateTitlesEn[state] == "") {
				t.Errorf("state %q has no title", state)
			}
		}
	}
	for _, kind := range parcels.MatterKinds {
		for _, act := range parcels.ActsOf(kind) {
			if parcels.ActTitles[act] == "" || parcels.ActTitlesEn[act] == "" {
				t.Errorf("act %q has no title", act)
			}
		}
	}
}

// TestEveryActMoves tries every act in every state of a case and compares where it leads.
func TestEveryActMoves(t *testing.T) {
	leads := map[string]string{
		"opened warn": "warned", "warned rectify": "rectifying", "rectifying review": "review", "rectifying extend": "rectifying", "review rectify": "rectifying",
		"review agree": "agreed", "review finish": "done", "agreed finish": "done", "opened withdraw": "withdrawn", "warned withdraw": "withdrawn",
		"rectifying withdraw": "withdrawn", "review withdraw": "withdrawn", "agreed withdraw": "withdrawn",
	}
	states := []string{"opened", "warned", "rectifying", "review", "agreed", "done", "withdrawn"}
	at := time.Date(2026, 3, 8, 2, 0, 0, 0, time.UTC)
	for _, state := range states {
		for _, act := range parcels.ActsOf(parcels.MatterExit) {
			a := parcels.Act{
				Matter: "m", Kind: parcels.MatterExit, Subject: "s", Seq: 2, Act: act, On: parcels.MustDate("2026-03-01"),
				Who: "w", At: at, Note: "n", Data: []byte(`{}`),
			}
			switch act {
			case parcels.ActRectify, parcels.ActExtend:
				a.Until = parcels.MustDate("2026-04-01")
			case parcels.ActAgree:
				a.Path = "transfer"
			}
			m := parcels.Matter{ID: "m", Kind: a.Kind, Subject: "s", State: state, Acts: []parcels.Act{{Seq: 1, Act: parcels.ActRectify, On: a.On, Until: a.On + 10}}}
			err := m.Add(a)
			want, allowed := leads[state+" "+act]
			if allowed && (err != nil || m.State != want || m.Acts[1].State != want) {
				t.Errorf("%s in %s: %s, %v; want %s", act, state, m.State, err, want)
			}
			if !allowed && (!errors.Is(err, parcels.ErrConflict) || m.State != state || len(m.Acts) != 1) {
				t.Errorf("%s in %s: %s, %v; want a conflict", act, state, m.State, err)
			}
			delete(leads, state+" "+act)
		}
	}
	if len(leads) > 0 {
		t.Errorf("not tried: %v", slices.Collect(maps.Keys(leads)))
	}
}

// TestDaysOfActs counts days in China, where 8 March has begun at 16:00 UTC of the 7th.
func TestDaysOfActs(t *testing.T) {
	add := func(at string, on string) error {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		m := parcels.Matter{}
		return m.Add(parcels.Act{
			Matter: "m", Kind: parcels.MatterIdle, Subject: "s", Seq: 1, Act: parcels.ActOpen, On: parcels.MustDate(on), Who: "w", At: now, Note: "n",
			Data: []byte(`{}`),
		})
	}
	if err := add("2026-03-07T16:00:00Z", "2026-03-08"); err != nil {
		t.Errorf("today in China: %v", err)
	}
	if err := add("2026-03-07T15:59:59Z", "2026-03-08"); !errors.Is(err, parcels.ErrRefused) {
		t.Errorf("tomorrow in China: %v, want ErrRefused", err)
	}
}

// TestPeriodsAreNotBackDated: nobody could object within a notice that was entered when it was over, whatever day its act names.
func TestPeriodsAreNotBackDated(t *testing.T) {
	act := func(seq int, what, on, until, entered string) parcels.Act {
		at, err := time.Parse(time.DateOnly, entered)
		if err != nil {
			t.Fatal(err)
		}
		a := parcels.Act{Matter: "2025-1", Kind: parcels.MatterRun, Subject: "2025", Seq: seq, Act: what, On: parcels.MustDate(on), Who: "w", At: at, Note: "n"}
		if until != "" {
			a.Until = parcels.MustDate(until)
		}
		if what == parcels.ActDraft {
			a.Run = &parcels.Run{Year: 2025, AsOf: parcels.MustDate("2026-11-25"), Results: []byte(`{}`)}
		}
		return a
	}
	var m parcels.Matter
	for _, step := range []struct {
		a    parcels.Act
		want error
	}{
		{act(1, "draft", "1900-01-01", "", "2026-11-25"), parcels.ErrRefused},
		{act(1, "draft", "2026-11-25", "", "2026-11-26"), nil},
		{act(2, "notice", "2026-11-25", "2026-11-27", "2026-11-28"), parcels.ErrRefused},
		{act(2, "notice", "2026-11-25", "2026-11-28", "2026-11-28"), nil},
		{act(3, "finalise", "2026-11-29", "", "2026-11-28"), parcels.ErrRefused},
		{act(3, "finalise", "2026-11-28", "", "2026-11-28"), parcels.ErrConflict},
		{act(3, "finalise", "2026-11-28", "", "2026-11-29"), parcels.ErrConflict},
		{act(3, "finalise", "2026-11-29", "", "2026-11-29"), nil},
	} {
		if err := m.Add(step.a); !errors.Is(err, step.want) {
			t.Errorf("%s on %s until %s, entered at %s: %v, want %v", step.a.Act, step.a.On, step.a.Until, step.a.At, err, step.want)
		}
	}
	late := act(3, "rectify", "2026-11-01", "2026-11-20", "2026-11-25")
	late.Matter, late.Kind, late.Subject = "m", parcels.MatterExit, "s"
	warned := parcels.Matter{ID: "m", Kind: late.Kind, Subject: "s", State: parcels.CaseWarned, Acts: make([]parcels.Act, 2)}
	if err := warned.Add(late); !errors.Is(err, parcels.ErrRefused) {
		t.Errorf("a time to rectify that was over when it was entered: %v, want ErrRefused", err)
	}
}

// TestMembersOfActs: what belongs to another sort of act is refused instead of kept where nobody looks for it, and blank is missing.
func TestMembersOfActs(t *testing.T) {
	base := parcels.Act{
		Matter: "m", Kind: parcels.MatterExit, Subject: "s", Seq: 2, Act: parcels.ActWarn, On: parcels.MustDate("2026-03-01"), Who: "w",
		At: time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC), Note: "n",
	}
	add := func(a parcels.Act, state string) (parcels.Act, error) {
		m := parcels.Matter{ID: "m", Kind: a.Kind, Subject: "s", State: state, Acts: []parcels.Act{{Seq: 1, On: a.On}}}
		err := m.Add(a)
		return m.Acts[len(m.Acts)-1], err
	}
	for name, change := range map[string]func(*parcels.Act){
		"until": func(a *parcels.Act) { a.Until = a.On }, "about": func(a *parcels.Act) { a.About = 99 }, "about below": func(a *parcels.Act) { a.About = -1 },
		"party": func(a *parcels.Act) { a.Party = "乙方" }, "path": func(a *parcels.Act) { a.Path = "expand" },
		"correction": func(a *parcels.Act) { a.Correction = "更正" }, "firm": func(a *parcels.Act) { a.Firm = "x" },
		"parcel": func(a *parcels.Act) { a.Parcel = "x" }, "change": func(a *parcels.Act) { a.Change = 1 },
	} {
		a := base
		change(&a)
		if _, err := add(a, parcels.CaseOpened); !errors.Is(err, parcels.ErrRefused) {
			t.Errorf("a warning with %s: %v, want ErrRefused", name, err)
		}
	}
	agree := base
	agree.Act, agree.Path = parcels.ActAgree, " \u3000"
	if _, err := add(agree, parcels.CaseReview); !errors.Is(err, parcels.ErrRefused) {
		t.Errorf("a blank path: %v, want ErrRefused", err)
	}
	agree.Path = " expand\n"
	if got, err := add(agree, parcels.CaseReview); err != nil || got.Path != "expand" {
		t.Errorf("a path with space about it: %v, %+v", err, got)
	}
}
