package scoring

import (
	"strconv"
	"strings"

	"muchan/parcels"
)

// Bounds of a formula. What is longer or deeper is refused, so a formula costs a fixed stack and no memory when it is evaluated.
const (
	maxFormula      = 300
	maxFormulaDepth = 16
)

// formula is an arithmetic expression over named inputs, compiled to postfix.
type formula struct {
	text  string
	steps []formulaStep
	words Text // the expression with the inputs' titles
}

// formulaStep pushes an input or a number, or joins the two topmost values.
type formulaStep struct {
	op     byte // 'i' input, 'n' number, or one of + - * /
	input  *formulaInput
	number float64
}

// of evaluates the formula. It is missing when any input is, or where it divides by zero.
func (f *formula) of(in *indicatorInput) parcels.Opt[float64] {
	if len(f.steps) == 1 && f.steps[0].op == 'i' {
		return f.steps[0].input.of(in)
	}
	var stack [maxFormulaDepth]float64
	top := -1
	for k := range f.steps {
		s := &f.steps[k]
		switch s.op {
		case 'n':
			top++
			stack[top] = s.number
		case 'i':
			v, ok := s.input.of(in).Get()
			if !ok {
				return parcels.Opt[float64]{}
			}
			top++
			stack[top] = v
		default:
			top--
			if s.op == '/' && stack[top+1] == 0 {
				return parcels.Opt[float64]{}
			}
			stack[top] = apply(s.op, stack[top], stack[top+1])
		}
	}
	return someIf(stack[top], true)
}

func apply(op byte, a, b float64) float64 {
	switch op {
	case '+':
		return a + b
	case '-':
		return a - b
	case '*':
		return a * b
	}
	return a / b
}

// compileFormula reads an expression of numbers, names of formulaInputs, + - * / (also × ÷ −) and parentheses. The error gives the
// reason and the place in the text, counted in characters from 1.
func compileFormula(text string) (*formula, error) {
	if len(text) > maxFormula {
		return nil, Faultf(Text{"公式 %d 字节，至多 %d 字节", "a formula of %d bytes; at most %d are read"}, len(text), maxFormula)
	}
	p := &formulaParser{runes: []rune(text), out: &formula{text: text}}
	if err := p.sum(0); err != nil {
		return nil, err
	}
	if p.skip(); p.at < len(p.runes) {
		return nil, p.fail(Text{"此处不应有 %q", "%q is not expected here"}, string(p.runes[p.at]))
	}
	p.out.words = Text{p.zh.String(), p.en.String()}
	return p.out, nil
}

// formulaParser descends by the rules sum = product {± product}, product = factor {×÷ factor}, factor = number | name | ( sum ).
type formulaParser struct {
	runes  []rune
	at     int
	height int // of the stack after the steps so far
	out    *formula
	zh, en strings.Builder
}

func (p *formulaParser) fail(format Text, args ...any) error {
	return Faultf(Text{"公式 %q 第 %d 个字符：%s", "formula %q, character %d: %s"}, p.out.text, p.at+1, said(format, args...))
}

func (p *formulaParser) skip() {
	for p.at < len(p.runes) && (p.runes[p.at] == ' ' || p.runes[p.at] == '\t' || p.runes[p.at] == '\n') {
		p.at++
	}
}

// operators name the signs a formula may be written with, and how each is shown.
var operators = map[rune]struct {
	op    byte
	shown string
}{
	'+': {'+', " + "}, '-': {'-', " − "}, '−': {'-', " − "}, '*': {'*', " × "}, '×': {'*', " × "}, '/': {'/', " ÷ "}, '÷': {'/', " ÷ "},
}

// next takes an operator if the next sign is one of those given.
func (p *formulaParser) next(ops string) (byte, bool) {
	if p.skip(); p.at >= len(p.runes) {
		return 0, false
	}
	o, ok := operators[p.runes[p.at]]
	if !ok || !strings.ContainsRune(ops, rune(o.op)) {
		return 0, false
	}
	p.at++
	p.say(o.shown, o.shown)
	return o.op, true
}

func (p *formulaParser) say(zh, en string) {
	p.zh.WriteString(zh)
	p.en.WriteString(en)
}

func (p *formulaParser) sum(depth int) error { return p.chain(depth, "+-", p.product) }

func (p *formulaParser) product(depth int) error { return p.chain(depth, "*/", p.factor) }

// chain reads one part after another, joined from the left by any of the operators.
func (p *formulaParser) chain(depth int, ops string, part func(int) error) error {
	if err := part(depth); err != nil {
		return err
	}
	for {
		op, ok := p.next(ops)
		if !ok {
			return nil
		}
		if err := part(depth); err != nil {
			return err
		}
		p.out.steps = append(p.out.steps, formulaStep{op: op})
		p.height--
	}
}

func (p *formulaParser) factor(depth int) error {
	if p.skip(); p.at >= len(p.runes) {
		return p.fail(Text{"缺一个输入项、数字或括号", "an input, a number or a parenthesis is missing"})
	}
	switch r := p.runes[p.at]; {
	case r == '(':
		return p.parenthesis(depth + 1)
	case r >= '0' && r <= '9':
		return p.number()
	case r >= 'a' && r <= 'z':
		return p.name()
	}
	return p.fail(Text{"%q 既不是输入项，也不是数字或括号", "%q is neither an input nor a number nor a parenthesis"}, string(p.runes[p.at]))
}

func (p *formulaParser) parenthesis(depth int) error {
	if depth >= maxFormulaDepth {
		return p.fail(Text{"括号超过 %d 层", "parentheses deeper than %d"}, maxFormulaDepth-1)
	}
	p.at++
	p.say("(", "(")
	if err := p.sum(depth); err != nil {
		return err
	}
	if p.skip(); p.at >= len(p.runes) || p.runes[p.at] != ')' {
		return p.fail(Text{"缺右括号", "a closing parenthesis is missing"})
	}
	p.at++
	p.say(")", ")")
	return nil
}

// word takes the run of characters that keep says belong together.
func (p *formulaParser) word(keep func(rune) bool) string {
	from := p.at
	for p.at < len(p.runes) && keep(p.runes[p.at]) {
		p.at++
	}
	return string(p.runes[from:p.at])
}

func (p *formulaParser) number() error {
	from := p.at
	text := p.word(func(r rune) bool { return r >= '0' && r <= '9' || r == '.' })
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v > 1e12 {
		p.at = from
		return p.fail(Text{"%q 不是 1e12 以内的数字", "%q is not a number up to 1e12"}, text)
	}
	p.say(text, text)
	return p.push(formulaStep{op: 'n', number: v})
}

func (p *formulaParser) name() error {
	from := p.at
	name := p.word(func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' })
	input := inputByName(name)
	if input == nil {
		p.at = from
		return p.fail(Text{"没有输入项 %q；输入项有 %s", "there is no input %q; the inputs are %s"}, name, strings.Join(FormulaInputs(), ", "))
	}
	p.say(input.title.Zh, input.title.En)
	return p.push(formulaStep{op: 'i', input: input})
}

func (p *formulaParser) push(s formulaStep) error {
	if p.height++; p.height > maxFormulaDepth {
		return p.fail(Text{"待合并的值超过 %d 个", "more than %d values wait to be joined"}, maxFormulaDepth)
	}
	p.out.steps = append(p.out.steps, s)
	return nil
}
