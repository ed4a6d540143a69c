package scoring

import (
	"fmt"
	"io/fs"
	"slices"

	"muchan/parcels"
)

// ReadBook reads the rule sets that a pattern names among some files, in the order of their names.
func ReadBook(files fs.FS, pattern string) (Book, error) {
	var book Book
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return book, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return book, err
		}
		set, err := ParseRuleSet(name, text)
		if err != nil {
			return book, err
		}
		book.Sets = append(book.Sets, set)
	}
	return book, nil
}

// With returns the book with the texts that a store has in force, each in place of the set with its ID. The book itself stays.
func (b Book) With(stored []parcels.RuleText) (Book, error) {
	out := Book{Sets: slices.Clone(b.Sets)}
	for _, r := range parcels.LatestRules(stored) {
		set, err := ParseRuleSet(r.ID, r.Text)
		if err != nil {
			return b, fmt.Errorf("rule set %s of the store: %w", r.ID, err)
		}
		out.Sets = slices.DeleteFunc(out.Sets, func(s RuleSet) bool { return s.ID == set.ID })
		out.Sets = append(out.Sets, set)
	}
	return out, nil
}

// Alone returns the book with one set in place of all others of its kind, for every park, zone, year and day: whoever names a set wants to
// see what it would say here.
func (b Book) Alone(chosen RuleSet) Book {
	chosen.AppliesTo, chosen.Zones, chosen.Years, chosen.ValidFrom, chosen.ValidTo = []string{"*"}, nil, nil, 0, 0
	kept := slices.DeleteFunc(slices.Clone(b.Sets), func(s RuleSet) bool { return s.Kind == chosen.Kind })
	return Book{Sets: append(kept, chosen)}
}

// Texts returns the texts of the sets that a run used, for the store to keep.
func (b Book) Texts(used []RuleRef) []parcels.RuleText {
	var texts []parcels.RuleText
	for _, ref := range used {
		if i := slices.IndexFunc(b.Sets, func(s RuleSet) bool { return s.Hash == ref.Hash }); i >= 0 {
			texts = append(texts, parcels.RuleText{ID: b.Sets[i].ID, Text: b.Sets[i].Text})
		}
	}
	return texts
}

// Set returns the set with an ID, nil when there is none.
func (b Book) Set(id string) *RuleSet {
	if i := slices.IndexFunc(b.Sets, func(s RuleSet) bool { return s.ID == id }); i >= 0 {
		return &b.Sets[i]
	}
	return nil
}
