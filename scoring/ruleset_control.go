package scoring

import (
	"maps"
	"slices"
	"strings"

	"muchan/parcels"
)

// ControlRules are the control indicators of industrial projects (工业项目建设用地控制指标). Firms carry industry codes of GB/T
// 4754-2017; an edition of the indicators that speaks of older codes brings a crosswalk, without which it would be read by the wrong
// row: 39 is electronics in 2017 and electrical machinery in 2002.
type ControlRules struct {
	IndustryEdition int `yaml:"industry_edition"` // of GB/T 4754 that the rows' codes are of: 2002 or 2017
	// Uses limits the set to land of these uses: land-use scheme to code prefixes. Empty: any use.
	Uses      map[string][]string `yaml:"uses"`
	Crosswalk []Crossing          `yaml:"crosswalk"`
	Rows      []ControlRow        `yaml:"rows"`
}

// Crossing leads from codes of GB/T 4754-2017 to those of the set's edition.
type Crossing struct {
	From     string   `yaml:"from"` // prefix of a 2017 code; the longest that fits counts
	To       []string `yaml:"to"`   // more than one: the old edition spread the industry, so there is no single value
	Title    string   `yaml:"title"`
	Source   string   `yaml:"source"`
	SourceEn string   `yaml:"source_en"`
	Verified bool     `yaml:"verified"`
}

// ControlRow is one indicator with its limit, which holds inclusively. A row without a limit says that its value was not found.
type ControlRow struct {
	Indicator  string             `yaml:"indicator"`  // see ControlIndicators
	AtLeast    *float64           `yaml:"at_least"`   // shares as fractions, amounts in 万元/亩
	AtMost     *float64           `yaml:"at_most"`    //
	Industries map[string]float64 `yaml:"industries"` // a least value by code of the set's edition
	Force      string             `yaml:"force"`      // binding (规范性) or recommended (推荐性)
	Clause     string             `yaml:"clause"`
	Source     string             `yaml:"source"`
	SourceEn   string             `yaml:"source_en"`
	Note       string             `yaml:"note"`
	NoteEn     string             `yaml:"note_en"`
	Verified   bool               `yaml:"verified"`
}

// Editions of GB/T 4754.
const (
	firmEdition = 2017 // that firms' codes are of
	oldEdition  = 2002
)

// controlForces lists what an indicator may be.
var controlForces = []string{"binding", "recommended"}

// controlIndicator is a value that a row may limit.
type controlIndicator struct {
	id, unit string
	title    Text
	of       func(*ControlFacts) parcels.Opt[float64]
}

var controlIndicators = []controlIndicator{
	{"far", "", Text{"容积率", "Floor-area ratio"}, func(f *ControlFacts) parcels.Opt[float64] { return f.FAR }},
	{"coefficient", "%", Text{"建筑系数", "Building coefficient"}, func(f *ControlFacts) parcels.Opt[float64] { return f.Coefficient }},
	{"office_land", "%", Text{"行政办公及生活服务设施用地占比", "Office and service land"}, func(f *ControlFacts) parcels.Opt[float64] { return f.OfficeLand }},
	{"office_floor", "%", Text{"行政办公及生活服务设施建筑面积占比", "Office and service floor area"}, func(f *ControlFacts) parcels.Opt[float64] { return f.OfficeFloor }},
	{"green", "%", Text{"绿地率", "Green share"}, func(f *ControlFacts) parcels.Opt[float64] { return f.Green }},
	{"fai_per_mu", "万元/亩", Text{"固定资产投资强度", "Investment intensity"}, func(f *ControlFacts) parcels.Opt[float64] { return f.FAIPerMu }},
	{"output_per_mu", "万元/亩", Text{"土地产出率", "Output per mu"}, func(f *ControlFacts) parcels.Opt[float64] { return f.OutputPerMu }},
	{"tax_per_mu", "万元/亩", Text{"土地税收", "Tax per mu"}, func(f *ControlFacts) parcels.Opt[float64] { return f.TaxPerMu }},
}

// ControlIndicators lists the values a control or admission row may limit.
var ControlIndicators = func() []string {
	ids := make([]string, len(controlIndicators))
	for i := range controlIndicators {
		ids[i] = controlIndicators[i].id
	}
	return ids
}()

