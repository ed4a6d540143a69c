package ingest_test

import (
	"fmt"
	"math"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"muchan/geo/kept"
	"muchan/parcels"
	"muchan/parcels/ingest"
)

// sheet writes lines of cells, "|" between cells, as CSV or XLSX.
func sheet(t testing.TB, ext, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a."+ext)
	lines := strings.Split(body, "\n")
	if ext == "csv" {
		for i, l := range lines {
			cells := strings.Split(l, "|")
			for j, c := range cells {
				cells[j] = `"` + c + `"`
			}
			lines[i] = strings.Join(cells, ",")
		}
		writeTo(t, path, strings.Join(lines, "\n")+"\n")
		return path
	}
	book := excelize.NewFile()
	defer book.Close()
	for i, l := range lines {
		for j, c := range strings.Split(l, "|") {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if c != "" {
				if err := book.SetCellStr("Sheet1", name, c); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

const plain = "统一社会信用代码|年度|"

// oddFigures are sheets of one firm's figures: the cells, then what is expected of one column in 万元, or the rule broken.
var oddFigures = []struct{ name, cells, column, want string }{
	{"plain", plain + "工业总产值(万元)\n" + uscc + "|2024|12.5", "output_wan", "12.5"},
	{"title line", "企业统计表\n" + plain + "工业总产值(万元)\n" + uscc + "|2024|12.5", "output_wan", "12.5"},
	{"title and blank", "企业统计表\n\n填报年度 2024\n" + plain + "工业总产值\n" + uscc + "|2024|12.5", "output_wan", "12.5"},
	{"yuan", plain + "工业总产值(元)\n" + uscc + "|2024|125000", "output_wan", "12.5"},
	{"yuan to the fen", plain + "工业总产值(元)\n" + uscc + "|2024|1234567.89", "output_wan", "123.456789"},
	{"half a fen is rounded up", plain + "工业总产值(元)\n" + uscc + "|2024|12.345", "output_wan", "0.001235"},
	{"hundred million", plain + "工业总产值(亿元)\n" + uscc + "|2024|0.1", "output_wan", "1000"},
	{"wide brackets", plain + "工业总产值（万元）\n" + uscc + "|2024|12.5", "output_wan", "12.5"},
	{"units row", plain + "工业总产值\n||亿元\n" + uscc + "|2024|0.5", "output_wan", "5000"},
	{"units row in brackets", plain + "工业总产值\n|(年)|（元）\n" + uscc + "|2024|50000", "output_wan", "5"},
	{"units row with dashes", plain + "工业总产值\n—|—|元\n" + uscc + "|2024|50000", "output_wan", "5"},
	{"two lines", plain + "税收(万元)|\n||增值税|企业所得税\n" + uscc + "|2024|3|4", "vat_wan", "3"},
	{"two lines, second", plain + "税收(万元)|\n||增值税|企业所得税\n" + uscc + "|2024|3|4", "income_tax_wan", "4"},
	{"two lines, unit of the group", plain + "税收(元)|\n||增值税|企业所得税\n" + uscc + "|2024|30000|4", "vat_wan", "3"},
	{"two lines, own unit", plain + "税收(元)|\n||增值税(万元)|企业所得税\n" + uscc + "|2024|3|4", "vat_wan", "3"},
	{"two lines below a title", "表一\n" + plain + "税收|\n||增值税|房产税\n" + uscc + "|2024|3|4", "property_tax_wan", "4"},
	{"two lines and units", plain + "税收|\n||增值税|房产税\n||元|万元\n" + uscc + "|2024|30000|4", "vat_wan", "3"},
	{"grouped digits", plain + "工业总产值\n" + uscc + "|2024|1,800", "output_wan", "1800"},
	{"wide comma", plain + "工业总产值\n" + uscc + "|2024|1，800", "output_wan", "1800"},
	{"wide digits", plain + "工业总产值\n" + uscc + "|2024|３０", "output_wan", "30"},
	{"wan in brackets", plain + "工业总产值\n" + uscc + "|2024|1,800(万)", "output_wan", "1800"},
	{"wan behind", plain + "工业总产值(元)\n" + uscc + "|2024|12.5万", "output_wan", "12.5"},
	{"wan yuan behind", plain + "工业总产值(元)\n" + uscc + "|2024|12.5万元", "output_wan", "12.5"},
	{"yuan behind", plain + "工业总产值\n" + uscc + "|2024|125000元", "output_wan", "12.5"},
	{"yi behind", plain + "工业总产值\n" + uscc + "|2024|1.2亿", "output_wan", "12000"},
	{"negative", plain + "增值税\n" + uscc + "|2024|-3.5", "vat_wan", "-3.5"},
	{"dash", plain + "工业总产值\n" + uscc + "|2024|—", "output_wan", "missing"},
	{"hyphen", plain + "工业总产值\n" + uscc + "|2024|-", "output_wan", "missing"},
	{"slash", plain + "工业总产值\n" + uscc + "|2024|/", "output_wan", "missing"},
	{"none", plain + "工业总产值\n" + uscc + "|2024|无", "output_wan", "missing"},
	{"empty", plain + "工业总产值\n" + uscc + "|2024|", "output_wan", "missing"},
	{"word", plain + "工业总产值\n" + uscc + "|2024|很多", "output_wan", "number.form"},
	{"unit of another kind in a cell", plain + "工业总产值\n" + uscc + "|2024|5亩", "output_wan", "number.form"},
	{"unit of another kind", plain + "工业总产值(亩)\n" + uscc + "|2024|5", "output_wan", "header.unit"},
	{"two commas", plain + "工业总产值\n" + uscc + "|2024|1,2,3", "output_wan", "number.form"},
	{"sum", plain + "工业总产值\n" + uscc + "|2024|5\n合计||5", "output_wan", "5"},
	{"total", plain + "工业总产值\n" + uscc + "|2024|5\n总计||5", "output_wan", "5"},
	{"note below", plain + "工业总产值\n" + uscc + "|2024|5\n注：含税||", "output_wan", "5"},
	{"who filled it in", plain + "工业总产值\n" + uscc + "|2024|5\n填表人：张三|审核人：李四|", "output_wan", "5"},
	{"example row", plain + "工业总产值\n示例：" + uscc + "|2023|9\n" + uscc + "|2024|5", "output_wan", "5"},
	{"blank rows", plain + "工业总产值\n\n" + uscc + "|2024|5\n\n", "output_wan", "5"},
	{"code short", "信用代码|年度|工业总产值\n" + uscc + "|2024|5", "output_wan", "5"},
	{"tax number", "纳税人识别号|年份|产值\n" + uscc + "|2024|5", "output_wan", "5"},
	{"database names", "TYSHXYDM|ND|GYZCZ\n" + uscc + "|2024|5", "output_wan", "5"},
	{"database names, small", "nsrsbh|nd|gyzcz\n" + uscc + "|2024|5", "output_wan", "5"},
	{"synonym with unit", "税号|年份|产值(亿元)\n" + uscc + "|2024|5", "output_wan", "50000"},
	{"two codes", "税号|信用代码|年份|产值\n" + uscc + "|" + uscc + "|2024|5", "output_wan", "header.duplicate"},
	{"own name before synonym", plain + "工业总产值|产值\n" + uscc + "|2024|5|6", "output_wan", "5"},
	{"no header", uscc + "|2024|5", "output_wan", "header.required"},
	{"unknown columns", "甲|乙|丙\n1|2|3", "output_wan", "header.required"},
	{"blanks in names", "统一社会 信用代码|年 度|工业 总产值\n" + uscc + "|2024|5", "output_wan", "5"},
	{"year word", plain + "工业总产值\n" + uscc + "|2024年|5", "output_wan", "5"},
	{"year broken", plain + "工业总产值\n" + uscc + "|20.24|5", "output_wan", "number.whole"},
	{"year missing", plain + "工业总产值\n" + uscc + "|—|5", "output_wan", "column.required"},
	{"enumeration in Chinese", plain + "数据来源|工业总产值\n" + uscc + "|2024|统计|5", "output_wan", "5"},
	{"enumeration as a code", plain + "数据来源|工业总产值\n" + uscc + "|2024|statistics|5", "output_wan", "5"},
	{"enumeration unknown", plain + "数据来源|工业总产值\n" + uscc + "|2024|道听途说|5", "output_wan", "enum"},
	{"code broken", plain + "工业总产值\n123|2024|5", "output_wan", "uscc"},
	{"row too long", plain + "工业总产值\n" + uscc + "|2024|5|6", "output_wan", "row.cells"},
	{"same row twice", plain + "工业总产值\n" + uscc + "|2024|5\n" + uscc + "|2024|6", "output_wan", "key.duplicate"},
	{"three lines above", "表\n甲\n乙\n" + plain + "工业总产值\n" + uscc + "|2024|5", "output_wan", "5"},
	{"unit above", "企业统计表\n单位：元\n" + plain + "工业总产值\n" + uscc + "|2024|125000", "output_wan", "12.5"},
	{"unit above in brackets", "企业统计表（单位：亿元、人）\n" + plain + "工业总产值\n" + uscc + "|2024|0.5", "output_wan", "5000"},
	{"unit above to the right", "企业统计表||单 位：|元\n" + plain + "工业总产值|增值税\n" + uscc + "|2024|125000|1", "output_wan", "12.5"},
	{"unit above, who fills in first", "填报单位：演示分局  金额单位：元\n" + plain + "工业总产值\n" + uscc + "|2024|125000", "output_wan", "12.5"},
	{"unit above, own unit", "单位：元\n" + plain + "工业总产值(万元)\n" + uscc + "|2024|125", "output_wan", "125"},
	{"unit above, own name", "单位：元\n" + plain + "output_wan\n" + uscc + "|2024|125", "output_wan", "125"},
	{"unit above of another kind", "单位：人、吨\n" + plain + "工业总产值\n" + uscc + "|2024|125", "output_wan", "125"},
	{"unit above two lines", "单位：元\n" + plain + "税收|\n||增值税|房产税\n" + uscc + "|2024|30000|4", "vat_wan", "3"},
	{"units above that differ", "单位：元、万元\n" + plain + "工业总产值\n" + uscc + "|2024|125", "output_wan", "header.unit"},
	{"office above", "填报单位：演示分局\n" + plain + "工业总产值\n" + uscc + "|2024|125", "output_wan", "125"},
	{"year in the column", "统一社会信用代码|2024年工业总产值(元)\n" + uscc + "|125000", "output_wan", "12.5"},
	{"year over the columns", "统一社会信用代码|2024年|\n|产值|增值税\n" + uscc + "|7|8", "vat_wan", "8"},
	{"years in the columns", "统一社会信用代码|2023年产值|2024年产值\n" + uscc + "|7|8", "output_wan", "header.ambiguous"},
	{"years over the columns", "统一社会信用代码|2023年||2024年|\n|产值|增值税|产值|增值税\n" + uscc + "|1|2|3|4", "output_wan", "header.ambiguous"},
	{"year before what is no column", plain + "工业总产值|2024年备注\n" + uscc + "|2024|5|6", "output_wan", "5"},
	{"exponent", plain + "工业总产值\n" + uscc + "|2024|1.5e3", "output_wan", "1500"},
}

func TestOddSheets(t *testing.T) {
	for _, tc := range oddFigures {
		for _, ext := range []string{"csv", "xlsx"} {
			t.Run(tc.name+" "+ext, func(t *testing.T) {
				change, report, _ := ingest.Read(t.Context(), "figures", []string{sheet(t, ext, tc.cells)}, ingest.Options{})
				got := "no row"
				if report.Errors() > 0 {
					got = report.Files[0].Problems[0].Rule
				} else if len(change.Rows.Figures) == 1 {
					got = moneyIn(&change.Rows.Figures[0], tc.column)
				}
				if got != tc.want && !strings.HasPrefix(got, tc.want+".") {
					t.Errorf("%s, want %s\n%s", got, tc.want, report)
				}
			})
		}
	}
}

func moneyIn(f *parcels.Figures, column string) string {
	for _, c := range parcels.FiguresTable.Columns {
		if v, ok := c.Field(f).(*parcels.Opt[parcels.Wan]); ok && c.Name == column && v.OK() {
			return v.Or(0).String()
		}
	}
	return "missing"
}

// Any amount in yuan with two decimals comes in to the fen, whatever the unit of the column and the separators.
func TestMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		fen := rapid.Int64Range(0, 1e14).Draw(rt, "fen")
		unit := rapid.SampledFrom([]string{"元", "万元", "亿元"}).Draw(rt, "unit")
		places := map[string]int{"元": 2, "万元": 6, "亿元": 10}[unit]
		text := new(big.Rat).SetFrac(big.NewInt(fen), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)).FloatString(places)
		cells := plain + "工业总产值\n" + uscc + "|2024|" + text + unit
		change, report, err := ingest.Read(t.Context(), "figures", []string{sheet(t, "csv", cells)}, ingest.Options{})
		if err != nil {
			rt.Fatalf("%v %s", err, report)
		}
		if got := change.Rows.Figures[0].OutputWan.Or(0); int64(got) != fen {
			rt.Fatalf("%s%s: %d fen, want %d", text, unit, got, fen)
		}
	})
}

