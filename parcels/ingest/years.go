package ingest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

// yearBefore is the year that a sheet of figures puts before a column, 2024年产值, or over several, where it stands alone.
var yearBefore = regexp.MustCompile(`^((?:19|20)\d\d)(?:年度?)?(.*)$`)

// splitYear takes the year off a folded name.
func splitYear(folded string) (year, rest string) {
	if m := yearBefore.FindStringSubmatch(folded); m != nil {
		return m[1], m[2]
	}
	return "", folded
}

// plainName is a column's folded name, without the year whose figures are read.
func (h *header) plainName(name string) string {
	full := fold(name)
	if h.year == "" {
		return full
	}
	if year, rest := splitYear(full); year == h.year {
		return rest
	}
	return full
}

// pickYear finds the year of figures whose columns name it, and returns what is to be set. Rows are of one year, so columns of several are
// brought in one year at a time.
func (h *header) pickYear(fields []layerfile.Field, set map[string]string, known knownColumn) map[string]string {
	if h.entity != parcels.FiguresTable.Name {
		return set
	}
	years := map[string]bool{}
	for _, f := range fields {
		full := fold(f.Name)
		if year, rest := splitYear(full); year != "" && rest != "" && known(rest) {
			years[year] = true
		}
		if base, _ := splitUnit(full); h.find(base) == h.find("year") || slices.ContainsFunc(synonyms[h.entity]["year"], func(s string) bool { return fold(s) == base }) {
			return set
		}
	}
	for name, value := range set {
		if h.find(name) == h.find("year") {
			h.year = strings.TrimSpace(value)
			return set
		}
	}
	all := slices.Sorted(maps.Keys(years))
	switch len(all) {
	case 0:
		return set
	case 1:
		h.year = all[0]
		set = maps.Clone(set)
		if set == nil {
			set = map[string]string{}
		}
		set["year"] = h.year
		return set
	}
	h.fed[h.find("year")] = ""
	h.fail("year", "header.ambiguous", "the file has columns of several years: "+strings.Join(all, ", "),
		fmt.Sprintf("Bring it in once for each year: --set year=%s reads the columns of that year.", all[len(all)-1]))
	return set
}
