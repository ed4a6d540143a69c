package layerfile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"muchan/geo/layerfile"
)

const (
	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	workbookXML  = `<workbook xmlns:r="x"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>`
	workbookRels = `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
)

// part is a file in an archive; repeat writes its body so many times.
type part struct {
	name, body string
	repeat     int
}

func workbookParts(sheet string, repeat int) []part {
	return []part{
		{"[Content_Types].xml", contentTypes, 1},
		{"xl/workbook.xml", workbookXML, 1},
		{"xl/_rels/workbook.xml.rels", workbookRels, 1},
		{"xl/worksheets/sheet1.xml", sheet, repeat},
	}
}

func archive(t testing.TB, parts []part) string {
	t.Helper()
	b, err := archiveBytes(parts)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	writeFile(t, path, string(b))
	return path
}

func archiveBytes(parts []part) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			return nil, err
		}
		for range p.repeat {
			if _, err := io.WriteString(w, p.body); err != nil {
				return nil, err
			}
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// lyingArchive claims that its sheet unpacks to ten bytes.
func lyingArchive(t *testing.T) string {
	t.Helper()
	path := archive(t, workbookParts("<worksheet><sheetData>"+strings.Repeat(" ", 1<<20), 30))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := []byte{0, 0, 0, 0}
	n := uint32(len("<worksheet><sheetData>")+1<<20) * 30
	for i := range size {
		size[i] = byte(n >> (8 * i))
	}
	if bytes.Count(b, size) == 0 {
		t.Fatal("the size is not in the archive")
	}
	writeFile(t, path, string(bytes.ReplaceAll(b, size, []byte{10, 0, 0, 0})))
	return path
}

// overlapping is an archive whose entries all point at the same bytes.
func overlapping(t *testing.T) string {
	t.Helper()
	body := bytes.Repeat([]byte("x"), 1<<16)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	header := &zip.FileHeader{Name: "a", Method: zip.Store, CRC32: crc32.ChecksumIEEE(body), CompressedSize64: 1 << 16, UncompressedSize64: 1 << 16}
	w, err := z.CreateRaw(header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	raw := b.Bytes()
	at := bytes.Index(raw, []byte("PK\x01\x02"))
	end := bytes.Index(raw, []byte("PK\x05\x06"))
	entry := raw[at:end]
	out := append([]byte{}, raw[:at]...)
	const copies = 500
	for i := range copies {
		e := append([]byte{}, entry...)
		e[28] = 4 // name length
		e = append(append(append([]byte{}, e[:46]...), fmt.Sprintf("%04d", i)...), e[47:]...)
		out = append(out, e...)
	}
	tail := append([]byte{}, raw[end:]...)
	size := len(out) - at
	tail[8], tail[9], tail[10], tail[11] = copies&255, copies>>8, copies&255, copies>>8
	tail[12], tail[13], tail[14], tail[15] = byte(size), byte(size>>8), byte(size>>16), 0
	path := filepath.Join(t.TempDir(), "a.xlsx")
	writeFile(t, path, string(append(out, tail...)))
	return path
}

func textFile(name, body string) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		writeFile(t, path, body)
		return path
	}
}

func sheetOf(body string) string {
	return "<worksheet><sheetData>" + body + "</sheetData></worksheet>"
}

func workbookFile(sheet string) func(*testing.T) string {
	return func(t *testing.T) string { t.Helper(); return archive(t, workbookParts(sheet, 1)) }
}

// hostileFile is a file made to hurt. It ends in an error of its rule, or is read without harm where the rule is "".
type hostileFile struct {
	name, rule string
	file       func(*testing.T) string
}

// hostileFiles are all of them.
func hostileFiles() []hostileFile {
	return slices.Concat(hostileTables, hostileLayers, hostileArchives)
}

var hostileTables = []hostileFile{
	{"bomb", layerfile.RuleArchive, func(t *testing.T) string { return archive(t, workbookParts(strings.Repeat(" ", 1<<20), 60)) }},
	{"bomb that lies", layerfile.RuleArchive, lyingArchive},
	{"overlapping entries", layerfile.RuleArchive, overlapping},
	{"many entries", layerfile.RuleArchive, func(t *testing.T) string {
		parts := make([]part, 20_000)
		for i := range parts {
			parts[i] = part{fmt.Sprintf("xl/%d", i), "", 0}
		}
		return archive(t, parts)
	}},
	{"the same part twice", layerfile.RuleArchive, func(t *testing.T) string {
		return archive(t, append(workbookParts(sheetOf(""), 1), part{"XL/Workbook.xml", "x", 1}))
	}},
	{"sheet elsewhere", layerfile.RuleFormat, func(t *testing.T) string {
		parts := workbookParts(sheetOf(""), 1)
		parts[2].body = strings.ReplaceAll(workbookRels, "worksheets/", "../../../../etc/")
		return archive(t, parts)
	}},
	{"sheet outside the file", layerfile.RuleSheet, func(t *testing.T) string {
		parts := workbookParts(sheetOf(""), 1)
		parts[2].body = strings.ReplaceAll(workbookRels, "Target=", `TargetMode="External" Target=`)
		return archive(t, parts)
	}},
	{"entities", layerfile.RuleSyntax, workbookFile(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + sheetOf(`<row><c><v>&b;</v></c></row>`))},
	{"deep XML", layerfile.RuleNesting, workbookFile(strings.Repeat("<a>", 100_000))},
	{"cell of 9 MB", layerfile.RuleCellSize, workbookFile(sheetOf(`<row><c t="inlineStr"><is><t>` + noise(9<<20) + `</t></is></c></row>`))},
	{"endless tag", layerfile.RuleCellSize, workbookFile("<" + noise(9<<20))},
	{"wide row", layerfile.RuleColumns, workbookFile(sheetOf("<row>" + strings.Repeat("<c><v>1</v></c>", 100_000) + "</row>"))},
	{"cell beyond XFD", layerfile.RuleSyntax, workbookFile(sheetOf(`<row><c r="ZZZZZZZZZZZZZZZ1"><v>1</v></c></row>`))},
	{"sheet cut off", layerfile.RuleSyntax, workbookFile("<worksheet><sheetData><row>")},
	{"not an archive", layerfile.RuleFormat, textFile("a.xlsx", "code,park\n1,2\n")},
	{"archive cut off", layerfile.RuleFormat, func(t *testing.T) string {
		path := archive(t, workbookParts(sheetOf(""), 1))
		b, _ := os.ReadFile(path)
		writeFile(t, path, string(b[:len(b)/2]))
		return path
	}},
	{"CSV with 100 000 columns", layerfile.RuleColumns, textFile("a.csv", strings.Repeat("a,", 100_000)+"a\n")},
	{"CSV cell of 10 MB", layerfile.RuleCellSize, textFile("a.csv", "a\n"+strings.Repeat("x", 10<<20)+"\n")},
	{"CSV quote never closed", layerfile.RuleCellSize, textFile("a.csv", "a\n\""+strings.Repeat("x\n", 20<<20))},
	{"CSV with NUL", layerfile.RuleEncoding, textFile("a.csv", "a,b\n1,\x00\n")},
	{"CSV in two encodings", layerfile.RuleEncoding, textFile("a.csv", "名称\n泉州\xff\xff\n")},
	{"CSV is a zip", layerfile.RuleFormat, textFile("a.csv", "PK\x03\x04abcd")},
	{"JSON 10 000 deep", layerfile.RuleNesting, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"a":`+strings.Repeat("[", 9_000)+strings.Repeat("]", 9_000)+`}]}`)},
	{"JSON a million deep", layerfile.RuleSyntax, textFile("a.geojson", `{"type":"FeatureCollection","features":[`+strings.Repeat("[", 1_000_000))},
	{"JSON value of 10 MB", layerfile.RuleCellSize, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"properties":{"a":"`+strings.Repeat("x", 10<<20)+`"}}]}`)},
	{"JSON string never closed", layerfile.RuleCellSize, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"properties":{"a":"`+strings.Repeat("x", 40<<20))},
	{"JSON name of 40 MB", layerfile.RuleCellSize, textFile("a.geojson", `{"`+strings.Repeat("x", 40<<20))},
	{"JSON with 100 000 properties", layerfile.RuleColumns, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"properties":{`+properties(100_000)+`}}]}`)},
	{"JSON with NUL", layerfile.RuleEncoding, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"properties":{"a":"`+"\x00"+`"}}]}`)},
	{"JSON cut off", layerfile.RuleSyntax, textFile("a.geojson", `{"type":"FeatureCollection","features":[{"properties":{}},`)},
	{"JSON is text", layerfile.RuleSyntax, textFile("a.geojson", "hello")},
	{"unknown extension", layerfile.RuleFormat, textFile("a.exe", "MZ")},
	{"empty", layerfile.RuleEmpty, textFile("a.csv", "")},
	{"folder", layerfile.RuleOpen, func(t *testing.T) string {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}},
	{"missing", layerfile.RuleOpen, func(t *testing.T) string { return filepath.Join(t.TempDir(), "a.csv") }},
}

