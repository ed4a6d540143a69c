package geo_test

import (
	"reflect"
	"testing"

	"muchan/geo"
	"muchan/geo/kept"
)

func seedShapes(f *testing.F, encode func(geo.Shape) []byte) {
	for _, c := range corpus(f) {
		f.Add(encode(wkt(f, c.wkt)))
	}
}

// survives asserts what must hold for any shape a decoder let through.
func survives(t *testing.T, s geo.Shape) {
	points := 0
	for _, polygon := range s {
		for _, ring := range polygon {
			points += len(ring)
		}
	}
	if points > 200 {
		return
	}
	geo.Area(s)
	geo.Contains(s, geo.Point{118.5, 24.8})
	v := geo.Check(s)
	if !v.Valid && v.Rule == "" {
		t.Fatalf("invalid without a rule: %+v", v)
	}
	if repaired, _, err := geo.Repair(s); err == nil {
		if after := geo.Check(repaired); !after.Valid {
			t.Fatalf("repaired, and still %+v", after)
		}
	}
}

func FuzzDecodeEWKB(f *testing.F) {
	kept.Add(f)
	seedShapes(f, geo.EncodeEWKB)
	seedShapes(f, geo.EncodeWKB)
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := geo.DecodeEWKB(b)
		sameAsAny(t, b, s, err, geo.DecodeAnyEWKB)
		if err != nil {
			return
		}
		survives(t, s)
		again, err := geo.DecodeEWKB(ewkb(t, s))
		if err != nil || !again.Equal(s) {
			t.Fatalf("%v comes back as %v, %v", s, again, err)
		}
	})
}

func FuzzDecodeWKB(f *testing.F) {
	kept.Add(f)
	seedShapes(f, geo.EncodeWKB)
	seedShapes(f, geo.EncodeEWKB)
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := geo.DecodeWKB(b)
		sameAsAny(t, b, s, err, geo.DecodeAnyWKB)
		if err == nil {
			survives(t, s)
		}
	})
}

// sameAsAny holds what the quick reader made against the reader of everything.
func sameAsAny(t *testing.T, b []byte, s geo.Shape, err error, decode func([]byte) (geo.Shape, error)) {
	t.Helper()
	if len(b) == 0 {
		return
	}
	want, wantErr := decode(b)
	if (err == nil) != (wantErr == nil) || !reflect.DeepEqual(s, want) {
		t.Fatalf("%x is read as %v, %v; by the reader of everything as %v, %v", b, s, err, want, wantErr)
	}
}

func FuzzParseGeoJSON(f *testing.F) {
	kept.Add(f)
	seedShapes(f, func(s geo.Shape) []byte { return geo.AppendGeoJSON(nil, s) })
	f.Add([]byte(`{"type":"Polygon","coordinates":[[[1,2,3],[4,5],[6,7]]]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := geo.ParseGeoJSON(b, geo.CRS84)
		if err != nil || s == nil {
			return
		}
		survives(t, s)
		again, err := geo.ParseGeoJSON(geo.AppendGeoJSON(nil, s), geo.CRS84)
		if err != nil || !again.Equal(s) {
			t.Fatalf("%v comes back as %v, %v", s, again, err)
		}
	})
}
