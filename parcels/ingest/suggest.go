package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

// known tells which headers a table has: names, titles, synonyms and what the mapping names.
func known[T any](t *parcels.Table[T], mapped map[string]string) knownColumn {
	words := map[string]bool{}
	for _, c := range t.Columns {
		for _, w := range append([]string{c.Name, c.Title, c.TitleEn}, synonyms[t.Name][c.Name]...) {
			words[fold(w)] = true
		}
		if c.Kind() == parcels.KindShape {
			words["wkt"], words["geom"], words["geometry"] = true, true, true
		}
	}
	for from := range mapped {
		words[fold(from)] = true
	}
	return func(folded string) bool {
		if t.Name == parcels.FiguresTable.Name {
			if _, rest := splitYear(folded); rest != "" {
				folded = rest
			}
		}
		base, _ := splitUnit(folded)
		return words[folded] || words[base]
	}
}

// synonym tries the dictionary on a column whose name is none of ours. A word for two columns is refused with both; a word for a
// column that the file has under its own name is left unread.
func (h *header) synonym(cell int, f layerfile.Field) (taken bool) {
	full := h.plainName(f.Name)
	base, unit := splitUnit(full)
	var candidates []int
	for i, t := range h.ours {
		for _, s := range synonyms[h.entity][t.name] {
			if s := fold(s); s == full || s == base {
				candidates = append(candidates, i)
				break
			}
		}
	}
	switch len(candidates) {
	case 0:
		return false
	case 1:
		if h.exact[candidates[0]] {
			return false
		}
		h.feed(cell, candidates[0], f.Name, unit)
		return true
	}
	a, b := h.ours[candidates[0]], h.ours[candidates[1]]
	h.fail("", "header.ambiguous", fmt.Sprintf("column %d, %q, may mean %s (%s) or %s (%s)", cell+1, f.Name, a.title, a.name, b.title, b.name),
		fmt.Sprintf("Say which by --map %[1]s=%[2]s or --map %[1]s=%[3]s, or leave it out by --map %[1]s=-.", f.Name, a.name, b.name))
	return true
}

// cut tries a name from a shapefile, which may hold the first ten bytes of one alone: five characters in GB18030, three in UTF-8. It is
// taken for the only column of ours that begins so.
func (h *header) cut(cell int, f layerfile.Field) (taken bool) {
	name := fold(f.Name)
	if !h.dbf || len([]rune(name)) < 3 || len(name) < 8 {
		return false
	}
	found := -1
	for i, t := range h.ours {
		begins := slices.ContainsFunc(append([]string{t.name, t.title}, synonyms[h.entity][t.name]...), func(w string) bool { return strings.HasPrefix(fold(w), strings.TrimRight(name, "([")) })
		if !begins {
			continue
		}
		if _, fed := h.fed[i]; fed || found >= 0 {
			return false
		}
		found = i
	}
	if found < 0 {
		return false
	}
	if t := h.ours[found]; !t.isWords() && strings.ContainsAny(name, "([") && !strings.ContainsAny(name, ")]") {
		h.fail(t.name, "header.unit", fmt.Sprintf("the name %q was cut, and with it the unit of %s", f.Name, t.title),
			fmt.Sprintf("Say it with the column: --map '%s=%s(%s)', or with the unit that it has.", f.Name, t.name, cmp.Or(t.unit, "…")))
		return true
	}
	h.notes = append(h.notes, fmt.Sprintf("column %q, whose name was cut, is taken for %s (%s)", f.Name, h.ours[found].title, h.ours[found].name))
	h.feed(cell, found, f.Name, "")
	return true
}

// suggest notes the column of ours whose name or title is nearest to a column that was not understood, when it is near: one character off,
// or one in four of a long name. Two words of the trade may share two characters of four and mean nothing alike (土地用途, 土地状态).
func (h *header) suggest(from string) {
	base, _ := splitUnit(h.plainName(from))
	best, near := -1, 1+max(1, len([]rune(base))/4)
	for i, t := range h.ours {
		if _, fed := h.fed[i]; fed {
			continue
		}
		for _, w := range append([]string{t.name, t.title}, synonyms[h.entity][t.name]...) {
			if len([]rune(w)) < 3 {
				continue
			}
			if d := distance([]rune(base), []rune(fold(w))); d < near {
				best, near = i, d
			}
		}
	}
	if best >= 0 {
		t := h.ours[best]
		h.notes = append(h.notes, fmt.Sprintf("did you mean %s by %q? Then add --map %s=%s", t.title, shorten(from), strings.TrimSpace(shorten(from)), t.name))
	}
}

// distance is the number of runes to put in, take out or replace to turn a into b.
func distance(a, b []rune) int {
	if len(a) > 64 {
		a = a[:64]
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		last := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := last
			if x != y {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
