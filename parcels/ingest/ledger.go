package ingest

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"muchan/parcels"
)

// A ledger (台账) is a file of parcels or buildings without shapes. Each of its rows is about a stored one as it is today, which keeps its
// shape and all else that the file does not have.

// A row of a ledger is refused when it is about nothing stored, and when it is about another edition than the one of today.
const (
	ruleUnstored = "row.unstored"
	ruleEdition  = "row.edition"
)

// shapeWords are what a column of shapes or coordinates is called. A file that has one is no ledger: its shapes would be lost.
var shapeWords = strings.Fields("几何 几何图形 图形 图形坐标 空间数据 边界 边界坐标 界址 界址点 界址点号 界址点坐标 坐标 坐标串 经度 纬度 横坐标 纵坐标 " +
	"x坐标 y坐标 x y lon lng lat longitude latitude coordinates the_geom wkb_geometry")

// storedOf are the stored rows, by code, that a ledger of a kind may be about; nil when there are none.
func storedOf(kind string, snap *parcels.Snapshot) *parcels.Rows {
	switch {
	case kind == parcels.ParcelTable.Name && snap.Parcels.Len() > 0:
		return &parcels.Rows{Parcels: snap.Parcels.Rows()}
	case kind == parcels.BuildingTable.Name && snap.Buildings.Len() > 0:
		return &parcels.Rows{Buildings: snap.Buildings.Rows()}
	}
	return nil
}

// useLedger has the rows of a file without shapes take what it lacks from stored ones. Their keys are carried too, whether the file has
// them or not: they say which edition a row is about.
func (h *header) useLedger() {
	for _, name := range h.unread {
		if base, _ := splitUnit(fold(name)); slices.Contains(shapeWords, base) {
			h.fail(name, "header.shape", fmt.Sprintf("the column %q seems to have shapes, which would not be read", name),
				fmt.Sprintf("Name it shape, with WKT in it, or leave it out by --map %s=-.", name))
		}
	}
	code := true // the first column of a key is
	for i, t := range h.ours {
		_, fed := h.fed[i]
		switch {
		case t.key && code && !fed:
			h.required(t)
		case t.key && !fed:
			h.lent = append(h.lent, i)
			h.fed[i] = t.name
		case !fed:
			h.lent = append(h.lent, i)
		}
		code = code && !t.key
	}
	h.notes = append(h.notes, "the file has no shapes: its rows are about stored ones, which keep their shapes and what else the file lacks")
}

// lend gives a row of a ledger what the file lacks, and returns the key of the row that lent it. Where there is none, "" is all there is to
// say of what is missing.
func (l *loader[T, P]) lend(row *T, at int, blamed map[string]bool) (key string) {
	stored := *l.of(l.opt.stored)
	column := l.table.CodeColumn()
	code := parcels.Spelled(l.table.Name, column, l.table.Code(row))
	i := sort.Search(len(stored), func(i int) bool { return l.table.Code(&stored[i]) >= code })
	if i < len(stored) && l.table.Code(&stored[i]) == code {
		for _, c := range l.plan.lent {
			l.table.Columns[c].Take(row, &stored[i])
		}
		return l.table.Key(&stored[i])
	}
	for _, c := range l.plan.lent {
		blamed[l.table.Columns[c].Name] = true
	}
	if code != "" && !blamed[column] {
		l.refuse(at, column, code, ruleUnstored, fmt.Sprintf("the file has no shapes, and none of %q is in force today", shorten(code)),
			"Correct the code, or import the shape first.", blamed)
	}
	return ""
}

// sameEdition refuses a row of a ledger that names another edition than the one of today, which has the key lender.
func (l *loader[T, P]) sameEdition(row *T, lender string, at int, blamed map[string]bool) {
	key := l.table.Key(row)
	if lender == "" || key == lender || blamedKey(l.table, blamed) || l.keyMissing(row) {
		return
	}
	l.refuse(at, "valid_from", key, ruleEdition, "the edition of today is "+lender,
		"Leave out the column valid_from, or import the new edition with its shape.", blamed)
}

// keyMissing tells that a part of a row's key is not there, which Validate says.
func (l *loader[T, P]) keyMissing(row *T) bool {
	return slices.ContainsFunc(l.table.Columns, func(c parcels.Column[T]) bool { return c.Key && parcels.Missing(c.Field(row)) })
}

func (l *loader[T, P]) refuse(at int, column, value, rule, message, remedy string, blamed map[string]bool) {
	blamed[column] = true
	l.out.add(parcels.Problem{
		Entity: l.table.Name, Row: at, Column: column, Value: value, Rule: rule, Message: message, Remedy: remedy, Severity: parcels.SeverityError,
	})
}
