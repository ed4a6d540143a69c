package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

// viewerPart is what the land bureau sees beside the public facts.
type viewerPart struct {
	timeline  [][]string
	metrics   []fact
	buildings [][]string
	flags     []flag
	lineage   []fact
	years     [][]string
	exact     bool // years hold figures
	told      []told
	negatives []string // suspicions that were looked for and not found
}

// flag is one suspicion.
type flag struct {
	title string
	lines []string
}

// told is an explanation in words.
type told struct {
	title, value, formula, inputs, rule, note string
}

// metricFields are the fields of the table of metrics, in its order; an audience has some of them.
var metricFields = []string{
	"far", "density", "coefficient", "vacant_share", "tax_band", "output_band", "value_added_band", "tax_wan_mu", "output_wan_mu",
	"value_added_wan_mu", "fai_wan_mu", "tax_wan", "output_wan", "value_added_wan", "firm_count", "partial",
}

func viewerPartOf(in *Input, r record, at int) *viewerPart {
	snap := in.Scores.Snapshot()
	p := snap.Parcels.At(at)
	v := &viewerPart{
		timeline: timelineOf(r, snap.AsOf), metrics: r.facts(metricFields...), buildings: buildingsOf(in, p.Code),
		flags: r.flagsOf(in.Scores, at, r.table.Audience), exact: r.table.Audience >= layers.Analyst, lineage: r.lineageOf(snap, p),
	}
	v.years = r.yearRows(in.Years, v.exact)
	for _, e := range layers.Told(in.Scores.Explain(p.Code), r.table.Audience) {
		if e.Text == "否" && len(e.Inputs) == 0 {
			v.negatives = append(v.negatives, r.pick(e.Title, e.TitleEn)+r.say("：")+orDash(r.pick(e.Note, e.NoteEn)))
			continue
		}
		v.told = append(v.told, r.toldOf(&e))
	}
	return v
}

// timelineOf puts what was agreed beside what was done. A day that has passed without the deed is late as of the snapshot's day.
func timelineOf(r record, asOf parcels.Date) [][]string {
	rows := [][]string{{r.say("签订合同"), "", r.text("signed_on"), ""}, {r.say("交付土地"), "", r.text("handed_over_on"), ""}}
	for _, step := range []struct{ name, due, done string }{
		{"动工", "due_start_on", "started_on"}, {"竣工", "due_completion_on", "completed_on"}, {"投产", "due_production_on", "produced_on"},
	} {
		due, done := r.text(step.due), r.text(step.done)
		rows = append(rows, []string{r.say(step.name), due, done, r.lateness(due, done, asOf)})
	}
	return rows
}

func (l tongue) lateness(due, done string, asOf parcels.Date) string {
	agreed, err := parcels.ParseDate(due)
	if err != nil {
		return ""
	}
	actual, err := parcels.ParseDate(done)
	switch {
	case err == nil && actual > agreed:
		return l.sayf("晚 %d 天", actual-agreed)
	case err == nil && actual < agreed:
		return l.sayf("早 %d 天", agreed-actual)
	case err == nil:
		return l.say("如期")
	case agreed < asOf:
		return l.sayf("已过 %d 天，未见记录", asOf-agreed)
	}
	return l.say("未到期")
}

func buildingsOf(in *Input, code string) [][]string {
	t, ok := in.Tables[layers.Buildings]
	if !ok {
		return nil
	}
	snap := in.Scores.Snapshot()
	var rows [][]string
	for _, i := range snap.BuildingsOn(code) {
		b := snap.Buildings.At(i)
		row, ok := t.Row(b.ID)
		if !ok {
			continue
		}
		r := record{t, row, in.tongue()}
		rows = append(rows, []string{
			r.joined(" ", r.text("name"), strings.TrimPrefix(b.ID, code)), r.text("use"), r.text("storeys"), r.storeys(b.Storeys), r.text("floor_m2"), r.text("footprint_m2"),
			r.text("completed_on"), r.joined("，", r.text("vacant_m2"), r.since(r.text("vacant_since"))),
		})
	}
	return rows
}

func (l tongue) since(day string) string {
	if day == "" {
		return ""
	}
	return l.sayf("自 %s", day)
}

// storeys lists storeys from the ground up: floor area and height.
func (l tongue) storeys(storeys []parcels.Storey) string {
	var texts []string
	for i, s := range storeys {
		text := fmt.Sprintf("%dF %s m²", i+1, decimal(s.FloorM2, 0))
		if s.HeightM > 0 {
			text += fmt.Sprintf("/%s m", decimal(s.HeightM, 1))
		}
		texts = append(texts, text)
	}
	return l.joined("；", texts...)
}

