// Command bench measures tiles a second against what else could serve them, all on this machine and from the same list of tiles: our
// server with and without cache, PostGIS, nginx with files, and a bare net/http server. See tiles/DESIGN.md. It is no part of the
// program; like a command it may join any rooms.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"time"
)

// bench is one comparison.
type bench struct {
	parcels, rounds int
	each            time.Duration // of one measurement
	dir             string        // for everything it writes

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

func main() {
	var b bench
	flag.IntVar(&b.parcels, "parcels", 1_000_000, "parcels in the zone")
	flag.IntVar(&b.rounds, "rounds", 3, "measurements of each, of which the median counts")
	flag.DurationVar(&b.each, "each", 5*time.Second, "length of one measurement")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context) (err error) {
	if err := checkTools(); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "muchan-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if err := os.Chmod(b.dir, 0o755); err != nil { // PostgreSQL and nginx may run as other users
		return err
	}
	b.step("making a zone of %d parcels", b.parcels)
	if b.zone, err = newZone(b.parcels); err != nil {
		return err
	}
	b.lists = b.zone.lists()
	for _, measure := range []func(context.Context) error{b.measureServers, b.measureNginx, b.measureBare, b.measurePostGIS} {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	b.print()
	return nil
}

// checkTools says which programs are missing, by Debian package.
func checkTools() error {
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
