package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
	"muchan/tiles/layers"
)

type exportFlags struct {
	year                        int
	asOf, audience, crs, format string
	encoding                    string
	zooms                       zoomFlags
}

func (p *program) exportCommand() *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:   "export LAYER OUT",
		Short: "Write a layer as one audience sees it to a file",
		Long: `Writes ` + strings.Join(layerNames(), ", ") + ` with exactly the fields the audience may see. The format is the file's ending:
.geojson, .gpkg, .csv or .xlsx (the last two carry the shape as WKT), .zip for a zipped shapefile, or .pmtiles for an archive of the
layer's vector tiles, which any static web host serves to a map.`,
		Example: "  muchan export parcels public.geojson --audience public\n  muchan export parcels parcels.xlsx --audience analyst --year 2024\n  muchan export parcels public.pmtiles --max-zoom 17",
		Args:    cobra.ExactArgs(2),
		RunE:    func(c *cobra.Command, args []string) error { return p.runExport(c.Context(), args[0], args[1], f) },
	}
	c.Flags().IntVar(&f.year, "year", 0, "year of the figures; the latest when not given")
	c.Flags().StringVar(&f.asOf, "as-of", "", "date that drives every clock; today when not given")
	c.Flags().StringVar(&f.audience, "audience", "public", "public, viewer, analyst or admin")
	c.Flags().StringVar(&f.crs, "crs", "", "coordinate system to write, as EPSG:4549; longitude and latitude when not given")
	c.Flags().StringVar(&f.format, "format", "", "geojson, gpkg, csv, xlsx, shp (zipped) or pmtiles; the file's ending when not given")
	c.Flags().StringVar(&f.encoding, "encoding", "", "shapefile: utf-8 or gb18030; utf-8 when not given")
	f.zooms.add(c.Flags())
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
	if err := oneOf("LAYER", layer, layerNames()); err != nil {
		return err
	}
	audience, ok := layers.ParseAudience(f.audience)
	if !ok {
		return oneOf("--audience", f.audience, []string{"public", "viewer", "analyst", "admin"})
	}
	if isArchive(out, f.format) {
		return p.exportArchive(ctx, layer, out, audience, f)
	}
	crs, err := parseCRS(f.crs)
	if err != nil {
		return err
	}
	table, err := p.buildTable(ctx, layer, audience, f)
	if err != nil {
		return err
	}
	if err := writeTable(table, out, crs, layerfile.WriteOptions{Format: f.format, Encoding: f.encoding, BOM: true, Titles: true}); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %d features of %s for %s\n", out, table.Len(), layer, audience)
	return nil
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

func (p *program) buildTable(ctx context.Context, layer string, audience layers.Audience, f exportFlags) (*layers.Table, error) {
	tables, _, err := p.buildTables(ctx, layer, audience, f)
	return tables[layer], err
}

// buildTables makes all layers of an audience, of which the one that is asked for has to be one.
func (p *program) buildTables(ctx context.Context, layer string, audience layers.Audience, f exportFlags) (map[string]*layers.Table, *parcels.Snapshot, error) {
	asOf, err := p.parseAsOf(f.asOf)
	if err != nil {
		return nil, nil, err
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer store.Close()
	book, err := loadBook(ctx, store, "")
	if err != nil {
		return nil, nil, err
	}
	scores, snap, err := score(ctx, store, f.year, asOf, book)
	if err != nil {
		return nil, nil, err
	}
	runs, err := store.Runs(ctx)
	if err != nil {
		return nil, nil, err
	}
	tables, err := layers.Build(snap, scores, runs, audience)
	if err == nil && tables[layer] == nil {
		err = fmt.Errorf("layer %s has nothing for audience %s", layer, audience)
	}
	return tables, snap, err
}

func writeTable(t *layers.Table, out string, crs geo.CRS, opt layerfile.WriteOptions) error {
	fields := make([]layerfile.Field, len(t.Layer.Fields))
	for i, field := range t.Layer.Fields {
		fields[i] = layerfile.Field{Name: field.Name, Title: titleWithUnit(field), Type: fileType(field.Type)}
	}
	layer := layerfile.Layer{Name: t.Layer.Name, Fields: fields, HasShape: true, CRS: crs}
	w, err := layerfile.Create(out, layer, opt)
	if err != nil {
		return err
	}
	values := make([]any, len(fields))
	for row := range t.IDs {
		for col := range fields {
			values[col] = nil
			if v, ok := t.Value(row, col); ok {
				values[col] = v
			}
		}
		if err := w.Write(slices.Clone(values), t.Shapes[row]); err != nil {
			w.Close()
			return err
		}
	}
	return w.Close()
}

func titleWithUnit(f layers.Field) string {
	if f.Unit == "" {
		return f.Title
	}
	return f.Title + "(" + f.Unit + ")"
}

func fileType(t layers.Type) layerfile.FieldType {
	switch t {
	case layers.Number:
		return layerfile.Real
	case layers.Integer:
		return layerfile.Integer
	case layers.Flag:
		return layerfile.Bool
	case layers.Day:
		return layerfile.Date
	default:
		return layerfile.Text
	}
}
