package parcels

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// FormatList writes items joined by ";", the form of a list in SQL and in files. No items give "".
func FormatList(items []string) string { return strings.Join(items, ";") }

// ParseList reads what FormatList wrote. It trims blanks around items, drops empty items and takes the full-width semicolon as well;
// "" gives nil.
func ParseList(s string) []string {
	var items []string
	for item := range strings.SplitSeq(strings.ReplaceAll(s, "\uff1b", ";"), ";") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// FormatStoreys writes storeys from the ground up as "floor area@height" joined by ";", in m² and m: "6000@9;6000@4.5". A storey
// of unknown height is its floor area alone. No storeys give "". Numbers are the shortest that read back exactly.
func FormatStoreys(storeys []Storey) string {
	var dst []byte
	for i, s := range storeys {
		if i > 0 {
			dst = append(dst, ';')
		}
		dst = strconv.AppendFloat(dst, s.FloorM2, 'f', -1, 64)
		if s.HeightM != 0 {
			dst = append(dst, '@')
			dst = strconv.AppendFloat(dst, s.HeightM, 'f', -1, 64)
		}
	}
	return string(dst)
}

// ParseStoreys reads what FormatStoreys wrote; "" gives nil. It fails on what is not a finite number of at least 0. A zone has as many as
// buildings, so it makes no list of items first.
func ParseStoreys(s string) ([]Storey, error) {
	s = strings.ReplaceAll(s, "\uff1b", ";")
	storeys := make([]Storey, 0, 1+strings.Count(s, ";"))
	before := "" // most storeys are like the one below
	for more := true; more; {
		var item string
		if item, s, more = strings.Cut(s, ";"); item != before {
			if item = strings.TrimSpace(item); item == "" {
				continue
			}
			storey, err := parseStorey(item)
			if err != nil {
				return nil, fmt.Errorf("storey %d, %q: %w", len(storeys)+1, item, err)
			}
			storeys, before = append(storeys, storey), item
		} else if item != "" {
			storeys = append(storeys, storeys[len(storeys)-1])
		}
	}
	if len(storeys) == 0 {
		return nil, nil
	}
	return storeys, nil
}

func parseStorey(item string) (s Storey, err error) {
	floor, height, found := strings.Cut(item, "@")
	if s.FloorM2, err = parseSize(floor); err != nil {
		return s, fmt.Errorf("floor area %w", err)
	}
	if !found || strings.TrimSpace(height) == "" {
		return s, nil
	}
	if s.HeightM, err = parseSize(height); err != nil {
		return s, fmt.Errorf("height %w", err)
	}
	return s, nil
}

func parseSize(s string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
		return 0, fmt.Errorf("%q is not a number of at least 0; write storeys as 6000@9;6000@4.5", s)
	}
	return v, nil
}
