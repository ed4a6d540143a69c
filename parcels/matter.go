package parcels

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The kinds of matter. A parcel may have one open case of each kind.
const (
	MatterExit = "exit" // case of an exit candidate (退出处置)
	MatterIdle = "idle" // case of a parcel that may be idle (闲置处置)
	MatterRun  = "run"  // evaluation of one year, from draft to final
)

// MatterKinds lists the kinds of matter, CaseKinds those that are cases (处置台账).
var (
	MatterKinds = []string{MatterExit, MatterIdle, MatterRun}
	CaseKinds   = []string{MatterExit, MatterIdle}
)

// Matter (办理事项) is something the zone's staff carry through step by step. It is what its acts made of it: nothing of it is ever
// changed or removed, and scores made anew do not touch it.
type Matter struct {
	ID      string // as NewMatterID gives it
	Kind    string // see MatterKinds
	Subject string // code of the parcel, or year of the run
	State   string // after the last act
	Acts    []Act  // in order
}

// Act (办理记录) is one step of a matter.
type Act struct {
	Matter     string
	Kind       string
	Subject    string
	Seq        int        // 1 for the first
	Act        string     // what was done
	State      string     // of the matter after it; the store fills it in
	On         Date       // the day it was done; see Recorded for the day it was entered
	Until      Date       // last day of what it begins: the time to rectify, the public notice
	About      int        // Seq of the objection that it decides
	Party      string     // who objects
	Firm       string     // credit code of the firm that an objection is about
	Parcel     string     // code of the parcel that an objection is about
	Path       string     // identifier of the lawful path that was agreed
	Correction string     // what an upheld objection corrects, in words
	Change     int64      // number in the journal of the change that makes a correction; 0 for none
	Who        string     // who recorded it
	At         time.Time  // when it was recorded
	Note       string     // why; never empty
	Document   string     // number of the document it rests on
	Data       []byte     // JSON, opaque here: evidence frozen when it was done
	Run        *Run       // what a draft freezes, without ID and publisher
	Rules      []RuleText // the sets it rests on, so that their texts can be found by hash for ever; not read back
}

// MatterQuery selects matters; what is empty selects all.
type MatterQuery struct {
	ID      string
	Kinds   []string
	Subject string
	State   string
	Results bool // read the results of drafts too, which may be large
}

// ErrConflict says that an act does not come next: another one came first, or the state does not allow it.
var ErrConflict = errors.New("conflict")

// ActError says why an act cannot be recorded, in Chinese and English.
type ActError struct {
	Kind             error // ErrRefused for an act that is not whole, ErrConflict for one that does not come next
	Reason, ReasonEn string
	State            string   // of the matter as it is
	Seq              int      // that the next act must have
	Allowed          []string // acts that the state allows
}

// Error gives the reason in English.
func (e *ActError) Error() string { return e.ReasonEn }

// Unwrap returns the kind.
func (e *ActError) Unwrap() error { return e.Kind }

// procedure is how matters of a kind go on.
type procedure struct {
	moves []move
	// check is what an act must keep beyond the table of moves.
	check func(m *Matter, a *Act) (zh, en string, kind error)
}

// move is one allowed step: in one of the states From an act leads to the state To. The state before the first act is "".
type move struct {
	act  string
	from []string
	to   string // "" leaves the state
}

func procedureOf(kind string) *procedure {
	switch kind {
	case MatterExit, MatterIdle:
		return &caseProcedure
	case MatterRun:
		return &runProcedure
	}
	return nil
}

// ActsOf lists the acts of a kind of matter.
func ActsOf(kind string) []string {
	var acts []string
	if p := procedureOf(kind); p != nil {
		for _, mv := range p.moves {
			acts = append(acts, mv.act)
		}
	}
	return acts
}

// NewMatterID names the n-th matter of a kind about a subject: a run by year and number, as it will be published.
func NewMatterID(kind, subject string, n int) string {
	if kind == MatterRun {
		return fmt.Sprintf("%s-%d", subject, n)
	}
	return fmt.Sprintf("%s-%s-%d", kind, subject, n)
}

// Add appends an act, or says with an *ActError why it cannot be recorded.
func (m *Matter) Add(a Act) error {
	p := procedureOf(a.Kind)
	if p == nil {
		return m.refuse(ErrRefused, "没有这类事项："+a.Kind, "there is no such kind of matter: "+a.Kind)
	}
	if len(m.Acts) == 0 {
		m.ID, m.Kind, m.Subject = a.Matter, a.Kind, a.Subject
	}
	a.trim()
	if zh, en := a.incomplete(m, p); zh != "" {
		return m.refuse(ErrRefused, zh, en)
	}
	if a.Seq != len(m.Acts)+1 {
		return m.refuse(ErrConflict, fmt.Sprintf("该事项已有 %d 条记录，请重新载入后再办理", len(m.Acts)),
			fmt.Sprintf("the matter has %d acts by now: read it again first", len(m.Acts)))
	}
	i := slices.IndexFunc(p.moves, func(mv move) bool { return mv.act == a.Act && slices.Contains(mv.from, m.State) })
	if i < 0 {
		return m.refuse(ErrConflict, fmt.Sprintf("当前状态“%s”不能办理“%s”", stateTitle(m.State), ActTitles[a.Act]),
			fmt.Sprintf("%s cannot follow while the matter is %s", a.Act, cmp.Or(m.State, "not open")))
	}
	if zh, en, kind := p.check(m, &a); zh != "" {
		return m.refuse(kind, zh, en)
	}
	a.State = cmp.Or(p.moves[i].to, m.State)
	m.State, m.Acts = a.State, append(m.Acts, a)
	return nil
}

