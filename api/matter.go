package api

import (
	"encoding/json"
	"slices"
	"time"

	"muchan/parcels"
)

// actDoc is one step of a case or a run.
type actDoc struct {
	Seq        int             `json:"seq"`
	Act        string          `json:"act"`
	Title      string          `json:"title"`
	TitleEn    string          `json:"title_en"`
	State      string          `json:"state"` // after it
	On         parcels.Date    `json:"on"`
	Until      parcels.Date    `json:"until"`
	About      *int            `json:"about"` // number of the objection it decides
	Party      *string         `json:"party"`
	Firm       *string         `json:"firm"`   // credit code of the firm an objection is about
	Parcel     *string         `json:"parcel"` // code of the parcel an objection is about
	Path       *string         `json:"path"`
	Correction *string         `json:"correction"`
	Change     *int64          `json:"change"` // number of the change in the journal that corrects
	Who        string          `json:"who"`
	At         time.Time       `json:"at"`
	Note       string          `json:"note"`
	Document   *string         `json:"document"`
	Data       json.RawMessage `json:"data"` // evidence frozen when a case was opened
}

func actDocs(m *parcels.Matter) []actDoc {
	docs := []actDoc{}
	for i := range m.Acts {
		a := &m.Acts[i]
		doc := actDoc{
			Seq: a.Seq, Act: a.Act, Title: parcels.ActTitles[a.Act], TitleEn: parcels.ActTitlesEn[a.Act], State: a.State, On: a.On, Until: a.Until, Party: present(a.Party),
			Firm: present(a.Firm), Parcel: present(a.Parcel), Change: numbered(a.Change),
			Path: present(a.Path), Correction: present(a.Correction), Who: a.Who, At: a.At.UTC(), Note: a.Note, Document: present(a.Document), Data: a.Data,
		}
		if a.About > 0 {
			doc.About = &a.About
		}
		docs = append(docs, doc)
	}
	return docs
}

// present is nil for a missing text.
func present(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// numbered is nil for no number.
func numbered(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

// actBody is the request that records an act.
type actBody struct {
	Act        string       `json:"act"`
	Seq        int          `json:"seq"` // number of the last act the reader has seen, plus one
	On         parcels.Date `json:"on"`  // today when left out
	Until      parcels.Date `json:"until"`
	About      int          `json:"about"`
	Party      string       `json:"party"`
	Firm       string       `json:"firm"`
	Parcel     string       `json:"parcel"`
	Path       string       `json:"path"`
	Correction string       `json:"correction"`
	Change     int64        `json:"change"`
	Note       string       `json:"note"`
	Document   string       `json:"document"`
}

// actSchema describes actBody for a kind of matter.
func actSchema(kind string) schema {
	text, day := schema{"type": "string"}, schema{"type": "string", "format": "date"}
	acts := slices.DeleteFunc(parcels.ActsOf(kind), func(act string) bool { return act == parcels.ActOpen || act == parcels.ActDraft })
	return schema{
		"type": "object", "additionalProperties": false, "required": []string{"act", "seq", "note"},
		"properties": schema{
			"act": schema{"type": "string", "enum": acts}, "seq": schema{"type": "integer"}, "on": day, "until": day,
			"about": schema{"type": "integer"}, "party": text, "firm": text, "parcel": text, "path": text, "correction": text,
			"change": schema{"type": "integer"}, "note": text, "document": text,
		},
	}
}

// matter reads one matter by the ID in the path.
func (c *call) matter(kinds []string) (*parcels.Matter, error) {
	list, err := c.s.Desk.Matters(c.r.Context(), parcels.MatterQuery{ID: c.path("id"), Kinds: kinds})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, notFound("没有这个办理事项", "there is no such matter")
	}
	return &list[0], nil
}

// act makes the act of a request about a matter.
func (c *call) act(m *parcels.Matter, b *actBody) parcels.Act {
	a := parcels.Act{
		Matter: m.ID, Kind: m.Kind, Subject: m.Subject, Seq: b.Seq, Act: b.Act, On: b.On, Until: b.Until, About: b.About, Party: b.Party, Firm: b.Firm, Parcel: b.Parcel, Change: b.Change,
		Path: b.Path, Correction: b.Correction, Note: b.Note, Document: b.Document, Who: c.who.Name, At: c.s.Now().UTC(),
	}
	if !a.On.OK() {
		a.On = parcels.DateIn(a.At, zone)
	}
	return a
}

// keep checks an act against its matter, puts it on record and writes it. The check comes first so that the record holds attempts
// that made sense; the store checks again under its lock.
func (c *call) keep(m parcels.Matter, a parcels.Act) error {
	m.Acts = slices.Clone(m.Acts)
	if err := m.Add(a); err != nil {
		return err
	}
	if err := c.record("act", a.Matter+" "+a.Act); err != nil {
		return err
	}
	return c.s.Desk.Record(c.r.Context(), a)
}
