package parcels

import (
	"sync"
	"time"
)

// The days that most dates are, whose texts stand ready: a large zone's tables and tiles tell a million of them, from among a few thousand.
var firstUsualDay, lastUsualDay = MustDate("1980-01-01"), MustDate("2049-12-31")

// usualDays are the texts of the usual days one after another.
var usualDays = sync.OnceValue(func() string {
	texts := make([]byte, 0, int(lastUsualDay-firstUsualDay+1)*len(time.DateOnly))
	for d := firstUsualDay; d <= lastUsualDay; d++ {
		texts = appendDate(texts, d)
	}
	return string(texts)
})

// usualDay is the text of a usual day.
func usualDay(d Date) (text string, ok bool) {
	if d < firstUsualDay || d > lastUsualDay {
		return "", false
	}
	at := int(d-firstUsualDay) * len(time.DateOnly)
	return usualDays()[at:][:len(time.DateOnly)], true
}
