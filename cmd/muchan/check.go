package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"muchan/parcels"
)

func (p *program) checkCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "check",
		Short:   "Validate every row of the store and report what is wrong, where, and what to do",
		Example: "  muchan check\n  muchan check --json | jq '.[] | select(.severity==\"error\")'",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return p.runCheck(c.Context(), asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the problems as JSON")
	return c
}

func (p *program) runCheck(ctx context.Context, asJSON bool) error {
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	snap, err := store.Snapshot(ctx, p.today())
	if err != nil {
		return err
	}
	problems := validateAll(snap)
	if err := p.printProblems(problems, asJSON); err != nil {
		return err
	}
	for _, problem := range problems {
		if problem.Severity == parcels.SeverityError {
			return errSaid
		}
	}
	return nil
}

func (p *program) printProblems(problems []parcels.Problem, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(p.stdout)
		enc.SetEscapeHTML(false)
		return enc.Encode(problems)
	}
	count := map[parcels.Severity]int{}
	for _, problem := range problems {
		count[problem.Severity]++
		fmt.Fprintf(p.stdout, "%s: %s\n", problem.Severity, problem)
	}
	_, err := fmt.Fprintf(p.stdout, "%d errors, %d warnings, %d notes\n",
		count[parcels.SeverityError], count[parcels.SeverityWarning], count[parcels.SeverityNote])
	return err
}

// validator is any entity that can be checked by itself.
type validator interface{ Validate() []parcels.Problem }

func validateAll(s *parcels.Snapshot) []parcels.Problem {
	problems := []parcels.Problem{}
	problems = append(problems, validate[parcels.Park](s.Parks)...)
	problems = append(problems, validate[parcels.Zone](s.Zones)...)
	problems = append(problems, validate[parcels.Parcel](s.Parcels)...)
	problems = append(problems, validate[parcels.Building](s.Buildings)...)
	problems = append(problems, validate[parcels.Firm](s.Firms)...)
	problems = append(problems, validate[parcels.Occupancy](s.Occupancies)...)
	problems = append(problems, validate[parcels.Figures](s.Figures)...)
	problems = append(problems, validate[parcels.Event](s.Events)...)
	return append(problems, validate[parcels.Target](s.Targets)...)
}

// validate checks copies: Validate may normalise the row it is called on, and a snapshot is immutable.
func validate[T any, V interface {
	*T
	validator
}](rows []T) []parcels.Problem {
	var problems []parcels.Problem
	for _, row := range rows {
		problems = append(problems, V(&row).Validate()...)
	}
	return problems
}
