package scoring_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"go.yaml.in/yaml/v3"

	"muchan/scoring"
)

// TestTreeSaysWhatTheTextSays compares the tree of every shipped set with what the YAML library itself reads.
func TestTreeSaysWhatTheTextSays(t *testing.T) {
	files, err := filepath.Glob("../seeds/rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set, err := scoring.ParseRuleSet(file, text)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := set.Tree()
		if err != nil {
			t.Fatal(err)
		}
		var got, want any
		if err := json.Unmarshal(tree, &got); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if err := yaml.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, plain(want)) {
			t.Errorf("%s: the tree is not what the text says\n%s", file, tree)
		}
	}
}

// plain makes of what YAML reads what JSON would: numbers are floats, days are written out.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, item := range v {
			out[k] = plain(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = plain(item)
		}
		return out
	case int:
		return float64(v)
	case interface{ Format(string) string }:
		return v.Format("2006-01-02")
	}
	return v
}
