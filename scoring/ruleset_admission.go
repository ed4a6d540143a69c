package scoring

import (
	"slices"
	"strings"
)

// AdmissionRules are what a project must promise to be let in (准入).
type AdmissionRules struct {
	Tier  string          `yaml:"tier"` // the tier that counts where a reader names none
	Tiers []AdmissionTier `yaml:"tiers"`
	// BlockLevels are the levels of industrial block lines (工业产业区块线) inside which a project may stand.
	BlockLevels   []int  `yaml:"block_line_levels"`
	BlockDocument string `yaml:"block_line_document"`
	RedDocument   string `yaml:"red_line_document"` // of the ecological red line (生态保护红线) no project may touch
}

// AdmissionTier is a kind of place with requirements of its own.
type AdmissionTier struct {
	ID      string         `yaml:"id"`
	Title   string         `yaml:"title"`
	TitleEn string         `yaml:"title_en"`
	Rows    []AdmissionRow `yaml:"rows"`
}

// AdmissionRow is one requirement; it holds inclusively. A row without a value says that it was not found.
type AdmissionRow struct {
	Indicator  string   `yaml:"indicator"`  // see ControlIndicators
	AtLeast    *float64 `yaml:"at_least"`   // shares as fractions, amounts in 万元/亩
	Industries []string `yaml:"industries"` // prefixes of GB/T 4754-2017; empty for any
	Document   string   `yaml:"document"`
	Clause     string   `yaml:"clause"`
	Source     string   `yaml:"source"`
	SourceEn   string   `yaml:"source_en"`
	Note       string   `yaml:"note"`
	NoteEn     string   `yaml:"note_en"`
	Verified   bool     `yaml:"verified"`
}

// TierByID returns a tier, the set's own for "", or nil.
func (r *AdmissionRules) TierByID(id string) *AdmissionTier {
	id = orElse(id, r.Tier)
	if i := slices.IndexFunc(r.Tiers, func(t AdmissionTier) bool { return t.ID == id }); i >= 0 {
		return &r.Tiers[i]
	}
	return nil
}

// Row returns the requirement on an indicator for an industry: the row with the longest prefix of its code, else the one for any
// industry, else nil.
func (t *AdmissionTier) Row(indicator, industry string) *AdmissionRow {
	var best *AdmissionRow
	longest := -1
	for i := range t.Rows {
		if row := &t.Rows[i]; row.Indicator == indicator {
			if n := row.fit(industry); n > longest {
				best, longest = row, n
			}
		}
	}
	return best
}

// others lists the requirements on an indicator for industries that a code too short, or none, may still turn out to be.
func (t *AdmissionTier) others(indicator, industry string) []*AdmissionRow {
	var out []*AdmissionRow
	for i := range t.Rows {
		row := &t.Rows[i]
		finer := func(prefix string) bool { return len(prefix) > len(industry) && strings.HasPrefix(prefix, industry) }
		if row.Indicator == indicator && row.fit(industry) < 0 && slices.ContainsFunc(row.Industries, finer) {
			out = append(out, row)
		}
	}
	return out
}

// fit is the length of the longest prefix of the industry's code a row names, 0 for a row for any industry, -1 when it is for others.
func (r *AdmissionRow) fit(industry string) int {
	if len(r.Industries) == 0 {
		return 0
	}
	longest := -1
	for _, prefix := range r.Industries {
		if strings.HasPrefix(industry, prefix) {
			longest = max(longest, len(prefix))
		}
	}
	return longest
}

func (c *checker) admission() {
	r := c.set.Admission
	for i, level := range r.BlockLevels {
		if level != 1 && level != 2 {
			c.say(item("admission.block_line_levels", i), Text{"控制线只有 1、2 两级，没有 %d 级", "block lines have the levels 1 and 2, not %d"}, level)
		}
	}
	if r.TierByID("") == nil {
		c.say("admission.tier", Text{"tier 指向 %q，没有这一档", "tier names %q, which is none of the tiers"}, r.Tier)
	}
	for i := range r.Tiers {
		t, path := &r.Tiers[i], item("admission.tiers", i)
		if t.ID == "" || t.Title == "" {
			c.say(path, Text{"每一档须有 id 和 title", "a tier needs id and title"})
		}
		if slices.ContainsFunc(r.Tiers[:i], func(before AdmissionTier) bool { return before.ID == t.ID }) {
			c.say(path+".id", Text{"档 %s 出现两次", "the tier %s stands twice"}, t.ID)
		}
		for k := range t.Rows {
			c.admissionRow(item(path+".rows", k), &t.Rows[k])
		}
	}
}

func (c *checker) admissionRow(path string, r *AdmissionRow) {
	c.oneOf(path+".indicator", r.Indicator, ControlIndicators)
	c.limit(path+".at_least", r.Indicator, r.AtLeast)
	if r.AtLeast == nil && (r.Note == "" || r.NoteEn == "") {
		c.say(path, Text{"没有 at_least 的行须在 note 和 note_en 中说明原因", "a row without at_least must say in note and note_en why there is none"})
	}
	for i, code := range r.Industries {
		c.industryCode(item(path+".industries", i), code)
	}
}

// adviseAdmission lists requirements without a source and rows that stand twice.
func (c *checker) adviseAdmission() {
	for i := range c.set.Admission.Tiers {
		t := &c.set.Admission.Tiers[i]
		for k := range t.Rows {
			row, path := &t.Rows[k], item(item("admission.tiers", i)+".rows", k)
			if row.Source == "" {
				c.say(path, Text{"对 %s 的要求没有注明出处", "the requirement on %s names no source"}, row.Indicator)
			}
			if slices.ContainsFunc(t.Rows[:k], func(before AdmissionRow) bool {
				return before.Indicator == row.Indicator && slices.Equal(before.Industries, row.Industries)
			}) {
				c.say(path, Text{"对 %s 的要求在相同行业中出现两次", "the requirement on %s stands twice for the same industries"}, row.Indicator)
			}
		}
	}
}
