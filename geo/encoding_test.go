package geo_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

func TestEWKBAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(31, 32))
	for range 50 {
		s := randomShape(rng, orb.Point{118.5, 24.8}, 1e-3)
		var srid int
		var kind string
		var back []byte
		err := conn.QueryRow(t.Context(), `SELECT ST_SRID(g), GeometryType(g), ST_AsEWKB(g) FROM (SELECT ST_GeomFromEWKB($1) AS g) AS t`, ewkb(t, s)).
			Scan(&srid, &kind, &back)
		if err != nil {
			t.Fatal(err)
		}
		if srid != 4490 || kind != "MULTIPOLYGON" || !bytes.Equal(back, ewkb(t, s)) {
			t.Errorf("PostGIS reads SRID %d %s", srid, kind)
		}
		if again, err := geo.DecodeEWKB(back); err != nil || !again.Equal(s) {
			t.Errorf("%v comes back as %v, %v", s, again, err)
		}
	}
}

func TestDecodeEWKBForms(t *testing.T) {
	conn := postgis(t)
	const ccw = "((118.57 24.84,118.58 24.84,118.58 24.85,118.57 24.84))"
	want := wkt(t, "POLYGON"+ccw)
	cases := []struct{ name, sql string }{
		{"polygon", "ST_AsEWKB(ST_GeomFromText('POLYGON" + ccw + "', 4490))"},
		{"no SRID", "ST_AsEWKB(ST_GeomFromText('POLYGON" + ccw + "'))"},
		{"big endian", "ST_AsEWKB(ST_GeomFromText('MULTIPOLYGON(" + ccw + ")', 4490), 'XDR')"},
		{"clockwise", "ST_AsEWKB(ST_Reverse(ST_GeomFromText('POLYGON" + ccw + "', 4490)))"},
		{"WGS 84", "ST_AsEWKB(ST_GeomFromText('POLYGON" + ccw + "', 4326))"},
		{"CM 120", "ST_AsEWKB(ST_Transform(ST_GeomFromText('POLYGON" + ccw + "', 4490), 4549))"},
		{"zone 39", "ST_AsEWKB(ST_Transform(ST_GeomFromText('POLYGON" + ccw + "', 4490), 4527))"},
		{"heights", "ST_AsEWKB(ST_Force3D(ST_GeomFromText('POLYGON" + ccw + "', 4490)))"},
		{"heights and measures", "ST_AsEWKB(ST_Force4D(ST_GeomFromText('MULTIPOLYGON(" + ccw + ")', 4490)))"},
	}
	for _, c := range cases {
		var b []byte
		if err := conn.QueryRow(t.Context(), "SELECT "+c.sql).Scan(&b); err != nil {
			t.Fatal(err)
		}
		s, err := geo.DecodeEWKB(b)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !sameLand(s, want) {
			t.Errorf("%s: %v, want %v", c.name, s, want)
		}
		checkOrientation(t, s)
	}
}

// sameLand compares vertices up to the start of a ring, within a millimetre.
func sameLand(a, b geo.Shape) bool {
	d := geo.Area(a) - geo.Area(b)
	ba, bb := a.Bound(), b.Bound()
	near := func(p, q orb.Point) bool { return math.Hypot(p[0]-q[0], p[1]-q[1]) < 1e-8 }
	return math.Abs(float64(d)) < 0.01 && near(ba.Min, bb.Min) && near(ba.Max, bb.Max)
}

func TestDecodeRefuses(t *testing.T) {
	ring := func(n uint32) string { return "01030000000100000" + "0" + le(n) }
	cases := []struct{ name, hex, says string }{
		{"cut short", "0103", "ends early"},
		{"byte order", "0503000000", "byte order"},
		{"point", "0101000000000000000000f03f000000000000f03f", "not an area"},
		{"collection", "010700000000000000", "not an area"},
		{"collection in a multipolygon", "010600000001000000010700000000000000", "not an area"},
		{"multipolygon in itself", "01060000000100000001060000000000000000", "not an area"},
		{"promises four thousand million points", ring(math.MaxUint32) + strings.Repeat("00", 64), "announces"},
		{"promises a million polygons", "010600000040420f00", "announces"},
		{"bytes after the end", "010600000000000000ff", "follow"},
		{"NaN", ring(1) + "000000000000f87f" + "0000000000000000", "not a number"},
		{"projected out of this world", "0103000020b01100000100000001000000" + "9c7500883ce4377e9c7500883ce4377e", "point 1 has no place"},
		{"foreign SRID", "01060000202f09000000000000", "SRID 2351"},
	}
	for _, c := range cases {
		b, err := hex.DecodeString(c.hex)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if _, err := geo.DecodeEWKB(b); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error saying %q", c.name, err, c.says)
		}
	}
}

func le(n uint32) string { return hex.EncodeToString(binary.LittleEndian.AppendUint32(nil, n)) }

func TestMissingShapes(t *testing.T) {
	for name, encode := range map[string]func(geo.Shape) []byte{"EWKB": geo.EncodeEWKB, "WKB": geo.EncodeWKB} {
		if b := encode(nil); b != nil {
			t.Errorf("%s of a nil shape: %v", name, b)
		}
	}
	for name, decode := range map[string]func([]byte) (geo.Shape, error){"EWKB": geo.DecodeEWKB, "WKB": geo.DecodeWKB} {
		if s, err := decode(nil); s != nil || err != nil {
			t.Errorf("%s of no bytes: %v, %v", name, s, err)
		}
	}
	if got := string(geo.AppendGeoJSON(nil, nil)); got != "null" {
		t.Errorf("GeoJSON of a nil shape is %s", got)
	}
	if s, err := geo.ParseGeoJSON([]byte("null"), geo.CRS84); s != nil || err != nil {
		t.Errorf("GeoJSON null: %v, %v", s, err)
	}
}

