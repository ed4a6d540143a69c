package api

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"muchan/parcels"
	"muchan/scoring"
)

var runRoutes = []route{
	{
		method: get, pattern: "/api/v1/runs", who: anyone, cache: revalidate, image: true, tag: "zone", answer: []runDoc{},
		params: append([]param{runYearParam}, listParams("", runOrders)...), doc: words{"已公布的评价", "published runs"}, handle: (*call).runs,
	},
	{
		method: get, pattern: "/api/v1/runs/pending", who: analysts, cache: neverKept, secret: true, tag: "zone", answer: []runMatterDoc{},
		params: append([]param{
			runYearParam,
			{name: "state", kind: wordParam, words: []string{parcels.RunDraft, parcels.RunNotice}, doc: words{"状态", "state"}},
		}, listParams("", pendingOrders)...),
		doc: words{"办理中的评价：草稿、公示中", "runs that are not public yet: drafts and notices"}, handle: (*call).pendingRuns,
	},
	{
		method: get, pattern: "/api/v1/runs/{id}", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone", answer: runMatterDoc{},
		doc: words{"一次评价的办理记录、异议和结果摘要", "one run: its acts, objections and a summary of its results"}, handle: (*call).oneRun,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/runs", who: admins, cache: neverKept, image: true, secret: true, tag: "admin", answer: runMatterDoc{},
		params: []param{yearParam},
		body: schema{
			"type": "object", "additionalProperties": false, "required": []string{"note"},
			"properties": schema{
				"note": schema{"type": "string"}, "document": schema{"type": "string"}, "on": schema{"type": "string", "format": "date"},
			},
		},
		doc: words{"把一年的现行评价结果固定为草稿", "freeze the live scores of a year as a draft"}, handle: (*call).draftRun,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/runs/{id}/acts", who: analysts, cache: neverKept, image: true, secret: true, tag: "admin", answer: runMatterDoc{},
		body: actSchema(parcels.MatterRun),
		doc: words{
			"办理一步：公示、异议、处理异议、更正、定稿公布、撤销；分析员只可登记异议；不允许时返回 409 和可以办理的步骤",
			"record the next act: notice, objection, decision, redraft, final or withdrawal; analysts only record objections; 409 with the allowed acts",
		},
		handle: (*call).actOnRun,
	},
}

// runYearParam filters runs; the parameter year of other resources chooses an image instead.
var runYearParam = param{name: "of_year", kind: integerParam, min: 1900, max: 2200, doc: words{"只列该年度的评价", "only runs of this year"}}

// runOrders sort published runs, which come newest first; pendingOrders sort those on their way.
var (
	runOrders = []order[runDoc]{
		{"published_at", func(_ *call, d runDoc) sortKey { return byNumber(d.PublishedAt.UnixNano()) }},
		{"year", func(_ *call, d runDoc) sortKey { return byNumber(d.Year) }},
		{"id", func(_ *call, d runDoc) sortKey { return byText(d.ID) }},
	}
	pendingOrders = []order[runMatterDoc]{
		{"until", func(_ *call, d runMatterDoc) sortKey { return byDay(d.Until) }},
		{"year", func(_ *call, d runMatterDoc) sortKey { return byNumber(d.Year) }},
		{"id", func(_ *call, d runMatterDoc) sortKey { return byText(d.ID) }},
	}
)

type runDoc struct {
	ID          string    `json:"id"`
	Year        int       `json:"year"`
	AsOf        string    `json:"as_of"`
	RulesID     string    `json:"rules_id"`
	RulesHash   string    `json:"rules_hash"`
	PublishedAt time.Time `json:"published_at"`
}

// runs lists the published runs, newest first, without who published them and without results.
func (c *call) runs() error {
	docs := make([]runDoc, 0, len(c.image.Runs))
	for _, r := range c.image.Runs {
		if year := c.number("of_year"); year != 0 && year != r.Year {
			continue
		}
		docs = append(docs, runDoc{r.ID, r.Year, r.AsOf.String(), r.RulesID, r.RulesHash, r.PublishedAt.UTC()})
	}
	return c.json(listed(c, docs, runOrders))
}

// runMatterDoc is a run on its way. A run that was published at once has no acts.
type runMatterDoc struct {
	ID         string         `json:"id"`
	Year       int            `json:"year"`
	State      string         `json:"state"`
	StateTitle string         `json:"state_title"`
	TitleEn    string         `json:"state_title_en"`
	AsOf       parcels.Date   `json:"as_of"`
	Version    int64          `json:"version"` // of the store, when the last draft was made
	RulesID    string         `json:"rules_id"`
	RulesHash  string         `json:"rules_hash"`
	Until      parcels.Date   `json:"until"` // last day of the public notice
	NoticeDays int            `json:"notice_days"`
	Objections []objectionDoc `json:"objections"`
	Allowed    []string       `json:"allowed"`
	NextSeq    int            `json:"next_seq"`
	Acts       []actDoc       `json:"acts"`
	Results    *resultsDoc    `json:"results"` // of the last draft, or as published; null in lists and after an act
}

type objectionDoc struct {
	Seq        int          `json:"seq"`
	On         parcels.Date `json:"on"`
	Party      string       `json:"party"`
	Firm       *string      `json:"firm"`
	Parcel     *string      `json:"parcel"`
	Note       string       `json:"note"`
	Decision   *string      `json:"decision"` // uphold or reject; null while undecided
	DecidedOn  parcels.Date `json:"decided_on"`
	Reason     *string      `json:"reason"`
	Correction *string      `json:"correction"`
	Change     *int64       `json:"change"` // in the journal
}

