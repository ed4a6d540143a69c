package api

import (
	"maps"
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

var runFirmRoutes = []route{
	{
		method: get, pattern: "/api/v1/runs/{id}/firms", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone", answer: runFirmList{},
		params: slices.Concat([]param{actParam, classParam, cohortParam, firmTextParam}, listParams("uscc", runFirmOrders)),
		doc: words{
			"一次评价的企业名单：企业、评价组、用地、得分、名次和等级，供公示打印", "the list of a run, as the public notice shows it: firm, cohort, land, points, rank and class",
		},
		handle: (*call).runFirms,
	},
	{
		method: get, pattern: "/api/v1/runs/{id}/changes", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone", answer: runChangeList{},
		params: slices.Concat([]param{
			{name: "from", kind: integerParam, min: 1, max: maxActs, doc: words{"较早草稿的记录序号，缺省为倒数第二份", "number of the earlier draft's act; the last but one by default"}},
			{name: "to", kind: integerParam, min: 1, max: maxActs, doc: words{"较晚草稿的记录序号，缺省为最后一份", "number of the later draft's act; the last by default"}},
			{name: "what", kind: wordParam, words: []string{"any", "class"}, standard: "any", doc: words{"any 为任何变化，class 只列等级变化", "any change, or class: those of class only"}},
		}, listParams("uscc", runChangeOrders)),
		doc: words{"两份草稿之间各企业的变化", "what changed for firms between two drafts of a run"}, handle: (*call).runChanges,
	},
}

const maxActs = 1_000_000

var (
	actParam      = param{name: "act", kind: integerParam, min: 1, max: maxActs, doc: words{"草稿的记录序号，缺省为最后一份", "number of the draft's act; the last by default"}}
	classParam    = param{name: "class", kind: wordParam, words: []string{"A", "B", "C", "D", "T", "none"}, doc: words{"等级；none 为无等级", "class; none for no class"}}
	cohortParam   = param{name: "cohort", kind: wordParam, words: scoring.Cohorts, doc: words{"评价组", "cohort"}}
	firmTextParam = param{name: "q", kind: textParam, min: 1, max: 100, doc: words{"企业名称或信用代码中含有的文字", "text in name or credit code"}}
)

type runFirmList struct {
	ID    string       `json:"id"`
	Year  int          `json:"year"`
	State string       `json:"state"`
	Act   *int         `json:"act"` // of the draft; null for a run that was published at once
	AsOf  parcels.Date `json:"as_of"`
	Until parcels.Date `json:"until"` // last day of the public notice
	Total int          `json:"total"`
	Rows  []runFirmDoc `json:"rows"`
}

// runFirmDoc is what a draft says of one firm. The name is that on file now: what is frozen is the class.
type runFirmDoc struct {
	USCC     string               `json:"uscc"`
	Name     string               `json:"name"`
	RuleSet  string               `json:"rule_set"`
	Cohort   string               `json:"cohort"`
	CohortZh string               `json:"cohort_title"`
	CohortEn string               `json:"cohort_title_en"`
	LandMu   parcels.Opt[float64] `json:"land_mu"`
	Points   parcels.Opt[float64] `json:"points"`
	Rank     *int                 `json:"rank"`
	Of       *int                 `json:"of"`
	Class    scoring.Class        `json:"class"`
}

var runFirmOrders = []order[runFirmDoc]{
	{"uscc", func(_ *call, f runFirmDoc) sortKey { return byText(f.USCC) }},
	{"name", func(_ *call, f runFirmDoc) sortKey { return byText(f.Name) }},
	{"class", func(_ *call, f runFirmDoc) sortKey { return byText(string(f.Class)) }},
	{"cohort", func(_ *call, f runFirmDoc) sortKey { return byText(f.Cohort) }},
	{"rank", func(_ *call, f runFirmDoc) sortKey { return byPointer(f.Rank) }},
	{"points", func(_ *call, f runFirmDoc) sortKey { return byOpt(f.Points) }},
	{"land_mu", func(_ *call, f runFirmDoc) sortKey { return byOpt(f.LandMu) }},
}

// runFirms lists the firms of a draft or of a run that was published at once.
func (c *call) runFirms() error {
	doc, v, err := c.runList()
	if err != nil {
		return err
	}
	rows := []runFirmDoc{}
	for _, uscc := range slices.Sorted(maps.Keys(v.Firms)) {
		f := v.Firms[uscc]
		if row := c.image.runFirm(uscc, &f); c.wantsFirm(row.Name, uscc, f.Cohort, f.Class) {
			rows = append(rows, row)
		}
	}
	doc.Total, doc.Rows = len(rows), listed(c, rows, runFirmOrders)
	return c.json(doc)
}

// wantsFirm reports whether a firm passes the filters of a list of firms.
func (c *call) wantsFirm(name, uscc, cohort string, class scoring.Class) bool {
	q, wantedClass, wantedCohort := strings.ToLower(c.text("q")), c.text("class"), c.text("cohort")
	return (q == "" || strings.Contains(strings.ToLower(name+" "+uscc), q)) &&
		(wantedClass == "" || classOrNone(class) == wantedClass) && (wantedCohort == "" || cohort == wantedCohort)
}

// runList finds what a run says, and begins the answer.
func (c *call) runList() (*runFirmList, *scoring.Verdicts, error) {
	list, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{ID: c.path("id"), Kinds: []string{parcels.MatterRun}})
	if err != nil {
		return nil, nil, err
	}
	if len(list) == 0 {
		r, v, err := c.publishedRun()
		if err != nil {
			return nil, nil, err
		}
		if c.number("act") > 0 {
			return nil, nil, noDraft("act")
		}
		return &runFirmList{ID: r.ID, Year: r.Year, State: parcels.RunFinal, AsOf: r.AsOf}, v, nil
	}
	m := &list[0]
	draft, err := draftOf(m, "act", c.number("act"))
	if err != nil {
		return nil, nil, err
	}
	v, err := c.verdictsOf(m, draft.Seq)
	if err != nil {
		return nil, nil, err
	}
	return &runFirmList{ID: m.ID, Year: draft.Run.Year, State: m.State, Act: &draft.Seq, AsOf: draft.Run.AsOf, Until: m.Due()}, v, nil
}

// draftOf returns the draft with a number, the last one for 0.
func draftOf(m *parcels.Matter, name string, seq int) (*parcels.Act, error) {
	if seq == 0 {
		return m.Last(parcels.ActDraft, parcels.ActRedraft), nil
	}
	if seq > len(m.Acts) || m.Acts[seq-1].Run == nil {
		return nil, noDraft(name)
	}
	return &m.Acts[seq-1], nil
}

func noDraft(name string) error {
	return badParameter(name, words{"该序号不是这次评价的草稿", "the run has no draft with this number"})
}

func (i *Image) runFirm(uscc string, f *scoring.FirmVerdict) runFirmDoc {
	cohort := scoring.Word("cohort", f.Cohort)
	row := runFirmDoc{
		USCC: uscc, RuleSet: f.RuleSet, Cohort: f.Cohort, CohortZh: cohort.Zh, CohortEn: cohort.En, LandMu: f.LandMu, Points: f.Points, Class: f.Class,
	}
	if firm := i.Snapshot.Firm(uscc); firm != nil {
		row.Name = firm.Name
	}
	if f.Rank > 0 {
		row.Rank, row.Of = &f.Rank, &f.Of
	}
	return row
}
