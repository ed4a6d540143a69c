package ingest

import (
	"fmt"
	"time"

	"muchan/parcels"
)

// done are the dates of things that have happened, which therefore cannot lie ahead.
var done = map[string]bool{
	"signed_on": true, "handed_over_on": true, "started_on": true, "completed_on": true, "produced_on": true, "suspended_on": true,
	"vacant_since": true, "registered_on": true, "closed_on": true, "on": true,
}

// future warns of things that are said to have happened after today.
func future[T any](t *parcels.Table[T], row *T, when time.Time) []parcels.Problem {
	if when.IsZero() {
		return nil
	}
	today := parcels.DateIn(when, when.Location())
	var found []parcels.Problem
	for i := range t.Columns {
		c := &t.Columns[i]
		d, ok := c.Field(row).(*parcels.Date)
		if !ok || *d <= today || !done[c.Name] {
			continue
		}
		found = append(found, parcels.Problem{
			Entity: t.Name, Key: t.Key(row), Column: c.Name, Value: d.String(), Rule: "date.future", Message: fmt.Sprintf("%s lies after today, %s", d, today),
			Remedy: "Correct it when it is no plan; plans have columns of their own.", Severity: parcels.SeverityWarning,
		})
	}
	return found
}
