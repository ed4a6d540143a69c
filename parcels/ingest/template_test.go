package ingest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"muchan/parcels/ingest"
)

func template(t *testing.T, kind string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), kind+".xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := ingest.WriteTemplate(f, kind); err != nil {
		t.Fatal(err)
	}
	return path
}

// A template of any kind is understood whole and holds no record but the example, which is left out.
func TestEmptyTemplates(t *testing.T) {
	for _, kind := range ingest.Kinds() {
		_, report, err := ingest.Read(t.Context(), kind, []string{template(t, kind)}, ingest.Options{})
		p := report.Files[0].Problems
		if err == nil || len(p) != 1 || p[0].Rule != "file.empty" {
			t.Errorf("%s: %v %s", kind, err, report)
		}
	}
}

func TestFilledTemplate(t *testing.T) {
	path := template(t, "occupancies")
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	row := []any{"350502001001GB00012", "B1", uscc, "租赁", 120.5, "2021-06-30", nil}
	if err := book.SetSheetRow("用地关系", "A3", &row); err != nil {
		t.Fatal(err)
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	change, _ := mustRead(t, "occupancies", ingest.Options{}, path)
	o := change.Rows.Occupancies
	if len(o) != 1 || o[0].Tenure != "lease" || o[0].FloorM2.Or(0) != 120.5 || o[0].From.String() != "2021-06-30" {
		t.Errorf("got %+v", o)
	}
}
