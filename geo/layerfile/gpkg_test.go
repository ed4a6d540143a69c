package layerfile_test

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo/kept"
	"muchan/geo/layerfile"
)

// gdalGPKG has GDAL write a GeoPackage from GeoJSON text.
func gdalGPKG(t testing.TB, geojson string, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.geojson"), filepath.Join(dir, "数据.gpkg")
	if err := os.WriteFile(in, []byte(geojson), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(append([]string{"-f", "GPKG", "-nln", "宗地"}, args...), out, in)
	if msg, err := exec.Command("ogr2ogr", args...).CombinedOutput(); err != nil {
		t.Fatalf("ogr2ogr %v: %v: %s", args, err, msg)
	}
	return out
}

func TestGeoPackageFromGDAL(t *testing.T) {
	for _, epsg := range []string{"4490", "4326", "4548", "4549", "4527", "4528"} {
		t.Run("EPSG:"+epsg, func(t *testing.T) {
			layer, info, records := read(t, gdalGPKG(t, twoParcels, "-t_srs", "EPSG:"+epsg), layerfile.ReadOptions{})
			if layer.Name != "宗地" || info.CRS != "EPSG:"+epsg || len(records) != 2 || len(layer.Fields) != 5 {
				t.Fatalf("layer %q in %s with %d records of %d fields", layer.Name, info.CRS, len(records), len(layer.Fields))
			}
			first, second := records[0], records[1]
			if first.Row != 1 || first.Values[0] != "350502001001GB00012" || first.Values[1] != "泉州市鲤城区清濛演示路1号" || asText(first.Values[2]) != "1234.56" ||
				asText(first.Values[3]) != "3" || asText(first.Values[4]) != "2021-06-30" {
				t.Errorf("values %q", first.Values)
			}
			if second.Values[1] != nil || second.Values[2] != nil || second.Values[4] != nil {
				t.Errorf("missing values became %q", second.Values)
			}
			if len(first.Shape) != 1 || len(first.Shape[0]) != 2 || len(second.Shape) != 2 {
				t.Errorf("shapes %v and %v", first.Shape, second.Shape)
			}
			if p := first.Shape[0][0][0]; p[0] < 118.5699 || p[0] > 118.5801 || p[1] < 24.8399 || p[1] > 24.8501 {
				t.Errorf("the first point is %v", p)
			}
		})
	}
}

func TestGeoPackageRoundTrip(t *testing.T) {
	rows := sampleRows()
	rows[3].values[1] = 1e15 // a double keeps 15 digits and more
	rows[5].values[1] = layerfile.Number("12.5")
	for _, code := range []int{4490, 4549, 4528} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			layer := layerfile.Layer{Name: "parcels", Fields: fields, HasShape: true, CRS: crs(t, code)}
			path := filepath.Join(t.TempDir(), "a.gpkg")
			opt := layerfile.WriteOptions{QML: "<qgis/>"}
			if first, again := write(t, path, layer, opt, rows), write(t, path, layer, opt, rows); string(first) != string(again) {
				t.Error("the same rows gave other bytes")
			}
			got, info, records := read(t, path, layerfile.ReadOptions{}) // the style beside it is no layer
			if info.CRS != fmt.Sprintf("EPSG:%d", code) {
				t.Errorf("in %s", info.CRS)
			}
			compareRows(t, got, records, rows, code > 4500)
			out, err := exec.Command("ogrinfo", "-al", "-so", path, "parcels").CombinedOutput()
			if err != nil || !strings.Contains(string(out), "Feature Count: 6") || !strings.Contains(string(out), fmt.Sprintf(`ID["EPSG",%d]`, code)) ||
				strings.Contains(string(out), "Warning") || strings.Contains(string(out), "ERROR") {
				t.Errorf("GDAL: %v\n%s", err, out)
			}
			values, err := exec.Command("ogrinfo", "-al", "-q", path, "parcels").CombinedOutput()
			if err != nil || !strings.Contains(string(values), "open (Integer(Boolean)) = 1") || !strings.Contains(string(values), "day (Date) = 1999/12/31") {
				t.Errorf("GDAL: %v\n%s", err, values)
			}
		})
	}
}

var keptGPKG string

// soundGPKG is a GeoPackage of two parcels by GDAL, which is asked once.
func soundGPKG(t *testing.T) string {
	t.Helper()
	if keptGPKG == "" {
		b, err := os.ReadFile(gdalGPKG(t, twoParcels))
		if err != nil {
			t.Fatal(err)
		}
		keptGPKG = string(b)
	}
	return keptGPKG
}

// alter runs SQL on a good file.
func alter(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "数据.gpkg")
	writeFile(t, path, soundGPKG(t))
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	dropTriggers(t, db)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

