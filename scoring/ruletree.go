package scoring

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Tree returns the set's text as JSON for readers: keys in the order of the text, aliases replaced by what they stand for. Numbers and
// truth values are JSON's own; what YAML calls otherwise, such as 1/3 or a day, is a string as it is written.
func (s *RuleSet) Tree() (json.RawMessage, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(s.Text, &doc); err != nil || doc.Kind != yaml.DocumentNode {
		return nil, fmt.Errorf("rule set %s has no readable text: %w", s.ID, err)
	}
	left := maxRuleNodes
	root, err := unfold(doc.Content[0], &left)
	if err != nil {
		return nil, fmt.Errorf("rule set %s: %w", s.ID, err)
	}
	var out bytes.Buffer
	writeTree(&out, root)
	return out.Bytes(), nil
}

func writeTree(out *bytes.Buffer, n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		out.WriteByte('{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			if i > 0 {
				out.WriteByte(',')
			}
			writeText(out, n.Content[i].Value)
			out.WriteByte(':')
			writeTree(out, n.Content[i+1])
		}
		out.WriteByte('}')
	case yaml.SequenceNode:
		out.WriteByte('[')
		for i, item := range n.Content {
			if i > 0 {
				out.WriteByte(',')
			}
			writeTree(out, item)
		}
		out.WriteByte(']')
	default:
		writeScalar(out, n)
	}
}

func writeScalar(out *bytes.Buffer, n *yaml.Node) {
	switch n.Tag {
	case "!!int", "!!float":
		if v, err := strconv.ParseFloat(n.Value, 64); err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
			out.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
			return
		}
	case "!!bool":
		var v bool
		if n.Decode(&v) == nil {
			out.WriteString(strconv.FormatBool(v))
			return
		}
	case "!!null":
		out.WriteString("null")
		return
	}
	writeText(out, n.Value)
}

func writeText(out *bytes.Buffer, s string) {
	text, _ := json.Marshal(s) // a string always has a JSON form
	out.Write(text)
}
