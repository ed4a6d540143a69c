package report_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"muchan/scoring"
	"muchan/tiles/layers"
	"muchan/tiles/report"
)

// foreign are our texts that no document says as words of its own: signs for breaking lines and a unit.
var foreign = map[string]bool{"，。、；：？！）》】”’〕％%,.;:?!)]}": true, "（《【“‘〔([": true, " 万元": true, "万元/亩": true, "亩": true}

// TestEveryTextHasItsEnglish reads the package's own source: each text with a Chinese character or mark stands in the list, with the same
// verbs in the same order.
func TestEveryTextHasItsEnglish(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	texts := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "tongue.go" || file == "english.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil || !chinese(text) || foreign[text] {
				return true
			}
			texts++
			if _, known := report.English[text]; !known {
				t.Errorf("%s: %q has no English", file, text)
			}
			return true
		})
	}
	if texts < 150 {
		t.Errorf("%d texts were found in the source: too few", texts)
	}
	verbs := regexp.MustCompile(`%[.0-9]*[a-z]`)
	for zh, en := range report.English {
		if a, b := verbs.FindAllString(zh, -1), verbs.FindAllString(en, -1); strings.Join(a, "") != strings.Join(b, "") {
			t.Errorf("%q has %q, %q has %q", zh, a, en, b)
		}
		if chinese(strings.ReplaceAll(en, "万元", "")) {
			t.Errorf("%q is not English", en)
		}
	}
}

// chinese reports whether a text has a character or mark that only Chinese is written with.
func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || strings.ContainsRune("：；，、。（）＜　", r)
	})
}

// The English documents say in English what ours say, and Chinese only what the data do: names, documents, clauses and what people wrote.
func TestEnglishDocuments(t *testing.T) {
	in := input(t, layers.Analyst)
	in.English = true
	p, at := worst(in)
	in.Years = []report.Year{report.YearOf(in.Scores, at), {Year: 2019, Class: scoring.ClassC}}
	text := textOf(t, dossier(t, in, p.Code))
	firm := in.Scores.Snapshot().Firms[in.Scores.Parcels[at].Firms[0].Firm]
	mustHold(t, text, p.Code, p.Address, firm.Name, firm.USCC, p.Contract.Number, "示例数据，全部虚构", "Parcel dossier", "Figures of 2025", "Page 1 of", "For: zone's staff",
		"Suspected exit candidate", "276 days late", "Scale 1:", "no determination", "Contract number", "Warning", "演预〔2026〕1号", "in use")
	for _, test := range in.Scores.Exit[0].Tests {
		mustHold(t, text, scoring.MetricTitle(test.Metric).En)
	}
	for _, f := range in.Scores.Parcels[at].Findings {
		mustHold(t, text, f.Title().En, f.Why.En)
	}
	for _, e := range in.Scores.Explain(p.Code) {
		mustHold(t, text, e.TitleEn)
	}
	list, err := report.NewExitList(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := list.PDF()
	if err != nil {
		t.Fatal(err)
	}
	listed := textOf(t, pdf)
	mustHold(t, listed, "Suspected exit candidates", "All parks", "neither a determination", "Ways that may be considered", "Warned", "no case", firm.Name)
	for zh := range report.English {
		if !strings.ContainsFunc(zh, unicode.IsLetter) || !chinese(zh) || strings.Contains(zh, "%") || len([]rune(zh)) < 5 {
			continue // short words are parts of what the data say, as 工业用地 is of addresses
		}
		for what, text := range map[string]string{"dossier": text, "exit list": listed} {
			if strings.Contains(text, squeezed(zh)) {
				t.Errorf("the English %s says %q", what, zh)
			}
		}
	}
}
