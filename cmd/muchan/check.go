package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"muchan/parcels"
	"muchan/parcels/quality"
)

type checkFlags struct {
	asJSON                    bool
	rule, severity, park, out string
	crs                       string
}

func (p *program) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check",
		Short: "Report what is wrong or missing in the whole store: counts by rule, then each problem, where, and what to do",
		Long: `Checks every row by itself and the store as a whole: overlaps and gaps between parcels, land outside its park, buildings over
the boundary, areas against each other, occupancies, figures of another magnitude, firms without land and land without firms, missing
years. It changes nothing. It ends with 1 when there are errors; warnings and notes alone end with 0.`,
		Example: "  muchan check\n  muchan check --rule parcel.overlap\n  muchan check --out problems.gpkg\n  muchan check --json | jq '.problems[] | select(.severity==\"error\")'",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return p.runCheck(c.Context(), f) },
	}
	c.Flags().BoolVar(&f.asJSON, "json", false, "print counts and problems as JSON")
	c.Flags().StringVar(&f.rule, "rule", "", "only this rule, as parcel.overlap")
	c.Flags().StringVar(&f.severity, "severity", "", "only error, warning or note")
	c.Flags().StringVar(&f.park, "park", "", "only problems of this park; the counts stay those of all")
	c.Flags().StringVar(&f.out, "out", "", "write the problems as a layer to this file (.gpkg, .geojson, .csv, .xlsx, .zip) instead of printing them")
	c.Flags().StringVar(&f.crs, "crs", "", "coordinate system of that layer, as EPSG:4549; longitude and latitude when not given")
	return c
}

func (p *program) runCheck(ctx context.Context, f checkFlags) error {
	if f.severity != "" {
		if err := oneOf("--severity", f.severity, []string{"error", "warning", "note"}); err != nil {
			return err
		}
	}
	crs, err := parseCRS(f.crs)
	if err != nil {
		return err
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	snap, err := store.Snapshot(ctx, p.today())
	if err != nil {
		return err
	}
	whole := quality.Check(snap, quality.DefaultOptions())
	report := whole.Filter(f.rule, parcels.Severity(f.severity), f.park)
	if f.out != "" {
		if err := writeProblems(f.out, &report, crs); err != nil {
			return err
		}
	}
	if err := p.printReport(&report, f); err != nil {
		return err
	}
	if report.Found(parcels.SeverityError) > 0 {
		return errSaid
	}
	return nil
}

func (p *program) printReport(r *quality.Report, f checkFlags) error {
	if f.asJSON {
		enc := json.NewEncoder(p.stdout)
		enc.SetEscapeHTML(false)
		return enc.Encode(r)
	}
	for _, c := range r.Counts {
		rule := quality.RuleOf(c.Rule)
		fmt.Fprintf(p.stdout, "%-8s %6d  %-28s %s / %s\n", c.Severity, c.Found, c.Rule, rule.Title.Zh, rule.Title.En)
	}
	if f.out != "" {
		fmt.Fprintf(p.stdout, "%s: %d problems\n", f.out, len(r.Findings))
	} else {
		for i := range r.Findings {
			fmt.Fprintf(p.stdout, "%s: %s\n", r.Findings[i].Severity, r.Findings[i].Problem)
		}
	}
	_, err := fmt.Fprintf(p.stdout, "%d errors, %d warnings, %d notes\n",
		r.Found(parcels.SeverityError), r.Found(parcels.SeverityWarning), r.Found(parcels.SeverityNote))
	return err
}
