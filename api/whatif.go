package api

import (
	"cmp"
	"context"
	"net/http"
	"unicode/utf8"

	"muchan/scoring"
	"muchan/scoring/whatif"
)

var whatIfRoutes = []route{{
	method: http.MethodPost, pattern: "/api/v1/what-if", who: analysts, cache: neverKept, image: true, secret: true, tag: "zone",
	params: append([]param{yearParam}, pageParams...), body: whatIfBody(), answer: whatif.Result{},
	doc: words{
		"试算：改动规则参数或单项数据后的等级迁移、变化原因和退出清单差异；不保存任何内容",
		"what-if: class migration, reasons and the exit list's difference under other parameters or single inputs; nothing is stored",
	},
	handle: (*call).whatIf,
}}

func whatIfBody() schema {
	text := schema{"type": "string"}
	object := func(properties schema) schema {
		return schema{"type": "object", "additionalProperties": false, "properties": properties}
	}
	list := func(properties schema) schema { return schema{"type": "array", "items": object(properties)} }
	return object(schema{
		"patches":   list(schema{"set": text, "path": text, "value": text}),
		"sets":      list(schema{"replaces": text, "text": text}),
		"edits":     list(schema{"table": text, "key": text, "column": text, "value": text}),
		"normalise": schema{"type": "boolean"}, "accept_problems": schema{"type": "boolean"}, "brief": schema{"type": "boolean"},
	})
}

// maxTrials bounds how many what-ifs are computed at once; each holds a second run's results in memory.
const maxTrials = 2

// whatIf scores the image's year again with the changes of the request.
func (c *call) whatIf() error {
	var asked whatif.Request
	if err := c.readBody(&asked); err != nil {
		return err
	}
	if err := c.s.trials.begin(c.r.Context()); err != nil {
		return err
	}
	defer c.s.trials.end()
	r, err := whatif.Try(c.image.Scores, c.image.Rules, asked, whatif.Window{From: c.number("offset"), Most: c.number("limit")})
	if err != nil {
		why := shortened(err.Error())
		return &fault{status: http.StatusUnprocessableEntity, code: "refused", cause: err, reason: why, detail: words{
			"无法按所给改动试算：" + cmp.Or(shortened(scoring.InChinese(err)), "原因见 reason（英文）"), "these changes cannot be tried: " + why,
		}}
	}
	return c.json(r)
}

// shortened cuts a reason that quotes what a stranger wrote.
func shortened(s string) string {
	const most = 1000
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// trials lets so many in at once and makes the others wait.
type trials chan struct{}

func (t trials) begin(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t trials) end() { <-t }