func (m *Matter) refuse(kind error, zh, en string) error {
	return &ActError{Kind: kind, Reason: zh, ReasonEn: en, State: m.State, Seq: len(m.Acts) + 1, Allowed: m.Allowed()}
}

// incomplete says what every act of every kind must have and this one lacks.
func (a *Act) incomplete(m *Matter, p *procedure) (zh, en string) {
	switch {
	case a.Matter == "" || a.Subject == "" || a.Matter != m.ID || a.Kind != m.Kind || a.Subject != m.Subject:
		return "记录与事项不符", "the act belongs to another matter"
	case !slices.ContainsFunc(p.moves, func(mv move) bool { return mv.act == a.Act }):
		return "没有这种办理：" + a.Act, "there is no such act: " + a.Act
	case strings.TrimSpace(a.Note) == "":
		return "请填写说明：每一步都要写明理由", "a note is needed: every act says why"
	case strings.TrimSpace(a.Who) == "" || a.At.IsZero():
		return "缺少办理人或时间", "who did it and when is missing"
	case !a.readable():
		return "文字须为 UTF-8，且附件须为 JSON", "texts must be UTF-8, and what is attached must be JSON"
	}
	if zh, en := a.misplaced(); zh != "" {
		return zh, en
	}
	return a.misdated(m)
}

// readable reports whether every store can keep the texts of an act.
func (a *Act) readable() bool {
	for _, s := range []string{a.Matter, a.Subject, a.Party, a.Firm, a.Parcel, a.Path, a.Correction, a.Who, a.Note, a.Document} {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return false
		}
	}
	return len(a.Data) == 0 || json.Valid(a.Data)
}

// Allowed lists the acts that the state of the matter allows.
func (m *Matter) Allowed() []string {
	acts := []string{}
	p := procedureOf(m.Kind)
	if p == nil {
		return acts
	}
	for _, mv := range p.moves {
		if slices.Contains(mv.from, m.State) {
			acts = append(acts, mv.act)
		}
	}
	return acts
}

// Open reports whether the matter still goes on.
func (m *Matter) Open() bool { return len(m.Allowed()) > 0 }

// Last returns the last act of one of some sorts, nil when there is none.
func (m *Matter) Last(acts ...string) *Act {
	for i := len(m.Acts) - 1; i >= 0; i-- {
		if slices.Contains(acts, m.Acts[i].Act) {
			return &m.Acts[i]
		}
	}
	return nil
}

// Follow checks an act against what a store holds: the acts of its matter and those of the same kind and subject, each matter's in
// order, repetitions allowed. It returns the act to write and the run it publishes, if any; or an *ActError.
func (a *Act) Follow(held []Act) (*Act, *Run, error) {
	var m Matter
	for _, o := range FoldActs(held) {
		switch {
		case o.ID == a.Matter:
			m = o
		case a.Seq == 1 && o.Kind == a.Kind && o.Subject == a.Subject && o.Open():
			return nil, nil, o.refuse(ErrConflict, fmt.Sprintf("%s 正在办理中，不能再立", o.ID), fmt.Sprintf("%s is open, so another cannot be opened", o.ID))
		}
	}
	if err := m.Add(*a); err != nil {
		return nil, nil, err
	}
	added := &m.Acts[len(m.Acts)-1]
	if added.State != RunFinal {
		return added, nil, nil
	}
	run := m.Final(added)
	return added, &run, nil
}

// FoldActs makes matters of acts, those opened last first. Acts of one matter must be in order, repetitions are left out; what the
// rules of today would not allow stays, for it happened.
func FoldActs(acts []Act) []Matter {
	var list []Matter
	at := map[string]int{}
	for _, a := range acts {
		i, known := at[a.Matter]
		if known && a.Seq <= len(list[i].Acts) {
			continue
		}
		if !known {
			i = len(list)
			at[a.Matter] = i
			list = append(list, Matter{ID: a.Matter, Kind: a.Kind, Subject: a.Subject})
		}
		list[i].State, list[i].Acts = a.State, append(list[i].Acts, a)
	}
	slices.SortFunc(list, func(a, b Matter) int {
		return cmp.Or(b.Acts[0].At.Compare(a.Acts[0].At), cmp.Compare(b.ID, a.ID))
	})
	return list
}

// Fold makes matters of acts and keeps those in the state that a query asks for.
func (q *MatterQuery) Fold(acts []Act) []Matter {
	return slices.DeleteFunc(FoldActs(acts), func(m Matter) bool { return q.State != "" && m.State != q.State })
}
