package scoring

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// RuleProblem is one finding about a rule set.
type RuleProblem struct {
	Line     int    // 1-based; 0 when it concerns no line
	Reason   string // in English
	ReasonZh string
}

// String is "line N: reason".
func (p RuleProblem) String() string {
	if p.Line == 0 {
		return p.Reason
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.Reason)
}

// Zh is "第 N 行：reason".
func (p RuleProblem) Zh() string {
	if p.Line == 0 {
		return p.ReasonZh
	}
	return fmt.Sprintf("第 %d 行：%s", p.Line, p.ReasonZh)
}

func problemAt(line int, format Text, args ...any) RuleProblem {
	reason := said(format, args...)
	return RuleProblem{line, reason.En, reason.Zh}
}

// said fills a format in both languages. Arguments that are texts or faults speak the language they stand in.
func said(format Text, args ...any) Text {
	zh, en := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case Text:
			zh[i], en[i] = a.Zh, a.En
		case *Fault:
			zh[i], en[i] = a.Said.Zh, a.Said.En
		default:
			zh[i], en[i] = a, a
		}
	}
	return Text{fmt.Sprintf(format.Zh, zh...), fmt.Sprintf(format.En, en...)}
}

// Fault is an error that speaks both languages.
type Fault struct {
	Said Text
	line int // of a rule set's text; 0 for none
}

// Faultf makes a fault of a format in both languages, which take the same arguments.
func Faultf(format Text, args ...any) *Fault { return &Fault{Said: said(format, args...)} }

// Error is the fault in English.
func (f *Fault) Error() string { return f.problem().String() }

// Zh is the fault in Chinese.
func (f *Fault) Zh() string { return f.problem().Zh() }

func (f *Fault) problem() RuleProblem { return RuleProblem{f.line, f.Said.En, f.Said.Zh} }

// RuleError is why a text is no rule set.
type RuleError struct {
	Name     string
	Problems []RuleProblem
}

// Error names the set and says a problem a line, in English.
func (e *RuleError) Error() string {
	return "rule set " + e.Name + ": " + e.each(RuleProblem.String, "\n")
}

// Zh is the same in Chinese, without the name.
func (e *RuleError) Zh() string { return e.each(RuleProblem.Zh, "；") }

func (e *RuleError) each(say func(RuleProblem) string, between string) string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = say(p)
	}
	return strings.Join(lines, between)
}

// InChinese is what an error says in Chinese where it or what it wraps can, and "" where not.
func InChinese(err error) string {
	var speaker interface{ Zh() string }
	if errors.As(err, &speaker) {
		return speaker.Zh()
	}
	return ""
}

var (
	yamlLine   = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	unknownKey = regexp.MustCompile(`^field (.*) not found in type .*$`)
	wrongType  = regexp.MustCompile("^cannot unmarshal !!\\w+ (?:`(.*)` )?into .*$")
)

// problemOfYAML reads a message of the YAML decoder, and takes Go's type names out of it where a key is unknown.
func problemOfYAML(message string) RuleProblem {
	p := RuleProblem{Reason: message}
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Reason = m[2]
	}
	if m := unknownKey.FindStringSubmatch(p.Reason); m != nil {
		return problemAt(p.Line, Text{"没有键 %s", "unknown key %s"}, m[1])
	}
	if m := wrongType.FindStringSubmatch(p.Reason); m != nil {
		p.ReasonZh = "值的类型不对"
		if m[1] != "" {
			p.ReasonZh += "：" + m[1]
		}
		return p
	}
	p.ReasonZh = "不合 YAML 语法（" + p.Reason + "）"
	return p
}
