package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/export"
	"muchan/tiles/layers"
)

// viewFlags say what is exported: of which year and day, and for whom.
type viewFlags struct {
	year           int
	asOf, audience string
	parks          []string
}

type exportFlags struct {
	viewFlags
	crs, format, encoding string
	codes, noShape        bool
	zooms                 zoomFlags
}

func (f *viewFlags) add(flags *pflag.FlagSet, audience string) {
	flags.IntVar(&f.year, "year", 0, "year of the figures; the latest when not given")
	flags.StringVar(&f.asOf, "as-of", "", "date that drives every clock; today when not given")
	flags.StringVar(&f.audience, "audience", audience, "public, viewer, analyst or admin")
	flags.StringSliceVar(&f.parks, "parks", nil, "only these parks, as QM,GQ")
}

func (p *program) exportCommand() *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:   "export LAYER OUT",
		Short: "Write layers as one audience sees them to a file; dossiers and the exit list as PDF",
		Long: `Writes ` + strings.Join(layerNames(), ", ") + ` with exactly the fields the audience may see. Several layers, as parcels,buildings, or all of
them (all) go into one GeoPackage, workbook, zip or map archive. The format is the file's ending:

  .geojson            GeoJSON, longitude and latitude unless --crs says otherwise
  .geojsonl           one feature a line, without anything around them
  .gpkg               GeoPackage with its colours for QGIS
  .zip                zipped shapefile, with a list of the fields whose names were cut to ten bytes
  .csv, .xlsx         for people: Chinese titles with units, words for codes; the shape stands in the last column as WKT, whose
                      header names the coordinate system when it is in metres
  .pmtiles            the layers' vector tiles in one file, which any static web host serves to a map

GeoPackage, shapefile and tables are in CGCS2000 (EPSG:4490) unless --crs says otherwise. Every export is in the audit log.`,
		Example: `  muchan export parcels public.geojson --audience public
  muchan export all zone.gpkg --audience analyst --crs EPSG:4549 --parks QM
  muchan export parcels parcels.zip --audience viewer --encoding gb18030
  muchan export parcels,buildings 2024.xlsx --audience analyst --year 2024 --no-shape
  muchan export all public.pmtiles --max-zoom 17`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return p.runExport(c.Context(), args[0], args[1], f) },
	}
	f.viewFlags.add(c.Flags(), "public")
	c.Flags().StringVar(&f.crs, "crs", "", "coordinate system to write, as EPSG:4549; the format's own when not given")
	c.Flags().StringVar(&f.format, "format", "", strings.Join(append(export.FormatNames(), archiveFormat), ", ")+"; the file's ending when not given")
	c.Flags().StringVar(&f.encoding, "encoding", "", "shapefile: utf-8 or gb18030; utf-8 when not given")
	c.Flags().BoolVar(&f.codes, "codes", false, "keep codes, as in_use, and all digits in .csv and .xlsx")
	c.Flags().BoolVar(&f.noShape, "no-shape", false, "leave the shape column out of .csv and .xlsx")
	f.zooms.add(c.Flags())
	c.AddCommand(p.dossierCommand(), p.exitListCommand())
	return c
}

func layerNames() []string {
	names := make([]string, len(layers.All))
	for i, l := range layers.All {
		names[i] = l.Name
	}
	return names
}

func (p *program) runExport(ctx context.Context, layer, out string, f exportFlags) error {
	if isArchive(out, f.format) {
		return p.exportArchive(ctx, layer, out, f)
	}
	job, err := exportJob(out, f)
	if err != nil {
		return err
	}
	names, err := exportedLayers(layer, job.Format.Name, job.Format.HoldsLayers())
	if err != nil {
		return err
	}
	v, err := p.openView(ctx, f.viewFlags)
	if err != nil {
		return err
	}
	defer v.store.Close()
	if err := v.choose(&job, names, layer == allLayers); err != nil {
		return err
	}
	if err := p.recordExport(layer, v.audience, out); err != nil {
		return err
	}
	counts, err := job.Write(ctx, out)
	if err != nil {
		return err
	}
	for i, t := range job.Tables {
		fmt.Fprintf(p.stdout, "%s: %d features of %s for %s in %s\n", out, counts[i], t.Layer.Name, v.audience, layerfile.CRSName(job.System()))
	}
	return nil
}

