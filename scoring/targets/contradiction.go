package targets

import (
	"fmt"
	"math"

	"muchan/parcels"
	"muchan/scoring"
)

// Contradiction is a place where the plan does not agree with itself. It is shown and not resolved.
type Contradiction struct {
	ID      string
	Title   scoring.Text
	Figures []Figure
	Note    scoring.Text
}

// Figure is one of the figures that do not agree.
type Figure struct {
	Target   string // ID, "" for one that was computed
	Label    scoring.Text
	Value    float64
	Unit     string
	Source   string // place in the plan; for a computed one how it follows
	Computed bool
}

// which picks a figure of a target.
type which int

const (
	theBase which = iota
	theTarget
)

// clash is a row of the table of contradictions: figures of targets, and what follows from them.
type clash struct {
	id      string
	title   scoring.Text
	figures []pick
	follows func(known map[string]*parcels.Target, areas []Denominator) []Figure
	note    scoring.Text
}

type pick struct {
	target string
	which  which
}

var clashes = []clash{
	{
		"area",
		scoring.Text{Zh: "两个每平方公里指标隐含的面积不同", En: "the two targets per km² imply two areas"},
		[]pick{{"gdp", theTarget}, {"gdp-per-km2", theTarget}, {"budget", theTarget}, {"budget-per-km2", theTarget}},
		impliedAreas,
		scoring.Text{Zh: "分母口径不同；园区面积须连同口径（核准、规划、建成）录入", En: "two denominators; the zone's area has to be given with its definition"},
	},
	{
		"retail",
		scoring.Text{Zh: "社会消费品零售总额目标：正文与目标表不一致", En: "retail sales: text and table differ"},
		[]pick{{"retail", theTarget}, {"retail-text", theTarget}},
		grownRetail,
		scoring.Text{Zh: "目标表与其年均增长率一致，正文不一致", En: "the table agrees with its own growth, the text does not"},
	},
	{
		"high-tech-base",
		scoring.Text{Zh: "2020 年高新技术企业数三处不一", En: "high-tech firms of 2020: three values"},
		[]pick{{"high-tech-firms-text", theBase}, {"high-tech-firms-box", theBase}, {"high-tech-firms", theBase}},
		nil,
		scoring.Text{},
	},
	{
		"patents",
		scoring.Text{Zh: "万人发明专利拥有量：正文与两表不一致", En: "invention patents per 10 000 people: text and tables differ"},
		[]pick{{"patents-per-10k-text", theBase}, {"patents-per-10k", theBase}},
		nil,
		scoring.Text{},
	},
	{
		"budget",
		scoring.Text{Zh: "一般公共预算总收入与一般公共预算收入", En: "total budget revenue and budget revenue"},
		[]pick{{"budget-total-2020", theBase}, {"budget", theBase}},
		budgetRatio,
		scoring.Text{Zh: "不是同一指标，按亩均计算相差约一倍", En: "two indicators; a tax per mu built on one is about twice that on the other"},
	},
	{
		"green",
		scoring.Text{Zh: "园区绿化率与绿化覆盖率", En: "green rate and green cover"},
		[]pick{{"green-rate-text", theBase}, {"green-cover", theBase}},
		nil,
		scoring.Text{Zh: "可能是两种口径，规划未说明", En: "perhaps two definitions; the plan does not say"},
	},
	{
		"gdp-per-head",
		scoring.Text{Zh: "人均地区生产总值的单位和隐含人口", En: "GDP per head: its unit and the population it implies"},
		[]pick{{"gdp-per-head", theBase}, {"gdp-per-head", theTarget}},
		population,
		scoring.Text{Zh: "单位照原表为亿元；由此推算人口减少，而就业要增加", En: "the table's unit is 亿元; the population it implies falls while jobs are to grow"},
	},
	{
		"industries",
		scoring.Text{Zh: "“4+1”与“四大主导产业”名称不同", En: "the four industries have two sets of names"},
		[]pick{{"output-machinery", theTarget}, {"output-food-medicine", theTarget}},
		nil,
		scoring.Text{Zh: "机械制造与机械装备、生物医药与医药食品，须有对应表", En: "机械制造 and 机械装备, 生物医药 and 医药食品: a mapping is needed"},
	},
	{
		"textiles",
		scoring.Text{Zh: "“占比成倍增长”与产值目标不符", En: "“share to multiply” and the targets of output"},
		[]pick{{"output-2020", theBase}, {"textiles-share-2020", theBase}, {"output-textiles", theTarget}},
		industryTargets,
		scoring.Text{Zh: "目标与基期之比见所列，远非成倍增长", En: "the target over the base stands beside it: no multiple"},
	},
	{
		"high-tech-target",
		scoring.Text{Zh: "高新技术企业目标多于规上企业数", En: "more high-tech firms than above-scale firms"},
		[]pick{{"high-tech-firms", theTarget}, {"above-scale-2020", theBase}},
		nil,
		scoring.Text{Zh: "规划又称规上企业全部创高企：须以规上企业增加为前提", En: "the plan also says that every above-scale firm becomes one: their number has to grow"},
	},
}

