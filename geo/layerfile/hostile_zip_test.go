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

// Archives made to write elsewhere, to fill the disk or to deceive: each is read from inside a folder of its own, or refused, and leaves
// nothing behind.
func TestHostileShapefileArchives(t *testing.T) {
	whole := gdalShapefile(t, twoParcels, "-lco", "ENCODING=UTF-8")
	stem := strings.TrimSuffix(whole, ".shp")
	part := func(ext string) []byte {
		b, err := os.ReadFile(stem + ext)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	shp, dbf, prj := part(".shp"), part(".dbf"), part(".prj")
	layer := func(name string) []entry {
		return []entry{{name + ".shp", shp, 0}, {name + ".dbf", dbf, 0}, {name + ".prj", prj, 0}}
	}
	many := make([]entry, 2000)
	for i := range many {
		many[i] = entry{fmt.Sprintf("%d.shp", i), nil, 0}
	}
	for name, c := range map[string]struct {
		entries []entry
		rule    string // "" when it is read, from its own folder
	}{
		"upwards":              {layer("../../../../tmp/escape"), ""},
		"absolute":             {layer("/tmp/escape"), ""},
		"backslashes":          {layer(`..\..\escape`), ""},
		"drive":                {layer(`C:\escape`), ""},
		"very long name":       {layer(strings.Repeat("x", 5000)), ""},
		"odd letters":          {layer("\x00\x1b[31m宗地\u202e"), ""},
		"link for a .shp":      {[]entry{{"a.shp", []byte("/etc/passwd"), fs.ModeSymlink | 0o777}}, layerfile.RuleFormat},
		"link for a .dbf":      {[]entry{{"a.shp", shp, 0}, {"a.dbf", []byte("/etc/passwd"), fs.ModeSymlink | 0o777}}, layerfile.RuleFormat},
		"nested archive":       {[]entry{{"a.zip", shp, 0}}, layerfile.RuleFormat},
		"no shapefile":         {[]entry{{"readme.txt", []byte("x"), 0}}, layerfile.RuleFormat},
		"the same name twice":  {append(layer("a"), entry{"A.SHP", shp, 0}), layerfile.RuleArchive},
		"two thousand layers":  {many, layerfile.RuleArchive},
		"a .dbf that explodes": {[]entry{{"a.shp", shp, 0}, {"a.dbf", make([]byte, 64<<20), 0}}, layerfile.RuleArchive},
		"a .prj that explodes": {append(layer("a")[:2], entry{"a.prj", make([]byte, 64<<20), 0}), layerfile.RuleArchive},
		"a .prj too long":      {append(layer("a")[:2], entry{"a.prj", bytes.Repeat([]byte(`GEOGCS["`), 20_000), 0}), layerfile.RuleCRS},
		"a .shp of nothing":    {[]entry{{"a.shp", nil, 0}}, layerfile.RuleFormat},
		"empty archive":        {nil, layerfile.RuleFormat},
	} {
		t.Run(name, func(t *testing.T) {
			path := shapefileZip(t, c.entries...)
			tmp := t.TempDir()
			t.Setenv("TMPDIR", tmp)
			err := readAll(path)
			var own *layerfile.Error
			switch {
			case c.rule == "" && err != nil:
				t.Errorf("not read: %v", err)
			case c.rule != "" && (!errors.As(err, &own) || own.Rule != c.rule || own.Remedy == ""):
				t.Errorf("got %v, want %s", err, c.rule)
			}
			if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
			for _, escaped := range []string{"/tmp/escape.shp", filepath.Join(filepath.Dir(tmp), "escape.shp")} {
				if _, err := os.Lstat(escaped); err == nil {
					t.Errorf("%s was written", escaped)
				}
			}
		})
	}
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
