package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

var caseRoutes = []route{
	{
		method: get, pattern: "/api/v1/cases", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone", answer: caseList{},
		params: append([]param{
			parkParam,
			{name: "kind", kind: wordParam, words: parcels.CaseKinds, doc: words{"类型：退出、闲置", "kind: exit or idle"}},
			{name: "state", kind: wordParam, words: caseStates, doc: words{"状态", "state"}},
			{name: "parcel", kind: textParam, min: 1, max: 40, doc: words{"宗地代码，包括其分割、合并前的宗地", "parcel code; those it was split or merged from count too"}},
			{name: "overdue", kind: flagParam, doc: words{"整改是否逾期", "whether the rectification is overdue"}},
		}, listParams("", caseOrders)...),
		doc: words{"处置台账", "cases"}, handle: (*call).cases,
	},
	{
		method: get, pattern: "/api/v1/cases/{id}", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone", answer: caseDoc{},
		doc: words{"一件处置的全部记录", "one case with all its acts"}, handle: (*call).oneCase,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/cases", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone", answer: caseDoc{},
		body: schema{
			"type": "object", "additionalProperties": false, "required": []string{"kind", "parcel", "note"},
			"properties": schema{
				"kind": schema{"type": "string", "enum": parcels.CaseKinds}, "parcel": schema{"type": "string"}, "note": schema{"type": "string"},
				"document": schema{"type": "string"}, "on": schema{"type": "string", "format": "date"},
			},
		},
		doc:    words{"对名单上的宗地立案，并固定当日依据", "open a case for a parcel on the list, with the evidence of the day"},
		handle: (*call).openCase,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/cases/{id}/acts", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone", answer: caseDoc{},
		body: actSchema(parcels.MatterExit),
		doc:  words{"办理一步；状态不允许时返回 409 和可以办理的步骤", "record the next act; 409 with the allowed acts when the state does not allow it"}, handle: (*call).actOnCase,
	},
}

var caseStates = []string{
	parcels.CaseOpened, parcels.CaseWarned, parcels.CaseRectifying, parcels.CaseReview, parcels.CaseAgreed, parcels.CaseDone, parcels.Withdrawn,
}

// caseDoc is a case as of the image's day.
type caseDoc struct {
	ID          string       `json:"id"`
	Kind        string       `json:"kind"`
	Parcel      string       `json:"parcel"`
	Park        *string      `json:"park"`
	State       string       `json:"state"`
	StateTitle  string       `json:"state_title"`
	TitleEn     string       `json:"state_title_en"`
	OpenedOn    parcels.Date `json:"opened_on"`
	Due         parcels.Date `json:"due"`
	Overdue     bool         `json:"overdue"`
	AsOf        parcels.Date `json:"as_of"`
	Listed      bool         `json:"listed"`            // the parcel is on the list as of the day
	Successors  []string     `json:"successors"`        // parcels that hold its land today, over all splits and mergers since
	ListedHeirs []string     `json:"listed_successors"` // those of them that are on the list
	Note        string       `json:"note"`              // what changed since it was opened; "" for nothing
	NoteEn      string       `json:"note_en"`
	Allowed     []string     `json:"allowed"`
	NextSeq     int          `json:"next_seq"`
	*caseActs
}

// caseOrders sort cases, which come with those opened last first.
var caseOrders = []order[caseDoc]{
	{"opened_on", func(_ *call, d caseDoc) sortKey { return byDay(d.OpenedOn) }},
	{"due", func(_ *call, d caseDoc) sortKey { return byDay(d.Due) }},
	{"parcel", func(_ *call, d caseDoc) sortKey { return byText(d.Parcel) }},
	{"state", func(_ *call, d caseDoc) sortKey { return byNumber(slices.Index(caseStates, d.State)) }},
}

type caseActs struct {
	Acts []actDoc `json:"acts"`
}

type caseList struct {
	AsOf  parcels.Date `json:"as_of"`
	Total int          `json:"total"`
	Rows  []caseDoc    `json:"rows"`
}

