package ingest

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

var (
	plainNumber   = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$`)
	groupedNumber = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$`)
	dashedDay     = regexp.MustCompile(`^(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?Z?)?$`)
	chineseDay    = regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})日?$`)
	compactDay    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
)

// ParseNumber reads a decimal number with or without thousands separators, in half-width or full-width digits. It takes no
// hexadecimal, no infinity and no comma for a decimal point.
func ParseNumber(s string) (float64, bool) {
	if n, ok := plainNumberOf(s); ok {
		return n, true
	}
	s = plainDigits(s)
	if !plainNumber.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && !math.IsInf(n, 0)
}

// plainDigits folds full-width digits and takes thousands separators out.
func plainDigits(s string) string {
	s = strings.TrimSpace(width.Fold.String(s))
	s = strings.ReplaceAll(s, "−", "-")
	if groupedNumber.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	return s
}

// The days a bare number can mean, so that a year or an amount in a date's column is not taken for one: 1950 to 2100.
const (
	firstSerial = 18264
	lastSerial  = 73415
)

// ParseDay reads YYYY-MM-DD, YYYY/M/D, YYYY.M.D, YYYYMMDD, YYYY年M月D日, or the day number of a spreadsheet; a time of midnight
// behind the day is accepted. Days from 1900 to 2200 alone are read.
func ParseDay(v any, date1904 bool) (parcels.Date, bool) {
	var s string
	switch v := v.(type) {
	case string:
		if day, ok := plainDay(v); ok {
			return day, true
		}
		s = strings.TrimSpace(width.Fold.String(v))
	case layerfile.Number:
		s = string(v)
	default:
		return 0, false
	}
	if day, ok := plainDay(s); ok {
		return day, true
	}
	for _, form := range []*regexp.Regexp{dashedDay, chineseDay, compactDay} {
		if m := form.FindStringSubmatch(s); m != nil {
			return dayOf(m[1], m[len(m)-2], m[len(m)-1])
		}
	}
	return serialDay(s, date1904)
}

func dayOf(year, month, day string) (parcels.Date, bool) {
	d, err := parcels.ParseDate(year + "-" + twoDigits(month) + "-" + twoDigits(day))
	return d, err == nil
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func serialDay(s string, date1904 bool) (parcels.Date, bool) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= firstSerial && n <= lastSerial) {
		return 0, false
	}
	text, ok := layerfile.SerialDay(n, date1904) // a broken number gives a time of day, which is no date
	if !ok {
		return 0, false
	}
	d, err := parcels.ParseDate(text)
	return d, err == nil
}

// ParseFlag reads 是/否, true/false, yes/no, y/n, 1/0.
func ParseFlag(v any) (value, ok bool) {
	var s string
	switch v := v.(type) {
	case bool:
		return v, true
	case layerfile.Number:
		s = strings.TrimSuffix(string(v), ".0")
	case string:
		s = fold(v)
	}
	switch s {
	case "是", "true", "yes", "y", "1", "√", "对":
		return true, true
	case "否", "false", "no", "n", "0", "×", "不是":
		return false, true
	}
	return false, false
}
