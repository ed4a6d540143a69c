package scoring

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Patch gives one parameter of a rule set another value.
type Patch struct {
	// Path leads from the top of the set's text: evaluation.cohorts.above_scale.indicators.I1.weight. An item of a list is named by its
	// id, class or kind, or by its place from 0.
	Path string `json:"path"`
	// Value is a plain value or a list of plain values in YAML: 40, 1/3, none, [vat_wan, income_tax_wan]. "" takes the key away.
	Value string `json:"value"`
}

// Bounds of what Patch takes: a patch is a short thing, and a text full of aliases must not unfold without end.
const (
	maxPatchPath  = 300
	maxPatchValue = 4000
	maxRuleNodes  = 100_000
)

// Patch returns the set with other values of some parameters, parsed and held to the same rules as any text; the set itself stays
// as it is. What the text says once for several places by a YAML alias is set apart first, so a patch changes one place only. All
// patches are made before the text is judged, because two may belong together.
func (s *RuleSet) Patch(patches ...Patch) (RuleSet, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(s.Text, &doc); err != nil {
		return RuleSet{}, fmt.Errorf("rule set %s: %w", s.ID, err)
	}
	if doc.Kind != yaml.DocumentNode {
		return RuleSet{}, fmt.Errorf("rule set %s has no text", s.ID)
	}
	left := maxRuleNodes
	root, err := unfold(doc.Content[0], &left)
	if err != nil {
		return RuleSet{}, fmt.Errorf("rule set %s: %w", s.ID, err)
	}
	for _, p := range patches {
		if err := p.apply(root); err != nil {
			return RuleSet{}, fmt.Errorf("rule set %s, %s: %w", s.ID, p.Path, err)
		}
	}
	text, err := yaml.Marshal(root)
	if err != nil {
		return RuleSet{}, fmt.Errorf("rule set %s: %w", s.ID, err)
	}
	return ParseRuleSet(s.ID, text)
}

// unfold copies a tree with every alias replaced by what it stands for.
func unfold(n *yaml.Node, left *int) (*yaml.Node, error) {
	if *left--; *left < 0 {
		return nil, Faultf(Text{"展开后的内容过多", "the text unfolds to too much"})
	}
	if n.Kind == yaml.AliasNode {
		return unfold(n.Alias, left)
	}
	out := *n
	out.Anchor, out.Content = "", make([]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		var err error
		if out.Content[i], err = unfold(item, left); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

func (p Patch) apply(root *yaml.Node) error {
	if len(p.Path) > maxPatchPath || len(p.Value) > maxPatchValue {
		return Faultf(Text{"路径或值过长", "the path or the value is too long"})
	}
	if p.Path == "id" || p.Path == "kind" {
		return Faultf(Text{"改动参数不能换成另一个方案", "a patch cannot make it another set"})
	}
	at, path := root, p.Path
	for {
		next, rest := step(at, path)
		if next == nil || rest == "" {
			break
		}
		at, path = next, rest
	}
	if head, _, more := strings.Cut(path, "."); more && (at.Kind == yaml.MappingNode || itemIndex(at, path) < 0) {
		return Faultf(Text{"没有 %q", "there is no %q"}, head)
	}
	return p.set(at, path)
}

// step goes down by the shortest head of a path that names something, since an id may hold a dot: far_2.5. The rest is "" when the
// whole path is that head.
func step(at *yaml.Node, path string) (next *yaml.Node, rest string) {
	for end := 0; end < len(path); end++ {
		if path[end] != '.' {
			continue
		}
		if next = child(at, path[:end]); next != nil {
			return next, path[end+1:]
		}
	}
	return child(at, path), ""
}

// child returns the value of a mapping's key or the item of a list, nil when there is none.
func child(n *yaml.Node, name string) *yaml.Node {
	switch n.Kind {
	case yaml.MappingNode:
		if i := keyIndex(n, name); i >= 0 {
			return n.Content[i+1]
		}
	case yaml.SequenceNode:
		if i := itemIndex(n, name); i >= 0 {
			return n.Content[i]
		}
	}
	return nil
}

func keyIndex(n *yaml.Node, name string) int {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return i
		}
	}
	return -1
}