// evidenceDoc is what a case was opened with. It is frozen in the case: what is scored later does not change it.
type evidenceDoc struct {
	Year    int               `json:"year"`
	AsOf    parcels.Date      `json:"as_of"`
	Version int64             `json:"version"` // of the store
	Park    string            `json:"park"`
	Rules   []scoring.RuleRef `json:"rules"`
	Exit    *exitDoc          `json:"exit"`
	Idle    *idleDoc          `json:"idle"`
	Paths   []exitPathDoc     `json:"paths,omitempty"` // of an idle case; those of an exit case are in Exit
}

// cases lists cases, those opened last first, without their acts.
func (c *call) cases() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	q := parcels.MatterQuery{Kinds: parcels.CaseKinds, State: c.text("state")}
	if kind := c.text("kind"); kind != "" {
		q.Kinds = []string{kind}
	}
	list, err := c.s.Desk.Matters(c.r.Context(), q)
	if err != nil {
		return err
	}
	line, err := c.lineage()
	if err != nil {
		return err
	}
	about := relatives(line, c.text("parcel"))
	doc := caseList{AsOf: c.image.Snapshot.AsOf, Rows: []caseDoc{}}
	for i := range list {
		row := c.image.caseDoc(&list[i], line)
		if c.wants(&row, about) {
			doc.Rows = append(doc.Rows, row)
		}
	}
	doc.Total = len(doc.Rows)
	doc.Rows = listed(c, doc.Rows, caseOrders)
	return c.json(doc)
}

func (c *call) wants(row *caseDoc, about []string) bool {
	park, overdue := c.text("park"), c.text("overdue")
	return (park == "" || row.Park != nil && *row.Park == park) && (overdue == "" || (overdue == "true") == row.Overdue) &&
		(len(about) == 0 || slices.Contains(about, row.Parcel))
}

func (c *call) oneCase() error {
	m, err := c.matter(parcels.CaseKinds)
	if err != nil {
		return err
	}
	return c.wholeCase(m)
}

func (c *call) wholeCase(m *parcels.Matter) error {
	line, err := c.lineage()
	if err != nil {
		return err
	}
	doc := c.image.caseDoc(m, line)
	doc.caseActs = &caseActs{actDocs(m)}
	return c.json(doc)
}

func (i *Image) caseDoc(m *parcels.Matter, line *parcels.Lineage) caseDoc {
	asOf := i.Snapshot.AsOf
	doc := caseDoc{
		ID: m.ID, Kind: m.Kind, Parcel: m.Subject, State: m.State, StateTitle: parcels.StateTitles[m.State], TitleEn: parcels.StateTitlesEn[m.State],
		OpenedOn: m.Acts[0].On, Due: m.Due(),
		Overdue: m.Overdue(asOf), AsOf: asOf, Successors: line.Heirs(m.Subject, i.valid), ListedHeirs: []string{}, Allowed: m.Allowed(),
		NextSeq: len(m.Acts) + 1,
	}
	at, valid := i.Snapshot.ParcelIndex(m.Subject)
	if valid {
		doc.Park, doc.Listed = present(i.Snapshot.Parcels.At(at).Park), i.listed(m.Kind, at)
	} else if e, err := evidenceOf(m); err == nil {
		doc.Park = present(e.Park)
	}
	for _, code := range doc.Successors {
		if at, _ := i.Snapshot.ParcelIndex(code); i.listed(m.Kind, at) {
			doc.ListedHeirs = append(doc.ListedHeirs, code)
		}
	}
	switch {
	case !valid && len(doc.Successors) > 0:
		doc.Note, doc.NoteEn = fmt.Sprintf("截至 %s，宗地已分割或合并", asOf), fmt.Sprintf("split or merged as of %s", asOf)
	case !valid:
		doc.Note, doc.NoteEn = fmt.Sprintf("截至 %s，宗地已不存在", asOf), fmt.Sprintf("the parcel has ended as of %s", asOf)
	case !doc.Listed:
		doc.Note, doc.NoteEn = fmt.Sprintf("截至 %s 已不在名单上", asOf), fmt.Sprintf("no longer on the list as of %s", asOf)
	}
	return doc
}

func (i *Image) valid(code string) bool {
	_, ok := i.Snapshot.ParcelIndex(code)
	return ok
}

// listed says whether a parcel is on the list that a kind of case follows.
func (i *Image) listed(kind string, at int) bool {
	s := &i.Scores.Parcels[at]
	if kind == parcels.MatterExit {
		return s.Exit >= 0
	}
	return s.Idle.Type != "" || s.Idle.Plant
}

