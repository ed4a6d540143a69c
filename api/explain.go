package api

import (
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

// explanations say where a parcel's numbers come from, as far as the reader may know.
func (c *call) explanations(code string) []explanationDoc {
	docs := []explanationDoc{}
	for _, e := range layers.Told(c.image.Scores.Explain(code), c.audience) {
		docs = append(docs, explanation(&e))
	}
	return docs
}

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
