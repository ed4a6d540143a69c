package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"muchan/parcels"
	"muchan/parcels/ingest"
)

type importFlags struct {
	crs, encoding, report, why string
	profile, saveProfile       string
	columns                    []string
	dryRun                     bool
}

func (p *program) importCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import KIND FILE...",
		Short: "Bring files in: all rows of a file or none, with a report of every row refused",
		Long: `Reads shapefiles (.shp with its siblings, or zipped), GeoPackage, GeoJSON, CSV (UTF-8 or GB18030), XLSX and survey
offices' lists of boundary points (界址点 .txt). Columns are found by their name, their title or a word bureaus use for them; the header may
stand below titles and have two lines. --map helps where a file calls a column otherwise. A file with an error in it changes nothing; other files of the same call come in. A row replaces the stored
row with its key; in columns that the file does not have, the stored row keeps its values.

KIND is one of ` + strings.Join(ingest.Kinds(), ", ") + `.`,
		Example: `  muchan import parcels qingmeng.geojson
  muchan import figures 2025.csv --encoding gb18030 --map 工业产值=output_wan
  muchan import firms firms.xlsx --dry-run --report report.json`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return p.runImport(c, args[0], args[1:], f) },
	}
	c.Flags().StringVar(&f.crs, "crs", "", "coordinate system of the files, as EPSG:4549; needed when a file does not say")
	c.Flags().StringVar(&f.encoding, "encoding", "", "utf-8 or gb18030; found out when not given")
	c.Flags().StringArrayVar(&f.columns, "map", nil, "file's column=our field; may be given again")
	c.Flags().StringVar(&f.profile, "profile", "", "read as a saved profile says; other flags go before it")
	c.Flags().StringVar(&f.saveProfile, "save-profile", "", "keep --map, --crs and --encoding under this name in the data directory")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "read and check, write nothing")
	c.Flags().StringVar(&f.report, "report", "", "write the report as JSON to this file")
	c.Flags().StringVar(&f.why, "why", "", "reason, kept in the journal")
	return c
}

func (p *program) runImport(c *cobra.Command, kind string, files []string, f importFlags) error {
	if err := oneOf("KIND", kind, ingest.Kinds()); err != nil {
		return err
	}
	columns, err := parseColumnMap(f.columns)
	if err != nil {
		return err
	}
	if err := p.useProfile(&f, columns); err != nil {
		return err
	}
	opt := ingest.Options{CRS: f.crs, Encoding: f.encoding, Map: columns, Who: osUser(), Why: f.why, When: p.now()}
	report, failed := p.importFiles(c.Context(), kind, files, opt, f.dryRun)
	if err := writeReport(report, f.report); err != nil {
		return err
	}
	return failed
}

// importFiles brings each file in by itself: all of its rows or none. A file that is refused does not hold up the next one.
func (p *program) importFiles(ctx context.Context, kind string, files []string, opt ingest.Options, dryRun bool) (*ingest.Report, error) {
	whole := &ingest.Report{Kind: kind}
	progress := p.progress()
	opt.Progress = progress.count
	var failed error
	for _, file := range files {
		change, report, err := ingest.Read(ctx, kind, []string{file}, opt)
		progress.clear()
		if report != nil {
			fmt.Fprint(p.stdout, report)
			whole.Files = append(whole.Files, report.Files...)
		}
		switch {
		case err != nil:
			err = p.sayRefused(err, report)
		case dryRun:
			fmt.Fprintf(p.stdout, "dry run: %d rows would be written\n", change.Rows.Len())
		default:
			err = p.apply(ctx, kind, change)
		}
		if err != nil && !errors.Is(err, errSaid) {
			return whole, err
		}
		failed = cmp.Or(failed, err)
	}
	return whole, failed
}

func (p *program) apply(ctx context.Context, kind string, change parcels.Change) error {
	store, err := p.openOrMakeStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	receipt, err := store.Apply(ctx, change)
	if err != nil {
		return p.sayRefused(err, nil)
	}
	p.printReceipt(kind, receipt)
	return nil
}

func parseColumnMap(pairs []string) (map[string]string, error) {
	columns := map[string]string{}
	for _, pair := range pairs {
		from, to, ok := strings.Cut(pair, "=")
		if !ok || from == "" || to == "" {
			return nil, usageError{fmt.Errorf("--map %q: write it as file's column=our field", pair)}
		}
		columns[from] = to
	}
	return columns, nil
}

// writeReport writes the report as JSON when asked.
func writeReport(report *ingest.Report, path string) error {
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o600)
}

// sayRefused prints each problem of a refused change on its own line, unless the report has said them.
func (p *program) sayRefused(err error, report *ingest.Report) error {
	refused, ok := asRefused(err)
	if !ok {
		return err
	}
	count := len(refused.Problems)
	if report == nil {
		for _, problem := range refused.Problems {
			fmt.Fprintln(p.stderr, problem.String())
		}
	} else {
		count = report.Errors() // the list of problems is capped, the count is not
	}
	fmt.Fprintf(p.stderr, "refused: %d problems, nothing of it was written\n", count)
	return errSaid
}

func (p *program) printReceipt(kind string, r parcels.Receipt) {
	if r.Repeated {
		fmt.Fprintf(p.stdout, "%s: the same rows were brought in before (change %d); nothing to do\n", kind, r.Change)
		return
	}
	fmt.Fprintf(p.stdout, "%s: change %d, version %d: %d new, %d changed, %d unchanged, %d ended by a successor\n",
		kind, r.Change, r.Version, r.Inserted, r.Updated, r.Unchanged, r.Closed)
}

// osUser is who the journal names for work on the command line.
func osUser() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}
