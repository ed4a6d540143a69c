package report

import (
	"fmt"
	"strings"

	"muchan/scoring"
	"muchan/tiles/export"
)

// masthead opens a document.
func (s *sheet) masthead(c *cover) {
	s.write(marginX, s.y, huge, accent, c.title)
	s.writeRight(s.width-marginX, s.y+2.4, normal, quiet, "使用范围："+export.AudienceTitle(c.audience))
	s.gap(huge*mmPerPoint*lineFactor + 0.5)
	s.paragraph(large, ink, c.subject)
	s.paragraph(normal, quiet, c.facts())
	if c.about.Notice != "" {
		s.paragraph(normal, alarm, c.about.Notice)
	}
	s.gap(1)
	s.line(marginX, s.y, s.width-marginX, s.y, 0.4, accent)
	s.gap(1)
}

// facts says of when the document is.
func (c *cover) facts() string {
	return fmt.Sprintf("%d 年度数据　数据截至 %s　快照第 %d 版", c.about.Year, c.about.AsOf, c.about.Version)
}

// footer stands on every page: what it is of, of when, by which rules, and which page of how many.
func (s *sheet) footer(c *cover, page, of int) {
	const size = 6.0
	y := s.bottom() + 3
	pitch := size * mmPerPoint * lineFactor
	s.line(marginX, y-1, s.width-marginX, y-1, 0.15, rule)
	number := fmt.Sprintf("第 %d 页 / 共 %d 页", page, of)
	s.writeRight(s.width-marginX, y, small, ink, number)
	room := s.inner() - s.measure(number, small) - 4
	lines := s.wrap(joined("　", c.title, c.subject, c.facts(), "使用范围："+export.AudienceTitle(c.audience), c.about.Notice), size, room)
	lines = append(lines, s.wrap("规则 "+orDash(strings.Join(versions(c.rules), "、")), size, room)...)
	for i, line := range lines[:min(len(lines), 5)] {
		s.write(marginX, y+float64(i)*pitch, size, quiet, line)
	}
}

// versions names rule sets by ID and the head of their hash, which says the version.
func versions(rules []scoring.RuleRef) []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.ID + "@" + short(r.Hash)
	}
	return names
}

// short is the head of a hash, long enough to tell versions apart and to be found by `muchan rules show`.
func short(hash string) string { return hash[:min(len(hash), 8)] }

// ruleList closes a document with the sets it rests on.
func (s *sheet) ruleList(c *cover) {
	if len(c.rules) == 0 {
		return
	}
	s.heading("所用规则")
	rows := make([][]string, len(c.rules))
	for i, r := range c.rules {
		checked := "未核对原文"
		if r.Verified {
			checked = "已核对原文"
		}
		rows[i] = []string{r.ID, joined("，", r.Title, r.Document), short(r.Hash), checked, r.Notice}
	}
	s.table(small, []column{{"规则集", 1.2, false}, {"名称和文号", 2.2, false}, {"版本", 0.8, false}, {"核对", 0.8, false}, {"说明", 2, false}}, rows)
}
