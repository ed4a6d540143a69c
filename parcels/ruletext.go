package parcels

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"time"
	"unicode/utf8"
)

// The reasons for which the store keeps the text of a rule set.
const (
	RuleAdded = "added" // in force from then on
	RuleUsed  = "used"  // a run was made with it; this alone puts nothing in force
)

// RuleText is the text of a rule set (评价方案) as the store keeps it. It never changes; a set is amended by a further text with its
// ID, and every text there ever was can be found by its hash.
type RuleText struct {
	ID   string
	Hash string // SHA-256 of Text, lower-case hex; the store fills it in
	Text []byte
	Use  string // RuleAdded or RuleUsed; the store fills it in
	Who  string
	At   time.Time
}

// Check refuses a text that nobody could find or read again.
func (r *RuleText) Check() error {
	p := Problem{Entity: "rule_sets", Key: r.ID, Severity: SeverityError}
	switch {
	case r.ID == "":
		p.Rule, p.Message = "rule_sets.id", "a rule set needs an ID"
	case len(r.Text) == 0, !utf8.Valid(r.Text), bytes.IndexByte(r.Text, 0) >= 0:
		p.Rule, p.Message = "rule_sets.text", "the text of a rule set is UTF-8 and not empty"
	default:
		return nil
	}
	return &RefusedError{Problems: []Problem{p}}
}

// HashRules returns the hash by which a rule set's text is found.
func HashRules(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// LatestRules returns the texts in force: of each ID the one added last, in the order of IDs' first addition.
func LatestRules(all []RuleText) []RuleText {
	var list []RuleText
	at := map[string]int{}
	for _, r := range all {
		if r.Use != RuleAdded {
			continue
		}
		if i, known := at[r.ID]; known {
			list[i] = r
			continue
		}
		at[r.ID] = len(list)
		list = append(list, r)
	}
	return list
}
