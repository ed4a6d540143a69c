package layerfile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo/kept"
	"muchan/geo/layerfile"
)

// entry is a member of an archive with a name that zip.Writer would not choose.
type entry struct {
	name string
	body []byte
	mode fs.FileMode
}

func shapefileZip(t *testing.T, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(e.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.zip")
	writeFile(t, path, b.String())
	return path
}

var keptParts = map[string]string{}

// soundParts are the files of a sound shapefile by GDAL, which is asked once, by extension.
func soundParts(t *testing.T) map[string][]byte {
	t.Helper()
	exts := []string{".shp", ".dbf", ".prj"}
	if len(keptParts) == 0 {
		whole := gdalShapefile(t, twoParcels, "-lco", "ENCODING=UTF-8")
		for _, ext := range exts {
			b, err := os.ReadFile(strings.TrimSuffix(whole, ".shp") + ext)
			if err != nil {
				t.Fatal(err)
			}
			keptParts[ext] = string(b)
		}
	}
	parts := map[string][]byte{}
	for _, ext := range exts {
		parts[ext] = []byte(keptParts[ext])
	}
	return parts
}

// named is an archive of a sound shapefile under a name.
func named(name string, more ...entry) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		p := soundParts(t)
		return shapefileZip(t, append([]entry{{name + ".shp", p[".shp"], 0}, {name + ".dbf", p[".dbf"], 0}, {name + ".prj", p[".prj"], 0}}, more...)...)
	}
}

// with is one of a sound .shp, called a, and something else.
func with(more ...entry) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		return shapefileZip(t, append([]entry{{"a.shp", soundParts(t)[".shp"], 0}}, more...)...)
	}
}

// packed is an archive of nothing sound.
func packed(entries ...entry) func(*testing.T) string {
	return func(t *testing.T) string { t.Helper(); return shapefileZip(t, entries...) }
}

func manyLayers(n int) []entry {
	many := make([]entry, n)
	for i := range many {
		many[i] = entry{fmt.Sprintf("%d.shp", i), nil, 0}
	}
	return many
}

// hostileArchives are made to write elsewhere, to fill the disk or to deceive.
var hostileArchives = []hostileFile{
	{"upwards", "", named("../../../../tmp/escape")},
	{"absolute", "", named("/tmp/escape")},
	{"backslashes", "", named(`..\..\escape`)},
	{"drive", "", named(`C:\escape`)},
	{"very long name", "", named(strings.Repeat("x", 5000))},
	{"odd letters", "", named("\x00\x1b[31m宗地\u202e")},
	{"link for a .shp", layerfile.RuleFormat, packed(entry{"a.shp", []byte("/etc/passwd"), fs.ModeSymlink | 0o777})},
	{"link for a .dbf", layerfile.RuleFormat, with(entry{"a.dbf", []byte("/etc/passwd"), fs.ModeSymlink | 0o777})},
	{"nested archive", layerfile.RuleFormat, packed(entry{"a.zip", []byte("PK"), 0})},
	{"no shapefile", layerfile.RuleFormat, packed(entry{"readme.txt", []byte("x"), 0})},
	{"the same name twice", layerfile.RuleArchive, named("a", entry{"A.SHP", nil, 0})},
	{"two thousand layers", layerfile.RuleArchive, packed(manyLayers(2000)...)},
	{"a hundred thousand entries", layerfile.RuleArchive, packed(manyLayers(100_000)...)},
	{"a .dbf that explodes", layerfile.RuleArchive, with(entry{"a.dbf", make([]byte, 64<<20), 0})},
	{"a .prj that explodes", layerfile.RuleArchive, with(entry{"a.prj", make([]byte, 64<<20), 0})},
	{"a .prj too long", layerfile.RuleCRS, with(entry{"a.prj", bytes.Repeat([]byte(`GEOGCS["`), 20_000), 0})},
	{"a .shp of nothing", layerfile.RuleFormat, packed(entry{"a.shp", nil, 0})},
	{"empty archive", layerfile.RuleFormat, packed()},
}

// FuzzPRJ: whatever a .prj holds, it names a system that we speak or is refused with a reason.
func FuzzPRJ(f *testing.F) {
	kept.Add(f)
	f.Add(`PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137,298.257222101]]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000],PARAMETER["Central_Meridian",120],PARAMETER["Scale_Factor",1]]`)
	f.Add(`GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980"]]`)
	f.Add(`LOCAL_CS["泉州"]`)
	f.Add("[[[[")
	f.Fuzz(func(t *testing.T, text string) {
		crs, err := layerfile.ParsePRJ(text)
		var own *layerfile.Error
		if err == nil && crs.Name == "" || err != nil && (!errors.As(err, &own) || own.Rule != layerfile.RuleCRS || own.Remedy == "") {
			t.Fatalf("%q: %v, %v", text, crs, err)
		}
	})
}