// resultsDoc counts what a run says.
type resultsDoc struct {
	Firms   map[string]int    `json:"firms"`   // by class
	Parcels map[string]int    `json:"parcels"` // by class; "" for no firm
	Exit    int               `json:"exit"`
	Rules   []scoring.RuleRef `json:"rules"`
}

func (c *call) runMatter(m *parcels.Matter) runMatterDoc {
	last := m.Last(parcels.ActDraft, parcels.ActRedraft).Run
	return runMatterDoc{
		ID: m.ID, Year: last.Year, State: m.State, StateTitle: parcels.StateTitles[m.State], TitleEn: parcels.StateTitlesEn[m.State], AsOf: last.AsOf, Version: last.Version,
		RulesID: last.RulesID, RulesHash: last.RulesHash, Until: m.Due(), NoticeDays: c.s.NoticeDays, Objections: objections(m),
		Allowed: m.Allowed(), NextSeq: len(m.Acts) + 1, Acts: actDocs(m),
	}
}

func objections(m *parcels.Matter) []objectionDoc {
	docs := []objectionDoc{}
	at := map[int]int{}
	for i := range m.Acts {
		a := &m.Acts[i]
		switch a.Act {
		case parcels.ActObject:
			at[a.Seq] = len(docs)
			docs = append(docs, objectionDoc{Seq: a.Seq, On: a.On, Party: a.Party, Firm: present(a.Firm), Parcel: present(a.Parcel), Note: a.Note})
		case parcels.ActUphold, parcels.ActReject:
			o := &docs[at[a.About]]
			o.Decision, o.DecidedOn, o.Reason, o.Correction, o.Change = &a.Act, a.On, &a.Note, present(a.Correction), numbered(a.Change)
		}
	}
	return docs
}

func (c *call) pendingRuns() error {
	list, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{Kinds: []string{parcels.MatterRun}})
	if err != nil {
		return err
	}
	docs := []runMatterDoc{}
	for i := range list {
		if m := &list[i]; m.Open() && c.wantsRun(m) {
			docs = append(docs, c.runMatter(m))
		}
	}
	return c.json(listed(c, docs, pendingOrders))
}

func (c *call) wantsRun(m *parcels.Matter) bool {
	year, state := c.text("of_year"), c.text("state")
	return (year == "" || year == m.Subject) && (state == "" || state == m.State)
}

func (c *call) oneRun() error {
	q := parcels.MatterQuery{ID: c.path("id"), Kinds: []string{parcels.MatterRun}}
	list, err := c.s.Desk.Matters(c.r.Context(), q)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return c.publishedAtOnce()
	}
	v, err := c.verdictsOf(&list[0], list[0].Last(parcels.ActDraft, parcels.ActRedraft).Seq)
	if err != nil {
		return err
	}
	doc := c.runMatter(&list[0])
	doc.Results = summarised(v)
	return c.json(doc)
}

// verdictsOf returns what a draft of a run says. Its results are large and read once.
func (c *call) verdictsOf(m *parcels.Matter, seq int) (*scoring.Verdicts, error) {
	return c.s.verdicts.get(fmt.Sprintf("%s act %d", m.ID, seq), func() ([]byte, error) {
		whole, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{ID: m.ID, Results: true})
		if err != nil || len(whole) == 0 {
			return nil, cmp.Or(err, parcels.ErrNotFound)
		}
		return whole[0].Acts[seq-1].Run.Results, nil
	})
}

// publishedRun returns a run that was published at once, as `muchan score --publish` makes it, and what it says.
func (c *call) publishedRun() (*parcels.Run, *scoring.Verdicts, error) {
	at := slices.IndexFunc(c.image.Runs, func(r parcels.Run) bool { return r.ID == c.path("id") })
	if at < 0 {
		return nil, nil, notFound("没有这次评价", "there is no such run")
	}
	v, err := c.s.verdicts.of(&c.image.Runs[at])
	return &c.image.Runs[at], v, err
}

// publishedAtOnce answers for a run without acts.
func (c *call) publishedAtOnce() error {
	r, v, err := c.publishedRun()
	if err != nil {
		return err
	}
	return c.json(runMatterDoc{
		ID: r.ID, Year: r.Year, State: parcels.RunFinal, StateTitle: parcels.StateTitles[parcels.RunFinal],
		TitleEn: parcels.StateTitlesEn[parcels.RunFinal], AsOf: r.AsOf, Version: r.Version, RulesID: r.RulesID, RulesHash: r.RulesHash,
		NoticeDays: c.s.NoticeDays, Objections: []objectionDoc{}, Allowed: []string{}, NextSeq: 1, Acts: []actDoc{}, Results: summarised(v),
	})
}

func summarised(v *scoring.Verdicts) *resultsDoc {
	doc := &resultsDoc{Firms: map[string]int{}, Parcels: map[string]int{}, Exit: v.Exit, Rules: v.Rules}
	for _, f := range v.Firms {
		doc.Firms[string(f.Class)]++
	}
	for _, class := range v.Parcels {
		doc.Parcels[string(class)]++
	}
	return doc
}
