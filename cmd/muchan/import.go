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

	"muchan/api"
	"muchan/parcels"
	"muchan/parcels/ingest"
)

type importFlags struct {
	crs, encoding, sheet, report, why string
	profile, saveProfile              string
	columns, set                      []string
	dryRun, yes, skipBad, relate      bool
	refused, outline                  string
	straddle, doubles                 string
	show                              int
}

func (p *program) importCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import KIND FILE...",
		Short: "Bring files in: all rows of a file or none, with a report of every row refused",
		Long: `Reads shapefiles (.shp with its siblings, or zipped), GeoPackage, GeoJSON and GeoJSONSeq, CSV (UTF-8 or GB18030), XLSX and survey
offices' lists of boundary points (界址点 .txt); with GDAL's ogr2ogr installed also File Geodatabase, DXF, KML, MapInfo and XLS. Columns are found by their name, their title or a word bureaus use for them;
the header may stand below titles and have two lines; a unit named above it (单位：万元) is that of the columns that name none. Of figures
with a column for each year (2024年产值), --set year=2024 reads those of that year. --map helps where a file calls a column otherwise, --set gives all rows one value in a
column that the file lacks. A file with an error in it changes nothing; other files of the same call come in. With --skip-bad the good
rows come in and the others are written to a file of the same format, with the reason of each; where none is good the file is refused,
and all are written. A file of which nothing is to be shown,
left out or related is read as a stream; otherwise its rows are in memory, a million at most, some 3 to 6 kB each.

A row replaces the stored row with its key; in columns that the file does not have, the stored row keeps its values. What a change did is
taken back by muchan import undo.

A table of parcels or buildings without shapes, such as a bureau's ledger, changes the stored ones of its codes as they are today; they
keep their shapes. A code that is not stored is refused.

A file that does not say its coordinate system is read by --crs. With --crs detect the system is found out from the magnitudes of its
coordinates and from where the parks are: try that with --dry-run, look at where the data would land, and confirm it by --yes. A file whose
shapes all lie far from the parks is refused.

Buildings without a parcel code are given the parcel that most of their footprint stands on, footprints that are there twice or as a
whole beside its parts are left out, and splits and merges of parcels are recognised by their overlap and recorded. --relate=false leaves
all this off, and wants shapes in every file.

KIND is one of ` + strings.Join(ingest.Kinds(), ", ") + `.`,
		Example: `  muchan import parcels qingmeng.geojson
  muchan import parcels 宗地.shp --crs detect --set park=QM --set valid_from=2025-01-01 --dry-run
  muchan import parcels 合同台账.xlsx --why 2026年出让合同清理
  muchan import figures 2025.csv --encoding gb18030 --map 工业产值=output_wan
  muchan import firms firms.xlsx --skip-bad
  muchan import changes
  muchan import undo 12`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return p.runImport(c, args[0], args[1:], f) },
	}
	f.add(c)
	c.AddCommand(p.changesCommand(), p.undoCommand())
	return c
}

func (f *importFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.crs, "crs", "", "coordinate system of the files, as EPSG:4549, or detect; needed when a file does not say")
	flags.StringVar(&f.encoding, "encoding", "", "utf-8 or gb18030; found out when not given")
	flags.StringVar(&f.sheet, "sheet", "", "sheet of a workbook, or layer of a GeoPackage or archive; the first or only one when not given")
	flags.StringArrayVar(&f.columns, "map", nil, "file's column=our field; may be given again")
	flags.StringArrayVar(&f.set, "set", nil, "our field=value of every row, for a field that the file lacks; may be given again")
	flags.StringVar(&f.profile, "profile", "", "read as a saved profile says; other flags go before it")
	flags.StringVar(&f.saveProfile, "save-profile", "", "keep --map, --set, --crs and --encoding under this name in the data directory")
	flags.BoolVar(&f.dryRun, "dry-run", false, "read and check, show what would change, write nothing")
	flags.BoolVar(&f.yes, "yes", false, "with --crs detect: take the file over in the system that was found out")
	flags.IntVar(&f.show, "show", 20, "with --dry-run: how many differences, absent rows and rows of the file to show")
	flags.StringVar(&f.outline, "outline", "", "with --dry-run: write where the shapes would land to this file (.geojson, .gpkg)")
	flags.BoolVar(&f.skipBad, "skip-bad", false, "leave out rows with errors instead of refusing their file")
	flags.StringVar(&f.refused, "refused", "", "with --skip-bad: the file for the rows left out; FILE.refused.EXT beside each file when not given")
	flags.BoolVar(&f.relate, "relate", true, "relate buildings and parcels to stored ones by place")
	flags.StringVar(&f.straddle, "straddle", ingest.StraddleFlag, "a building on several parcels that names none: flag it, or split it by area")
	flags.StringVar(&f.doubles, "doubles", ingest.DoublesLeave, "footprints that are there twice: leave them out, or keep them")
	flags.StringVar(&f.report, "report", "", "write the report as JSON to this file")
	flags.StringVar(&f.why, "why", "", "reason, kept in the journal")
}

