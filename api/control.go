package api

import (
	"slices"

	"muchan/scoring"
	"muchan/scoring/admission"
)

var controlRoutes = []route{{
	method: get, pattern: "/api/v1/parcels/{code}/control", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone",
	answer: controlDoc{}, handle: (*call).control,
	params: []param{yearParam, {
		name: "rules", kind: textParam, min: 1, max: 64,
		doc: words{"控制指标版本的编号，缺省为现行版本", "ID of the edition; the one in force by default"},
	}},
	doc: words{"一宗地逐项对照工业项目建设用地控制指标", "a parcel against the control indicators of industrial projects"},
}}

// controlDoc compares a parcel with an edition of the control indicators.
type controlDoc struct {
	Code     string             `json:"code"`
	Year     int                `json:"year"`
	AsOf     string             `json:"as_of"`
	Notice   string             `json:"notice"`
	NoticeEn string             `json:"notice_en"`
	Rule     *scoring.RuleRef   `json:"rule"` // null where no edition applies
	Tests    []admissionTestDoc `json:"tests"`
}

// control compares a parcel with the edition in force, or a superseded one that is named. The result is no finding of the authority.
func (c *call) control() error {
	p, ok := c.image.Snapshot.ParcelIndex(c.path("code"))
	if !ok {
		return notFound("没有这宗地", "there is no such parcel")
	}
	set := c.image.Scores.RuleSet(scoring.KindControl, p)
	if id := c.text("rules"); id != "" {
		sets := c.image.Rules.Sets
		at := slices.IndexFunc(sets, func(s scoring.RuleSet) bool { return s.ID == id && s.Kind == scoring.KindControl })
		if at < 0 {
			return badParameter("rules", words{"没有这个版本的控制指标", "there is no such edition of the control indicators"})
		}
		set = &sets[at]
	}
	doc := controlDoc{
		Code: c.path("code"), Year: c.image.Scores.Year, AsOf: c.image.Scores.AsOf.String(), Tests: []admissionTestDoc{},
		Notice: "疑似结果，认定由自然资源主管部门作出", NoticeEn: "a suspicion; a finding is the natural resources authority's act",
	}
	if set != nil {
		ref := set.Ref()
		doc.Rule = &ref
		for _, j := range c.image.Scores.Control(p, set) {
			doc.Tests = append(doc.Tests, admissionTest(&admission.Test{Kind: admission.ByControl, Judged: j}))
		}
	}
	return c.json(doc)
}