// dropTriggers drops every trigger: those of the index call functions that only GDAL has.
func dropTriggers(t *testing.T, db *sql.DB) {
	t.Helper()
	rows, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		names = append(names, n)
	}
	rows.Close()
	for _, n := range names {
		if _, err := db.Exec(`DROP TRIGGER "` + n + `"`); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOddGeoPackages(t *testing.T) {
	for name, c := range map[string]struct {
		sql        []string
		rule, says string
	}{
		"no known system": {[]string{`UPDATE gpkg_geometry_columns SET srs_id = -1`}, layerfile.RuleCRS, "not known"},
		"old datum": {[]string{
			`INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 99, 'NONE', 99, 'GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954"]]', NULL)`,
			`UPDATE gpkg_geometry_columns SET srs_id = 99`,
		}, layerfile.RuleCRS, "Beijing 54"},
		"broken shape": {[]string{`UPDATE "宗地" SET geom = x'4750000300000000' WHERE fid = 2`}, layerfile.RuleShape, "ends in its header"},
		"not UTF-8":    {[]string{`UPDATE "宗地" SET "坐落" = CAST(x'C8C8' AS TEXT) WHERE fid = 1`}, layerfile.RuleEncoding, "not UTF-8"},
		"another mark": {[]string{`PRAGMA application_id = 0`}, layerfile.RuleFormat, "no GeoPackage"},
		"huge cell":    {[]string{`UPDATE "宗地" SET "坐落" = CAST(zeroblob(9000000) AS TEXT) WHERE fid = 1`}, layerfile.RuleCellSize, "more than"},
		"endless view": {[]string{
			`DELETE FROM gpkg_contents`, `PRAGMA foreign_keys = OFF`, `DELETE FROM gpkg_geometry_columns`,
			`CREATE VIEW v AS WITH RECURSIVE n (fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT * FROM n`,
			`INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) VALUES ('v', 'attributes', 'v', '2020-01-01T00:00:00.000Z', 0)`,
		}, layerfile.RuleEmpty, "no layer"},
	} {
		t.Run(name, func(t *testing.T) {
			err := readAll(alter(t, c.sql...))
			var own *layerfile.Error
			if !errors.As(err, &own) || own.Rule != c.rule || !strings.Contains(own.Message, c.says) {
				t.Errorf("got %v, want %s with %q", err, c.rule, c.says)
			}
		})
	}
}

// A cell that is too long costs its own row alone, wherever it stands, and every row comes once.
func TestLongCellsOfGeoPackages(t *testing.T) {
	for _, long := range []int{1, 2} {
		r, err := layerfile.Open(alter(t, fmt.Sprintf(`UPDATE "宗地" SET "坐落" = CAST(zeroblob(9000000) AS TEXT) WHERE fid = %d`, long)), layerfile.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for row := 1; row <= 2; row++ {
			rec, err := r.Next()
			var own *layerfile.Error
			if errors.As(err, &own) != (row == long) || rec.Row != row || row != long && (err != nil || len(rec.Shape) == 0) {
				t.Errorf("with a long cell in row %d: row %d is %d, %v", long, row, rec.Row, err)
			}
		}
		if _, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("behind the last row: %v", err)
		}
	}
}

// severed gives a GeoPackage whose second row has a long text, of which no page points to the next.
func severed(t *testing.T) string {
	t.Helper()
	path := alter(t, `UPDATE "宗地" SET "坐落" = replace(hex(zeroblob(4500000)), '0', 'x') WHERE fid = 2`)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := int(binary.BigEndian.Uint16(b[16:]))
	for page := b; len(page) >= size; page = page[size:] {
		if bytes.Count(page[4:size], []byte("x")) == size-4 { // it starts with the number of the next
			copy(page, "\xff\xff\xff\xff")
		}
	}
	writeFile(t, path, string(b))
	return path
}

// A file that is broken where it is asked again, cells being measured, fails in words and is let go of.
func TestBrokenLongCellOfGeoPackage(t *testing.T) {
	r, err := layerfile.Open(severed(t), layerfile.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if rec, err := r.Next(); err != nil || rec.Row != 1 {
		t.Errorf("the sound row is %d, %v", rec.Row, err)
	}
	for range 2 { // whoever goes on is told again
		_, err = r.Next()
		var own *layerfile.Error
		if !errors.As(err, &own) || own.Rule != layerfile.RuleFormat || strings.Count(err.Error(), "cannot be read") != 1 {
			t.Errorf("the broken row: %v", err)
		}
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// A layer whose rows have to be sorted gives each row its own values: SQLite computes them all before it gives the first.
func TestSortedGeoPackage(t *testing.T) {
	path := alter(t,
		`CREATE TABLE s (park INTEGER, number INTEGER, name TEXT, picture BLOB, PRIMARY KEY (park, number))`,
		`INSERT INTO s VALUES (1, 3, 'c', NULL), (2, 1, 'a', x'01'), (1, 2, 'b', x'02'), (2, 4, 'd', NULL)`,
		`INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) VALUES ('s', 'attributes', 's', '2020-01-01T00:00:00.000Z', 0)`)
	r, err := layerfile.Open(path, layerfile.ReadOptions{Sheet: "s"})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for i, want := range []string{"a", "b", "c", "d"} {
		rec, err := r.Next()
		if err != nil || rec.Row != i+1 || rec.Values[0] != want {
			t.Errorf("row %d is %d, %v, %v", i+1, rec.Row, rec.Values, err)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("behind the last row: %v", err)
	}
	if notes := strings.Join(r.Info().Notes, "\n"); !strings.Contains(notes, "2 cells hold pictures") {
		t.Errorf("notes %q, want both pictures once", notes)
	}
}

func FuzzGeoPackage(f *testing.F) {
	kept.Add(f)
	path := filepath.Join(f.TempDir(), "a.gpkg")
	layer := layerfile.Layer{Name: "a", Fields: fields, HasShape: true, CRS: crs(f, 4490)}
	f.Add(write(f, path, layer, layerfile.WriteOptions{}, []row{{[]any{"x", 1.5, 3, true, "2021-06-30"}, square(118.57, 24.84)}}))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzRead(t, path, b, "") })
}
