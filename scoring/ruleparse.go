package scoring

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"muchan/parcels"
)

// maxRuleText bounds a rule set's text.
const maxRuleText = 1 << 20

// Day is a calendar day in a rule set, written YYYY-MM-DD.
type Day struct{ parcels.Date }

// UnmarshalYAML reads YYYY-MM-DD.
func (d *Day) UnmarshalYAML(node *yaml.Node) error {
	v, err := parcels.ParseDate(node.Value)
	if err != nil {
		return &Fault{Text{fmt.Sprintf("%q 不是日期，应写作 2026-01-31", node.Value), err.Error()}, node.Line}
	}
	d.Date = v
	return nil
}

// Limit is a factor that may be absent or explicitly none.
type Limit struct {
	Value float64
	Set   bool // the key is there
	None  bool // and says none
}

// UnmarshalYAML reads a number or none.
func (l *Limit) UnmarshalYAML(node *yaml.Node) error {
	l.Set = true
	if node.Value == "none" {
		l.None = true
		return nil
	}
	v, err := strconv.ParseFloat(node.Value, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return &Fault{said(Text{"%q 既不是数字也不是 none", "%q is neither a number nor none"}, node.Value), node.Line}
	}
	l.Value = v
	return nil
}

// ruleDoc is the file's form.
type ruleDoc struct {
	ID         string          `yaml:"id"`
	Kind       string          `yaml:"kind"`
	Title      string          `yaml:"title"`
	TitleEn    string          `yaml:"title_en"`
	Authority  string          `yaml:"authority"`
	Document   string          `yaml:"document"`
	Source     string          `yaml:"source"`
	SourceEn   string          `yaml:"source_en"`
	ValidFrom  Day             `yaml:"valid_from"`
	ValidTo    Day             `yaml:"valid_to"`
	AppliesTo  []string        `yaml:"applies_to"`
	Zones      []ZoneScope     `yaml:"zones"`
	Years      []int           `yaml:"evaluation_years"`
	Verified   bool            `yaml:"verified"`
	Notice     string          `yaml:"notice"`
	NoticeEn   string          `yaml:"notice_en"`
	Evaluation *Evaluation     `yaml:"evaluation"`
	Idle       *IdleRules      `yaml:"idle"`
	IdlePlant  *IdlePlantRules `yaml:"idle_plant"`
	Exit       *ExitRules      `yaml:"exit"`
	Stock      *StockRules     `yaml:"stock"`
	LowUse     *LowUseRules    `yaml:"low_use"`
	Control    *ControlRules   `yaml:"control"`
	Admission  *AdmissionRules `yaml:"admission"`
	Zone       *ZoneRules      `yaml:"zone"`
}

// ParseRuleSet reads a rule set from YAML. It refuses unknown keys, words outside their closed sets, numbers out of range and a
// body that does not fit the kind; the error names file, line and reason, one line each. What a rule set may be but should not is
// left to Check.
func ParseRuleSet(name string, text []byte) (RuleSet, error) {
	fail := func(problems ...RuleProblem) (RuleSet, error) { return RuleSet{}, &RuleError{name, problems} }
	if len(text) > maxRuleText {
		return fail(problemAt(0, Text{"正文 %d 字节，至多 %d 字节", "%d bytes; at most %d are read"}, len(text), maxRuleText))
	}
	doc, root, problems := decodeRules(text)
	if len(problems) > 0 {
		return fail(problems...)
	}
	sum := sha256.Sum256(text)
	set := RuleSet{
		ID: doc.ID, Kind: doc.Kind, Title: doc.Title, TitleEn: doc.TitleEn, Authority: doc.Authority, Document: doc.Document,
		Source: doc.Source, SourceEn: doc.SourceEn, ValidFrom: doc.ValidFrom.Date, ValidTo: doc.ValidTo.Date, AppliesTo: doc.AppliesTo, Zones: doc.Zones, Years: doc.Years,
		Verified: doc.Verified, Notice: doc.Notice, NoticeEn: doc.NoticeEn, Evaluation: doc.Evaluation, Idle: doc.Idle,
		IdlePlant: doc.IdlePlant, Exit: doc.Exit, Stock: doc.Stock, LowUse: doc.LowUse, Control: doc.Control,
		Admission: doc.Admission, Zone: doc.Zone,
		Text: bytes.Clone(text), Hash: hex.EncodeToString(sum[:]), lines: indexLines(root),
	}
	if problems := set.refusals(); len(problems) > 0 {
		return fail(problems...)
	}
	set.ref = set.refWith("")
	if set.Evaluation != nil {
		set.Evaluation.bind()
	}
	if set.LowUse != nil {
		set.LowUse.partlyRef, set.LowUse.overdueRef = set.refWith(set.LowUse.PartlyDocument), set.refWith(set.LowUse.OverdueDocument)
	}
	if set.Exit != nil {
		set.bindExit()
	}
	return set, nil
}

func decodeRules(text []byte) (*ruleDoc, *yaml.Node, []RuleProblem) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, nil, yamlProblems(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	var doc ruleDoc
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil, []RuleProblem{problemAt(0, Text{"文件是空的", "the file is empty"})}
		}
		return nil, nil, yamlProblems(err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, nil, []RuleProblem{problemAt(0, Text{
			"含多个 YAML 文档；每个方案单独一个文件", "more than one YAML document; put each rule set into its own file",
		})}
	}
	return &doc, &root, nil
}

// yamlProblems are those of a text that cannot be decoded.
func yamlProblems(err error) []RuleProblem {
	if f := (*Fault)(nil); errors.As(err, &f) {
		return []RuleProblem{f.problem()}
	}
	messages := []string{err.Error()}
	if te := (*yaml.TypeError)(nil); errors.As(err, &te) {
		messages = te.Errors
	}
	problems := make([]RuleProblem, len(messages))
	for i, m := range messages {
		problems[i] = problemOfYAML(m)
	}
	return problems
}

// lineIndex maps a path such as "evaluation.cohorts.0.bounds" to its line.
type lineIndex map[string]int

func indexLines(root *yaml.Node) lineIndex {
	ix := lineIndex{}
	if root.Kind == yaml.DocumentNode && len(root.Content) > 0 {
		ix.walk(root.Content[0], "", 0)
	}
	return ix
}

// maxRuleDepth bounds the walk; a rule set is at most six levels deep.
const maxRuleDepth = 16

func (ix lineIndex) walk(n *yaml.Node, path string, depth int) {
	if depth > maxRuleDepth || len(ix) > maxRuleNodes {
		return
	}
	ix[path] = n.Line
	join := func(key string) string {
		if path == "" {
			return key
		}
		return path + "." + key
	}
	switch n.Kind {
	case yaml.AliasNode:
		ix.walk(n.Alias, path, depth+1)
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := join(n.Content[i].Value)
			ix.walk(n.Content[i+1], key, depth+1)
			ix[key] = n.Content[i].Line
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			ix.walk(item, join(strconv.Itoa(i)), depth+1)
		}
	}
}

// at returns the line of the deepest part of the path that exists.
func (ix lineIndex) at(path string) int {
	for {
		if line, ok := ix[path]; ok {
			return line
		}
		cut := strings.LastIndexByte(path, '.')
		if cut < 0 {
			return ix[""]
		}
		path = path[:cut]
	}
}
