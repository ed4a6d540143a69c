package ingest

import (
	"fmt"
	"sort"

	"muchan/parcels"
)

// A ledger (台账) is a file of parcels or buildings without shapes. Each of its rows is about a stored one as it is today, which keeps its
// shape and all else that the file does not have.

// ruleUnstored refuses a row of a ledger that is about nothing stored.
const ruleUnstored = "row.unstored"

// storedOf are the stored rows, by code, that a ledger of a kind may be about; nil when there are none.
func storedOf(kind string, snap *parcels.Snapshot) *parcels.Rows {
	switch {
	case kind == parcels.ParcelTable.Name && len(snap.Parcels) > 0:
		return &parcels.Rows{Parcels: snap.Parcels}
	case kind == parcels.BuildingTable.Name && len(snap.Buildings) > 0:
		return &parcels.Rows{Buildings: snap.Buildings}
	}
	return nil
}

// useLedger has the rows of a file without shapes take what it lacks from stored ones. Their keys are carried too, whether the file has
// them or not: they say which edition a row is about.
func (h *header) useLedger() {
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
		l.unstored(at, column, code, fmt.Sprintf("the file has no shapes, and none is stored for %q today", shorten(code)), "Correct the code, or import the shape first.", blamed)
	}
	return ""
}

// sameEdition refuses a row of a ledger that names another edition than the stored one.
func (l *loader[T, P]) sameEdition(row *T, stored string, at int, blamed map[string]bool) {
	if key := l.table.Key(row); stored != "" && key != stored && !blamedKey(l.table, blamed) {
		l.unstored(at, l.table.CodeColumn(), key, "the one stored is "+stored,
			"Leave out the column of the day from which it holds, or import the new edition with its shape.", blamed)
	}
}

func (l *loader[T, P]) unstored(at int, column, value, message, remedy string, blamed map[string]bool) {
	blamed[column] = true
	l.out.add(parcels.Problem{
		Entity: l.table.Name, Row: at, Column: column, Value: value, Rule: ruleUnstored, Message: message, Remedy: remedy, Severity: parcels.SeverityError,
	})
}
