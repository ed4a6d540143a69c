package layerfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo/layerfile"
)

// hostileLayers are layers with shapes: databases that run, shapefiles that lie, texts that nest.
var hostileLayers = []hostileFile{
	{"GeoPackage of nothing", layerfile.RuleFormat, textFile("a.gpkg", "SQLite format 3\x00"+strings.Repeat("\x00", 52)+"GPKG"+strings.Repeat("\x00", 4096))},
	{"GeoPackage cut off", layerfile.RuleFormat, func(t *testing.T) string {
		path := alter(t)
		if err := os.Truncate(path, 20_000); err != nil {
			t.Fatal(err)
		}
		return path
	}},
	{"GeoPackage with noise in it", layerfile.RuleFormat, func(t *testing.T) string {
		path := alter(t)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 4096; i < len(b); i += 7 {
			b[i] ^= 0x5A
		}
		writeFile(t, path, string(b))
		return path
	}},
	{"GeoPackage, endless view", layerfile.RuleEmpty, altered(
		`DELETE FROM gpkg_contents`, `DELETE FROM gpkg_geometry_columns`, endless("v"),
		`INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) VALUES ('v', 'attributes', 'v', '2020-01-01T00:00:00.000Z', 0)`,
	)},
	{"GeoPackage, endless contents", layerfile.RuleFormat, altered(
		`PRAGMA foreign_keys = OFF`, `DROP TABLE gpkg_contents`, `CREATE TABLE x (table_name, data_type, n)`,
		`CREATE VIEW GPKG_contents AS WITH RECURSIVE n (table_name, data_type, n) AS (SELECT '宗地', 'features', 1 UNION ALL SELECT table_name, data_type, n + 1 FROM n) SELECT * FROM n`,
	)},
	{"GeoPackage, endless systems", layerfile.RuleFormat, altered(
		`PRAGMA foreign_keys = OFF`, `DROP TABLE gpkg_spatial_ref_sys`,
		`CREATE VIEW gpkg_spatial_ref_sys AS WITH RECURSIVE n (srs_id) AS (SELECT 10 UNION ALL SELECT srs_id + 1 FROM n) SELECT 'x' AS organization, 1 AS organization_coordsys_id, 'x' AS definition, -srs_id AS srs_id FROM n`,
	)},
	{"GeoPackage, virtual table", layerfile.RuleEmpty, altered(
		`DELETE FROM gpkg_contents`, `DELETE FROM gpkg_geometry_columns`, `CREATE VIRTUAL TABLE v USING fts5(a)`,
		`INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) VALUES ('v', 'attributes', 'v', '2020-01-01T00:00:00.000Z', 0)`,
	)},
	{"GeoPackage, column that computes", "", altered(`ALTER TABLE "宗地" ADD COLUMN big TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL`)},
	{"GeoPackage, shape that computes", layerfile.RuleFormat, altered(
		`CREATE TABLE x (fid INTEGER PRIMARY KEY, a TEXT, shape BLOB GENERATED ALWAYS AS (`+swelling+`) VIRTUAL)`, `INSERT INTO x (a) SELECT '甲' FROM "宗地"`,
		`UPDATE gpkg_contents SET table_name = 'x'`, `UPDATE gpkg_geometry_columns SET table_name = 'x', column_name = 'shape'`,
	)},
	{"GeoPackage, shape that computes, by another name", layerfile.RuleFormat, altered(
		`CREATE TABLE x (fid INTEGER PRIMARY KEY, a TEXT, shape BLOB GENERATED ALWAYS AS (`+swelling+`) VIRTUAL)`, `INSERT INTO x (a) SELECT '甲' FROM "宗地"`,
		`UPDATE gpkg_contents SET table_name = 'x'`, `UPDATE gpkg_geometry_columns SET table_name = 'x', column_name = 'SHAPE'`,
	)},
	{"GeoPackage, contents that compute", layerfile.RuleFormat, altered(
		`PRAGMA foreign_keys = OFF`, `ALTER TABLE gpkg_contents RENAME TO y`,
		`CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT GENERATED ALWAYS AS (`+swelling+`) VIRTUAL)`, `INSERT INTO gpkg_contents (table_name) SELECT table_name FROM y`,
	)},
	{"GeoPackage, long contents", layerfile.RuleFormat, altered(`PRAGMA foreign_keys = OFF`, `UPDATE gpkg_contents SET data_type = hex(zeroblob(20000000))`)},
	{"GeoPackage, shape that lies", layerfile.RuleShape, altered(`UPDATE "宗地" SET geom = CAST(substr(geom, 1, 45) || x'FFFFFFFF' || substr(geom, 50) AS BLOB)`)},

	{"shapefile, record that lies", layerfile.RuleSyntax, shapefileWith(".shp", 104, 0x7F, 0xFF, 0xFF, 0xFF)},
	{"shapefile, rings that lie", layerfile.RuleShape, shapefileWith(".shp", 108+36, 0xFF, 0xFF, 0xFF, 0x7F)},
	{"shapefile, points that lie", layerfile.RuleShape, shapefileWith(".shp", 108+40, 0xFF, 0xFF, 0xFF, 0x7F)},
	{"shapefile, two thousand million rows", layerfile.RuleRows, shapefileWith(".dbf", 4, 0xFF, 0xFF, 0xFF, 0x7F)},
	{"shapefile, header that lies", layerfile.RuleFormat, shapefileWith(".dbf", 8, 0xFF, 0xFF)},
	{"shapefile, rows of no bytes", layerfile.RuleFormat, shapefileWith(".dbf", 10, 0, 0)},

	{"GeoJSON coordinates a million deep", layerfile.RuleSyntax, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":`+strings.Repeat("[", 1_000_000))},
	{"GeoJSON collections 10 000 deep", layerfile.RuleSyntax, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":`+
		strings.Repeat(`{"type":"GeometryCollection","geometries":[`, 10_000)+strings.Repeat("]}", 10_000)+`}]}`)},
	{"sequence record never closed", layerfile.RuleCellSize, textFile("a.geojsonl", `{"type":"Feature","properties":{"a":"`+strings.Repeat("x", 40<<20))},
	{"WKT a million deep", layerfile.RuleShape, textFile("a.csv", "a,shape\n1,\""+strings.Repeat("(", 1_000_000)+"\"\n")},
	{"WKT collections 10 000 deep", layerfile.RuleShape, textFile("a.csv", "a,shape\n1,\""+strings.Repeat("GEOMETRYCOLLECTION(", 10_000)+"\"\n")},
	{"list with a heading of 10 MB", layerfile.RuleCellSize, textFile("a.txt", "[属性描述]\n带号=40\n[地块坐标]\n4,1.0,"+strings.Repeat("x", 10<<20)+",@\n")},
	{"list of a parcel of 40 MB", layerfile.RuleCellSize, textFile("a.txt", "[属性描述]\n带号=40\n[地块坐标]\n4,1.0,a,@\n"+strings.Repeat("J1,1,2749000,40355400\n", 2_000_000))},
}

// swelling is an expression that takes some hundred bytes to write and half a gigabyte to work out.
const swelling = `cast(length(replace(hex(zeroblob(20000)), '0', hex(zeroblob(5000)))) AS blob)`

func endless(name string) string {
	return `CREATE VIEW ` + name + ` AS WITH RECURSIVE n (fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT * FROM n`
}

func altered(statements ...string) func(*testing.T) string {
	return func(t *testing.T) string { t.Helper(); return alter(t, statements...) }
}

// shapefileWith is a sound shapefile with other bytes at a place of one of its files.
func shapefileWith(ext string, at int, bytes ...byte) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		dir := t.TempDir()
		for e, b := range soundParts(t) {
			if e == ext {
				copy(b[at:], bytes)
			}
			writeFile(t, filepath.Join(dir, "a"+e), string(b))
		}
		return filepath.Join(dir, "a.shp")
	}
}