// importHeadroom is how many bytes an import lets the heap grow before it is collected. With it an import of a million parcels stays below
// 1 GiB.
const importHeadroom = 384 << 20

func (p *program) runImport(c *cobra.Command, kind string, files []string, f importFlags) error {
	if err := oneOf("KIND", kind, ingest.Kinds()); err != nil {
		return err
	}
	if err := cmp.Or(oneOf("--straddle", f.straddle, ingest.Straddles), oneOf("--doubles", f.doubles, ingest.DoublesWords)); err != nil {
		return err
	}
	if f.refused != "" && len(files) > 1 {
		return usageError{errors.New("--refused takes the rows of one file: bring the files in one by one, or leave it out")}
	}
	columns, err := parsePairs("--map", "file's column=our field", f.columns)
	if err != nil {
		return err
	}
	set, err := parsePairs("--set", "our field=value", f.set)
	if err != nil {
		return err
	}
	if err := p.useProfile(&f, columns, set); err != nil {
		return err
	}
	opt := ingest.Options{
		CRS: f.crs, Encoding: f.encoding, Sheet: f.sheet, Map: columns, Set: set, Who: osUser(), Why: f.why, When: p.now().In(shanghai),
		SkipBad: f.skipBad, Relate: f.relate, Straddle: f.straddle, Doubles: f.doubles,
	}
	if f.dryRun {
		opt.Preview = max(f.show, 1)
	}
	defer api.KeepHeadroom(importHeadroom)()
	report, failed := p.importFiles(c.Context(), kind, files, opt, f)
	if err := writeReport(report, f.report); err != nil {
		return err
	}
	return failed
}

// importFiles brings each file in by itself: all of its rows or none. A file that is refused does not hold up the next one.
func (p *program) importFiles(ctx context.Context, kind string, files []string, opt ingest.Options, f importFlags) (*ingest.Report, error) {
	whole := &ingest.Report{Kind: kind}
	progress := p.progress()
	opt.Progress = progress.count
	store, err := p.existingStore(ctx)
	if err != nil {
		return whole, err
	}
	defer func() {
		if store != nil {
			store.Close()
		}
	}()
	var failed error
	for _, file := range files {
		staged, err := readFile(ctx, store, kind, file, opt)
		progress.clear()
		if staged.Report != nil {
			fmt.Fprint(p.stdout, staged.Report)
			whole.Files = append(whole.Files, staged.Report.Files...)
		}
		switch {
		case err != nil:
			err = p.sayRefused(err, staged.Report)
			if !f.dryRun {
				err = cmp.Or(p.writeLeftOut(ctx, file, staged, f), err)
			}
		case f.dryRun:
			err = p.showStaged(staged, f)
		case staged.Report.Files[0].Assumed && !f.yes:
			fmt.Fprintf(p.stderr, "nothing was written: the coordinate system was found out, not given. Look at where %s would land by --dry-run --outline FILE, and confirm it by --yes\n", file)
			err = errSaid
		default:
			if store == nil {
				if store, err = p.openOrMakeStore(ctx); err != nil {
					return whole, err
				}
			}
			err = p.takeOver(ctx, store, kind, file, staged, opt, f)
		}
		staged.Discard()
		if err != nil && !errors.Is(err, errSaid) {
			return whole, err
		}
		failed = cmp.Or(failed, err)
	}
	return whole, failed
}

