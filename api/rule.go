package api

import (
	"encoding/json"
	"errors"
	"net/http"

	"muchan/parcels"
	"muchan/scoring"
)

var ruleRoutes = []route{
	{
		method: get, pattern: "/api/v1/rules", who: viewers, cache: revalidate, image: true, tag: "zone", answer: []ruleDoc{},
		params: append([]param{
			yearParam,
			{name: "kind", kind: wordParam, words: scoring.Kinds, doc: words{"类别", "kind"}},
			{name: "all", kind: flagParam, standard: "false", doc: words{"同时列出未使用的规则集", "sets that are not in use as well"}},
		}, listParams("", ruleOrders)...),
		doc: words{"所用规则", "rule sets in use"}, handle: (*call).rules,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/rules", who: admins, cache: neverKept, image: true, tag: "admin", answer: scoring.RuleRef{},
		body: schema{
			"type": "object", "additionalProperties": false, "required": []string{"text"}, "properties": schema{"text": schema{"type": "string"}},
		},
		doc: words{
			"检查并启用一个规则集（YAML）；同一标识的旧规则由它取代，旧文本仍保留", "check a rule set (YAML) and put it in force; it replaces the one with its ID, whose text is kept",
		},
		handle: (*call).addRules,
	},
}

// ruleDoc is a rule set for readers: where it is from, when and where it holds, its parameters and its text.
type ruleDoc struct {
	scoring.RuleRef
	Authority string          `json:"authority"`
	Source    string          `json:"source"`
	SourceEn  string          `json:"source_en"`
	ValidFrom parcels.Date    `json:"valid_from"`
	ValidTo   parcels.Date    `json:"valid_to"`   // exclusive; null while in force
	AppliesTo []string        `json:"applies_to"` // park codes; "*" for any
	InUse     bool            `json:"in_use"`     // by the scores of the year
	Tree      json.RawMessage `json:"tree"`       // the text as JSON, aliases unfolded; paths of a what-if lead through it
	Text      string          `json:"text"`
}

// ruleOrders sort sets, which come by kind.
var ruleOrders = []order[ruleDoc]{
	{"id", func(_ *call, d ruleDoc) sortKey { return byText(d.ID) }},
	{"kind", func(_ *call, d ruleDoc) sortKey { return byText(d.Kind) }},
}

// rules lists the rule sets that the image's scores were made with, and on demand the others of the book, as they are written.
func (c *call) rules() error {
	docs := []ruleDoc{}
	used := map[string]bool{}
	for _, ref := range c.image.Scores.Rules {
		used[ref.Hash] = true
		if set := c.image.Rules.Set(ref.ID); set != nil && c.wantsRules(set) {
			doc, err := ruleOf(set, ref, true)
			if err != nil {
				return err
			}
			docs = append(docs, doc)
		}
	}
	for i := range c.image.Rules.Sets {
		set := &c.image.Rules.Sets[i]
		if used[set.Hash] || c.text("all") != "true" || !c.wantsRules(set) {
			continue
		}
		doc, err := ruleOf(set, set.Ref(), false)
		if err != nil {
			return err
		}
		docs = append(docs, doc)
	}
	return c.json(listed(c, docs, ruleOrders))
}

func (c *call) wantsRules(set *scoring.RuleSet) bool {
	kind := c.text("kind")
	return kind == "" || kind == set.Kind
}

func ruleOf(set *scoring.RuleSet, ref scoring.RuleRef, used bool) (ruleDoc, error) {
	tree, err := set.Tree()
	return ruleDoc{
		RuleRef: ref, Authority: set.Authority, Source: set.Source, SourceEn: set.SourceEn, ValidFrom: set.ValidFrom, ValidTo: set.ValidTo,
		AppliesTo: set.AppliesTo, InUse: used, Tree: tree, Text: string(set.Text),
	}, err
}

// addRules checks a rule set and puts it in force; the scores follow within moments.
func (c *call) addRules() error {
	var b struct {
		Text string `json:"text"`
	}
	if err := c.readBody(&b); err != nil {
		return err
	}
	set, err := scoring.ParseRuleSet("rules", []byte(b.Text))
	if wrong := (*scoring.RuleError)(nil); errors.As(err, &wrong) {
		return wrongRules(wrong)
	} else if err != nil {
		return err
	}
	if problems := c.image.Rules.CheckSet(&set, c.image.Snapshot.AsOf); len(problems) > 0 {
		return wrongRules(&scoring.RuleError{Name: set.ID, Problems: problems})
	}
	if err := c.record("add_rules", set.ID+" "+set.Hash); err != nil {
		return err
	}
	if err := c.s.Desk.AddRules(c.r.Context(), parcels.RuleText{ID: set.ID, Text: set.Text, Who: c.who.Name, At: c.s.Now().UTC()}); err != nil {
		return err
	}
	return c.json(set.Ref())
}

// wrongRules says at which line of the text what is wrong.
func wrongRules(e *scoring.RuleError) error {
	why := shortened(e.Error())
	f := &fault{status: http.StatusUnprocessableEntity, code: "refused", reason: why, detail: words{
		"规则集有误：" + shortened(e.Zh()), "the rule set is wrong: " + why,
	}}
	const most = 100
	for _, p := range e.Problems[:min(most, len(e.Problems))] {
		f.wrong = append(f.wrong, misplaced{"text", p.Line, words{shortened(p.ReasonZh), shortened(p.Reason)}})
	}
	return f
}
