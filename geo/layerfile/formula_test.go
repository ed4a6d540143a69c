package layerfile_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muchan/geo/layerfile"
)

// armed are texts that a spreadsheet would run, full-width forms included.
var armed = []string{
	"=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1+1", "＠A1", "=", "-", "'=1", "''@x",
}

var harmless = []string{"text", "'quoted'", "a=1", "-5", "-0.5", "-1e5", "泉州"}

func TestFormulasAreDisarmed(t *testing.T) {
	layer := layerfile.Layer{Name: "t", Fields: []layerfile.Field{{Name: "t"}, {Name: "n", Type: layerfile.Real}}}
	var rows []row
	for _, s := range append(append([]string{}, armed...), harmless...) {
		rows = append(rows, row{values: []any{s, -12.5}})
	}
	for _, ext := range []string{"csv", "xlsx"} {
		t.Run(ext, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a."+ext)
			write(t, path, layer, layerfile.WriteOptions{}, rows)
			cells := foreignCells(t, path)
			for i, r := range rows {
				want := r.values[0].(string)
				if i < len(armed) {
					want = "'" + want
				}
				if got := cells[i+1]; strings.ReplaceAll(got[0], "\r\n", "\n") != want || got[1] != "-12.5" {
					t.Errorf("%q became %q, %q", r.values[0], got[0], got[1])
				}
			}
			_, _, records := read(t, path, layerfile.ReadOptions{})
			for i, rec := range records {
				if asText(rec.Values[0]) != rows[i].values[0] {
					t.Errorf("%q reads back as %q", rows[i].values[0], rec.Values[0])
				}
			}
		})
	}
}

// foreignCells reads a file by other code than ours.
func foreignCells(t *testing.T, path string) [][]string {
	t.Helper()
	if strings.HasSuffix(path, ".csv") {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		cells, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return cells
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	cells, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return cells
}
