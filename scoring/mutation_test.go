//go:build mutation

package scoring_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mutant is one small mistake somebody could make in a file.
type mutant struct {
	file     string
	line     int
	from, to int // bytes replaced
	is, be   string
}

func (m *mutant) String() string { return fmt.Sprintf("%s:%d %s -> %s", m.file, m.line, m.is, m.be) }

// swaps are the mistakes in comparisons and arithmetic that decide a boundary or a direction.
var swaps = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.ADD: "-", token.SUB: "+", token.MUL: "/", token.QUO: "*",
	token.LAND: "||", token.LOR: "&&",
}

// TestMutations makes each mistake in turn and wants the tests of scoring to notice. It takes minutes to hours, so it stands behind a
// build tag: go test -tags mutation -run TestMutations -timeout 10h -v ./scoring. MUTATE names the files, such as exit.go,idle.go (all
// when empty); EVERY takes each n-th mistake only; PACKAGES are those whose tests have to notice (default .).
func TestMutations(t *testing.T) {
	files := strings.FieldsFunc(os.Getenv("MUTATE"), func(r rune) bool { return r == ',' })
	every, _ := strconv.Atoi(os.Getenv("EVERY"))
	packages := strings.Fields(os.Getenv("PACKAGES"))
	if len(packages) == 0 {
		packages = []string{"."}
	}
	tried, noticed := 0, 0
	for i, m := range mutantsOf(t, files) {
		if every > 1 && i%every != 0 {
			continue
		}
		tried++
		if survives(t, &m, packages) {
			t.Errorf("not noticed: %s", &m)
			continue
		}
		noticed++
		t.Logf("noticed: %s", &m)
	}
	t.Logf("%d of %d were noticed", noticed, tried)
}

func mutantsOf(t *testing.T, only []string) []mutant {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []mutant
	for _, name := range names {
		// What words and explains is checked by its own tests; here it is the arithmetic.
		skip := strings.HasSuffix(name, "_test.go") || (len(only) == 0 && strings.HasPrefix(name, "explain"))
		if skip || (len(only) > 0 && !slices.Contains(only, name)) {
			continue
		}
		all = append(all, mutantsIn(t, name)...)
	}
	return all
}

func mutantsIn(t *testing.T, name string) (all []mutant) {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	add := func(at token.Pos, is, be string) {
		p := set.Position(at)
		all = append(all, mutant{name, p.Line, p.Offset, p.Offset + len(is), is, be})
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if be, ok := swaps[n.Op]; ok && !isText(n.X) && !isText(n.Y) && !isLength(n.X) {
				add(n.OpPos, n.Op.String(), be)
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT || (n.Kind == token.INT && n.Value != "0" && n.Value != "1") { // 0 and 1 are mostly positions
				add(n.Pos(), n.Value, "("+n.Value+"+1)")
			}
		case *ast.ImportSpec:
			return false
		}
		return true
	})
	return all
}

// isLength says whether an operand is len(…): how a boundary of a slice is written is seldom a rule.
func isLength(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	name, ok := call.Fun.(*ast.Ident)
	return ok && name.Name == "len"
}

func isText(e ast.Expr) bool {
	lit, ok := e.(*ast.BasicLit)
	return ok && lit.Kind == token.STRING
}

// survives reports whether the tests pass in spite of a mistake. A mistake that does not compile is noticed by the compiler.
func survives(t *testing.T, m *mutant, packages []string) bool {
	t.Helper()
	text, err := os.ReadFile(m.file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	changed := filepath.Join(dir, m.file)
	if err := os.WriteFile(changed, slices.Concat(text[:m.from], []byte(m.be), text[m.to:]), 0o600); err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(m.file)
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{here: changed}})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"test", "-overlay", list, "-timeout", "120s", "-failfast"}, packages...)
	out, err := exec.Command("go", args...).CombinedOutput()
	return err == nil && bytes.Contains(out, []byte("ok"))
}