// Of a sheet with a column for each year, the year that is set is read, and the report names the others.
func TestYearOfColumns(t *testing.T) {
	body := "统一社会信用代码|2023年||2024年|\n|产值|增值税|产值(元)|增值税\n" + uscc + "|1|2|30000|4"
	change, report := mustRead(t, "figures", ingest.Options{Set: map[string]string{"年度": "2024"}}, sheet(t, "xlsx", body))
	row := change.Rows.Figures[0]
	if row.Year != 2024 || moneyIn(&row, "output_wan") != "3" || moneyIn(&row, "vat_wan") != "4" {
		t.Errorf("%+v", row)
	}
	if said := report.String(); !strings.Contains(said, "not read: 2023年产值, 2023年增值税") {
		t.Error(said)
	}
}

func TestAreasInTheirUnits(t *testing.T) {
	for header, want := range map[string]float64{"用地面积(亩)": 2000, "用地面积(公顷)": 30000, "ZDMJ(㎡)": 3, "宗地面积": 3} {
		csv := fmt.Sprintf("宗地编号,园区,生效日期,%s,shape\n350502001001GB00012,QM,2020年1月1日,3,\"POLYGON((118.57 24.84,118.571 24.84,118.571 24.841,118.57 24.84))\"\n", header)
		change, _ := mustRead(t, "parcels", ingest.Options{}, file(t, "a.csv", csv))
		if got := change.Rows.Parcels[0].TitleAreaM2.Or(0); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", header, got, want)
		}
	}
}

