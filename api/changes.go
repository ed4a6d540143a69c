package api

import (
	"net/http"
	"strconv"
	"time"

	"muchan/parcels"
)

var changeRoutes = []route{
	{
		method: get, pattern: "/api/v1/changes", who: admins, cache: neverKept, secret: true, tag: "admin", answer: []changeDoc{},
		params: []param{{name: "limit", kind: integerParam, min: 1, max: 10000, standard: "100", doc: words{"最多返回的条数", "changes at most"}}},
		doc:    words{"导入记录，新的在前", "the changes that were brought in, newest first"}, handle: (*call).changes,
	},
	{
		method: http.MethodPost, pattern: "/api/v1/changes/{number}/undo", who: admins, cache: neverKept, secret: true, tag: "admin", answer: changeReceiptDoc{},
		body: schema{
			"type": "object", "additionalProperties": false, "required": []string{"why"}, "properties": schema{"why": schema{"type": "string", "minLength": 1, "maxLength": 500}},
		},
		doc: words{
			"撤销一次导入，作为新的变更记入日志；之后又改过的行不能撤销", "take a change back by a change of its own; refused where one of its rows was written since",
		},
		handle: (*call).undo,
	},
}

// changeDoc is one change of the journal.
type changeDoc struct {
	Change   int64     `json:"change"`
	Version  int64     `json:"version"`
	At       time.Time `json:"at"`
	Who      string    `json:"who"`
	Why      string    `json:"why"`
	File     string    `json:"file"`
	SHA256   string    `json:"sha256"`
	Undoes   int64     `json:"undoes"`    // 0 for none
	UndoneBy int64     `json:"undone_by"` // 0 for none
	New      int       `json:"new"`
	Changed  int       `json:"changed"`
	Ended    int       `json:"ended"`
	Deleted  int       `json:"deleted"`
}

func (c *call) changes() error {
	if c.s.Intake == nil {
		return errNoImports
	}
	list, err := c.s.Intake.Changes(c.r.Context(), c.number("limit"))
	if err != nil {
		return err
	}
	docs := make([]changeDoc, 0, len(list))
	for _, e := range list {
		docs = append(docs, changeDoc{
			e.Change, e.Version, e.At, e.Who, e.Why, e.Source.Name, e.Source.SHA256, e.Undoes, e.UndoneBy, e.Inserted, e.Updated, e.Closed, e.Deleted,
		})
	}
	return c.json(docs)
}

func (c *call) undo() error {
	if c.s.Intake == nil {
		return errNoImports
	}
	var b struct {
		Why string `json:"why"`
	}
	if err := c.readBody(&b); err != nil {
		return err
	}
	number, err := strconv.ParseInt(c.path("number"), 10, 64)
	if err != nil || number < 1 {
		return notFound("没有这次变更", "there is no such change")
	}
	if b.Why == "" {
		return badMember("why", words{"必填", "it is required"})
	}
	if err := c.record("undo", c.path("number")); err != nil {
		return err
	}
	receipt, err := c.s.Intake.Undo(c.r.Context(), parcels.Undo{Change: number, Who: c.who.Name, Why: b.Why, When: c.s.Now().UTC()})
	if err != nil {
		return err
	}
	return c.json(receiptDoc(receipt))
}
