package whatif

import (
	"slices"
	"strings"

	"muchan/scoring"
)

// Request says what is to be different.
type Request struct {
	Patches   []Patch        `json:"patches"`   // single parameters of sets in the book
	Sets      []Replacement  `json:"sets"`      // whole sets
	Edits     []scoring.Edit `json:"edits"`     // single inputs
	Normalise bool           `json:"normalise"` // scale weights that do not add up to 100; else they are refused
	// AcceptProblems goes on with sets of which the checks find something to say, such as a class without a firm. Weights that do not
	// add up to 100 are refused all the same.
	AcceptProblems bool `json:"accept_problems"`
	// Brief leaves out the indicators of firms whose class differs, which are three quarters of an answer.
	Brief bool `json:"brief"`
}

// Patch gives one parameter of a set another value; see scoring.Patch.
type Patch struct {
	Set string `json:"set"` // ID
	scoring.Patch
}

// Replacement puts a set in the place of another.
type Replacement struct {
	Replaces string `json:"replaces"` // ID; "" for the set's own
	Text     string `json:"text"`     // YAML
}

// Bounds of a request.
const (
	MaxPatches = 200
	MaxSets    = 10
)

// SetChange is a set that differs.
type SetChange struct {
	ID       string   `json:"id"`
	Replaced string   `json:"replaced"` // ID of the set in whose place it stands
	Before   string   `json:"before"`   // hash of the text
	After    string   `json:"after"`
	Problems []string `json:"problems"` // what the checks say of it that they did not say before

	ProblemsZh []string `json:"problems_zh"` // the same in Chinese
	found      []scoring.RuleProblem
}

// book returns the book in which the request's sets stand, and what differs from the given one.
func (q *Request) book(from scoring.Book, base *scoring.Scores) (scoring.Book, []SetChange, error) {
	if len(q.Patches) > MaxPatches || len(q.Sets) > MaxSets {
		return scoring.Book{}, nil, scoring.Faultf(scoring.Text{
			Zh: "改动过多：至多 %d 处参数、%d 个方案", En: "too many changes: at most %d patches and %d sets are taken",
		}, MaxPatches, MaxSets)
	}
	book := scoring.Book{Sets: slices.Clone(from.Sets)}
	touched := map[int]bool{}
	for _, r := range q.Sets {
		at, set, err := r.find(book)
		if err != nil {
			return scoring.Book{}, nil, err
		}
		book.Sets[at] = set
		touched[at] = true
	}
	if err := q.patch(&book, touched); err != nil {
		return scoring.Book{}, nil, err
	}
	changes := []SetChange{}
	for at := range book.Sets {
		if !touched[at] {
			continue
		}
		if err := q.weigh(&book.Sets[at]); err != nil {
			return scoring.Book{}, nil, err
		}
		c := changeOf(&from.Sets[at], &book.Sets[at], base)
		if len(c.Problems) > 0 && !q.AcceptProblems {
			return scoring.Book{}, nil, &scoring.RuleError{Name: c.ID, Problems: c.found}
		}
		changes = append(changes, c)
	}
	return book, changes, nil
}

func (r *Replacement) find(book scoring.Book) (int, scoring.RuleSet, error) {
	set, err := scoring.ParseRuleSet("of the request", []byte(r.Text))
	if err != nil {
		return 0, scoring.RuleSet{}, err
	}
	id := r.Replaces
	if id == "" {
		id = set.ID
	}
	at := indexOf(book, id)
	switch {
	case at < 0:
		return 0, scoring.RuleSet{}, scoring.Faultf(scoring.Text{Zh: "没有可取代的方案 %q", En: "there is no rule set %q to replace"}, id)
	case book.Sets[at].Kind != set.Kind:
		return 0, scoring.RuleSet{}, scoring.Faultf(scoring.Text{
			Zh: "方案 %s 是 %s 类，不能取代 %[4]s 类的 %[3]s", En: "rule set %s is of kind %s and cannot replace %s of kind %s",
		}, set.ID, set.Kind, id, book.Sets[at].Kind)
	}
	if other := indexOf(book, set.ID); other >= 0 && other != at {
		return 0, scoring.RuleSet{}, scoring.Faultf(scoring.Text{Zh: "已有方案 %q", En: "there is a rule set %q already"}, set.ID)
	}
	return at, set, nil
}

func indexOf(book scoring.Book, id string) int {
	return slices.IndexFunc(book.Sets, func(s scoring.RuleSet) bool { return s.ID == id })
}

// patch makes all patches of a set at once, in the order of the request.
func (q *Request) patch(book *scoring.Book, touched map[int]bool) error {
	of := map[int][]scoring.Patch{}
	for _, p := range q.Patches {
		at := indexOf(*book, p.Set)
		if at < 0 {
			return scoring.Faultf(scoring.Text{Zh: "没有方案 %q", En: "there is no rule set %q"}, p.Set)
		}
		of[at] = append(of[at], p.Patch)
	}
	for at := range book.Sets {
		if len(of[at]) == 0 {
			continue
		}
		set, err := book.Sets[at].Patch(of[at]...)
		if err != nil {
			return err
		}
		book.Sets[at] = set
		touched[at] = true
	}
	return nil
}

// weigh sees to it that the weights of each cohort add up to 100.
func (q *Request) weigh(set *scoring.RuleSet) error {
	if q.Normalise {
		scaled, err := set.Normalised()
		if err != nil {
			return err
		}
		*set = scaled
	}
	if off := set.OffWeights(); len(off) > 0 {
		return scoring.Faultf(scoring.Text{
			Zh: "方案 %s 中 %s 的权重合计不是 100：请一并调整其他权重，或选择按比例归一",
			En: "rule set %s: the weights of %s do not add up to 100; change another one too, or ask for normalise",
		}, set.ID, strings.Join(off, ", "))
	}
	return nil
}

func changeOf(before, after *scoring.RuleSet, base *scoring.Scores) SetChange {
	c := SetChange{ID: after.ID, Replaced: before.ID, Before: before.Hash, After: after.Hash, Problems: []string{}, ProblemsZh: []string{}}
	known := before.Check(base.AsOf)
	for _, p := range after.Check(base.AsOf) {
		if !slices.ContainsFunc(known, func(k scoring.RuleProblem) bool { return k.Reason == p.Reason }) {
			c.Problems, c.ProblemsZh = append(c.Problems, p.Reason), append(c.ProblemsZh, p.ReasonZh)
			p.Line = 0 // of a text that only the trial has
			c.found = append(c.found, p)
		}
	}
	return c
}
