package ingest

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"muchan/parcels"
)

// explainSheet is the second sheet of a template.
const explainSheet = "填表说明"

// templateRows are the rows for which a template holds lists of words.
const templateRows = 2000

// WriteTemplate writes a workbook to be filled in with rows of a kind: the Chinese titles with their units and a marked example row,
// lists of the allowed words, and a second sheet that explains each column. Read leaves the example row out.
func WriteTemplate(w io.Writer, kind string) error {
	write, ok := templates[kind]
	if !ok {
		return fmt.Errorf("template %q: no such kind; use one of %s", kind, strings.Join(Kinds(), " "))
	}
	book := excelize.NewFile()
	defer book.Close()
	if err := write(book); err != nil {
		return fmt.Errorf("template %s: %w", kind, err)
	}
	return book.Write(w)
}

// templates maps a kind to what fills its workbook.
var templates = map[string]func(*excelize.File) error{
	"parks": template(&parcels.ParkTable), "zones": template(&parcels.ZoneTable), "parcels": template(&parcels.ParcelTable),
	"buildings": template(&parcels.BuildingTable), "firms": template(&parcels.FirmTable), "occupancies": template(&parcels.OccupancyTable),
	"figures": template(&parcels.FiguresTable), "events": template(&parcels.EventTable), "targets": template(&parcels.TargetTable),
	"target_values": template(&parcels.TargetValueTable),
}

func template[T any](t *parcels.Table[T]) func(*excelize.File) error {
	return func(book *excelize.File) error {
		if err := book.SetSheetName("Sheet1", t.Title); err != nil {
			return err
		}
		if _, err := book.NewSheet(explainSheet); err != nil {
			return err
		}
		if err := book.SetSheetRow(explainSheet, "A1", &[]any{"列名", "字段", "英文", "单位", "是否必填", "填写内容", "可填词"}); err != nil {
			return err
		}
		for i, c := range t.Columns {
			if err := templateColumn(book, t.Title, i, c, EnumWords(t.Name, c.Name, c.Enum)); err != nil {
				return err
			}
		}
		return book.SetPanes(t.Title, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
}

func templateColumn[T any](book *excelize.File, sheet string, i int, c parcels.Column[T], words []string) error {
	letter, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return err
	}
	example := exampleOf(c.Kind(), words)
	if i == 0 {
		example = exampleMark + "本行仅供参考，可删除"
	}
	title := c.Title
	if c.Unit != "" {
		title += "(" + c.Unit + ")"
	}
	required := ""
	if c.Required {
		required = "必填"
	}
	if err := book.SetSheetCol(sheet, letter+"1", &[]any{title, example}); err != nil {
		return err
	}
	if err := book.SetColWidth(sheet, letter, letter, 18); err != nil {
		return err
	}
	if isText := c.Kind() == parcels.KindText; isText {
		style, err := book.NewStyle(&excelize.Style{NumFmt: 49}) // text, so that no code loses its last digits
		if err != nil {
			return err
		}
		if err := book.SetColStyle(sheet, letter, style); err != nil {
			return err
		}
	}
	explained := []any{title, c.Name, c.TitleEn, c.Unit, required, meanings[c.Kind()], strings.Join(words, "、")}
	if err := book.SetSheetRow(explainSheet, fmt.Sprintf("A%d", i+2), &explained); err != nil {
		return err
	}
	if c.Kind() == parcels.KindFlag {
		words = []string{"是", "否"}
	}
	if len(words) == 0 || c.Kind() == parcels.KindList {
		return nil
	}
	return dropList(book, sheet, letter, i, words)
}

// dropList offers words in a column. They stand on the second sheet, because a list in the rule itself may have 255 characters.
func dropList(book *excelize.File, sheet, letter string, i int, words []string) error {
	const first = 10 // columns of the second sheet left to the explanation
	at, err := excelize.ColumnNumberToName(first + i)
	if err != nil {
		return err
	}
	for row, word := range words {
		if err := book.SetCellStr(explainSheet, fmt.Sprintf("%s%d", at, row+1), word); err != nil {
			return err
		}
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%[1]s2:%[1]s%[2]d", letter, templateRows))
	v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", explainSheet, at, at, len(words)))
	return book.AddDataValidation(sheet, v)
}

// meanings say what to write into a column of a kind.
var meanings = map[parcels.Kind]string{
	parcels.KindText: "文字", parcels.KindInteger: "整数", parcels.KindReal: "数字", parcels.KindMoney: "金额", parcels.KindFlag: "是或否",
	parcels.KindDay: "日期，如 2021-06-30", parcels.KindList: "多项以分号隔开", parcels.KindStoreys: "各层面积@层高，如 6000@9;6000@4.5", parcels.KindShape: "WKT 面",
}

func exampleOf(kind parcels.Kind, words []string) any {
	if len(words) > 0 {
		return words[0]
	}
	return map[parcels.Kind]any{
		parcels.KindText: "文字", parcels.KindInteger: 2024, parcels.KindReal: 12345.6, parcels.KindMoney: 1234.56, parcels.KindFlag: "是",
		parcels.KindDay: "2021-06-30", parcels.KindStoreys: "6000@9;6000@4.5",
	}[kind]
}

// EnumWords are the allowed words of a column as people write them: in Chinese where there is a word.
func EnumWords(table, column string, codes []string) []string {
	words := slices.Clone(codes)
	for i, code := range words {
		if title := parcels.EnumTitles[table+"."+column][code]; title != "" {
			words[i] = title
		}
	}
	return words
}