// contradictions shows those whose figures are all on file.
func contradictions(known map[string]*parcels.Target, areas []Denominator) []Contradiction {
	list := []Contradiction{}
	for i := range clashes {
		c := &clashes[i]
		out := Contradiction{ID: c.id, Title: c.title, Note: c.note}
		for _, p := range c.figures {
			if f, ok := figureOf(known[p.target], p.which); ok {
				out.Figures = append(out.Figures, f)
			}
		}
		if len(out.Figures) < len(c.figures) {
			continue
		}
		if c.follows != nil {
			out.Figures = append(out.Figures, c.follows(known, areas)...)
		}
		list = append(list, out)
	}
	return list
}

func figureOf(t *parcels.Target, w which) (Figure, bool) {
	if t == nil {
		return Figure{}, false
	}
	value, year, zh, en := t.Base, t.BaseYear, "年值", "base"
	if w == theTarget {
		value, year, zh, en = t.Target, t.TargetYear, "年目标", "target"
	}
	v, ok := value.Get()
	label := scoring.Text{Zh: fmt.Sprintf("%s %d %s", t.Name, year, zh), En: fmt.Sprintf("%s, %s of %d", t.NameEn, en, year)}
	return Figure{Target: t.ID, Label: label, Value: v, Unit: t.Unit, Source: t.Source}, ok
}

func computed(zh, en string, value float64, unit, formula string) Figure {
	return Figure{Label: scoring.Text{Zh: zh, En: en}, Value: value, Unit: unit, Source: formula, Computed: true}
}

func impliedAreas(_ map[string]*parcels.Target, areas []Denominator) []Figure {
	var list []Figure
	for _, d := range areas {
		list = append(list, computed("隐含面积（"+d.Total.Name+"）", "implied area ("+d.Total.NameEn+")", d.Km2, "km²",
			fmt.Sprintf("%v ÷ %v", d.Total.Target.Or(0), d.PerKm2.Target.Or(0))))
	}
	if len(areas) == 2 {
		list = append(list, computed("两者相差", "apart by", 100*(areas[0].Km2/areas[1].Km2-1), "%", fmt.Sprintf("%.2f ÷ %.2f − 1", areas[0].Km2, areas[1].Km2)))
	}
	return list
}

func grownRetail(known map[string]*parcels.Target, _ []Denominator) []Figure {
	t := known["retail"]
	implied, ok := Implied(t.Base, t.GrowthPct, t.TargetYear-t.BaseYear).Get()
	if !ok {
		return nil
	}
	return []Figure{computed("按年均增长推算", "by the plan's growth", implied, t.Unit, fmt.Sprintf("%v × (1+%v%%)^%d", t.Base.Or(0), t.GrowthPct.Or(0), t.TargetYear-t.BaseYear))}
}

func budgetRatio(known map[string]*parcels.Target, _ []Denominator) []Figure {
	a, b, ok := both(known["budget-total-2020"].Base, known["budget"].Base)
	if !ok || b == 0 {
		return nil
	}
	return []Figure{computed("倍数", "times", a/b, "", fmt.Sprintf("%v ÷ %v", a, b))}
}

func population(known map[string]*parcels.Target, _ []Denominator) []Figure {
	gdp, head := known["gdp"], known["gdp-per-head"]
	if gdp == nil {
		return nil
	}
	var list []Figure
	for _, of := range []struct {
		gdp, head opt
		year      int
	}{{gdp.Base, head.Base, head.BaseYear}, {gdp.Target, head.Target, head.TargetYear}} {
		if g, h, ok := both(of.gdp, of.head); ok && h > 0 {
			list = append(list, computed(fmt.Sprintf("%d 年隐含人口", of.year), fmt.Sprintf("population implied for %d", of.year), math.Round(g/h), "人", fmt.Sprintf("%v ÷ %v", g, h)))
		}
	}
	if implied, ok := Implied(head.Base, head.GrowthPct, head.TargetYear-head.BaseYear).Get(); ok {
		list = append(list, computed("按年均增长推算", "by the plan's growth", implied, head.Unit, fmt.Sprintf("%v × (1+%v%%)^%d", head.Base.Or(0), head.GrowthPct.Or(0), head.TargetYear-head.BaseYear)))
	}
	return list
}

func industryTargets(known map[string]*parcels.Target, _ []Denominator) []Figure {
	output, share, ok := both(known["output-2020"].Base, known["textiles-share-2020"].Base)
	target, okT := known["output-textiles"].Target.Get()
	if !ok || !okT || output*share == 0 {
		return nil
	}
	base := output * share / 100
	list := []Figure{
		computed("2020 年纺织鞋服产值", "output of textiles and footwear, 2020", base, "亿元", fmt.Sprintf("%v × %v%%", output, share)),
		computed("目标为基期的倍数", "target over base", target/base, "", fmt.Sprintf("%v ÷ %.2f", target, base)),
	}
	sum := 0.0
	for _, id := range industries {
		t := known[id]
		if t == nil || !t.Target.OK() {
			return list
		}
		sum += t.Target.Or(0)
	}
	return append(list, computed("四大产业目标合计", "the four industries' targets together", sum, "亿元", "Σ"))
}
