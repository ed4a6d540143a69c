package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"muchan/parcels"
)

// The examples in the help are commands and flags that exist.
func TestHelpExamplesExist(t *testing.T) {
	p := &program{getenv: func(string) string { return "" }}
	examples := 0
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		for line := range strings.Lines(c.Example) {
			for _, part := range strings.Split(line, "&&") {
				examples += checkExample(t, p, part)
			}
		}
		for _, child := range c.Commands() {
			visit(child)
		}
	}
	visit(p.rootCommand())
	if examples < 20 {
		t.Errorf("only %d examples in the help", examples)
	}
}

// checkExample finds the command of one example and parses its flags. What follows two spaces is a remark.
func checkExample(t *testing.T, p *program, line string) int {
	t.Helper()
	line, _, _ = strings.Cut(strings.TrimSpace(line), "  ")
	line, _, _ = strings.Cut(line, " | ")
	line, _, _ = strings.Cut(line, " > ")
	words := strings.Fields(line)
	if len(words) < 2 || words[0] != "muchan" {
		return 0
	}
	c, rest, err := p.rootCommand().Find(words[1:])
	if err == nil {
		err = c.ParseFlags(rest)
	}
	if err == nil && c.Args != nil {
		err = c.Args(c, c.Flags().Args())
	}
	if err != nil || !c.HasParent() {
		t.Errorf("%q: %v", line, err)
	}
	return 1
}

// Each module we require ourselves has its reason in the README.
func TestDependenciesHaveReasons(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct := 0
	for line := range strings.Lines(string(text)) {
		module, version, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || !strings.HasPrefix(version, "v") || strings.Contains(version, "indirect") {
			continue
		}
		direct++
		if !strings.Contains(string(readme), strings.TrimPrefix(module, "github.com/")) {
			t.Errorf("the README gives no reason for %s", module)
		}
	}
	if direct < 15 {
		t.Errorf("only %d modules required", direct)
	}
}

// The page calls land states and building uses what files and explanations call them.
func TestThePageUsesTheSameWords(t *testing.T) {
	text, err := os.ReadFile("../../web/src/i18n/words.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range []string{"parcels.state", "buildings.use", "zones.kind"} {
		for id, title := range parcels.EnumTitles[column] {
			if !strings.Contains(string(text), id+": ['"+title+"',") {
				t.Errorf("%s: the page does not call %s %s", column, id, title)
			}
		}
	}
}

var relativeLink = regexp.MustCompile(`\]\(([^)#:]+)\)`)

// Every relative link and picture of the documents is there, and README's words for commands are commands.
func TestDocumentsPointAtWhatExists(t *testing.T) {
	const root = "../.."
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".md") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range relativeLink.FindAllStringSubmatch(string(text), -1) {
			seen++
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", path, m[1])
			}
		}
		return nil
	})
	if err != nil || seen < 4 {
		t.Errorf("%d links, %v", seen, err)
	}
}