// noise does not compress well, so that the ratio is not what stops it.
func noise(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = letters[x>>26]
	}
	return string(b)
}

func properties(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"p%d":1`, i)
	}
	return b.String()
}

// maxHostileBytes is what reading a hostile file may allocate in all, kept or not. Buffers that double up to the limit of a record
// (6 MiB) add up to some times that.
const maxHostileBytes = 100 << 20

// Each hostile file ends as it should, in little memory and time, and touches nothing else; it is read here and by processes of its own.
func TestHostileFiles(t *testing.T) {
	files := hostileFiles()
	if len(files) < 60 {
		t.Errorf("%d files, want at least 60", len(files))
	}
	paths := make([]string, len(files))
	for i, tc := range files {
		paths[i] = tc.file(t)
	}
	for i, tc := range files {
		t.Run(tc.name, func(t *testing.T) { readHostile(t, paths[i], tc.rule) })
	}
	t.Run("in little memory", func(t *testing.T) { readInLittleMemory(t, files, paths) })
	t.Run("under strace", func(t *testing.T) { readUnderTrace(t, paths) })
}

func readHostile(t *testing.T, path, rule string) {
	staging := t.TempDir()
	t.Setenv("TMPDIR", staging)
	var err error
	bytes := allocated(func() { err = readAll(path) })
	var e *layerfile.Error
	switch {
	case rule == "" && err != nil:
		t.Errorf("not read: %v", err)
	case rule == "":
	case !errors.As(err, &e) || e.Rule != rule:
		t.Errorf("got %v, want %s", err, rule)
	case e.Message == "" || e.Remedy == "" || len(e.Error()) > 1000:
		t.Errorf("message of %d bytes: %v", len(e.Error()), e)
	}
	if bytes > maxHostileBytes {
		t.Errorf("%d MiB allocated", bytes>>20)
	}
	if left, err := os.ReadDir(staging); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func readAll(path string) error {
	r, err := layerfile.Open(path, layerfile.ReadOptions{})
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// allocated counts the bytes a function allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A sparse sheet of a million empty rows costs time, not memory: allocations grow with the text alone.
func TestSparseSheet(t *testing.T) {
	path := archive(t, workbookParts(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row><row r="1048576"><c r="A1048576"><v>2</v></c></row></sheetData></worksheet>`, 1))
	var records []layerfile.Record
	bytes := allocated(func() { _, _, records = read(t, path, layerfile.ReadOptions{}) })
	if len(records) != 1 || records[0].Row != 1048576 || bytes > 4<<20 {
		t.Errorf("%v, %d bytes", records, bytes)
	}
}

