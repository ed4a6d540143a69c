package seeds_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/seeds"
)

// kinds lists the generated files in the order of import.
var kinds = []struct{ kind, file string }{
	{"parks", "parks.geojson"},
	{"zones", "zones.geojson"},
	{"parcels", "parcels.geojson"},
	{"buildings", "buildings.geojson"},
	{"firms", "firms.csv"},
	{"occupancies", "occupancies.csv"},
	{"figures", "figures.csv"},
}

func generate(t testing.TB, count int, seed uint64) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "zone")
	if err := seeds.Generate(context.Background(), seeds.Options{Parcels: count, Seed: seed, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func hashes(t testing.TB, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		list[e.Name()] = fmt.Sprintf("%x", sha256.Sum256(b))
	}
	return list
}

func TestSameSeedSameBytes(t *testing.T) {
	a, b, other := hashes(t, generate(t, 1500, 7)), hashes(t, generate(t, 1500, 7)), hashes(t, generate(t, 1500, 8))
	if len(a) != len(kinds) {
		t.Errorf("%d files, want %d", len(a), len(kinds))
	}
	for name, h := range a {
		if b[name] != h {
			t.Errorf("%s differs between two runs with one seed", name)
		}
		if other[name] == h {
			t.Errorf("%s is the same with another seed", name)
		}
	}
}

func TestGeneratedZoneIsImportable(t *testing.T) {
	dir := generate(t, 1200, 3)
	var all parcels.Rows
	for _, k := range kinds {
		c, report, err := ingest.Read(context.Background(), k.kind, []string{filepath.Join(dir, k.file)}, ingest.Options{})
		if err != nil {
			t.Fatalf("%s: %v", k.file, err)
		}
		for _, f := range report.Files {
			for _, p := range f.Problems {
				t.Errorf("%s: %s", p.Severity, p)
			}
		}
		appendRows(&all, &c.Rows)
	}
	if len(all.Parcels) != 1200 {
		t.Errorf("%d parcels, want 1200", len(all.Parcels))
	}
	made := seeds.Rows(seeds.Options{Parcels: 1200, Seed: 3})
	if got, want := all.Len(), made.Len(); got != want {
		t.Errorf("%d rows from the files, %d in memory", got, want)
	}
	if i := slices.IndexFunc(all.Parcels, func(p parcels.Parcel) bool { return p.Code == made.Parcels[777].Code }); i < 0 ||
		!all.Parcels[i].Shape.Equal(made.Parcels[777].Shape) {
		t.Error("a parcel from the files differs from the one in memory")
	}
}

func TestGeneratedShapesAreValid(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		rows := seeds.Rows(seeds.Options{Parcels: 900, Seed: seed})
		checkShapes(t, &rows)
		holes, ells, parts := 0, 0, 0
		for i := range rows.Parcels {
			shape := rows.Parcels[i].Shape
			if len(shape) > 1 {
				parts++
			}
			if len(shape[0]) > 1 {
				holes++
			}
			if isEll(rows.Parcels[i]) {
				ells++
			}
		}
		if holes == 0 || ells < 5 || parts == 0 {
			t.Errorf("seed %d: %d holes, %d L-shapes, %d parcels in parts", seed, holes, ells, parts)
		}
	}
}

// isEll tells whether a corner of the outer ring turns inwards by about a right angle.
func isEll(p parcels.Parcel) bool {
	ring := p.Shape[0][0]
	n := len(ring) - 1
	for i := range n {
		a, b, c := ring[(i+n-1)%n], ring[i], ring[(i+1)%n]
		ux, uy, vx, vy := b[0]-a[0], b[1]-a[1], c[0]-b[0], c[1]-b[1]
		cross, dot := ux*vy-uy*vx, ux*vx+uy*vy
		if cross < 0 && -cross > 2*max(dot, -dot) {
			return true
		}
	}
	return false
}

func TestGeneratedTownsAreFullAndApart(t *testing.T) {
	rows := seeds.Rows(seeds.Options{Parcels: 6000, Seed: 11})
	if len(rows.Parcels) != 6000 || len(rows.Parks) != 8 {
		t.Errorf("%d parcels in %d parks, want 6000 in 8", len(rows.Parcels), len(rows.Parks))
	}
	for i := range rows.Parks {
		if area := rows.Parks[i].AreaM2.Or(0); area > 25e6 {
			t.Errorf("park %s has %.0f m²", rows.Parks[i].Code, area)
		}
		for k := range i {
			if rows.Parks[i].Shape.Bound().Intersects(rows.Parks[k].Shape.Bound()) {
				t.Errorf("parks %s and %s lie in each other's way", rows.Parks[i].Code, rows.Parks[k].Code)
			}
		}
	}
}

func TestGenerateStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	dir := t.TempDir()
	err := seeds.Generate(ctx, seeds.Options{Parcels: 5000, Seed: 1, Dir: dir, Progress: func(int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("%d files are left: %v", len(left), err)
	}
	for _, count := range []int{0, -1, seeds.MaxParcels + 1} {
		if err := seeds.Generate(context.Background(), seeds.Options{Parcels: count, Dir: dir}); err == nil {
			t.Errorf("%d parcels were accepted", count)
		}
	}
}

func BenchmarkGenerate(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := seeds.Generate(context.Background(), seeds.Options{Parcels: n, Seed: 1, Dir: b.TempDir()}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "parcels/s")
		})
	}
}

func BenchmarkRows(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if rows := seeds.Rows(seeds.Options{Parcels: n, Seed: 1}); len(rows.Parcels) != n {
					b.Fatalf("%d parcels", len(rows.Parcels))
				}
			}
		})
	}
}

// What has happened has happened by the day the zones are made for, whatever the clock says.
func TestNothingHappenedInTheFuture(t *testing.T) {
	today := parcels.MustDate(seeds.CasesAsOf)
	demo, _ := demoRows(t)
	generated := seeds.Rows(seeds.Options{Parcels: 3000, Seed: 11})
	for name, rows := range map[string]*parcels.Rows{"demonstration": &demo, "generated": &generated} {
		handedOver := 0
		for i := range rows.Parcels {
			c := &rows.Parcels[i].Contract
			if c.HandedOverOn.OK() && !c.StartedOn.OK() {
				handedOver++
			}
			for what, on := range map[string]parcels.Date{
				"signed": c.SignedOn, "handed over": c.HandedOverOn, "started": c.StartedOn, "completed": c.CompletedOn,
				"produced": c.ProducedOn, "suspended": c.SuspendedOn, "valid from": rows.Parcels[i].ValidFrom,
			} {
				if on > today {
					t.Errorf("%s: parcel %s: %s on %s", name, rows.Parcels[i].Code, what, on)
				}
			}
			if c.SignedOn > c.HandedOverOn && c.HandedOverOn.OK() {
				t.Errorf("%s: parcel %s was handed over on %s and signed on %s", name, rows.Parcels[i].Code, c.HandedOverOn, c.SignedOn)
			}
		}
		if handedOver < 20 {
			t.Errorf("%s: only %d parcels wait for their start", name, handedOver)
		}
		for i := range rows.Buildings {
			if b := &rows.Buildings[i]; b.VacantSince > today || b.CompletedOn > today {
				t.Errorf("%s: building %s: completed on %s, empty since %s", name, b.ID, b.CompletedOn, b.VacantSince)
			}
		}
	}
}
