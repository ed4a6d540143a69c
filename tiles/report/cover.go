package report

import (
	"muchan/scoring"
	"muchan/tiles/export"
)

// masthead opens a document.
func (s *sheet) masthead(c *cover) {
	s.write(marginX, s.y, huge, accent, c.title)
	s.writeRight(s.width-marginX, s.y+2.4, normal, quiet, c.usedBy(s.tongue))
	s.gap(huge*mmPerPoint*lineFactor + 0.5)
	s.paragraph(large, ink, c.subject)
	s.paragraph(normal, quiet, c.facts(s.tongue))
	if c.about.Notice != "" {
		s.paragraph(normal, alarm, c.about.Notice)
	}
	s.gap(1)
	s.line(marginX, s.y, s.width-marginX, s.y, 0.4, accent)
	s.gap(1)
}

// facts says of when the document is.
func (c *cover) facts(l tongue) string {
	return l.sayf("%d 年度数据　数据截至 %s　快照第 %d 版", c.about.Year, c.about.AsOf, c.about.Version)
}

func (c *cover) usedBy(l tongue) string {
	return l.say("使用范围：") + l.pick(export.AudienceTitle(c.audience), export.AudienceTitleEn(c.audience))
}

// footer stands on every page: what it is of, of when, by which rules, and which page of how many.
func (s *sheet) footer(c *cover, page, of int) {
	const size = 6.0
	y := s.bottom() + 3
	pitch := size * mmPerPoint * lineFactor
	s.line(marginX, y-1, s.width-marginX, y-1, 0.15, rule)
	number := s.sayf("第 %d 页 / 共 %d 页", page, of)
	s.writeRight(s.width-marginX, y, small, ink, number)
	room := s.inner() - s.measure(number, small) - 4
	lines := s.wrap(s.joined("　", c.title, c.subject, c.facts(s.tongue), c.usedBy(s.tongue), c.about.Notice), size, room)
	lines = append(lines, s.wrap(s.say("规则 ")+orDash(s.joined("、", versions(c.rules)...)), size, room)...)
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
		checked := s.say("未核对原文")
		if r.Verified {
			checked = s.say("已核对原文")
		}
		rows[i] = []string{r.ID, s.joined("，", r.Title, r.Document), short(r.Hash), checked, s.pick(r.Notice, r.NoticeEn)}
	}
	s.table(small, []column{{"规则集", 1.2, false}, {"名称和文号", 2.2, false}, {"版本", 0.8, false}, {"核对", 0.8, false}, {"说明", 2, false}}, rows)
}