// frozenEvidence is what a case is later asked about its evidence.
type frozenEvidence struct {
	Park string `json:"park"`
	Exit struct {
		Paths []exitPathDoc `json:"paths"`
	} `json:"exit"`
	Paths []exitPathDoc `json:"paths"`
}

// paths are those that were judged when the case was opened.
func (e *frozenEvidence) paths() []exitPathDoc { return append(e.Exit.Paths, e.Paths...) }

func evidenceOf(m *parcels.Matter) (e frozenEvidence, err error) {
	err = json.Unmarshal(m.Acts[0].Data, &e)
	return e, err
}

type openBody struct {
	Kind     string       `json:"kind"`
	Parcel   string       `json:"parcel"`
	On       parcels.Date `json:"on"`
	Note     string       `json:"note"`
	Document string       `json:"document"`
}

// openCase opens a case with the evidence of the live scores. It is a beginning of the zone's own work and determines nothing.
func (c *call) openCase() error {
	var b openBody
	if err := c.readBody(&b); err != nil {
		return err
	}
	at, known := c.image.Snapshot.ParcelIndex(b.Parcel)
	if !slices.Contains(parcels.CaseKinds, b.Kind) || !known || !c.image.listed(b.Kind, at) {
		return &fault{status: http.StatusUnprocessableEntity, code: "not_listed", detail: words{
			fmt.Sprintf("截至 %s，该宗地不在疑似名单上，不能立案", c.image.Snapshot.AsOf),
			fmt.Sprintf("the parcel is not on the list as of %s, so no case can be opened", c.image.Snapshot.AsOf),
		}}
	}
	data, err := json.Marshal(c.image.evidence(b.Kind, at))
	if err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	earlier, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{Kinds: []string{b.Kind}, Subject: b.Parcel})
	if err != nil {
		return err
	}
	m := parcels.Matter{ID: parcels.NewMatterID(b.Kind, b.Parcel, len(earlier)+1), Kind: b.Kind, Subject: b.Parcel}
	a := c.act(&m, &actBody{Act: parcels.ActOpen, Seq: 1, On: b.On, Note: b.Note, Document: b.Document})
	if asOf := c.image.Snapshot.AsOf; a.On < asOf {
		return openedBefore(asOf)
	}
	a.Data, a.Rules = data, c.image.Rules.Texts(c.image.Scores.Rules)
	return c.answerCase(m, a)
}

// openedBefore refuses a case that would have begun before there was the evidence that it freezes.
func openedBefore(asOf parcels.Date) error {
	return &fault{status: http.StatusUnprocessableEntity, code: "refused", detail: words{
		fmt.Sprintf("立案日期不能早于依据的截至日期 %s", asOf), fmt.Sprintf("a case cannot be opened before %s, as of which its evidence is", asOf),
	}}
}

func (i *Image) evidence(kind string, at int) evidenceDoc {
	p, s := i.Snapshot.Parcels.At(at), &i.Scores.Parcels[at]
	e := evidenceDoc{Year: i.Scores.Year, AsOf: i.Snapshot.AsOf, Version: i.Snapshot.Version, Park: p.Park, Rules: i.Scores.Rules}
	if kind == parcels.MatterExit {
		doc := i.exitDoc(&i.Scores.Exit[s.Exit])
		e.Exit = &doc
		return e
	}
	doc := i.idleRow(at)
	doc.feeDoc = &feeDoc{s.Idle.FeeWan}
	e.Idle, e.Paths = &doc, exitPathDocs(i.Scores.Paths(at))
	return e
}

func (c *call) actOnCase() error {
	var b actBody
	if err := c.readBody(&b); err != nil {
		return err
	}
	m, err := c.matter(parcels.CaseKinds)
	if err != nil {
		return err
	}
	a := c.act(m, &b)
	if err := checkPath(m, &a); err != nil {
		return err
	}
	return c.answerCase(*m, a)
}

// answerCase records an act and answers with the case as it then is.
func (c *call) answerCase(m parcels.Matter, a parcels.Act) error {
	if err := c.keep(m, a); err != nil {
		return err
	}
	after, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{ID: a.Matter})
	if err != nil || len(after) == 0 {
		return err
	}
	return c.wholeCase(&after[0])
}