func TestWKBRoundTrip(t *testing.T) {
	s := randomShape(rand.New(rand.NewPCG(33, 34)), orb.Point{118.5, 24.8}, 1e-3)
	b := geo.EncodeWKB(s)
	if !bytes.Equal(b[:5], []byte{1, 6, 0, 0, 0}) {
		t.Errorf("header % x, want plain little-endian MultiPolygon", b[:5])
	}
	if back, err := geo.DecodeWKB(b); err != nil || !back.Equal(s) {
		t.Errorf("%v, %v", back, err)
	}
}

func TestGeoJSONAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(35, 36))
	for range 50 {
		s := randomShape(rng, orb.Point{118.5, 24.8}, 1e-3)
		text := geo.AppendGeoJSON([]byte("x"), s)[1:]
		var same bool
		if err := conn.QueryRow(t.Context(), "SELECT ST_OrderingEquals(ST_SetSRID(ST_GeomFromGeoJSON($1), 4490), ST_GeomFromEWKB($2))", string(text), ewkb(t, s)).Scan(&same); err != nil {
			t.Fatal(err)
		}
		back, err := geo.ParseGeoJSON(text, geo.CRS84)
		if !same || err != nil || !back.Equal(s) {
			t.Errorf("PostGIS reads the same: %v; we read %v, %v", same, back, err)
		}
	}
}

func TestParseGeoJSON(t *testing.T) {
	cm120, _ := geo.CRSByEPSG(4549)
	want := wkt(t, "POLYGON((118.57 24.84,118.58 24.84,118.58 24.85,118.57 24.84))")
	accepted := []struct {
		name, text string
		from       geo.CRS
	}{
		{"polygon", `{"type":"Polygon","coordinates":[[[118.57,24.84],[118.58,24.84],[118.58,24.85],[118.57,24.84]]]}`, geo.CRS84},
		{"heights, bbox, spaces", ` {"bbox":[1,2,3,4],"coordinates": [[[[118.57,24.84,9],[118.58,24.84,9],[118.58,24.85,9],[118.57,24.84,9]]]], "type":"MultiPolygon"} `, geo.CRS84},
		{"clockwise", `{"type":"Polygon","coordinates":[[[118.57,24.84],[118.58,24.85],[118.58,24.84],[118.57,24.84]]]}`, geo.CRS84},
		{"easting and northing", string(geo.AppendGeoJSON(nil, geo.FromLonLat(want, cm120))), cm120},
	}
	for _, c := range accepted {
		s, err := geo.ParseGeoJSON([]byte(c.text), c.from)
		if err != nil || !sameLand(s, want) {
			t.Errorf("%s: %v, %v", c.name, s, err)
		}
		checkOrientation(t, s)
	}
	refused := []struct{ name, text, says string }{
		{"not JSON", `{"type":`, "unexpected end"},
		{"array", `[1,2]`, "cannot unmarshal"},
		{"point", `{"type":"Point","coordinates":[1,2]}`, "not an area"},
		{"collection", `{"type":"GeometryCollection","geometries":[]}`, "not an area"},
		{"feature", `{"type":"Feature","geometry":null}`, "not an area"},
		{"no coordinates", `{"type":"Polygon"}`, "without coordinates"},
		{"one number", `{"type":"Polygon","coordinates":[[[1]]]}`, "has 1 numbers"},
		{"too deep", `{"type":"Polygon","coordinates":[[[[1,2]]]]}`, "cannot unmarshal"},
		{"nesting bomb", `{"type":"Polygon","coordinates":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`, "exceeded max depth"},
		{"null position", `{"type":"Polygon","coordinates":[[null]]}`, "has 0 numbers"},
		{"out of range number", `{"type":"Polygon","coordinates":[[[1e999,2]]]}`, "cannot unmarshal"},
		{"long kind", `{"type":"` + strings.Repeat("x", 1000) + `","coordinates":[]}`, "…"},
	}
	for _, c := range refused {
		s, err := geo.ParseGeoJSON([]byte(c.text), geo.CRS84)
		if err == nil || s != nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, %v; want an error saying %q", c.name, s, err, c.says)
		}
	}
}

func TestAppendGeoJSONDigits(t *testing.T) {
	s := geo.Shape{{{{0.30000000000000004, 1e-9}, {118.58, 0}, {1.0 / 3, 90}, {0.30000000000000004, 1e-9}}}}
	const want = `{"type":"MultiPolygon","coordinates":[[[[0.30000000000000004,0.000000001],[118.58,0],[0.3333333333333333,90],[0.30000000000000004,0.000000001]]]]}`
	if got := string(geo.AppendGeoJSON(nil, s)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	buffer := make([]byte, 0, 1024)
	if allocs := testing.AllocsPerRun(100, func() { geo.AppendGeoJSON(buffer, s) }); allocs != 0 {
		t.Errorf("%v allocations with room in the buffer", allocs)
	}
}
