package embedded_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/geo/kept"
	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

// gdal runs a GDAL program and fails when it fails or complains. It needs gdal-bin (Debian).
func gdal(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err != nil || complaints.Len() > 0 {
		t.Fatalf("%s %s: %v\n%s(gdal-bin must be installed)", program, strings.Join(args, " "), err, complaints.String())
	}
	if text := out.String(); strings.Contains(text, "Warning") || strings.Contains(text, "ERROR") {
		t.Errorf("%s complains:\n%s", program, text)
	}
	return out.String()
}

func TestGDALReadsEveryLayer(t *testing.T) {
	s, path := openNew(t)
	rows := storetest.Everything()
	apply(t, s, rows)
	apply(t, s, parcels.Rows{Zones: rows.Zones[:1]}) // a second transaction
	for _, while := range []string{"open", "closed"} {
		if while == "closed" {
			s.Close()
		}
		layers := strings.Split(gdal(t, "ogrinfo", "-ro", "-so", "-al", path), "\nLayer name: ")[1:]
		want := []struct {
			name   string
			count  int
			shapes bool
		}{
			{"parks", len(rows.Parks), true},
			{"zones", len(rows.Zones), true},
			{"parcels", len(rows.Parcels), true},
			{"buildings", len(rows.Buildings), true},
			{"firms", len(rows.Firms), false},
			{"occupancies", len(rows.Occupancies), false},
			{"figures", len(rows.Figures), false},
			{"events", len(rows.Events), false},
			{"targets", len(rows.Targets), false},
			{"target_values", len(rows.TargetValues), false},
		}
		if len(layers) != len(want) {
			t.Fatalf("%s: %d layers, want %d", while, len(layers), len(want))
		}
		for i, w := range want {
			layer := layers[i]
			if !strings.HasPrefix(layer, w.name+"\n") || !strings.Contains(layer, fmt.Sprintf("\nFeature Count: %d\n", w.count)) {
				t.Errorf("%s: want layer %s with %d features:\n%s", while, w.name, w.count, layer)
			}
			placed := strings.Contains(layer, `ID["EPSG",4490]`) && strings.Contains(layer, "Geometry: Multi Polygon") && strings.Contains(layer, "Extent: (118.")
			if placed != w.shapes || !w.shapes && !strings.Contains(layer, "Geometry: None") {
				t.Errorf("%s: layer %s: geometry, system or extent is wrong:\n%s", while, w.name, layer)
			}
		}
	}
}

func TestGDALTypes(t *testing.T) {
	s, path := openNew(t)
	apply(t, s, storetest.Town(1))
	s.Close()
	layer := gdal(t, "ogrinfo", "-ro", "-so", path, "parcels")
	for column, kind := range map[string]string{
		"code": "String", "title_area_m2": "Real", "price_wan": "Real", "signed_on": "Date", "government_cause": `Integer\(Boolean\)`, "parents": "String",
	} {
		if !regexp.MustCompile(`(?m)^` + column + `: ` + kind + ` \(`).MatchString(layer) {
			t.Errorf("column %s is not %s:\n%s", column, kind, layer)
		}
	}
	if years := gdal(t, "ogrinfo", "-ro", "-so", path, "figures"); !strings.Contains(years, "\nyear: Integer64") {
		t.Errorf("figures:\n%s", years)
	}
}

func TestGDALValues(t *testing.T) {
	s, path := openNew(t)
	rows := storetest.Everything()
	apply(t, s, rows)
	s.Close()
	var layer struct {
		Features []struct {
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates [][][][2]float64
			}
		}
	}
	text := gdal(t, "ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17", "-lco", "RFC7946=NO", "/vsistdout/", path, "parcels")
	if err := json.Unmarshal([]byte(text), &layer); err != nil {
		t.Fatal(err)
	}
	for _, f := range layer.Features {
		if f.Properties["code"] != rows.Parcels[0].Code {
			continue
		}
		p := &rows.Parcels[0]
		price, _ := p.Contract.PriceWan.Get()
		if f.Properties["address"] != p.Address || f.Properties["price_wan"] != price.Float() || f.Properties["valid_from"] != "2010-01-01" {
			t.Errorf("properties %v", f.Properties)
		}
		if g := f.Geometry; g.Type != "MultiPolygon" || len(g.Coordinates) != 2 || len(g.Coordinates[0]) != 2 ||
			g.Coordinates[0][1][0] != p.Shape[0][1][0] {
			t.Errorf("geometry %v, want %v", g, p.Shape)
		}
		return
	}
	t.Fatal("GDAL does not list the parcel")
}

