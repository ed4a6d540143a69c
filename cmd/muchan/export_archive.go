package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/export"
	"muchan/tiles/layers"
)

// archiveFormat is the name of PMTiles as a format, and the ending of its files.
const archiveFormat = "pmtiles"

// zoomFlags are the zoom levels of an archive.
type zoomFlags struct{ from, to int }

func (z *zoomFlags) add(flags *pflag.FlagSet) {
	flags.IntVar(&z.from, "min-zoom", tiles.ArchiveMinZoom, "pmtiles: lowest zoom level")
	flags.IntVar(&z.to, "max-zoom", tiles.ArchiveMaxZoom, fmt.Sprintf("pmtiles: deepest zoom level, up to %d; maps magnify its tiles beyond", tiles.MaxZoom))
}

func (z zoomFlags) check() error {
	if z.from < 0 || z.to > tiles.MaxZoom || z.from > z.to {
		return usageError{fmt.Errorf("--min-zoom %d --max-zoom %d: zoom levels go from 0 to %d, the lower one first", z.from, z.to, tiles.MaxZoom)}
	}
	return nil
}

// isArchive reports whether an export is one of tiles.
func isArchive(out, format string) bool {
	return format == archiveFormat || format == "" && strings.EqualFold(filepath.Ext(out), "."+archiveFormat)
}

// exportArchive writes the tiles of layers as one audience gets them from the server.
func (p *program) exportArchive(ctx context.Context, layer, out string, f exportFlags) error {
	if f.crs != "" {
		return usageError{errors.New("--crs: map tiles are in web Mercator (EPSG:3857) and in nothing else")}
	}
	if err := f.zooms.check(); err != nil {
		return err
	}
	names, err := exportedLayers(layer, archiveFormat, true)
	if err != nil {
		return err
	}
	v, err := p.openView(ctx, f.viewFlags)
	if err != nil {
		return err
	}
	defer v.store.Close()
	var job export.Job
	if err := v.choose(&job, names, layer == allLayers); err != nil {
		return err
	}
	if err := p.recordExport(layer, v.audience, out); err != nil {
		return err
	}
	return p.writeArchive(ctx, v, job, out, f.zooms)
}

func (p *program) writeArchive(ctx context.Context, v *view, job export.Job, out string, z zoomFlags) error {
	progress := p.progress()
	a := tiles.Archive{MinZoom: z.from, MaxZoom: z.to, About: v.aboutArchive(job.Tables)}
	for _, t := range job.Tables {
		a.Images = append(a.Images, keptImage(t, job.Keep))
		if fields, _ := t.Layer.GridFields(); len(fields) > 0 {
			a.Beside = keptImage(v.tables[layers.Parks], job.Keep)
		}
	}
	written, err := a.Write(ctx, out, func(n int) { progress.count("tiles", n) })
	progress.clear()
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %d tiles of %s for %s, %.1f MB\n", out, written.Tiles, layerList(job.Tables), v.audience, float64(written.Bytes)/1e6)
	return nil
}

// keptImage makes an image of the rows to keep; nil keeps all. The others lose their shapes, so nothing of them is drawn or added up.
func keptImage(t *layers.Table, keep func(t *layers.Table, row int) bool) *tiles.Image {
	if keep != nil {
		kept := *t
		kept.Shapes, kept.Bounds, kept.Bound = slices.Clone(t.Shapes), slices.Clone(t.Bounds), geo.Shape(nil).Bound()
		for row := range kept.Shapes {
			if !keep(t, row) {
				kept.Shapes[row], kept.Bounds[row] = nil, geo.Shape(nil).Bound()
			}
			kept.Bound = kept.Bound.Union(kept.Bounds[row])
		}
		t = &kept
	}
	return tiles.NewImage(t, tiles.NewGround(t))
}

// layerList names layers.
func layerList(tables []*layers.Table) string {
	list := make([]string, len(tables))
	for i, t := range tables {
		list[i] = t.Layer.Name
	}
	return strings.Join(list, ", ")
}

// aboutArchive says in the archive whose data it holds, as of when: it will be copied to places where nobody can ask.
func (v *view) aboutArchive(tables []*layers.Table) tiles.About {
	titles := make([]string, len(tables))
	for i, t := range tables {
		titles[i] = t.Layer.Title
	}
	return tiles.About{
		Description: fmt.Sprintf("%s；%d 年度数据；截至 %s；快照第 %d 版；使用范围：%s；评价结果为疑似，不是认定",
			strings.Join(titles, "；"), v.scores.Year, v.snap.AsOf, v.snap.Version, export.AudienceTitle(v.audience)),
		Version: fmt.Sprintf("1.0.%d", v.snap.Version),
	}
}
