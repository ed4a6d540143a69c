package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"muchan/parcels"
	"muchan/tiles"
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

// exportArchive writes the tiles of a layer as one audience gets them from the server.
func (p *program) exportArchive(ctx context.Context, layer, out string, audience layers.Audience, f exportFlags) error {
	if f.crs != "" {
		return usageError{errors.New("--crs: map tiles are in web Mercator (EPSG:3857) and in nothing else")}
	}
	if err := f.zooms.check(); err != nil {
		return err
	}
	tables, snap, err := p.buildTables(ctx, layer, audience, f)
	if err != nil {
		return err
	}
	return p.writeArchive(ctx, tables, layer, out, f.zooms, snap)
}

func (p *program) writeArchive(ctx context.Context, tables map[string]*layers.Table, layer, out string, z zoomFlags, snap *parcels.Snapshot) error {
	t, progress := tables[layer], p.progress()
	a := tiles.Archive{Image: tiles.NewImage(t, tiles.NewGround(t)), MinZoom: z.from, MaxZoom: z.to, About: aboutArchive(t, snap)}
	if fields, _ := t.Layer.GridFields(); len(fields) > 0 {
		parks := tables[layers.Parks]
		a.Beside = tiles.NewImage(parks, tiles.NewGround(parks))
	}
	written, err := a.Write(ctx, out, func(n int) { progress.count("tiles", n) })
	progress.clear()
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %d tiles of %s for %s, %.1f MB\n", out, written.Tiles, layer, t.Audience, float64(written.Bytes)/1e6)
	return nil
}

// aboutArchive says in the archive whose data it holds, as of when: it will be copied to places where nobody can ask.
func aboutArchive(t *layers.Table, snap *parcels.Snapshot) tiles.About {
	return tiles.About{
		Description: fmt.Sprintf("%s；%d 年度数据；截至 %s；快照第 %d 版；使用范围：%s；评价结果为疑似，不是认定", t.Layer.Title, t.Year, snap.AsOf, snap.Version, t.Audience),
		Version:     fmt.Sprintf("1.0.%d", snap.Version),
	}
}
