package report

import (
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
	p := &snap.Parcels[at]
	v := &viewerPart{
		timeline: timelineOf(r, snap.AsOf), metrics: r.facts(metricFields...), buildings: buildingsOf(in, p.Code),
		flags: flagsOf(in.Scores, at, r.table.Audience), exact: r.table.Audience >= layers.Analyst, lineage: lineageOf(snap, p),
	}
	v.years = yearRows(in.Years, v.exact)
	for _, e := range layers.Told(in.Scores.Explain(p.Code), r.table.Audience) {
		if e.Text == "否" && len(e.Inputs) == 0 {
			v.negatives = append(v.negatives, e.Title+"："+orDash(e.Note))
			continue
		}
		v.told = append(v.told, toldOf(&e))
	}
	return v
}

// timelineOf puts what was agreed beside what was done. A day that has passed without the deed is late as of the snapshot's day.
func timelineOf(r record, asOf parcels.Date) [][]string {
	rows := [][]string{{"签订合同", "", r.text("signed_on"), ""}, {"交付土地", "", r.text("handed_over_on"), ""}}
	for _, step := range []struct{ name, due, done string }{
		{"动工", "due_start_on", "started_on"}, {"竣工", "due_completion_on", "completed_on"}, {"投产", "due_production_on", "produced_on"},
	} {
		due, done := r.text(step.due), r.text(step.done)
		rows = append(rows, []string{step.name, due, done, lateness(due, done, asOf)})
	}
	return rows
}

func lateness(due, done string, asOf parcels.Date) string {
	agreed, err := parcels.ParseDate(due)
	if err != nil {
		return ""
	}
	actual, err := parcels.ParseDate(done)
	switch {
	case err == nil && actual > agreed:
		return fmt.Sprintf("晚 %d 天", actual-agreed)
	case err == nil && actual < agreed:
		return fmt.Sprintf("早 %d 天", agreed-actual)
	case err == nil:
		return "如期"
	case agreed < asOf:
		return fmt.Sprintf("已过 %d 天，未见记录", asOf-agreed)
	}
	return "未到期"
}

func buildingsOf(in *Input, code string) [][]string {
	t, ok := in.Tables[layers.Buildings]
	if !ok {
		return nil
	}
	snap := in.Scores.Snapshot()
	var rows [][]string
	for _, i := range snap.BuildingsOn(code) {
		b := &snap.Buildings[i]
		row, ok := t.Row(b.ID)
		if !ok {
			continue
		}
		r := record{t, row}
		rows = append(rows, []string{
			joined(" ", r.text("name"), strings.TrimPrefix(b.ID, code)), r.text("use"), r.text("storeys"), storeyText(b.Storeys), r.text("floor_m2"), r.text("footprint_m2"),
			r.text("completed_on"), joined("，", r.text("vacant_m2"), since(r.text("vacant_since"))),
		})
	}
	return rows
}

func since(day string) string {
	if day == "" {
		return ""
	}
	return "自 " + day
}

// storeyText lists storeys from the ground up: floor area and height.
func storeyText(storeys []parcels.Storey) string {
	var texts []string
	for i, s := range storeys {
		text := fmt.Sprintf("%dF %s m²", i+1, decimal(s.FloorM2, 0))
		if s.HeightM > 0 {
			text += fmt.Sprintf("/%s m", decimal(s.HeightM, 1))
		}
		texts = append(texts, text)
	}
	return joined("；", texts...)
}

// flagsOf words the suspicions about a parcel, with as much of their evidence as the audience may know.
func flagsOf(scores *scoring.Scores, at int, audience layers.Audience) []flag {
	var flags []flag
	for i := range scores.Parcels[at].Findings {
		f := &scores.Parcels[at].Findings[i]
		item := flag{title: f.Title().Zh}
		if f.Since.OK() {
			item.lines = append(item.lines, "起算日："+f.Since.String())
		}
		if layers.MayKnowWhy(f, audience) {
			item.lines = append(item.lines, "情形："+orDash(f.Why.Zh))
			if value, limit := findingText(f, f.Value), findingText(f, f.Limit); value != "" || limit != "" {
				item.lines = append(item.lines, fmt.Sprintf("比较：值 %s，界限 %s", orDash(value), orDash(limit)))
			}
		}
		item.lines = append(item.lines, "依据："+orDash(joined(" ", f.Rule.Document, f.Clause))+"（规则 "+f.Rule.ID+"@"+short(f.Rule.Hash)+"）")
		flags = append(flags, item)
	}
	return append(flags, stagesOf(scores, at)...)
}

// findingText writes what a suspicion compared; shares are fractions there and per cent on paper.
func findingText(f *scoring.Finding, o parcels.Opt[float64]) string {
	if f.Unit == "%" {
		return percentText(o)
	}
	return joined(" ", realText(o, 2), f.Unit)
}

// stagesOf says how far suspected idle land is on the way of order 53.
func stagesOf(scores *scoring.Scores, at int) []flag {
	idle := scores.Parcels[at].Idle
	title, _ := idle.Title()
	if title == "" {
		return nil
	}
	item := flag{title: "闲置进度：" + title}
	if idle.Due.OK() {
		item.lines = append(item.lines, "应动工日："+idle.Due.String())
	}
	for _, stage := range idle.Stages(scores.AsOf) {
		when := "已进入"
		if stage.DaysLeft > 0 {
			when = fmt.Sprintf("尚余 %d 天", stage.DaysLeft)
		}
		item.lines = append(item.lines, fmt.Sprintf("%s：%s 起，%s", scoring.Word("stage", stage.ID).Zh, stage.On, when))
	}
	return []flag{item}
}

func lineageOf(snap *parcels.Snapshot, p *parcels.Parcel) []fact {
	var list []fact
	if len(p.Parents) > 0 {
		list = append(list, fact{"来源宗地", joined("、", p.Parents...)})
	}
	var children []string
	for i := range snap.Parcels {
		if slices.Contains(snap.Parcels[i].Parents, p.Code) {
			children = append(children, snap.Parcels[i].Code)
		}
	}
	if len(children) > 0 {
		list = append(list, fact{"分出宗地", joined("、", children...)})
	}
	return list
}

func yearRows(years []Year, exact bool) [][]string {
	years = slices.Clone(years)
	slices.SortFunc(years, func(a, b Year) int { return b.Year - a.Year })
	var rows [][]string
	for _, y := range years {
		row := []string{fmt.Sprint(y.Year), className(y.Class)}
		if exact {
			row = append(row, realText(y.Tax, 2), realText(y.Output, 2), realText(y.ValueAdded, 2))
		}
		rows = append(rows, row)
	}
	return rows
}

func className(c scoring.Class) string { return scoring.Word("class", string(c)).Zh }

func inputText(o *scoring.Operand) string {
	if o.Value == "" {
		return dash
	}
	return joined(" ", o.Value, o.Unit)
}

func toldOf(e *scoring.Explanation) told {
	t := told{title: e.Title, value: e.Text, formula: e.Formula, note: e.Note}
	if v, ok := e.Value.Get(); ok {
		t.value = joined("，", e.Text, joined(" ", decimal(v, 2), e.Unit))
	}
	t.value = orDash(t.value)
	var inputs []string
	for _, o := range e.Inputs {
		inputs = append(inputs, o.Name+" "+inputText(&o))
	}
	t.inputs = joined("；", inputs...)
	if e.Rule != nil {
		t.rule = joined(" ", e.Rule.ID+"@"+short(e.Rule.Hash), e.Rule.Document, e.Clause, e.Rule.Notice)
	}
	return t
}
