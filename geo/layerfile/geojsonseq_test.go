package layerfile_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo/kept"
	"muchan/geo/layerfile"
)

// What GDAL writes as a sequence, with and without record separators, is what it writes as a collection.
func TestGeoJSONSeqFromGDAL(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "in.geojson")
	writeFile(t, in, twoParcels)
	_, _, want := read(t, in, layerfile.ReadOptions{})
	for _, rs := range []string{"YES", "NO"} {
		out := filepath.Join(dir, rs+".geojsonl")
		if msg, err := exec.Command("ogr2ogr", "-f", "GeoJSONSeq", "-lco", "RS="+rs, out, in).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		_, info, got := read(t, out, layerfile.ReadOptions{})
		if info.Format != "GeoJSONSeq" || len(got) != len(want) {
			t.Fatalf("%+v with %d records", info, len(got))
		}
		for i := range got {
			if got[i].Row != i+1 || len(got[i].Values) != 5 || asText(got[i].Values[1]) != asText(want[i].Values[1]) || len(got[i].Shape) != len(want[i].Shape) {
				t.Errorf("record %d: %v, want %v", i, got[i], want[i])
			}
		}
	}
}

const oneFeature = `{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":[[[118,24],[119,24],[119,25],[118,24]]]}}`

func TestOddGeoJSONSeq(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"one line":              {oneFeature, "1 features"},
		"blank lines":           {"\n\n" + oneFeature + "\n\n\n" + oneFeature + "\n", "2 features"},
		"no line ends":          {oneFeature + oneFeature, "2 features"},
		"a collection":          {`{"type":"FeatureCollection","features":[` + oneFeature + `]}`, layerfile.RuleFormat},
		"cut off":               {oneFeature + "\n" + oneFeature[:80], layerfile.RuleSyntax},
		"words":                 {oneFeature + "\nhello", layerfile.RuleSyntax},
		"blank":                 {" \n ", layerfile.RuleEmpty},
		"an array":              {"[" + oneFeature + "]", layerfile.RuleSyntax},
		"a system in a feature": {strings.Replace(oneFeature, `"properties"`, `"crs":{"type":"name","properties":{"name":"EPSG:4549"}},"properties"`, 1), layerfile.RuleCRS},
		"a system in geometry":  {strings.Replace(oneFeature, `"type":"Polygon"`, `"crs":null,"type":"Polygon"`, 1), layerfile.RuleCRS},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.geojsonl")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			err := readAll(path)
			var own *layerfile.Error
			switch {
			case strings.HasSuffix(c.want, "features"):
				if err != nil {
					t.Error(err)
				}
			case !errors.As(err, &own) || own.Rule != c.want:
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func FuzzGeoJSONSeq(f *testing.F) {
	kept.Add(f)
	f.Add([]byte(oneFeature + "\n\x1e" + oneFeature))
	f.Add([]byte(`{"type":"Feature"}{"type":"Feature","properties":null,"geometry":null}`))
	path := filepath.Join(f.TempDir(), "a.geojsonl")
	f.Fuzz(func(t *testing.T, b []byte) { fuzzRead(t, path, b, "") })
}
