package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/export"
	"muchan/tiles/layers"
	"muchan/tiles/report"
)

// printFlags are those of what is printed.
type printFlags struct {
	viewFlags
	english bool
}

func (f *printFlags) add(flags *pflag.FlagSet, audience string) {
	f.viewFlags.add(flags, audience)
	flags.BoolVar(&f.english, "english", false, "in English; names and what was written down stay as they are")
}

func (p *program) dossierCommand() *cobra.Command {
	var f printFlags
	c := &cobra.Command{
		Use:   "dossier CODE OUT.pdf",
		Short: "Print everything about one parcel (一地一档) as one audience may see it",
		Long: `A PDF with the map of the parcel among its neighbours, boundary points, and for those who may see them contract, buildings, metrics,
suspicions with their evidence, firms, scores, exit tests and cases. Day of the data, version of the snapshot and the rule sets stand on
every page. The letters are in the file: it prints anywhere.`,
		Example: "  muchan export dossier 350502001001GB00012 dossier.pdf --audience viewer\n  muchan export dossier 350502001001GB00012 2024.pdf --audience analyst --year 2024 --english",
		Args:    cobra.ExactArgs(2),
		RunE:    func(c *cobra.Command, args []string) error { return p.runDossier(c.Context(), args[0], args[1], f) },
	}
	f.add(c.Flags(), "viewer")
	return c
}

func (p *program) exitListCommand() *cobra.Command {
	var f printFlags
	c := &cobra.Command{
		Use:     "exit-list OUT.pdf",
		Short:   "Print the list of suspected exit candidates",
		Example: "  muchan export exit-list exit.pdf --parks QM",
		Args:    cobra.ExactArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return p.runExitList(c.Context(), args[0], f) },
	}
	f.add(c.Flags(), "analyst")
	return c
}

func (p *program) runDossier(ctx context.Context, code, out string, f printFlags) error {
	v, err := p.openView(ctx, f.viewFlags)
	if err != nil {
		return err
	}
	defer v.store.Close()
	in, err := v.reportInput(ctx)
	if err != nil {
		return err
	}
	in.English = f.english
	if in.Years, err = v.years(code); err != nil {
		return err
	}
	dossier, err := report.NewDossier(in, code)
	if errors.Is(err, report.ErrUnknown) {
		return fmt.Errorf("no parcel %s on %s; `muchan score` lists them", code, v.snap.AsOf)
	}
	if err != nil {
		return err
	}
	return p.print(dossier, "dossier of "+code, v.audience, out)
}

func (p *program) runExitList(ctx context.Context, out string, f printFlags) error {
	v, err := p.openView(ctx, f.viewFlags)
	if err != nil {
		return err
	}
	defer v.store.Close()
	in, err := v.reportInput(ctx)
	if err != nil {
		return err
	}
	in.English = f.english
	list, err := report.NewExitList(in, f.parks)
	if errors.Is(err, report.ErrAudience) {
		return usageError{fmt.Errorf("the exit list names firms: --audience analyst or admin, not %s", v.audience)}
	}
	if err != nil {
		return err
	}
	return p.print(list, fmt.Sprintf("exit list of %d parcels", list.Len()), v.audience, out)
}

// reportInput is what documents are made from, with the cases for those who may see them.
func (v *view) reportInput(ctx context.Context) (report.Input, error) {
	in := report.Input{Scores: v.scores, Tables: v.tables, About: v.about()}
	if v.audience < layers.Analyst {
		return in, nil
	}
	var err error
	in.Cases, err = v.store.Matters(ctx, parcels.MatterQuery{Kinds: parcels.CaseKinds})
	return in, err
}

// about says what is exported. The demonstration's data say that they are fictional wherever they go.
func (v *view) about() export.About {
	about := export.About{Title: "muchan 亩产", Year: v.scores.Year, AsOf: v.snap.AsOf.String(), Version: v.snap.Version, Rules: v.scores.Rules}
	about.Notice = fictionOf(v.snap).Notice().Zh
	return about
}

// years scores every year that has figures, for one parcel's history.
func (v *view) years(code string) ([]report.Year, error) {
	at, ok := v.snap.ParcelIndex(code)
	if !ok {
		return nil, nil // the dossier says that there is no such parcel
	}
	var years []report.Year
	for _, year := range v.snap.Years() {
		scores := v.scores
		if year != scores.Year {
			var err error
			if scores, err = scoring.Run(scoring.Input{Snapshot: v.snap, Year: year, AsOf: v.snap.AsOf, Rules: v.scores.Book()}); err != nil {
				return nil, err
			}
		}
		years = append(years, report.YearOf(scores, at))
	}
	return years, nil
}

// document is what can be printed.
type document interface {
	PDF() ([]byte, error)
}

func (p *program) print(d document, what string, audience layers.Audience, out string) error {
	pdf, err := d.PDF()
	if err != nil {
		return err
	}
	if err := p.recordExport(what, audience, out); err != nil {
		return err
	}
	if err := writeWhole(out, pdf); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %s for %s, %d kB\n", out, what, audience, (len(pdf)+1023)/1024)
	return nil
}

// writeWhole writes a file that appears whole or not at all.
func writeWhole(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
