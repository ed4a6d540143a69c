// Command bench measures tiles a second against what else could serve them, all on this machine and from the same list of tiles: our
// server with and without cache, PostGIS, nginx with files, and a bare net/http server. See tiles/DESIGN.md. It is no part of the
// program; like a command it may join any rooms.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"time"

	"muchan/api"
)

// bench is one comparison.
type bench struct {
	parcels, rounds int
	each            time.Duration // of one measurement
	smaller         float64       // by which factor the zone is drawn smaller
	parts, stores   []string
	database        string // with the zone in it; "" for one of its own
	profiles        string // where they are written; "" for nowhere
	dir             string // for everything else it writes

	zone  *zone
	lists map[int]*tileList // by zoom level
	table results
}

// zooms are the zoom levels that are measured, tilesPerList how many tiles of each at most, connections how many clients ask at once.
var zooms = []int{16, 15, 14, 13, 12, 10}

const (
	tilesPerList = 100
	connections  = 8
	threads      = 2
)

// partNames are what can be measured: tiles made anew, tiles that lie ready, PostGIS beside those made anew, how long a server takes to be ready, and how long
// an edit takes to be seen under load.
var partNames = []string{"made", "kept", "postgis", "start", "edit"}

func main() {
	var b bench
	parts := flag.String("parts", "made,kept,postgis", "what is measured: "+strings.Join(partNames, ","))
	stores := flag.String("stores", "gpkg,postgis", "over which stores start and edit are measured")
	flag.StringVar(&b.database, "database-url", "", "a PostGIS database that is kept: the first run fills it with the zone, later ones find it there")
	flag.StringVar(&b.profiles, "profiles", "", "directory for a processor profile of each start, each kind of edit and each level's tiles")
	flag.IntVar(&b.parcels, "parcels", 1_000_000, "parcels in the zone")
	flag.Float64Var(&b.smaller, "smaller", 1, "factor by which the map of the zone is drawn smaller, so that tiles are fuller; of made, kept and postgis")
	flag.IntVar(&b.rounds, "rounds", 3, "measurements of each, of which the median counts")
	flag.DurationVar(&b.each, "each", 5*time.Second, "length of one measurement")
	flag.Parse()
	api.ShareProcessors()
	b.parts, b.stores = strings.Split(*parts, ","), strings.Split(*stores, ",")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context) (err error) {
	if err := b.check(); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "muchan-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if err := os.Chmod(b.dir, 0o755); err != nil { // PostgreSQL and nginx may run as other users
		return err
	}
	if b.wants("start", "edit") {
		if err := b.measureStores(ctx); err != nil {
			return err
		}
	}
	if b.wants("made", "kept", "postgis") {
		return b.compare(ctx)
	}
	return nil
}

// compare measures tiles a second.
func (b *bench) compare(ctx context.Context) (err error) {
	b.step("making a zone of %d parcels", b.parcels)
	if b.zone, err = newZone(b.parcels, b.smaller); err != nil {
		return err
	}
	b.lists = listsOf(b.zone.table.Bounds)
	defer b.print() // what there is, even when something fails in the end
	if b.wants("made", "postgis") {
		if err := b.measureMade(ctx); err != nil {
			return err
		}
	}
	if b.wants("kept") {
		return b.measureKept(ctx)
	}
	return nil
}

// wants reports whether one of some parts was asked for.
func (b *bench) wants(parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(b.parts, part) })
}

// check says which programs are missing, by Debian package, and which parts there are.
func (b *bench) check() error {
	for _, part := range b.parts {
		if !slices.Contains(partNames, part) {
			return fmt.Errorf("there is no part %q; there are %s", part, strings.Join(partNames, ", "))
		}
	}
	if b.smaller <= 0 {
		return errors.New("-smaller is a factor above 0")
	}
	var missing []string
	for program, pkg := range map[string]string{"wrk": "wrk", "nginx": "nginx-light", "pgbench": "postgresql-contrib"} {
		if _, err := exec.LookPath(program); err != nil {
			missing = append(missing, pkg)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("missing programs: apt-get install --no-install-recommends %s", strings.Join(missing, " "))
	}
	return nil
}

func (b *bench) step(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format(time.TimeOnly)+" "+format+"\n", args...)
}
