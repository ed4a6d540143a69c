package match

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"muchan/parcels"
	"muchan/scoring"
)

// Notice is what a reader of any ranking must be told.
var Notice = scoring.Text{
	Zh: "候选均为疑似，供研究协调之用，不是对任何土地的处置决定；权重和取值为本系统建议，可调整，未经管委会发布",
	En: "All candidates are suspected ones, for study, and decide about nobody's land; weights and values are this program's proposal, can be changed, and were not issued by any authority",
}

// explain takes the score of an item apart.
func (r *Ranking) explain(l *lot, v *verdict, item *Item) []PartScore {
	whole := 0.0
	for i, part := range Parts {
		if !math.IsNaN(v.values[i]) {
			whole += r.params.Weights[part]
		}
	}
	x := &explainer{r: r, l: l, v: v, item: item, parcel: r.pool.snap.Parcels.At(int(l.parcel))}
	parts := make([]PartScore, len(Parts))
	for i, part := range Parts {
		p := PartScore{Part: part, Weight: r.params.Weights[part], Explanation: x.part(part)}
		p.ID, p.Title, p.TitleEn, p.Value = string(part), PartTitles[part].Zh, PartTitles[part].En, known(v.values[i])
		if value, ok := p.Value.Get(); ok && whole > 0 {
			p.Points = 100 * p.Weight * value / whole
		} else {
			x.note(&p.Explanation, "不适用，不计入权重", "does not apply; its weight is left out")
		}
		parts[i] = p
	}
	return parts
}

type explainer struct {
	r      *Ranking
	l      *lot
	v      *verdict
	item   *Item
	parcel *parcels.Parcel
}

func (x *explainer) part(p Part) scoring.Explanation {
	var e scoring.Explanation
	switch p {
	case PartDistance:
		e = x.distance()
	case PartAdjoining:
		e = x.adjoining()
	case PartArea:
		e = x.area()
	case PartForm:
		e = x.form()
	case PartUse:
		e = x.use()
	case PartOverlay:
		e = x.overlay()
	case PartPath:
		e = x.path()
	case PartHolder:
		e = x.holder()
	}
	return e
}

func (x *explainer) note(e *scoring.Explanation, zh, en string) {
	e.Note, e.NoteEn = joined(e.Note, "；", zh), joined(e.NoteEn, "; ", en)
}

func (x *explainer) source(column string) string { return "parcels " + x.parcel.Code + " " + column }

// number writes a value to some decimals, and nothing for one that is missing.
func number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

func optional(o parcels.Opt[float64], decimals int) string {
	if v, ok := o.Get(); ok {
		return number(v, decimals)
	}
	return ""
}

func (x *explainer) gap() scoring.Operand {
	o := scoring.Operand{Name: "到指定位置的最短测地距离", NameEn: "Shortest geodesic to the position", Value: number(x.v.gapM, 2), Unit: "m", Source: x.source("shape")}
	if x.item.From != "" {
		o.Name, o.NameEn = "到宗地 "+x.item.From+" 边界的最短测地距离", "Shortest geodesic to the boundary of "+x.item.From
	}
	return o
}

func (x *explainer) distance() scoring.Explanation {
	e := scoring.Explanation{
		Formula: "1 ÷ (1 + 距离 ÷ 半值距离)", FormulaEn: "1 ÷ (1 + distance ÷ half distance)",
		Inputs: []scoring.Operand{x.gap(), {Name: "半值距离", NameEn: "Half distance", Value: number(x.r.params.HalfDistanceM, 0), Unit: "m"}},
	}
	if !x.r.place.named() {
		e.Inputs = nil
		x.note(&e, "未给出位置，企业也无在库用地", "no place was named and no land of the firm is on file")
	}
	return e
}

func (x *explainer) adjoining() scoring.Explanation {
	return scoring.Explanation{
		Formula: "距离不超过容差为 1，否则为 0", FormulaEn: "1 when the gap is within the tolerance, else 0",
		Inputs: []scoring.Operand{x.gap(), {Name: "容差", NameEn: "Tolerance", Value: number(x.r.params.TouchM, 2), Unit: "m"}},
		Clause: "对重点企业需要就近建设新厂房扩张产能的诉求，协调调整周边已签约但未建设的土地（" + plan + " 三(七)2）",
	}
}

func (x *explainer) area() scoring.Explanation {
	o := &x.item.Offer
	e := scoring.Explanation{Formula: "需求面积 ÷ 可供面积，不超过 1", FormulaEn: "need ÷ offer, at most 1"}
	if x.r.need.LandM2.OK() {
		e.Inputs = append(e.Inputs,
			scoring.Operand{Name: "需求土地", NameEn: "Land needed", Value: optional(x.r.need.LandM2, 2), Unit: "m²"},
			scoring.Operand{Name: "可供土地", NameEn: "Land offered", Value: optional(o.LandM2, 2), Unit: "m²", Source: x.source("title_area_m2")})
	}
	if x.r.need.FloorM2.OK() {
		e.Inputs = append(e.Inputs,
			scoring.Operand{Name: "需求建筑面积", NameEn: "Floor area needed", Value: optional(x.r.need.FloorM2, 2), Unit: "m²"},
			scoring.Operand{Name: "现有可用建筑面积", NameEn: "Floor area that stands", Value: optional(o.FloorM2, 2), Unit: "m²", Source: "buildings " + x.parcel.Code + " vacant_m2"},
			scoring.Operand{Name: "可建建筑面积", NameEn: "Floor area that may be built", Value: optional(o.BuildM2, 2), Unit: "m²", Source: x.source("agreed_floor_m2 max_far")})
	}
	if len(e.Inputs) == 0 {
		x.note(&e, "未给出需求面积", "no size was asked for")
	}
	if o.Estimated {
		x.note(&e, "剩余土地按未建约定建筑面积的比例推算", "the land left is inferred from the agreed floor area that is missing")
	}
	return e
}