func TestLimits(t *testing.T) {
	body := "a,b\n1,2\n3,4\n5,6\n"
	for _, tc := range []struct {
		name, rule string
		limits     layerfile.Limits
	}{
		{"size", layerfile.RuleSize, layerfile.Limits{FileBytes: 10}},
		{"rows", layerfile.RuleRows, layerfile.Limits{Rows: 2}},
		{"columns", layerfile.RuleColumns, layerfile.Limits{Columns: 1}},
		{"none", "", layerfile.Limits{Rows: 3, Columns: 2, FileBytes: 100}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			writeFile(t, path, body)
			r, err := layerfile.Open(path, layerfile.ReadOptions{Limits: tc.limits})
			for err == nil {
				_, err = r.Next()
			}
			var e *layerfile.Error
			if tc.rule == "" && !errors.Is(err, io.EOF) || tc.rule != "" && (!errors.As(err, &e) || e.Rule != tc.rule || !e.Fatal) {
				t.Errorf("got %v, want %q", err, tc.rule)
			}
		})
	}
}

// TestRecordsDoNotPileUp: what reading keeps does not grow with the file.
func TestRecordsDoNotPileUp(t *testing.T) {
	for _, ext := range []string{"geojson", "csv", "xlsx"} {
		t.Run(ext, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a."+ext)
			rows := make([]row, 20_000)
			for i := range rows {
				rows[i] = row{[]any{fmt.Sprintf("350502001001GB%05d", i), float64(i), i, true, "2021-06-30"}, square(118.5, 24.8)}
			}
			write(t, path, layerfile.Layer{Name: "p", Fields: fields, HasShape: true}, layerfile.WriteOptions{}, rows)
			rows = nil
			r, err := layerfile.Open(path, layerfile.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			early, late := uint64(0), uint64(0)
			for i := 0; ; i++ {
				if _, err := r.Next(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				switch i {
				case 1000:
					early = inUse()
				case 19_000:
					late = inUse()
				}
			}
			if late > early+1<<20 {
				t.Errorf("%d bytes in use after 1 000 rows, %d after 19 000", early, late)
			}
		})
	}
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
