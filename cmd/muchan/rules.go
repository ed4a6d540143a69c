package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"muchan/scoring"
	"muchan/seeds"
)

// rulesDir holds the rule sets a user added, inside the data directory.
const rulesDir = "rules"

func (p *program) rulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "rules",
		Short:   "List, show, check and add rule sets (评价方案)",
		Example: "  muchan rules list\n  muchan rules show idle.order53\n  muchan rules check ours.yaml && muchan rules add ours.yaml",
		Args:    unknownCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the rule sets with document, validity and whether they are verified", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { return p.listRules() },
		},
		&cobra.Command{
			Use: "show ID", Short: "Print a rule set's text", Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error { return p.showRules(args[0]) },
		},
		&cobra.Command{
			Use: "check FILE", Short: "Check a rule set; names file, line and reason", Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error { return p.checkRules(args[0]) },
		},
		&cobra.Command{
			Use: "add FILE", Short: "Check a rule set and keep it in the data directory", Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error { return p.addRules(args[0]) },
		},
	)
	return c
}

// loadBook reads the shipped rule sets and those in the data directory. choice, when given, is the ID of a set or a YAML file; it
// then stands alone among the sets of its kind.
func (p *program) loadBook(choice string) (scoring.Book, error) {
	var book scoring.Book
	for _, dir := range []fs.FS{seeds.Rules, os.DirFS(filepath.Join(p.settings.data))} {
		if err := addSets(&book, dir); err != nil {
			return book, err
		}
	}
	if choice == "" {
		return book, nil
	}
	chosen, err := chooseSet(book, choice)
	if err != nil {
		return book, err
	}
	book.Sets = slices.DeleteFunc(book.Sets, func(s scoring.RuleSet) bool { return s.Kind == chosen.Kind })
	book.Sets = append(book.Sets, everywhere(chosen))
	return book, nil
}

// everywhere lifts a set's limits of place and time: whoever names it wants to see what it would say here.
func everywhere(s scoring.RuleSet) scoring.RuleSet {
	s.AppliesTo, s.Zones, s.Years, s.ValidFrom, s.ValidTo = []string{"*"}, nil, nil, 0, 0
	return s
}

func addSets(book *scoring.Book, dir fs.FS) error {
	files, err := fs.Glob(dir, path.Join(rulesDir, "*.yaml"))
	if err != nil {
		return err
	}
	for _, name := range files {
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			return err
		}
		set, err := scoring.ParseRuleSet(name, text)
		if err != nil {
			return err
		}
		book.Sets = slices.DeleteFunc(book.Sets, func(s scoring.RuleSet) bool { return s.ID == set.ID })
		book.Sets = append(book.Sets, set)
	}
	return nil
}

func chooseSet(book scoring.Book, choice string) (scoring.RuleSet, error) {
	for _, s := range book.Sets {
		if s.ID == choice {
			return s, nil
		}
	}
	set, err := readSet(choice)
	if errors.Is(err, fs.ErrNotExist) {
		return set, usageError{fmt.Errorf("--rules %q is neither a rule set (see `muchan rules list`) nor a file", choice)}
	}
	return set, err
}

func readSet(file string) (scoring.RuleSet, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return scoring.RuleSet{}, err
	}
	return scoring.ParseRuleSet(file, text)
}

func (p *program) listRules() error {
	book, err := p.loadBook("")
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tKIND\tDOCUMENT\tVALID\tVERIFIED\tTITLE")
	for _, s := range book.Sets {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%t\t%s\n", s.ID, s.Kind, s.Document, validity(&s), s.Verified, s.Title)
	}
	return w.Flush()
}

// validity names the first and the last day of a set.
func validity(s *scoring.RuleSet) string {
	if !s.ValidTo.OK() {
		return s.ValidFrom.String() + ".."
	}
	return s.ValidFrom.String() + ".." + (s.ValidTo - 1).String()
}

func (p *program) showRules(id string) error {
	book, err := p.loadBook("")
	if err != nil {
		return err
	}
	for _, s := range book.Sets {
		if s.ID == id {
			_, err := p.stdout.Write(s.Text)
			return err
		}
	}
	return fmt.Errorf("no rule set %q; see `muchan rules list`", id)
}

// checkRules prints every problem of a file and fails when there is one.
func (p *program) checkRules(file string) error {
	set, err := readSet(file)
	if err != nil {
		return err
	}
	problems := set.Check(p.today())
	for _, problem := range problems {
		fmt.Fprintf(p.stdout, "%s: %s\n", file, problem)
	}
	if len(problems) > 0 {
		return errSaid
	}
	fmt.Fprintf(p.stdout, "%s: %s is in order\n", file, set.ID)
	return nil
}

func (p *program) addRules(file string) error {
	if err := p.checkRules(file); err != nil {
		return err
	}
	set, err := readSet(file)
	if err != nil {
		return err
	}
	if err := p.makeDataDir(); err != nil {
		return err
	}
	dir := filepath.Join(p.settings.data, rulesDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, set.ID+".yaml"), set.Text, 0o600)
}