// flagsOf words the suspicions about a parcel, with as much of their evidence as the audience may know.
func (l tongue) flagsOf(scores *scoring.Scores, at int, audience layers.Audience) []flag {
	var flags []flag
	for i := range scores.Parcels[at].Findings {
		f := &scores.Parcels[at].Findings[i]
		item := flag{title: l.of(f.Title())}
		if f.Since.OK() {
			item.lines = append(item.lines, l.sayf("起算日：%s", f.Since))
		}
		if layers.MayKnowWhy(f, audience) {
			item.lines = append(item.lines, l.sayf("情形：%s", orDash(l.of(f.Why))))
			if value, limit := l.finding(f, f.Value), l.finding(f, f.Limit); value != "" || limit != "" {
				item.lines = append(item.lines, l.sayf("比较：值 %s，界限 %s", orDash(value), orDash(limit)))
			}
		}
		item.lines = append(item.lines, l.sayf("依据：%s（规则 %s@%s）", orDash(l.joined(" ", f.Rule.Document, f.Clause)), f.Rule.ID, short(f.Rule.Hash)))
		flags = append(flags, item)
	}
	return append(flags, l.stagesOf(scores, at)...)
}

// finding writes what a suspicion compared; shares are fractions there and per cent on paper.
func (l tongue) finding(f *scoring.Finding, o parcels.Opt[float64]) string {
	if f.Unit == "%" {
		return percentText(o)
	}
	return l.joined(" ", realText(o, 2), l.unit(f.Unit))
}

// stagesOf says how far suspected idle land is on the way of order 53.
func (l tongue) stagesOf(scores *scoring.Scores, at int) []flag {
	idle := scores.Parcels[at].Idle
	title := l.pick(idle.Title())
	if title == "" {
		return nil
	}
	item := flag{title: l.sayf("闲置进度：%s", title)}
	if idle.Due.OK() {
		item.lines = append(item.lines, l.sayf("应动工日：%s", idle.Due))
	}
	for _, stage := range idle.Stages(scores.AsOf) {
		when := l.say("已进入")
		if stage.DaysLeft > 0 {
			when = l.sayf("尚余 %d 天", stage.DaysLeft)
		}
		item.lines = append(item.lines, l.sayf("%s：%s 起，%s", l.of(scoring.Word("stage", stage.ID)), stage.On, when))
	}
	return []flag{item}
}

func (l tongue) lineageOf(snap *parcels.Snapshot, p *parcels.Parcel) []fact {
	var list []fact
	if len(p.Parents) > 0 {
		list = append(list, fact{l.say("来源宗地"), l.joined("、", p.Parents...)})
	}
	var children []string
	for i := range snap.Parcels.Len() {
		if slices.Contains(snap.Parcels.At(i).Parents, p.Code) {
			children = append(children, snap.Parcels.At(i).Code)
		}
	}
	if len(children) > 0 {
		list = append(list, fact{l.say("分出宗地"), l.joined("、", children...)})
	}
	return list
}

func (l tongue) yearRows(years []Year, exact bool) [][]string {
	years = slices.Clone(years)
	slices.SortFunc(years, func(a, b Year) int { return b.Year - a.Year })
	var rows [][]string
	for _, y := range years {
		row := []string{fmt.Sprint(y.Year), l.class(y.Class)}
		if exact {
			row = append(row, realText(y.Tax, 2), realText(y.Output, 2), realText(y.ValueAdded, 2))
		}
		rows = append(rows, row)
	}
	return rows
}

func (l tongue) class(c scoring.Class) string { return l.of(scoring.Word("class", string(c))) }

func (l tongue) input(o *scoring.Operand) string {
	if o.Value == "" {
		return dash
	}
	return l.joined(" ", l.pick(o.Value, cmp.Or(o.ValueEn, o.Value)), l.unit(o.Unit))
}

func (l tongue) toldOf(e *scoring.Explanation) told {
	text := l.pick(e.Text, e.TextEn)
	t := told{title: l.pick(e.Title, e.TitleEn), value: text, formula: l.pick(e.Formula, e.FormulaEn), note: l.pick(e.Note, e.NoteEn)}
	if v, ok := e.Value.Get(); ok {
		t.value = l.joined("，", text, l.joined(" ", decimal(v, 2), l.unit(e.Unit)))
	}
	t.value = orDash(t.value)
	var inputs []string
	for _, o := range e.Inputs {
		inputs = append(inputs, l.pick(o.Name, o.NameEn)+" "+l.input(&o))
	}
	t.inputs = l.joined("；", inputs...)
	if e.Rule != nil {
		t.rule = l.joined(" ", e.Rule.ID+"@"+short(e.Rule.Hash), e.Rule.Document, e.Clause, l.pick(e.Rule.Notice, e.Rule.NoticeEn))
	}
	return t
}
