package ingest

import (
	"fmt"
	"strings"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

// knownColumn tells whether a folded header names a column of ours, with or without its unit.
type knownColumn func(folded string) bool

// findHead chooses the header: the row, or two rows joined, in which the most cells are columns of ours; the first of equals, and
// the first row when nothing is known. With it come the units that the rows above it name for the whole sheet.
func findHead(rows []layerfile.HeadRow, known knownColumn) (layerfile.Head, declared) {
	best := layerfile.Head{Names: rows[0].Cells}
	most, lines := matches(rows[0].Cells, known), 1
	for i := 1; i < len(rows); i++ {
		if n := matches(rows[i].Cells, known); n > most {
			best, most, lines = layerfile.Head{Names: rows[i].Cells, Row: i}, n, 1
		}
	}
	for i := 0; i+1 < len(rows); i++ {
		if isUnits(rows[i+1].Cells) {
			continue
		}
		joined := join(rows[i].Cells, rows[i+1].Cells, known)
		if n := matches(joined, known); n > most {
			best, most, lines = layerfile.Head{Names: joined, Row: i + 1}, n, 2
		}
	}
	above := best.Row + 1 - lines
	switch last := rows[best.Row].Row; {
	case lines > 1:
		best.Notes = append(best.Notes, fmt.Sprintf("the header is rows %d and %d; %d rows above it were left out", rows[above].Row, last, above))
	case above > 0:
		best.Notes = append(best.Notes, fmt.Sprintf("the header is row %d; %d rows above it were left out", last, above))
	}
	if next := best.Row + 1; most > 0 && next < len(rows) && isUnits(rows[next].Cells) {
		best.Notes = append(best.Notes, fmt.Sprintf("row %d holds units", rows[next].Row))
		best.Names, best.Skip = withUnits(best.Names, rows[next].Cells), 1
	}
	return best, declare(rows[:above])
}

func matches(cells []string, known knownColumn) int {
	n := 0
	seen := map[string]bool{}
	for _, c := range cells {
		if f := fold(c); f != "" && !seen[f] && known(f) {
			seen[f] = true
			n++
		}
	}
	return n
}

// join puts a line of groups over a line of columns. A group reaches over the blank cells to its right, as merged cells do; its
// unit is that of each column below it that has none.
func join(upper, lower []string, known knownColumn) []string {
	names := make([]string, max(len(upper), len(lower)))
	group := ""
	for i := range names {
		above, below := at(upper, i), at(lower, i)
		if above != "" {
			group = above
		}
		switch {
		case below == "":
			names[i] = above
		case group == "":
			names[i] = below
		default:
			names[i] = under(group, below, known)
		}
	}
	return names
}

func under(group, name string, known knownColumn) string {
	base, groupUnit := splitUnit(fold(group))
	_, unit := splitUnit(fold(name))
	if groupUnit != "" && unit == "" && isUnit(groupUnit) {
		unit = "(" + groupUnit + ")"
	} else {
		unit = ""
	}
	year, rest := splitYear(base)
	if joined := base + fold(name); known(joined) && (!known(fold(name)) || year != "" && rest == "") { // a year says which, 2024年 over 产值
		return joined + unit
	}
	return name + unit
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return strings.TrimSpace(cells[i])
	}
	return ""
}

// isUnits tells a row that says nothing but units.
func isUnits(cells []string) bool {
	found := false
	for _, c := range cells {
		f := bareUnit(c)
		if isBlank(f, parcels.KindReal) || f == "单位" || f == "计量单位" {
			continue
		}
		if !isUnit(f) {
			return false
		}
		found = true
	}
	return found
}

func bareUnit(cell string) string {
	f := strings.Trim(fold(cell), "()[]【】")
	return strings.TrimPrefix(f, "单位:")
}

func isUnit(folded string) bool {
	for _, theirs := range units {
		if _, ok := theirs[folded]; ok {
			return true
		}
	}
	return false
}

func withUnits(names, cells []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = name
		_, own := splitUnit(fold(name))
		if u := bareUnit(at(cells, i)); isUnit(u) && own == "" {
			all[i] = strings.TrimSpace(name) + "(" + u + ")"
		}
	}
	return all
}

// ends are the words by which the rows behind the data begin.
var ends = []string{"注:", "备注:", "说明:", "填表人", "制表", "审核人", "单位负责人", "填报", "统计负责人"}

// noRecord tells rows that hold no record by their first text: sums, remarks, and the example row of a template.
func noRecord(values []any) (why string) {
	for _, v := range values {
		s, ok := v.(string)
		if v == nil || ok && strings.TrimSpace(s) == "" {
			continue
		}
		f := fold(s)
		switch f {
		case "合计", "总计", "小计", "共计", "total", "合计:", "总计:":
			return "a sum"
		}
		if strings.HasPrefix(f, fold(exampleMark)) {
			return "an example"
		}
		for _, e := range ends {
			if strings.HasPrefix(f, e) && filled(values) <= 2 {
				return "a remark"
			}
		}
		return ""
	}
	return ""
}

func filled(values []any) int {
	n := 0
	for _, v := range values {
		if v != nil && v != "" {
			n++
		}
	}
	return n
}

// exampleMark begins the first cell of a row that only shows how to fill in a template.
const exampleMark = "示例："
