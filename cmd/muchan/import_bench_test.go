package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels/postgis/pgtest"
)

// BenchmarkImportAgainstOGR brings parcels into PostGIS and into the embedded store and has ogr2ogr load the same file into PostGIS by COPY,
// in the same run. Import also finds columns, validates every row and shape, relates, and writes indexes, constraints and journal; ogr2ogr
// copies the same columns and builds a primary key on a number and the same spatial index. Both find the same server, which keeps what it
// committed through a power cut, as a server does by default and as the embedded store does. Each is a process of its own, so that its peak of memory is its own. Processor seconds are those of
// the program and of the server's session together.
//
//	go test ./cmd/muchan -run '^$' -bench ImportAgainstOGR -benchtime 1x -timeout 2h
func BenchmarkImportAgainstOGR(b *testing.B) {
	program := filepath.Join(b.TempDir(), "muchan")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	cluster, err := pgtest.Start("fsync=on", "full_page_writes=on", "wal_level=replica")
	if err != nil {
		b.Fatal(err)
	}
	defer cluster.Stop()
	for _, n := range []int{100_000, 1_000_000} {
		dir := b.TempDir()
		timed(b, program, "gen", "--parcels", fmt.Sprint(n), "--seed", "7", dir)
		for _, ext := range []string{"gpkg", "shp"} {
			b.Run(fmt.Sprintf("%s/n=%d", ext, n), func(b *testing.B) {
				file := inOneFile(b, dir, ext)
				for range b.N {
					importOnce(b, cluster, program, dir, file)
				}
			})
		}
	}
}

// inOneFile has GDAL put the generated parcels into one file.
func inOneFile(b *testing.B, dir, ext string) string {
	b.Helper()
	file := filepath.Join(b.TempDir(), "parcels."+ext)
	driver := map[string]string{"gpkg": "GPKG", "shp": "ESRI Shapefile"}[ext]
	for _, part := range generated(b, dir, "parcels") {
		timed(b, "ogr2ogr", "-f", driver, "-append", "-nln", "parcels", "-t_srs", "EPSG:4549", file, part)
	}
	return file
}

// generated lists the generated files of a kind, of which a large zone has several.
func generated(b *testing.B, dir, kind string) []string {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(dir, kind+"*.geojson"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no %s were generated: %v", kind, err)
	}
	slices.Sort(files)
	return files
}

// importOnce measures the three loads of one file.
func importOnce(b *testing.B, cluster *pgtest.Cluster, program, dir, file string) {
	b.Helper()
	url, err := cluster.Create(fmt.Sprintf("b%d", time.Now().UnixNano()))
	if err != nil {
		b.Fatal(err)
	}
	data := b.TempDir()
	served := processorOf(b, cluster.PID())
	since := func(m measured) float64 { // processor seconds of a program and of its session
		was := served
		served = processorOf(b, cluster.PID())
		return (m.processor + served - was).Seconds()
	}
	parks := append([]string{"import", "parks", "--data", data}, generated(b, dir, "parks")...)
	timed(b, program, append(parks, "--database-url", url)...)
	timed(b, program, parks...)
	served = processorOf(b, cluster.PID())
	postgis := timed(b, program, "import", "parcels", file, "--database-url", url, "--data", data)
	b.ReportMetric(since(postgis), "postgis-cpu-s")
	embedded := timed(b, program, "import", "parcels", file, "--data", data)
	ogr := timed(b, "ogr2ogr", "-f", "PostgreSQL", "--config", "PG_USE_COPY", "YES", "-lco", "GEOMETRY_NAME=shape", "-nln", "copied", "-nlt", "PROMOTE_TO_MULTI",
		"-t_srs", "EPSG:4490", "PG:"+keywords(b, url), file)
	b.ReportMetric(since(ogr), "ogr2ogr-cpu-s")
	for name, m := range map[string]measured{"postgis": postgis, "embedded": embedded, "ogr2ogr": ogr} {
		b.ReportMetric(m.took.Seconds(), name+"-s")
		b.ReportMetric(float64(m.peakKB)/1024, name+"-peak-MB")
	}
	b.ReportMetric(ogr.took.Seconds()/postgis.took.Seconds(), "ogr2ogr/postgis")
	b.ReportMetric(ogr.took.Seconds()/embedded.took.Seconds(), "ogr2ogr/embedded")
	b.ReportMetric(0, "ns/op")
}

// keywords is a database address as GDAL takes it.
func keywords(b *testing.B, address string) string {
	b.Helper()
	config, err := pgx.ParseConfig(address)
	if err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("host=%s port=%d dbname=%s user=%s", config.Host, config.Port, config.Database, config.User)
}

type measured struct {
	took, processor time.Duration
	peakKB          int64
}

// processorOf is the processor time of a process and of its children that have ended, as Linux counts it.
func processorOf(b *testing.B, pid int) time.Duration {
	b.Helper()
	const ticks = 100                  // a second; the kernel's USER_HZ
	time.Sleep(200 * time.Millisecond) // a session ends a moment after its client
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name before may hold blanks
	sum := time.Duration(0)
	for _, field := range strings.Fields(rest)[11:15] { // utime, stime, cutime, cstime
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatal(err)
		}
		sum += time.Duration(n) * time.Second / ticks
	}
	return sum
}

// timed runs a process to its end and measures it.
func timed(b *testing.B, name string, args ...string) measured {
	b.Helper()
	cmd := exec.Command(name, args...)
	begun := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s %v: %v: %.2000s", filepath.Base(name), args, err, out)
	}
	usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return measured{time.Since(begun), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), usage.Maxrss}
}
