package ingest_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/ingest"
	"muchan/parcels/postgis/oracle"
	"muchan/parcels/postgis/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// skewed is a quadrilateral with its corners off by some metres.
func skewed(rng *rand.Rand, x, y, size float64) string {
	off := func() float64 { return size * 0.1 * rng.Float64() }
	x1, y1 := x+off(), y+off()
	return fmt.Sprintf(`"POLYGON((%f %f,%f %f,%f %f,%f %f,%f %f))"`, x1, y1, x+size-off(), y+off(), x+size-off(), y+size-off(), x+off(), y+size-off(), x1, y1)
}

// Buildings thrown over a grid of parcels get the parcel, and the warning of a straddler gets the shares, that PostGIS finds.
func TestAssignmentAgainstPostGIS(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	store, err := embedded.Open(filepath.Join(t.TempDir(), "a.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	bring(t, store, "parks", "code,name,shape\nQM,清濛,"+box(118.5, 24.8, 0.1, 0.1)+"\n")
	csv := "code,park,valid_from,shape\n"
	for i := range 100 {
		csv += land(i) + ",QM,2010-01-01," + skewed(rng, 118.57+0.001*float64(i%10), 24.84+0.001*float64(i/10), 0.001) + "\n"
	}
	bring(t, store, "parcels", csv)
	csv = "id,valid_from,shape\n"
	for i := range 300 {
		csv += fmt.Sprintf("B%03d,2015-01-01,%s\n", i, skewed(rng, 118.5702+0.0095*rng.Float64(), 24.8402+0.0095*rng.Float64(), 0.0001+0.0004*rng.Float64()))
	}
	opt := related
	opt.Doubles = ingest.DoublesKeep
	s, err := prepare(t, store, "buildings", csv, opt)
	if err != nil {
		t.Fatalf("%v %s", err, s.Report)
	}
	snap, err := store.Snapshot(t.Context(), parcels.MustDate("2021-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	rows := *snap.AllRows()
	rows.Buildings = s.Change.Rows.Buildings
	shares := sharesInPostGIS(t, rows)
	straddlers := 0
	for i := range rows.Buildings {
		b := &rows.Buildings[i]
		if best := shares[b.ID][0]; b.Parcel != best.code && shareOf(shares[b.ID], b.Parcel) < best.part-1e-6 {
			t.Errorf("%s was given to %s, PostGIS has %.6f on %s", b.ID, b.Parcel, best.part, best.code)
		}
	}
	words := regexp.MustCompile(`(\S{19}) ([0-9.]+) %`)
	for _, p := range s.Report.Files[0].Problems {
		if p.Rule != "buildings.straddles" {
			continue
		}
		straddlers++
		for _, m := range words.FindAllStringSubmatch(p.Message, -1) {
			part, _ := strconv.ParseFloat(m[2], 64)
			if want := shareOf(shares[p.Key[:4]], m[1]); math.Abs(part/100-want) > 0.0006 {
				t.Errorf("%s: %s %% on %s, PostGIS %.4f", p.Key, m[2], m[1], want)
			}
		}
	}
	if straddlers < 50 {
		t.Errorf("only %d straddlers", straddlers)
	}
}

type sharePG struct {
	code string
	part float64
}

func shareOf(list []sharePG, code string) float64 {
	for _, s := range list {
		if s.code == code {
			return s.part
		}
	}
	return 0
}

func sharesInPostGIS(t *testing.T, rows parcels.Rows) map[string][]sharePG {
	t.Helper()
	conn := oracle.Load(t, rows)
	result, err := conn.Query(t.Context(), `SELECT b.id, p.code, ST_Area(ST_Intersection(b.shape, p.shape)::geography) / ST_Area(b.shape::geography)
		FROM buildings b JOIN parcels p ON ST_Intersects(b.shape, p.shape)`)
	if err != nil {
		t.Fatal(err)
	}
	shares := map[string][]sharePG{}
	for result.Next() {
		var id string
		var s sharePG
		if err := result.Scan(&id, &s.code, &s.part); err != nil {
			t.Fatal(err)
		}
		shares[id] = append(shares[id], s)
	}
	for id := range shares {
		slices.SortFunc(shares[id], func(a, b sharePG) int { return cmp.Compare(b.part, a.part) })
	}
	return shares
}
