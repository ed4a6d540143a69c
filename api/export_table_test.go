package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muchan/api"
)

const (
	tables    = "/api/v1/exports/tables"
	tableHead = `{"columns":[{"title":"主要企业"},{"title":"亩均税收 (万元/亩)","type":"number","digits":2},{"title":"起始日","type":"date"}]}` + "\n"
	seenRows  = tableHead + `["演示甲公司",12.345,"2025-06-30"]` + "\n" + `["=1+1",null,null]` + "\n" + `["350583GB000010001",-0.5,null]` + "\n"
)

func (w *world) table(role, query, body string) (int, []byte) {
	rec := w.do(http.MethodPost, role, tables+query, body, "Content-Type", "application/x-ndjson")
	return rec.Code, rec.Body.Bytes()
}

// What the page shows comes back as a workbook that another reader of workbooks opens: figures as numbers, days as days, nothing that runs.
func TestTableAsWorkbook(t *testing.T) {
	w := newWorld(t, worldA)
	status, body := w.table("viewer", "?name=排行/清濛", seenRows)
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	book, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	const sheet = "排行 清濛"
	for cell, want := range map[string]string{
		"A1": "主要企业", "B1": "亩均税收 (万元/亩)", "A2": "演示甲公司", "B2": "12.35", "C2": "2025-06-30", "A3": "'=1+1", "B3": "", "B4": "-0.50", "A4": "350583GB000010001",
	} {
		if got, err := book.GetCellValue(sheet, cell); err != nil || got != want {
			t.Errorf("%s shows %q, want %q (%v)", cell, got, want, err)
		}
	}
	if raw, _ := book.GetCellValue(sheet, "B2", excelize.Options{RawCellValue: true}); raw != "12.345" {
		t.Errorf("B2 holds %q", raw)
	}
	csv := "\uFEFF主要企业,亩均税收 (万元/亩),起始日\n演示甲公司,12.345,2025-06-30\n'=1+1,,\n350583GB000010001,-0.5,\n"
	if status, body := w.table("viewer", "?name=a&format=csv", seenRows); status != http.StatusOK || strings.ReplaceAll(string(body), "\r\n", "\n") != csv {
		t.Errorf("as CSV: %d %q", status, body)
	}
	if status, body := w.table("public", "?name=a&format=csv", seenRows); status != http.StatusOK || strings.ReplaceAll(string(body), "\r\n", "\n") != csv {
		t.Errorf("for the public: %d %q", status, body)
	}
	text, err := os.ReadFile(w.audit) // of who signed in
	if n := strings.Count(string(text), `"act":"export"`); err != nil || n != 2 || !strings.Contains(string(text), tables) {
		t.Errorf("%d exports on record (%v)\n%s", n, err, text)
	}
}

// A workbook counts the units of UTF-16 in a sheet's name: 20 such signs are 40.
func TestTableWithALongName(t *testing.T) {
	w := newWorld(t, worldA)
	if status, body := w.table("public", "?name="+url.QueryEscape(strings.Repeat("𠮷", 20)), seenRows); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
}

func TestTablesThatAreRefused(t *testing.T) {
	w := newWorld(t, worldA)
	t.Setenv("TMPDIR", t.TempDir())
	many := `{"columns":[` + strings.Repeat(`{"title":"a"},`, 200) + `{"title":"a"}]}`
	for name, c := range map[string]struct {
		role, query, body string
		status            int
		says              string
	}{
		"the public, too long": {"public", "?name=a", tableHead + strings.Repeat(`["a",1,null]`+"\n", 90_000), 413, ""},
		"one empty cell":       {"public", "?name=a&format=csv", `{"columns":[{"title":"a"}]}` + "\n[null]", 422, "该列为空的行在 CSV 中会丢失，请改用 XLSX"},
		"no name":              {"viewer", "", seenRows, 400, "name"},
		"another format":       {"viewer", "?name=a&format=gpkg", seenRows, 400, "format"},
		"nothing":              {"viewer", "?name=a", "", 400, "第 1 行"},
		"no columns":           {"viewer", "?name=a", `{"columns":[]}`, 400, "columns"},
		"too many columns":     {"viewer", "?name=a", many, 400, "columns"},
		"no such type":         {"viewer", "?name=a", `{"columns":[{"title":"a","type":"shape"}]}`, 400, "type"},
		"a short row":          {"viewer", "?name=a", tableHead + `["a"]`, 400, "第 2 行"},
		"a text for a number":  {"viewer", "?name=a", tableHead + `["a","b",null]`, 400, "第 2 行"},
		"a vast number":        {"viewer", "?name=a", tableHead + `["a",1e400,null]`, 400, "第 2 行"},
		"an object":            {"viewer", "?name=a", tableHead + `["a",{"b":1},null]`, 400, "第 2 行"},
		"no JSON":              {"viewer", "?name=a", tableHead + `["a",1,null]` + "\nx", 400, "第 3 行"},
		"a long line":          {"viewer", "?name=a", tableHead + `["` + strings.Repeat("a", 1<<20) + `",1,null]`, 400, "一行超过"},
		"a long text":          {"viewer", "?name=a", tableHead + `["` + strings.Repeat("a", 40000) + `",1,null]`, 422, "does_not_fit"},
	} {
		if status, body := w.table(c.role, c.query, c.body); status != c.status || !strings.Contains(string(body), c.says) {
			t.Errorf("%s: %d %s, want %d", name, status, body, c.status)
		}
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte(seenRows))
	f.Add([]byte(tableHead + `[1e400,"",true]`))
	f.Add([]byte(`{"columns":[{"title":"","type":"number","digits":-1}]}` + "\n[\"x\"]"))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, format := range []string{"xlsx", "csv"} {
			path := fmt.Sprintf("%s/table.%s", t.TempDir(), format)
			err := api.WriteTable(bytes.NewReader(body), path, "表")
			if _, missing := os.Stat(path); (err == nil) != (missing == nil) {
				t.Errorf("%s: %v, and a file: %v", format, err, missing == nil)
			}
		}
	})
}
