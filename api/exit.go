package api

import (
	"slices"

	"muchan/scoring"
)

var exitRoutes = []route{
	{
		method: get, pattern: "/api/v1/exit-candidates", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone", answer: candidateList{},
		params: exitParams, doc: words{"疑似退出候选", "suspected exit candidates"}, handle: (*call).exitCandidates,
	},
	{
		method: get, pattern: "/api/v1/exit-candidates/{code}", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone", answer: verdictDoc{},
		params: []param{yearParam},
		doc:    words{"一宗地是否列入疑似退出候选及原因", "whether a parcel is a suspected exit candidate, and why or why not"}, handle: (*call).exitVerdict,
	},
}

// exitOrders sort ranks, which come worst first.
var exitOrders = []order[int]{
	{"severity", func(c *call, rank int) sortKey { return byNumber(c.image.Scores.Exit[rank].Severity) }},
	{"fai_per_mu", func(c *call, rank int) sortKey { return byOpt(c.candidateScore(rank).FAIPerMu) }},
	{"tax_per_mu", func(c *call, rank int) sortKey { return byOpt(c.candidateScore(rank).TaxPerMu()) }},
	{"land_mu", func(c *call, rank int) sortKey { return byOpt(c.candidateScore(rank).LandMu) }},
	{"code", func(c *call, rank int) sortKey { return byText(c.candidateScore(rank).Code) }},
}

func (c *call) candidateScore(rank int) *scoring.ParcelScore {
	return &c.image.Scores.Parcels[c.image.Scores.Exit[rank].Parcel]
}

var exitParams = append([]param{
	yearParam, parkParam,
	{name: "test", kind: textParam, min: 1, max: 64, doc: words{"未达标的检验，如 tax_per_mu", "a test that failed, such as tax_per_mu"}},
	{name: "group", kind: wordParam, words: []string{"investment", "yield", "density"}, doc: words{"未达标的检验组", "a group of tests that failed"}},
	{name: "path", kind: wordParam, words: scoring.ExitPathIDs, doc: words{"适用的处置路径", "a path that fits"}},
	{name: "class", kind: wordParam, words: []string{"A", "B", "C", "D", "T", "none"}, doc: words{"等级；none 为没有企业", "class; none for no firm"}},
	{name: "min_severity", kind: numberParam, doc: words{"紧迫度不低于", "severity at least"}},
}, listParams("-severity", exitOrders)...)

type candidateDoc struct {
	Code  string    `json:"code"`
	Park  string    `json:"park"`
	BBox  []float64 `json:"bbox"`
	Rank  int       `json:"rank"` // 1 is the worst of the whole zone
	Class string    `json:"class"`
	Firms []string  `json:"firms"`
	exitDoc
}

type candidateList struct {
	Year  int            `json:"year"`
	AsOf  string         `json:"as_of"`
	Total int            `json:"total"`
	Rows  []candidateDoc `json:"rows"`
}

// exitCandidates lists parcels that fail the plan's tests, worst first. They are candidates, not decisions.
func (c *call) exitCandidates() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	ranks := []int{}
	for rank := range c.image.Scores.Exit {
		if c.wantsCandidate(rank) {
			ranks = append(ranks, rank)
		}
	}
	doc := candidateList{Year: c.image.Scores.Year, AsOf: c.image.Scores.AsOf.String(), Total: len(ranks), Rows: []candidateDoc{}}
	for _, rank := range listed(c, ranks, exitOrders) {
		doc.Rows = append(doc.Rows, c.image.candidate(rank))
	}
	return c.json(doc)
}

// wantsCandidate reports whether a candidate passes the filters.
func (c *call) wantsCandidate(rank int) bool {
	e := &c.image.Scores.Exit[rank]
	if park := c.text("park"); park != "" && c.image.Snapshot.Parcels.At(e.Parcel).Park != park {
		return false
	}
	if class := c.text("class"); class != "" && classOrNone(c.image.Scores.Parcels[e.Parcel].Class) != class {
		return false
	}
	if least, ok := c.decimal("min_severity"); ok && e.Severity < least {
		return false
	}
	return c.wantsFailure(e.Parcel) && c.wantsPath(e.Parcel)
}

// wantsFailure reports whether a parcel fails the test and the group that are asked for.
func (c *call) wantsFailure(p int) bool {
	test, group := c.text("test"), c.text("group")
	if test == "" && group == "" {
		return true
	}
	tests, _ := c.image.Scores.ExitTests(p)
	fails := func(want string, of func(*scoring.Test) string) bool {
		return want == "" || slices.ContainsFunc(tests, func(t scoring.Test) bool { return t.Failed && of(&t) == want })
	}
	return fails(test, func(t *scoring.Test) string { return t.ID }) && fails(group, func(t *scoring.Test) string { return t.Group })
}

func (c *call) wantsPath(p int) bool {
	want := c.text("path")
	return want == "" || slices.ContainsFunc(c.image.Scores.ExitVerdict(p).Paths, func(path scoring.Path) bool { return path.Fits && path.ID == want })
}

func classOrNone(class scoring.Class) string { return orElse(string(class), "none") }

func (i *Image) candidate(rank int) candidateDoc {
	e := &i.Scores.Exit[rank]
	p := i.Snapshot.Parcels.At(e.Parcel)
	return candidateDoc{
		Code: p.Code, Park: p.Park, BBox: box(p.Shape.Bound()), Rank: rank + 1, Class: string(i.Scores.Parcels[e.Parcel].Class),
		Firms: i.firmNames(e.Parcel), exitDoc: i.exitDoc(e),
	}
}

func (i *Image) firmNames(p int) []string {
	names := []string{}
	for _, s := range i.Scores.Parcels[p].Firms {
		names = append(names, i.Snapshot.Firms[s.Firm].Name)
	}
	return names
}

// exitVerdict answers for any parcel, on the list or not.
func (c *call) exitVerdict() error {
	p, ok := c.image.Snapshot.ParcelIndex(c.path("code"))
	if !ok {
		return notFound("没有这个宗地", "there is no such parcel")
	}
	return c.json(c.image.verdict(p))
}