func itemIndex(n *yaml.Node, name string) int {
	for _, label := range []string{"id", "class", "kind"} {
		if i := slices.IndexFunc(n.Content, func(item *yaml.Node) bool {
			if item.Kind != yaml.MappingNode {
				return false
			}
			k := keyIndex(item, label)
			return k >= 0 && item.Content[k+1].Value == name
		}); i >= 0 {
			return i
		}
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(n.Content) {
		return i
	}
	return -1
}

// set writes the value at a key or item. A key that is not there yet is added; the parser refuses one it does not know.
func (p Patch) set(at *yaml.Node, name string) error {
	value, err := p.node()
	if err != nil {
		return err
	}
	switch at.Kind {
	case yaml.MappingNode:
		setKey(at, name, value)
		return nil
	case yaml.SequenceNode:
		i := itemIndex(at, name)
		if i < 0 {
			return Faultf(Text{"没有 %q", "there is no %q"}, name)
		}
		if value == nil {
			at.Content = slices.Delete(at.Content, i, i+1)
		} else {
			at.Content[i] = value
		}
		return nil
	}
	return Faultf(Text{"其下没有可称 %q 的", "there is nothing below it to call %q"}, name)
}

func setKey(at *yaml.Node, name string, value *yaml.Node) {
	i := keyIndex(at, name)
	switch {
	case value == nil && i >= 0:
		at.Content = slices.Delete(at.Content, i, i+2)
	case value == nil:
	case i >= 0:
		at.Content[i+1] = value
	default:
		at.Content = append(at.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}, value)
	}
}

// node reads the value: nil for "", else a plain value or a list of plain values.
func (p Patch) node() (*yaml.Node, error) {
	if strings.TrimSpace(p.Value) == "" {
		return nil, nil
	}
	dec := yaml.NewDecoder(bytes.NewReader([]byte(p.Value)))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil || doc.Kind != yaml.DocumentNode {
		return nil, Faultf(Text{"%q 不是一个值", "%q is not a value"}, p.Value)
	}
	n := doc.Content[0]
	plain := func(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Anchor == "" }
	list := n.Kind == yaml.SequenceNode && n.Anchor == "" && !slices.ContainsFunc(n.Content, func(item *yaml.Node) bool { return !plain(item) })
	if !plain(n) && !list {
		return nil, Faultf(Text{"%q 既不是单个值，也不是值的列表", "%q is neither a plain value nor a list of plain values"}, p.Value)
	}
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	return n, nil
}

// Normalised returns the set with the weights of every cohort scaled so that they add up to 100, and the set itself when they do.
// A cohort whose weights are all 0 stays as it is.
func (s *RuleSet) Normalised() (RuleSet, error) {
	var patches []Patch
	for i, cohort := range s.cohorts() {
		sum := cohort.weights()
		if offHundred(sum) && sum > 0 {
			for k := range cohort.Indicators {
				patches = append(patches, Patch{
					Path:  fmt.Sprintf("evaluation.cohorts.%d.indicators.%d.weight", i, k),
					Value: strconv.FormatFloat(cohort.Indicators[k].Weight*100/sum, 'f', -1, 64),
				})
			}
		}
	}
	if len(patches) == 0 {
		return *s, nil
	}
	return s.Patch(patches...)
}

// OffWeights lists the cohorts whose weights do not add up to 100.
func (s *RuleSet) OffWeights() []string {
	var ids []string
	for _, cohort := range s.cohorts() {
		if offHundred(cohort.weights()) {
			ids = append(ids, cohort.ID)
		}
	}
	return ids
}

func (s *RuleSet) cohorts() []Cohort {
	if s.Evaluation == nil {
		return nil
	}
	return s.Evaluation.Cohorts
}

func (c *Cohort) weights() (sum float64) {
	for i := range c.Indicators {
		sum += c.Indicators[i].Weight
	}
	return sum
}

func offHundred(sum float64) bool { return sum-100 > 1e-9 || sum-100 < -1e-9 }
