package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/geo"
	"muchan/parcels/postgis/pgtest"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// withPostGIS gives ST_AsMVT by itself at its best a turn, unless it is not wanted: shapes lie in web Mercator and in the order of their
// index, in memory, no statement is split among workers nor compiled, each tile's statement is prepared, and the tile is not sent, only
// its length.
func (b *bench) withPostGIS(ctx context.Context, measure func([]turn) error) error {
	if !b.wants("postgis") {
		return measure(nil)
	}
	b.step("loading PostGIS")
	cluster, err := pgtest.Start("shared_buffers=1GB", "jit=off", "max_parallel_workers_per_gather=0", "random_page_cost=1.1", "work_mem=64MB", "maintenance_work_mem=512MB")
	if err != nil {
		return err
	}
	defer cluster.Stop()
	url, err := cluster.Create("bench")
	if err != nil {
		return err
	}
	if err := b.prepare(ctx, url); err != nil {
		return fmt.Errorf("load PostGIS: %w", err)
	}
	return measure([]turn{{asMVT, func(ctx context.Context, zoom int) (measurement, error) { return b.pgbench(ctx, url, zoom) }}})
}

func (b *bench) prepare(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if err := b.load(ctx, conn); err != nil {
		return err
	}
	b.step("comparing tiles")
	return b.checkSame(ctx, conn)
}

var columnTypes = map[layers.Type]string{
	layers.Text: "text", layers.Day: "text", layers.Number: "double precision", layers.Integer: "bigint", layers.Flag: "boolean",
}

// load copies the table that our tiles are made of.
func (b *bench) load(ctx context.Context, conn *pgx.Conn) error {
	t := b.zone.table
	names, columns := []string{"geom"}, []string{"geom geometry NOT NULL"}
	for _, f := range t.Layer.Fields {
		names, columns = append(names, f.Name), append(columns, f.Name+" "+columnTypes[f.Type])
	}
	if _, err := conn.Exec(ctx, "CREATE UNLOGGED TABLE loaded ("+strings.Join(columns, ", ")+")"); err != nil {
		return err
	}
	row := -1
	next := func() ([]any, error) {
		if row++; row == t.Len() {
			return nil, nil
		}
		values := []any{geo.EncodeEWKB(t.Shapes[row])}
		for col := range t.Layer.Fields {
			v, _ := t.Value(row, col)
			values = append(values, v)
		}
		return values, nil
	}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"loaded"}, names, pgx.CopyFromFunc(next)); err != nil {
		return err
	}
	attributes := strings.Join(names[1:], ", ")
	for _, sql := range []string{
		`CREATE UNLOGGED TABLE parcels AS
		 SELECT row_number() OVER () AS id, geom, ` + attributes + `
		 FROM  (SELECT ST_Transform(ST_SetSRID(geom, 4326), 3857) AS geom, ` + attributes + ` FROM loaded) AS projected
		 ORDER  BY geom`, // along a Hilbert curve
		`CREATE INDEX ON parcels USING gist (geom)`,
		`DROP TABLE loaded`,
		`VACUUM ANALYZE parcels`,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// statement makes a tile, with a margin of 64 of 4096 units as ours; what says of the tile's bytes what to answer.
func (b *bench) statement(at tiles.Address, what string) string {
	var names []string
	for _, f := range b.zone.table.Layer.Fields {
		names = append(names, f.Name)
	}
	return fmt.Sprintf("SELECT %[1]s(ST_AsMVT(q, 'parcels', 4096, 'geom', 'id')) FROM (SELECT id, ST_AsMVTGeom(geom, ST_TileEnvelope(%[2]d, %[3]d, %[4]d), 4096, 64, true) AS geom, %[5]s "+
		"FROM parcels WHERE geom && ST_TileEnvelope(%[2]d, %[3]d, %[4]d, margin => 64.0 / 4096)) AS q", what, at.Z, at.X, at.Y, strings.Join(names, ", "))
}

// checkSame makes sure that both sides make the same tiles before anybody compares how fast.
func (b *bench) checkSame(ctx context.Context, conn *pgx.Conn) error {
	ground := tiles.NewGround(b.zone.table)
	image := tiles.NewImage(b.zone.table, ground)
	for _, zoom := range zooms {
		at := b.lists[zoom].at[0]
		var theirs int
		if err := conn.QueryRow(ctx, b.statement(at, "octet_length")).Scan(&theirs); err != nil {
			return err
		}
		ours, err := image.AppendFeatures(nil, at)
		if err != nil {
			return err
		}
		b.step("tile %v: %d bytes ours, %d bytes PostGIS's", at, len(ours), theirs)
		// Neither leaves a feature out that the other has; ours omits vertices that nobody sees at low zoom levels.
		if zoom >= 15 && (theirs > 2*len(ours) || len(ours) > 2*theirs) {
			return fmt.Errorf("tile %v: %d bytes of ours, %d of PostGIS", at, len(ours), theirs)
		}
	}
	return nil
}

// pgbench runs the statements of a list, each prepared, picked at random.
func (b *bench) pgbench(ctx context.Context, url string, zoom int) (m measurement, err error) {
	dir, err := os.MkdirTemp(b.dir, "pgbench-")
	if err != nil {
		return m, err
	}
	args := []string{
		"-n", "-M", "prepared", "-c", fmt.Sprint(connections), "-j", fmt.Sprint(threads), "-T", fmt.Sprintf("%.0f", max(1, b.each.Seconds())),
		"-l", "--log-prefix", filepath.Join(dir, "log"),
	}
	for i, at := range b.lists[zoom].at {
		file := filepath.Join(dir, fmt.Sprintf("%d.sql", i))
		if err := os.WriteFile(file, []byte(b.statement(at, "octet_length")+";\n"), 0o644); err != nil {
			return m, err
		}
		args = append(args, "-f", file)
	}
	cmd := exec.CommandContext(ctx, "pgbench", append(args, url)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if _, err := cmd.Output(); err != nil {
		return m, fmt.Errorf("%w\n%s", err, &errs)
	}
	return readLog(dir)
}

// readLog reads pgbench's line for each statement: its latency in microseconds is the third word, its end the fifth and sixth.
func readLog(dir string) (m measurement, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "log.*"))
	if err != nil {
		return m, err
	}
	var latencies []time.Duration
	var first, last time.Duration
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return m, err
		}
		r := csv.NewReader(bytes.NewReader(text))
		r.Comma = ' '
		lines, err := r.ReadAll()
		if err != nil {
			return m, err
		}
		for _, line := range lines {
			var n [3]int
			for i, word := range []string{line[2], line[4], line[5]} {
				if n[i], err = strconv.Atoi(word); err != nil {
					return m, err
				}
			}
			latency, end := time.Duration(n[0])*time.Microsecond, time.Duration(n[1])*time.Second+time.Duration(n[2])*time.Microsecond
			latencies = append(latencies, latency)
			if first == 0 || end-latency < first {
				first = end - latency
			}
			last = max(last, end)
		}
	}
	if len(latencies) == 0 {
		return m, fmt.Errorf("no statement ended in time")
	}
	slices.Sort(latencies)
	return measurement{perSecond: float64(len(latencies)) / (last - first).Seconds(), p99: latencies[len(latencies)*99/100]}, nil
}