func (x *explainer) form() scoring.Explanation {
	f := x.item.Form
	e := scoring.Explanation{
		Formula:   "面积 ÷ 最小外接矩形面积 × min(1, 短边 ÷ 长边 ÷ 狭长界限)",
		FormulaEn: "area ÷ smallest enclosing rectangle × min(1, short ÷ long side ÷ limit of slimness)",
		Inputs: []scoring.Operand{
			{Name: "最小外接矩形长边", NameEn: "Long side", Value: number(f.LongM, 1), Unit: "m", Source: x.source("shape")},
			{Name: "最小外接矩形短边", NameEn: "Short side", Value: number(f.ShortM, 1), Unit: "m", Source: x.source("shape")},
			{Name: "填充率", NameEn: "Fill", Value: number(f.Fill, 4), Source: x.source("shape")},
			{Name: "狭长界限", NameEn: "Limit of slimness", Value: number(x.r.params.SlimBelow, 4)},
		},
	}
	switch x.item.Offer.Kind {
	case KindPartly:
		x.note(&e, "剩余部分无图形，按整宗地计", "the part that is left is not drawn; the whole parcel stands in")
	case KindVacantPlant:
		x.note(&e, "提供的是厂房", "a plant is offered")
	}
	return e
}

func (x *explainer) use() scoring.Explanation {
	w := useTitles[x.r.use(x.item.Parcel)]
	return scoring.Explanation{
		Text: w.Zh, TextEn: w.En, Formula: "按用地分类代码取值", FormulaEn: "by land-use code",
		Inputs: []scoring.Operand{{Name: "用地代码", NameEn: "Land-use code", Value: joined(x.parcel.UseScheme, " ", x.parcel.UseCode), Source: x.source("use_code")}},
		Note:   "用地分类代码段未经核对", NoteEn: "the ranges of land-use codes are not verified",
	}
}

func (x *explainer) overlay() scoring.Explanation {
	w := lineTitles[0]
	if x.l.line >= 1 && x.l.line < len(lineTitles) {
		w = lineTitles[x.l.line]
	}
	e := scoring.Explanation{
		Text: w.Zh, TextEn: w.En, Formula: "按所在控制线级别取值，以宗地内一点为准", FormulaEn: "by the level of the line that holds a point on the parcel's surface",
		Clause: "泉州市工业产业区块线管理暂行规定（2024-11）；“三线一单”",
	}
	for _, z := range x.item.Zones {
		e.Inputs = append(e.Inputs, scoring.Operand{
			Name: parcels.EnumTitles["zones.kind"][z.Kind], NameEn: zoneTitles[z.Kind], Value: z.Name, Source: "zones " + z.ID,
		})
	}
	if slices.ContainsFunc(x.item.Zones, func(z *parcels.Zone) bool { return z.Kind == parcels.ZonePlannedUse || z.Kind == parcels.ZoneRenewal }) {
		x.note(&e, "位于规划用途或更新片区内，须核对规划", "lies in an area of planned use or renewal: compare with the plan")
	}
	if x.l.redM2 > 0 {
		m2 := number(x.l.redM2, 2)
		x.note(&e, "与生态保护红线重叠 "+m2+" 平方米，在制图误差内", m2+" m² overlap with the ecological red line, within drawing error")
	}
	return e
}

func (x *explainer) path() scoring.Explanation {
	p := &x.item.Paths[0]
	e := scoring.Explanation{Text: p.Way.Zh, TextEn: p.Way.En, Formula: "按处置路径取值", FormulaEn: "by the lawful path", Clause: p.Document}
	x.note(&e, p.Note.Zh, p.Note.En)
	if f := x.r.pool.finding(x.item.Parcel, x.item.Offer.Kind); f != nil {
		title := f.Title()
		e.Rule = f.Rule
		e.Inputs = append(e.Inputs, scoring.Operand{Name: title.Zh, NameEn: title.En, Value: f.Why.Zh, ValueEn: f.Why.En, Source: "rules " + f.Rule.ID})
		if f.Since.OK() {
			e.Inputs = append(e.Inputs, scoring.Operand{Name: "起始日期", NameEn: "Since", Value: f.Since.String(), Source: "rules " + f.Rule.ID})
		}
	}
	if !p.Verified {
		x.note(&e, "所引文件未核对原文", "the document is cited from memory")
	}
	return e
}

func (x *explainer) holder() scoring.Explanation {
	state := stateOf(x.parcel)
	e := scoring.Explanation{
		Formula: "无企业占用最高；有企业的按其等级，等级越低越高", FormulaEn: "highest where no firm uses it; else by the firm's class, a low class counting more",
		Inputs: []scoring.Operand{{Name: "土地状态", NameEn: "Land state", Value: state.Zh, ValueEn: state.En, Source: x.source("state")}},
	}
	switch {
	case x.item.Own:
		e.Text, e.TextEn = "企业自有", "the firm's own"
	case x.item.Holder < 0:
		e.Text, e.TextEn = "本年度无在营企业", "no firm at work in the year"
	default:
		f := &x.r.pool.snap.Firms[x.item.Holder]
		class := scoring.Word("class", string(x.item.Class))
		e.Inputs = append(e.Inputs, scoring.Operand{
			Name: f.Name + " 等级", NameEn: f.Name + " class", Value: class.Zh, ValueEn: class.En, Source: fmt.Sprintf("scores %s %d", f.USCC, x.r.pool.scores.Year), Firm: f.USCC,
		})
	}
	return e
}