// exportJob reads what the flags and the file's ending say of the form.
func exportJob(out string, f exportFlags) (export.Job, error) {
	name := f.format
	if name == "" {
		name = strings.ToLower(strings.TrimPrefix(filepath.Ext(out), "."))
	}
	format, ok := export.FormatByName(name)
	if !ok {
		return export.Job{}, oneOf("--format", name, append(export.FormatNames(), archiveFormat))
	}
	job := export.Job{Format: format, Encoding: f.encoding, Codes: f.codes, NoShape: f.noShape}
	if f.crs == "" {
		return job, nil
	}
	var err error
	job.CRS, err = parseCRS(f.crs)
	return job, err
}

// allLayers asks for every layer that the audience sees.
const allLayers = "all"

// exportedLayers reads the argument LAYER for a format that may hold several or not.
func exportedLayers(arg, format string, several bool) ([]string, error) {
	names := strings.Split(arg, ",")
	if arg == allLayers {
		names = layerNames()
	}
	for i, name := range names {
		if err := oneOf("LAYER", name, append(layerNames(), allLayers)); err != nil {
			return nil, err
		}
		if slices.Contains(names[:i], name) {
			return nil, usageError{fmt.Errorf("LAYER %q stands twice", name)}
		}
	}
	if len(names) > 1 && !several {
		return nil, usageError{fmt.Errorf("a %s file holds one layer: write a .gpkg, .xlsx, .zip or .pmtiles, or a file per layer", format)}
	}
	return names, nil
}

func parseCRS(s string) (geo.CRS, error) {
	if s == "" {
		return geo.CRS84, nil
	}
	crs, err := layerfile.ParseCRS(s)
	if err != nil {
		return crs, usageError{fmt.Errorf("--crs: %w", err)}
	}
	return crs, nil
}

// view is the scored store as one audience may see it.
type view struct {
	store    parcels.Store
	snap     *parcels.Snapshot
	scores   *scoring.Scores
	runs     []parcels.Run
	audience layers.Audience
	tables   map[string]*layers.Table
	parks    []string
}

// openView opens the store and scores it. The caller closes the store.
func (p *program) openView(ctx context.Context, f viewFlags) (_ *view, err error) {
	v := &view{parks: f.parks}
	var ok bool
	if v.audience, ok = layers.ParseAudience(f.audience); !ok {
		return nil, oneOf("--audience", f.audience, []string{"public", "viewer", "analyst", "admin"})
	}
	asOf, err := p.parseAsOf(f.asOf)
	if err != nil {
		return nil, err
	}
	if v.store, err = p.openStore(ctx); err != nil {
		return nil, err
	}
	if err := v.load(ctx, f.year, asOf); err != nil {
		return nil, errors.Join(err, v.store.Close())
	}
	return v, nil
}

func (v *view) load(ctx context.Context, year int, asOf parcels.Date) error {
	book, err := loadBook(ctx, v.store, "")
	if err != nil {
		return err
	}
	if v.scores, v.snap, err = score(ctx, v.store, year, asOf, book); err != nil {
		return err
	}
	for _, park := range v.parks {
		if v.snap.Park(park) == nil {
			return usageError{fmt.Errorf("--parks: there is no park %q", park)}
		}
	}
	if v.runs, err = v.store.Runs(ctx); err != nil {
		return err
	}
	v.tables, err = layers.Build(v.snap, v.scores, v.runs, v.audience)
	return err
}

// choose puts the layers into a job. Those the audience does not see are an error, unless all were asked for.
func (v *view) choose(job *export.Job, names []string, all bool) error {
	for _, name := range names {
		switch t, ok := v.tables[name]; {
		case ok:
			job.Tables = append(job.Tables, t)
		case !all:
			return fmt.Errorf("layer %s has nothing for audience %s", name, v.audience)
		}
	}
	job.Keep = export.InParks(v.snap, v.parks)
	job.About = v.about()
	return nil
}
