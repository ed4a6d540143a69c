package match_test

import (
	"regexp"
	"strings"
	"testing"

	"muchan/scoring/match"
)

var (
	programWord = regexp.MustCompile(`[a-z]+_[a-z]+`)
	han         = regexp.MustCompile(`\p{Han}`)
)

// Every part of every item of the demonstration is explained in both languages, in words, with where its inputs are from; nothing says
// that a suspicion is a fact.
func TestExplanationsSpeakBothLanguages(t *testing.T) {
	scores, seen := demo(t), 0
	for f := 0; f < len(scores.Firms); f += 83 {
		r := ask(t, scores, match.Need{USCC: scores.Firms[f].USCC, LandM2: some(9000), FloorM2: some(2000)})
		for i := range r.Len() {
			item := r.Item(i)
			for k := range item.Parts {
				e := &item.Parts[k].Explanation
				seen++
				if e.Title == "" || e.TitleEn == "" || e.Formula == "" || e.FormulaEn == "" || (e.Text == "") != (e.TextEn == "") || (e.Note == "") != (e.NoteEn == "") {
					t.Errorf("%+v", e)
				}
				for _, text := range []string{e.Text, e.Formula, e.Note, e.TextEn, e.FormulaEn, e.NoteEn} {
					if programWord.MatchString(text) {
						t.Errorf("%q speaks to programs", text)
					}
				}
				if han.MatchString(strings.ReplaceAll(e.FormulaEn+e.NoteEn+e.TextEn, "亿元", "")) {
					t.Errorf("Chinese in English: %+v", e)
				}
			}
			for _, p := range item.Paths {
				if p.Way.Zh == "" || p.Way.En == "" || p.Consent.Zh == "" || p.Consent.En == "" || p.Document == "" || (p.Note.Zh == "") != (p.Note.En == "") {
					t.Errorf("%+v", p)
				}
			}
		}
		for i := range r.ExcludedLen() {
			if x := r.Excluded(i); x.Detail.Zh == "" || x.Detail.En == "" || match.ReasonTitles[x.Reason].En == "" {
				t.Errorf("%+v", x)
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d parts were read", seen)
	}
	for _, k := range []match.Kind{match.KindUnstarted, match.KindStalled, match.KindVacantPlant, match.KindExit} {
		if !strings.Contains(match.KindTitles[k].Zh, "疑似") || !strings.Contains(match.KindTitles[k].En, "suspected") {
			t.Errorf("%s is called %v", k, match.KindTitles[k])
		}
	}
}
