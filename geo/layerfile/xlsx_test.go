package layerfile_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"muchan/geo/layerfile"
)

// TestForeignWorkbook reads a workbook written by other code: shared texts, rich text, dates by format, truths, gaps, an empty row,
// a second sheet.
func TestForeignWorkbook(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	date, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	chinese := `yyyy"年"m"月"d"日"`
	long, err := book.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
	if err != nil {
		t.Fatal(err)
	}
	red := `[Red]0.00"d"`
	notDate, err := book.NewStyle(&excelize.Style{CustomNumFmt: &red})
	if err != nil {
		t.Fatal(err)
	}
	set := func(cell string, v any, style int) {
		t.Helper()
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
		if style > 0 {
			if err := book.SetCellStyle("Sheet1", cell, cell, style); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, h := range []string{"文本", "日期", "长日期", "数", "真假", "时刻"} {
		set(string(rune('A'+i))+"2", h, 0)
	}
	set("A4", "共享", 0)
	set("B4", 44377, date)
	set("C4", 36525, long)
	set("D4", 12.25, notDate)
	set("E4", true, 0)
	set("F4", time.Date(2021, 6, 30, 13, 30, 0, 0, time.UTC), 0)
	set("D5", 350502001001, 0)
	if err := book.SetCellRichText("Sheet1", "A5", []excelize.RichTextRun{{Text: "富"}, {Text: "文本", Font: &excelize.Font{Bold: true}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet("第二"); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellValue("第二", "A1", "x"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	layer, info, records := read(t, path, layerfile.ReadOptions{})
	if layer.Name != "Sheet1" || len(records) != 2 || records[0].Row != 4 || records[1].Row != 5 {
		t.Fatalf("%v %v", layer, records)
	}
	if len(info.Notes) != 1 || !strings.Contains(info.Notes[0], "2 sheets") {
		t.Errorf("notes %q", info.Notes)
	}
	want := []any{"共享", "2021-06-30", "1999-12-31", layerfile.Number("12.25"), true, "2021-06-30 13:30:00"}
	for i, v := range records[0].Values {
		if v != want[i] {
			t.Errorf("%s: got %#v, want %#v", layer.Fields[i].Name, v, want[i])
		}
	}
	if records[1].Values[0] != "富文本" || records[1].Values[3] != layerfile.Number("350502001001") || records[1].Values[1] != nil {
		t.Errorf("row 5: %#v", records[1].Values)
	}
	if layer, _, _ := read(t, path, layerfile.ReadOptions{Sheet: "第二"}); layer.Fields[0].Name != "x" {
		t.Errorf("second sheet: %v", layer)
	}
}

func TestSerialDay(t *testing.T) {
	for _, tc := range []struct {
		serial   float64
		date1904 bool
		want     string
		ok       bool
	}{
		{44377, false, "2021-06-30", true},
		{42915, true, "2021-06-30", true},
		{61, false, "1900-03-01", true},
		{60, false, "", false}, // the 29 February 1900 that never was
		{2958465, false, "9999-12-31", true},
		{2958466, false, "", false},
		{44377.5, false, "2021-06-30 12:00:00", true},
		{-1, false, "", false},
	} {
		if got, ok := layerfile.SerialDay(tc.serial, tc.date1904); got != tc.want || ok != tc.ok {
			t.Errorf("%v %v: got %q %v", tc.serial, tc.date1904, got, ok)
		}
	}
}