// IndicatorName returns the titles and the unit of one of ControlIndicators. Shares have the unit "%" and are held as fractions.
func IndicatorName(id string) (title Text, unit string) {
	for i := range controlIndicators {
		if c := &controlIndicators[i]; c.id == id {
			return c.title, c.unit
		}
	}
	return Text{id, id}, ""
}

func (c *checker) control() {
	r := c.set.Control
	if r.IndustryEdition != oldEdition && r.IndustryEdition != firmEdition {
		c.say("control.industry_edition", Text{"industry_edition 须为 %d 或 %d，否则无从知道行业代码的含义", "industry_edition must be %d or %d: without it nobody knows what the codes mean"}, oldEdition, firmEdition)
	}
	c.uses("control.uses", r.Uses)
	seen := map[string]bool{}
	for i := range r.Crosswalk {
		x, path := &r.Crosswalk[i], item("control.crosswalk", i)
		c.industryCode(path+".from", x.From)
		for k, to := range x.To {
			c.industryCode(item(path+".to", k), to)
		}
		if len(x.To) == 0 {
			c.say(path+".to", Text{"行业对照中 %s 没有去处", "the crossing from %s leads nowhere"}, x.From)
		}
		if seen[x.From] {
			c.say(path+".from", Text{"代码 %s 在行业对照中出现两次", "the code %s stands twice in the crosswalk"}, x.From)
		}
		seen[x.From] = true
	}
	for i := range r.Rows {
		c.controlRow(item("control.rows", i), &r.Rows[i])
	}
}

func (c *checker) controlRow(path string, r *ControlRow) {
	c.oneOf(path+".indicator", r.Indicator, ControlIndicators)
	c.oneOf(path+".force", r.Force, controlForces)
	c.limit(path+".at_least", r.Indicator, r.AtLeast)
	c.limit(path+".at_most", r.Indicator, r.AtMost)
	limits := truth(r.AtLeast != nil) + truth(r.AtMost != nil) + truth(len(r.Industries) > 0)
	if limits > 1 {
		c.say(path, Text{"每行只能有 at_least、at_most、industries 之一，现有 %d 个", "a row has one of at_least, at_most and industries, not %d of them"}, limits)
	}
	if limits == 0 && (r.Note == "" || r.NoteEn == "") {
		c.say(path, Text{"没有限值的行须在 note 和 note_en 中说明原因", "a row without a limit must say in note and note_en why there is none"})
	}
	for _, code := range slices.Sorted(maps.Keys(r.Industries)) {
		c.industryCode(path+".industries."+code, code)
		v := r.Industries[code]
		c.limit(path+".industries."+code, r.Indicator, &v)
	}
}

// limit refuses a share above 1, which is a percentage written without its sign.
func (c *checker) limit(path, indicator string, v *float64) {
	if v == nil {
		return
	}
	c.number(path, *v, 0)
	if _, unit := IndicatorName(indicator); unit == "%" && *v > 1 {
		c.say(path, Text{"%v 不是比例：30 %% 写成 0.3", "%v is no share: write 0.3 for 30 %%"}, *v)
	}
}

func (c *checker) industryCode(path, code string) {
	if len(code) < 2 || len(code) > 4 || strings.Trim(code, "0123456789") != "" {
		c.say(path, Text{"%q 不是 2 至 4 位的行业代码", "%q is no industry code of two to four digits"}, code)
	}
}

// adviseControl lists codes nobody can reach and figures without a source.
func (c *checker) adviseControl() {
	r := c.set.Control
	reached := map[string]bool{}
	for _, x := range r.Crosswalk {
		for _, to := range x.To {
			reached[to] = true
		}
	}
	for i := range r.Rows {
		row, path := &r.Rows[i], item("control.rows", i)
		if row.Source == "" {
			c.say(path, Text{"%s 一行没有注明出处", "the row of %s names no source"}, row.Indicator)
		}
		if r.IndustryEdition == firmEdition {
			continue
		}
		for _, code := range slices.Sorted(maps.Keys(row.Industries)) {
			if !reached[code] {
				c.say(path+".industries."+code, Text{"行业对照中没有从 2017 版到 %[2]d 版 %[1]s 的对应，这个值不会被用到", "no crossing leads from 2017 to %s of %d: its value would never be used"}, code, r.IndustryEdition)
			}
		}
	}
}