func TestSuggestion(t *testing.T) {
	for header, want := range map[string]string{
		"工业总产直": "--map 工业总产直=output_wan", "工业总产值额": "=output_wan", "税收合计(万元)": "", "企业名称": "", "outptu_wan": "=output_wan",
	} {
		_, report, _ := ingest.Read(t.Context(), "figures", []string{sheet(t, "csv", plain+header+"\n"+uscc+"|2024|5")}, ingest.Options{})
		if text := report.String(); !strings.Contains(text, want) || strings.Contains(text, "did you mean") != (want != "") {
			t.Errorf("%s: %s", header, text)
		}
	}
	for _, header := range []string{"地块名称", "地块用途"} {
		_, report, _ := ingest.Read(t.Context(), "parcels", []string{sheet(t, "csv", header+"\n甲")}, ingest.Options{})
		if strings.Contains(report.String(), "did you mean") {
			t.Errorf("%s: %s", header, report)
		}
	}
}

// Sums, remarks and examples are told apart in what is said of the rows that were left out.
func TestRowsLeftOutAreCountedByTheirReason(t *testing.T) {
	cells := plain + "产值\n" + uscc + "|2024|5\n合计||5\n总计||5\n注：单位为万元||\n"
	_, report := mustRead(t, "figures", ingest.Options{}, sheet(t, "csv", cells))
	for _, want := range []string{"row 3: the row is a sum and was left out [row.left], and 1 more like it", "row 5: the row is a remark and was left out [row.left]\n"} {
		if !strings.Contains(report.String(), want) {
			t.Errorf("no %q in %s", want, report)
		}
	}
}

// FuzzOddSheet: whatever the lines are, reading ends with a report and without malformed words.
func FuzzOddSheet(f *testing.F) {
	kept.Add(f)
	for _, tc := range oddFigures {
		f.Add(strings.ReplaceAll(tc.cells, "|", ","))
	}
	path := filepath.Join(f.TempDir(), "a.csv")
	f.Fuzz(func(t *testing.T, body string) {
		writeTo(t, path, body)
		_, report, _ := ingest.Read(t.Context(), "figures", []string{path}, ingest.Options{})
		if report == nil || strings.Contains(report.String(), "%!") && !strings.Contains(body, "%!") {
			t.Fatal(report)
		}
	})
}
