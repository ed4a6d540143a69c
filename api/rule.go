package api

import (
	"fmt"
	"net/http"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

var ruleRoutes = []route{
	{
		method: get, pattern: "/api/v1/rules", who: viewers, cache: revalidate, image: true, tag: "zone", answer: []ruleDoc{},
		params: append([]param{
			yearParam, {name: "kind", kind: wordParam, words: scoring.Kinds, doc: words{"类别", "kind"}},
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

type ruleDoc struct {
	scoring.RuleRef
	Text string `json:"text"`
}

// ruleOrders sort sets, which come by kind.
var ruleOrders = []order[ruleDoc]{
	{"id", func(_ *call, d ruleDoc) sortKey { return byText(d.ID) }},
	{"kind", func(_ *call, d ruleDoc) sortKey { return byText(d.Kind) }},
}

// rules lists the rule sets that the image's scores were made with, as they are written.
func (c *call) rules() error {
	docs := make([]ruleDoc, 0, len(c.image.Scores.Rules))
	for _, ref := range c.image.Scores.Rules {
		if kind := c.text("kind"); kind != "" && kind != ref.Kind {
			continue
		}
		doc := ruleDoc{RuleRef: ref}
		for i := range c.image.Rules.Sets {
			if c.image.Rules.Sets[i].Hash == ref.Hash {
				doc.Text = string(c.image.Rules.Sets[i].Text)
			}
		}
		docs = append(docs, doc)
	}
	return c.json(listed(c, docs, ruleOrders))
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
	if err != nil {
		return wrongRules(err.Error())
	}
	if problems := c.image.Rules.CheckSet(&set, c.image.Snapshot.AsOf); len(problems) > 0 {
		lines := make([]string, len(problems))
		for i, p := range problems {
			lines[i] = fmt.Sprint(p)
		}
		return wrongRules(strings.Join(lines, "; "))
	}
	if err := c.record("add_rules", set.ID+" "+set.Hash); err != nil {
		return err
	}
	if err := c.s.Desk.AddRules(c.r.Context(), parcels.RuleText{ID: set.ID, Text: set.Text, Who: c.who.Name, At: c.s.Now().UTC()}); err != nil {
		return err
	}
	return c.json(set.Ref())
}

func wrongRules(why string) error {
	const longest = 2000
	if r := []rune(why); len(r) > longest {
		why = string(r[:longest]) + "…"
	}
	return &fault{status: http.StatusUnprocessableEntity, code: "refused", reason: why, detail: words{"规则集有误，原因见 reason（英文）", "the rule set is wrong: " + why}}
}
