package api

import (
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

type explanationDoc struct {
	ID        string               `json:"id"`
	Title     string               `json:"title"`
	TitleEn   string               `json:"title_en"`
	Unit      string               `json:"unit"`
	Value     parcels.Opt[float64] `json:"value"`
	Text      string               `json:"text"`
	TextEn    string               `json:"text_en"`
	Formula   string               `json:"formula"`
	FormulaEn string               `json:"formula_en"`
	Inputs    []operandDoc         `json:"inputs"`
	Rule      *scoring.RuleRef     `json:"rule"`
	Clause    string               `json:"clause"`
	Note      string               `json:"note"`
	NoteEn    string               `json:"note_en"`
}

type operandDoc struct {
	Name    string `json:"name"`
	NameEn  string `json:"name_en"`
	Value   string `json:"value"`
	ValueEn string `json:"value_en"`
	Unit    string `json:"unit"`
	Source  string `json:"source"`
}

// forViewers are the explanations whose number a viewer sees. Whatever is not listed, whatever comes later included, is for
// analysts.
var forViewers = []string{"land_mu", "far", "density", "coefficient", "office_share", "vacant_share", "idle", "idle_plant"}

// explanations say where a parcel's numbers come from.
func (c *call) explanations(code string) []explanationDoc {
	docs := []explanationDoc{}
	for _, e := range c.image.Scores.Explain(code) {
		switch {
		case c.audience >= layers.Analyst:
			docs = append(docs, explanation(&e))
		case slices.Contains(forViewers, e.ID):
			e.Inputs = slices.DeleteFunc(slices.Clone(e.Inputs), confidential)
			docs = append(docs, explanation(&e))
		}
	}
	return docs
}

// confidential operands are a firm's own figures and every amount of money.
func confidential(o scoring.Operand) bool { return o.Firm != "" || strings.HasPrefix(o.Unit, "万元") }

func explanation(e *scoring.Explanation) explanationDoc {
	doc := explanationDoc{
		ID: e.ID, Title: e.Title, TitleEn: e.TitleEn, Unit: e.Unit, Value: e.Value, Text: e.Text, TextEn: e.TextEn, Formula: e.Formula,
		FormulaEn: e.FormulaEn, Inputs: []operandDoc{}, Rule: e.Rule, Clause: e.Clause, Note: e.Note, NoteEn: e.NoteEn,
	}
	for _, o := range e.Inputs {
		doc.Inputs = append(doc.Inputs, operandDoc{o.Name, o.NameEn, o.Value, o.ValueEn, o.Unit, o.Source})
	}
	return doc
}
