package api

import (
	"strings"
	"time"
)

// span is an instant or interval asked for; a zero end is open.
type span struct{ from, to time.Time }

var errDatetime = badParameter("datetime", words{
	"应为 RFC 3339 时刻或区间，如 2025-01-01T00:00:00Z 或 2024-01-01/..",
	"must be an RFC 3339 instant or interval, like 2025-01-01T00:00:00Z or 2024-01-01/..",
})

// parseDatetime reads an instant, a day, or an interval whose ends may be open.
func parseDatetime(s string) (span, error) {
	first, second, interval := strings.Cut(s, "/")
	if !interval {
		at, last, err := parseInstant(s)
		return span{at, last}, err
	}
	var p span
	var err error
	if !open(first) {
		if p.from, _, err = parseInstant(first); err != nil {
			return span{}, err
		}
	}
	if !open(second) {
		if _, p.to, err = parseInstant(second); err != nil {
			return span{}, err
		}
	}
	if open(first) && open(second) && (first != second || first == "") || !p.from.IsZero() && !p.to.IsZero() && p.to.Before(p.from) {
		return span{}, errDatetime
	}
	return p, nil
}

func open(s string) bool { return s == "" || s == ".." }

// parseInstant returns the first and last moment that an instant or a day covers.
func parseInstant(s string) (first, last time.Time, err error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil && t.Year() > 0 {
		return t, t, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil && t.Year() > 0 {
		return t, t.AddDate(0, 0, 1).Add(-time.Nanosecond), nil
	}
	return time.Time{}, time.Time{}, errDatetime
}
