package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/seeds"
)

// rulesFlags say in which form the answers come.
type rulesFlags struct {
	json bool
	tongue
}

func (p *program) rulesCommand() *cobra.Command {
	var f rulesFlags
	c := &cobra.Command{
		Use:     "rules",
		Short:   "List, show, check and add rule sets (评价方案)",
		Example: "  muchan rules list\n  muchan rules show idle.order53\n  muchan rules check ours.yaml && muchan rules add ours.yaml",
		Args:    unknownCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the rule sets with document, validity, whether they are verified and where they are from", Args: cobra.NoArgs,
			RunE: func(c *cobra.Command, _ []string) error { return p.listRules(c.Context(), &f) },
		},
		&cobra.Command{
			Use: "show ID|HASH", Short: "Print a rule set's text, also one that a run used and that is no longer in force", Args: cobra.ExactArgs(1),
			RunE: func(c *cobra.Command, args []string) error { return p.showRules(c.Context(), &f, args[0]) },
		},
		&cobra.Command{
			Use: "check FILE", Short: "Check a rule set, alone and against those in use; names file, line and reason", Args: cobra.ExactArgs(1),
			RunE: func(c *cobra.Command, args []string) error { return p.checkRules(c.Context(), &f, args[0]) },
		},
		&cobra.Command{
			Use: "add FILE", Short: "Check a rule set and put it in force in the store; the one with its ID, if any, is kept but no longer used", Args: cobra.ExactArgs(1),
			RunE: func(c *cobra.Command, args []string) error { return p.addRules(c.Context(), &f, args[0]) },
		},
	)
	c.PersistentFlags().BoolVar(&f.json, "json", false, "answer in JSON")
	c.PersistentFlags().BoolVar(&f.english, "english", false, "titles in English; JSON holds both languages")
	return c
}

// shipped reads the rule sets that come with the program.
func shipped() (scoring.Book, error) { return scoring.ReadBook(seeds.Rules, "rules/*.yaml") }

// loadBook reads the shipped rule sets and those of the store, which go before them. choice, when given, is the ID of a set or a YAML
// file; it then stands alone among the sets of its kind.
func loadBook(ctx context.Context, store parcels.Store, choice string) (scoring.Book, error) {
	book, err := shipped()
	if err != nil {
		return book, err
	}
	stored, err := store.Rules(ctx)
	if err != nil {
		return book, err
	}
	if book, err = book.With(stored); err != nil || choice == "" {
		return book, err
	}
	chosen, err := chooseSet(book, choice)
	if err != nil {
		return book, err
	}
	return book.Alone(chosen), nil
}

// bookFor is loadBook for a trial: a set that was named is used everywhere, and the reader is told so.
func (p *program) bookFor(ctx context.Context, store parcels.Store, choice string) (scoring.Book, error) {
	book, err := loadBook(ctx, store, choice)
	if err == nil && choice != "" {
		fmt.Fprintf(p.stderr, "a trial: --rules %s is used for every park, year and date, whatever it says of itself\n", choice)
	}
	return book, err
}

func chooseSet(book scoring.Book, choice string) (scoring.RuleSet, error) {
	if set := book.Set(choice); set != nil {
		return *set, nil
	}
	set, err := readSet(choice)
	if errors.Is(err, fs.ErrNotExist) {
		return set, usageError{fmt.Errorf("--rules %q is neither a rule set (see `muchan rules list`) nor a file", choice)}
	}
	return set, err
}

// checkChoice refuses a file that is not there before any store is opened. Any other word may be the ID of a set in the store.
func checkChoice(choice string) error {
	if ext := filepath.Ext(choice); ext != ".yaml" && ext != ".yml" {
		return nil
	}
	_, err := chooseSet(scoring.Book{}, choice)
	return err
}

func readSet(file string) (scoring.RuleSet, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return scoring.RuleSet{}, err
	}
	return scoring.ParseRuleSet(file, text)
}

// storeRules reads the rule sets of the store, none while there is no store.
func (p *program) storeRules(ctx context.Context) ([]parcels.RuleText, error) {
	store, err := p.openStore(ctx)
	if errors.Is(err, errNoData) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return store.Rules(ctx)
}

// sourced is a rule set and where it is from.
type sourced struct {
	scoring.RuleSet
	from string
}

func (p *program) allRules(ctx context.Context) ([]sourced, error) {
	ground, err := shipped()
	if err != nil {
		return nil, err
	}
	stored, err := p.storeRules(ctx)
	if err != nil {
		return nil, err
	}
	book, err := ground.With(stored)
	if err != nil {
		return nil, err
	}
	latest := parcels.LatestRules(stored)
	var list []sourced
	for _, s := range book.Sets {
		from := "shipped"
		if i := slices.IndexFunc(latest, func(r parcels.RuleText) bool { return r.ID == s.ID }); i >= 0 {
			from = fmt.Sprintf("store, by %s on %s", latest[i].Who, parcels.DateIn(latest[i].At, shanghai))
		}
		list = append(list, sourced{s, from})
	}
	return list, nil
}

func (p *program) addRules(ctx context.Context, f *rulesFlags, file string) error {
	if err := p.checkRules(ctx, f, file); err != nil {
		return err
	}
	set, err := readSet(file)
	if err != nil {
		return err
	}
	store, err := p.openOrMakeStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return store.AddRules(ctx, parcels.RuleText{ID: set.ID, Text: set.Text, Who: osUser(), At: p.now().UTC()})
}
