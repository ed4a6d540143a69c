package scoring_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"muchan/scoring"
)

var (
	bothLanguages = regexp.MustCompile("Text\\{\\s*(?:Zh: )?(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`),\\s*(?:En: )?(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)")
	verb          = regexp.MustCompile(`%(?:\[\d\])?([a-z%])`)
)

// verbs lists the verbs of a format, in no order: the languages name their arguments in their own.
func verbs(format string) string {
	var list []string
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		list = append(list, m[1])
	}
	slices.Sort(list)
	return strings.Join(list, "")
}

// TestFaultsTakeTheSameArguments reads the sources: no check looks into formats that stand in a Text.
func TestFaultsTakeTheSameArguments(t *testing.T) {
	read := 0
	for _, pattern := range []string{"rule*.go", "book.go", "formula.go", "patch.go", "ratio.go", "whatif/request.go"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range bothLanguages.FindAllStringSubmatch(string(text), -1) {
				if read++; verbs(m[1]) != verbs(m[2]) {
					t.Errorf("%s: %s and %s", f, m[1], m[2])
				}
			}
		}
	}
	if read < 100 {
		t.Errorf("only %d texts found", read)
	}
}

// TestFaultsInChinese: line and reason of what the parser, the checks, a formula and a patch find.
func TestFaultsInChinese(t *testing.T) {
	set := shippedSet(t, "exit.default")
	good := string(set.Text)
	for _, c := range []struct{ old, with, want string }{
		{"  groups_failed: 2", "  groups_failed: [", "第 "},
		{"  groups_failed: 2", "  groups_failed: 2\n  groups: 3", "第 18 行：没有键 groups"},
		{"  groups_failed: 2", "  groups_failed: two", "第 17 行：值的类型不对：two"},
		{"valid_from: 2021-01-01", "valid_from: 2021-13-01", `第 10 行："2021-13-01" 不是日期，应写作 2026-01-31`},
		{"kind: exit", "kind: exits", `第 3 行："exits" 不是允许的取值`},
		{"title: 园区退出检验（示例）\n", "", "第 2 行：缺标题 title"},
	} {
		_, err := scoring.ParseRuleSet("x", []byte(strings.Replace(good, c.old, c.with, 1)))
		if got := scoring.InChinese(err); !strings.Contains(got, c.want) || strings.Contains(got, "%!") {
			t.Errorf("%s: %q does not say %q (%v)", c.with, got, c.want, err)
		}
	}
	if _, err := set.Patch(scoring.Patch{Path: "exit.tests.none.factor", Value: "1"}); scoring.InChinese(err) != `没有 "none"` {
		t.Errorf("%q of %v", scoring.InChinese(err), err)
	}
	if got := scoring.InChinese(errors.New("x")); got != "" {
		t.Errorf("words for an error without: %q", got)
	}
}