// TestGDALEdits lets GDAL, which is what QGIS writes with, add and move parcels.
func TestGDALEdits(t *testing.T) {
	s, path := openNew(t)
	rows := storetest.Town(3)
	before := apply(t, s, rows).Version
	file := filepath.Join(t.TempDir(), "new.geojson")
	text := `{"type":"FeatureCollection","features":[{"type":"Feature",
		"properties":{"code":"359900000000GB77777","park":"QM","valid_from":"2020-01-01","title_area_m2":12.5,"government_cause":true},
		"geometry":{"type":"Polygon","coordinates":[[[118.2,24.8],[118.2,24.81],[118.21,24.81],[118.2,24.8]]]}}]}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	gdal(t, "ogr2ogr", "-append", "-update", path, file, "-nln", "parcels", "-nlt", "PROMOTE_TO_MULTI", "-a_srs", "EPSG:4490")
	gdal(t, "ogrinfo", "-q", path, "-sql", `UPDATE parcels SET address = 'GDAL' WHERE code = '`+rows.Parcels[0].Code+`'`)

	snap, err := s.Snapshot(context.Background(), far)
	if err != nil {
		t.Fatal(err)
	}
	p := snap.Parcel("359900000000GB77777")
	want := geo.Shape{{{{118.2, 24.8}, {118.21, 24.81}, {118.2, 24.81}, {118.2, 24.8}}}} // turned counter-clockwise
	if p == nil || p.TitleAreaM2 != parcels.Some(12.5) || p.Contract.GovernmentCause != parcels.Some(true) || !p.Shape.Equal(want) {
		t.Errorf("added parcel: %+v", p)
	}
	if got := snap.Parcel(rows.Parcels[0].Code).Address; got != "GDAL" {
		t.Errorf("address %q", got)
	}
	if snap.Version < before+2 {
		t.Errorf("version %d after two edits of version %d", snap.Version, before)
	}
	if n := countIn(t, path, 118.19, 24.79, 118.22, 24.82); n != 1 {
		t.Errorf("spatial index finds %d parcels at the new place, want 1", n)
	}
	mustExec(t, path, `UPDATE parcels SET address = 'shell' WHERE code = '359900000000GB77777'`) // still without GDAL's functions
}

// countIn asks the spatial index.
func countIn(t *testing.T, path string, minX, minY, maxX, maxY float64) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", fileURL(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.QueryRow(`
		SELECT count(*)
		FROM rtree_parcels_shape AS r JOIN parcels AS p ON p.fid = r.id
		WHERE r.maxx >= ? AND r.minx <= ? AND r.maxy >= ? AND r.miny <= ?`, minX, maxX, minY, maxY).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSpatialIndexFollows(t *testing.T) {
	s, path := openNew(t)
	rows := storetest.Town(50)
	apply(t, s, rows)
	all := [4]float64{118, 24, 119.5, 25}
	if n := countIn(t, path, all[0], all[1], all[2], all[3]); n != 50 {
		t.Errorf("%d parcels in the index, want 50", n)
	}
	moved := rows.Parcels[7]
	moved.Shape = geo.Shape{{{{110, 20}, {111, 20}, {111, 21}, {110, 20}}}}
	apply(t, s, parcels.Rows{Parcels: []parcels.Parcel{moved}})
	mustExec(t, path, `DELETE FROM parcels WHERE code = '`+rows.Parcels[9].Code+`'`)
	mustExec(t, path, `UPDATE parcels SET fid = 5000 WHERE code = '`+moved.Code+`'`)
	if n := countIn(t, path, all[0], all[1], all[2], all[3]); n != 48 {
		t.Errorf("%d parcels at the old place, want 48", n)
	}
	if n := countIn(t, path, 109, 19, 112, 22); n != 1 {
		t.Errorf("%d parcels at the new place, want 1", n)
	}
}

// TestSchemaFollowsTables compares the file's columns with the column lists: a column added to one must be added to the other.
func TestSchemaFollowsTables(t *testing.T) {
	_, path := openNew(t)
	checkSchema(t, path, &parcels.ParkTable)
	checkSchema(t, path, &parcels.ZoneTable)
	checkSchema(t, path, &parcels.ParcelTable)
	checkSchema(t, path, &parcels.BuildingTable)
	checkSchema(t, path, &parcels.FirmTable)
	checkSchema(t, path, &parcels.OccupancyTable)
	checkSchema(t, path, &parcels.FiguresTable)
	checkSchema(t, path, &parcels.EventTable)
	checkSchema(t, path, &parcels.TargetTable)
}

func checkSchema[T any](t *testing.T, path string, table *parcels.Table[T]) {
	t.Helper()
	db, err := sql.Open("sqlite", fileURL(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT name, type, "notnull" FROM pragma_table_info(?) WHERE name <> 'fid'`, table.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	types := map[parcels.Kind]string{
		parcels.KindText: "TEXT", parcels.KindInteger: "INTEGER", parcels.KindReal: "DOUBLE", parcels.KindMoney: "REAL", parcels.KindFlag: "BOOLEAN",
		parcels.KindDay: "DATE", parcels.KindList: "TEXT", parcels.KindStoreys: "TEXT", parcels.KindShape: "MULTIPOLYGON",
	}
	var got, want []string
	for rows.Next() {
		var name, kind string
		var notNull bool
		if err := rows.Scan(&name, &kind, &notNull); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(name, " ", kind, " ", notNull))
	}
	for _, c := range table.Columns {
		want = append(want, fmt.Sprint(c.Name, " ", types[c.Kind()], " ", c.Required || c.Kind() == parcels.KindInteger))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s has columns\n%q, want\n%q", table.Name, got, want)
	}
}

func FuzzDecodeGeometry(f *testing.F) {
	kept.Add(f)
	for _, p := range storetest.Everything().Parcels {
		f.Add(geo.EncodeGPB(p.Shape, 4490))
	}
	f.Add([]byte("GP\x00\x01\x8a\x11\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := embedded.DecodeGeometry(b)
		if err != nil || len(s) == 0 {
			return
		}
		if back, err := embedded.DecodeGeometry(geo.EncodeGPB(s, 4490)); err != nil || len(back) != len(s) {
			t.Fatalf("%v does not come back: %v, %v", s, back, err)
		}
	})
}
