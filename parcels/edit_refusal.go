package parcels

import (
	"fmt"
	"slices"
)

// EditError is why an edit cannot be tried, in both languages.
type EditError struct {
	Edit   Edit // the zero edit when it is about all of them
	en, zh string
}

func (e *EditError) Error() string {
	if e.Edit == (Edit{}) {
		return e.en
	}
	return fmt.Sprintf("edit of %s %s, column %s: %s", e.Edit.Table, e.Edit.Key, e.Edit.Column, e.en)
}

// Zh is the same in Chinese.
func (e *EditError) Zh() string {
	if e.Edit == (Edit{}) {
		return e.zh
	}
	table, column := titlesOf(e.Edit.Table, e.Edit.Column)
	return fmt.Sprintf("对%s %s 中%s的改动：%s", table, shorten(e.Edit.Key), column, e.zh)
}

// titlesOf names a table that can be edited and its column in Chinese, with the column's own name behind it; what there is not keeps the
// name it was sent with.
func titlesOf(table, column string) (string, string) {
	switch table {
	case FirmTable.Name:
		return FirmTable.Title, titleOf(&FirmTable, column)
	case FiguresTable.Name:
		return FiguresTable.Title, titleOf(&FiguresTable, column)
	case ParcelTable.Name:
		return ParcelTable.Title, titleOf(&ParcelTable, column)
	case BuildingTable.Name:
		return BuildingTable.Title, titleOf(&BuildingTable, column)
	case OccupancyTable.Name:
		return OccupancyTable.Title, titleOf(&OccupancyTable, column)
	}
	return " " + table, " " + column + " "
}

func titleOf[T any](t *Table[T], column string) string {
	i := slices.IndexFunc(t.Columns, func(c Column[T]) bool { return c.Name == column })
	if i < 0 {
		return " " + column + " "
	}
	return fmt.Sprintf("“%s”（%s）", t.Columns[i].Title, column)
}

// of says which edit is refused.
func (e *EditError) of(edit Edit) *EditError { return &EditError{edit, e.en, e.zh} }

// refusalf makes a refusal of a format in both languages, which take the same arguments.
func refusalf(en, zh string, args ...any) *EditError {
	return &EditError{en: fmt.Sprintf(en, args...), zh: fmt.Sprintf(zh, args...)}
}

// formsZh are what a value must look like, by its column's kind; texts and lists take anything.
var formsZh = map[Kind]string{
	KindInteger: "不是整数",
	KindReal:    "不是数字",
	KindMoney:   "不是以万元计的金额",
	KindFlag:    "应为 true（是）或 false（否）",
	KindDay:     "不是日期，应写作 2026-01-31",
	KindStoreys: "不合各层的写法，应写作 6000@9;6000@4.5（建筑面积@层高）",
}

// wrongValue refuses a text that is no value of its column.
func wrongValue(k Kind, text string, why error) *EditError {
	return &EditError{en: why.Error(), zh: fmt.Sprintf("“%s”%s", shorten(text), formsZh[k])}
}

// brokenRule refuses edits after which a row breaks a rule that it did not break before.
func brokenRule(p Problem) *EditError {
	what := Problem{Rule: p.Rule, Message: p.Message, Value: p.Value, Remedy: p.Remedy}
	return &EditError{Edit{Table: p.Entity, Key: p.Key, Column: p.Column}, p.Message, what.Zh()}
}
