package parcels

import (
	"fmt"
	"time"
)

// Date is a calendar day without a clock or zone, counted from 0001-01-01 as day 1. The zero Date is missing. Dates compare with
// < and >, and the difference of two present Dates is a number of days.
type Date int32

const secondsPerDay = 86400

var dayOne = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// DateOf returns the Date of a year, month and day; out-of-range values normalise as in package time.
func DateOf(year int, month time.Month, day int) Date {
	return Date((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()-dayOne)/secondsPerDay + 1)
}

// DateIn returns the calendar day of an instant in a zone.
func DateIn(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return DateOf(y, m, d)
}

// ParseDate reads YYYY-MM-DD with a year from 1900 to 2200.
func ParseDate(s string) (Date, error) {
	if d, ok := plainDate(s); ok {
		return d, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return 0, fmt.Errorf("%q is not a date YYYY-MM-DD between 1900 and 2200", s)
	}
	return DateOf(t.Date()), nil
}

// plainDate reads what is a date beyond doubt: ten bytes, a day that every month has. A large file has ten in each row.
func plainDate(s string) (Date, bool) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	number := 0
	for _, at := range [...]int{0, 1, 2, 3, 5, 6, 8, 9} {
		if s[at] < '0' || s[at] > '9' {
			return 0, false
		}
		number = 10*number + int(s[at]-'0')
	}
	const lastOfAll = 28
	year, month, day := number/10_000, number/100%100, number%100
	if year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > lastOfAll {
		return 0, false
	}
	return firstOfMonth(year, month) + Date(day-1), true
}

// firstOfMonth counts the days of the Gregorian calendar. Years begin in March here, so that the day of a leap year is their last.
func firstOfMonth(year, month int) Date {
	if month < 3 {
		year, month = year-1, month+12
	}
	const marchFirst = 306 // days of year 0 that are behind its 1 March
	return Date(365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 - marchFirst + 1)
}

// MustDate is ParseDate for constants in tests and tables; it panics on a bad date.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// OK reports whether the date is present.
func (d Date) OK() bool { return d != 0 }

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(dayOne+(int64(d)-1)*secondsPerDay, 0).UTC() }

// Year returns the calendar year.
func (d Date) Year() int { return d.Time().Year() }

// AddYears moves by calendar years. 29 February of a leap year becomes 1 March of a common year: the later day, which favours
// whoever a deadline runs against.
func (d Date) AddYears(n int) Date {
	y, m, day := d.Time().Date()
	return DateOf(y+n, m, day)
}

// AddMonths moves by calendar months; a day the month does not have becomes the first day of the next month.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Time().Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	if last := first.AddDate(0, 1, -1).Day(); day > last {
		return DateOf(first.Year(), first.Month()+1, 1)
	}
	return DateOf(first.Year(), first.Month(), day)
}

// String writes YYYY-MM-DD, or nothing for a missing date.
func (d Date) String() string {
	if !d.OK() {
		return ""
	}
	if text, ok := usualDay(d); ok {
		return text
	}
	return string(appendDate(make([]byte, 0, len(time.DateOnly)), d))
}

// MarshalJSON writes "YYYY-MM-DD", or null for a missing date.
func (d Date) MarshalJSON() ([]byte, error) {
	if !d.OK() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads "YYYY-MM-DD" or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = 0
		return nil
	}
	if len(b) < 2 {
		return fmt.Errorf("%s is not a date", b)
	}
	v, err := ParseDate(string(b[1 : len(b)-1]))
	*d = v
	return err
}