// existingStore opens the store that is there; nil when there is none, for a refused file leaves none behind.
func (p *program) existingStore(ctx context.Context) (parcels.Store, error) {
	store, err := p.openStore(ctx)
	if errors.Is(err, errNoData) {
		return nil, nil
	}
	return store, err
}

// readFile reads a file against the store that is there, if any.
func readFile(ctx context.Context, store parcels.Store, kind, file string, opt ingest.Options) (*ingest.Staged, error) {
	if store == nil {
		return ingest.Prepare(ctx, nil, kind, file, opt)
	}
	return ingest.Stream(ctx, store, kind, file, opt)
}

// takeOver applies what was prepared, and writes back the rows that were left out.
func (p *program) takeOver(ctx context.Context, store parcels.Store, kind, file string, staged *ingest.Staged, opt ingest.Options, f importFlags) error {
	if opt.SkipBad && staged.Plan == nil { // there was no store to ask when it was prepared
		var err error
		if staged, err = readFile(ctx, store, kind, file, opt); err != nil {
			err = p.sayRefused(err, nil) // the report that was printed knew nothing of the store
			return cmp.Or(p.writeLeftOut(ctx, file, staged, f), err)
		}
	}
	receipt, err := staged.Apply(ctx, store)
	if err != nil {
		return p.sayRefused(err, nil)
	}
	p.printReceipt(kind, receipt)
	return p.writeLeftOut(ctx, file, staged, f)
}

// writeLeftOut writes back the rows that were left out, which may be all.
func (p *program) writeLeftOut(ctx context.Context, file string, staged *ingest.Staged, f importFlags) error {
	if len(staged.Reasons) == 0 {
		return nil
	}
	to := f.refused
	if to == "" {
		to = file + ".refused" + ingest.RefusedFormat(file)
	}
	written, err := staged.WriteRefused(ctx, to)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %d rows left out, with their reasons; correct them and import this file\n", to, written)
	return nil
}

func parsePairs(flag, form string, pairs []string) (map[string]string, error) {
	all := map[string]string{}
	for _, pair := range pairs {
		from, to, ok := strings.Cut(pair, "=")
		if !ok || from == "" || to == "" {
			return nil, usageError{fmt.Errorf("%s %q: write it as %s", flag, pair, form)}
		}
		all[from] = to
	}
	return all, nil
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

// sayRefused prints the first problems of a refused change, each on its own line, unless the report has said them.
func (p *program) sayRefused(err error, report *ingest.Report) error {
	refused, ok := asRefused(err)
	if !ok {
		return err
	}
	count := len(refused.Problems) + refused.More
	if report == nil {
		const shown = 20
		for _, problem := range refused.Problems[:min(shown, len(refused.Problems))] {
			fmt.Fprintln(p.stderr, problem.String())
		}
		if count > shown {
			fmt.Fprintf(p.stderr, "and %d more\n", count-shown)
		}
	} else {
		count = report.Errors() // the list of problems is capped, the count is not
	}
	fmt.Fprintf(p.stderr, "refused: %d problems, nothing of it was written\n", count)
	return errSaid
}

func (p *program) printReceipt(kind string, r parcels.Receipt) {
	if r.Repeated {
		fmt.Fprintf(p.stdout, "%s: the same rows were brought in before (change %d) and are stored still; nothing to do\n", kind, r.Change)
		return
	}
	fmt.Fprintf(p.stdout, "%s: change %d, version %d: %d new, %d changed, %d unchanged, %d ended by a successor\n",
		kind, r.Change, r.Version, r.Inserted, r.Updated, r.Unchanged, r.Closed)
	if r.Emptied > 0 {
		fmt.Fprintf(p.stdout, "  stored values that are empty now: %d, for the file has their column and nothing in it; muchan import undo %d brings them back\n", r.Emptied, r.Change)
	}
}

// osUser is who the journal names for work on the command line.
func osUser() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}
