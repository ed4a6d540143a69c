package scoring_test

import (
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

var chinese = regexp.MustCompile(`\p{Han}`)

// Where a shipped number is from is said in Chinese; its English stands beside it under the key with _en.
func TestShippedSourcesSpeakChinese(t *testing.T) {
	found := 0
	var look func(set string, n *yaml.Node)
	look = func(set string, n *yaml.Node) {
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i].Value, n.Content[i+1].Value
			if key != "source" && !strings.HasSuffix(key, "_source") {
				continue
			}
			found++
			if !chinese.MatchString(value) {
				t.Errorf("%s, line %d: %s is %q", set, n.Content[i].Line, key, value)
			}
		}
		for _, c := range n.Content {
			look(set, c)
		}
	}
	for _, set := range shipped(t).Sets {
		var doc yaml.Node
		if err := yaml.Unmarshal(set.Text, &doc); err != nil {
			t.Fatal(err)
		}
		look(set.ID, &doc)
	}
	if found < 50 {
		t.Errorf("only %d sources found", found)
	}
}
