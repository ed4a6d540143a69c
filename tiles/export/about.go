package export

import (
	"fmt"
	"strings"

	"muchan/geo/layerfile"
	"muchan/scoring"
	"muchan/tiles/layers"
)

// About is what a reader of a file must know of its rows: whose they are, as of when, and by which rules.
type About struct {
	Title   string // of the service
	Notice  string // what must be said of the data as a whole, such as 示例数据，全部虚构
	Year    int    // of the figures
	AsOf    string // YYYY-MM-DD
	Version int64  // of the snapshot
	Rules   []scoring.RuleRef
}

// audienceTitles names audiences for people.
var audienceTitles = map[layers.Audience]string{layers.Public: "公开", layers.Viewer: "土地部门", layers.Analyst: "园区工作人员", layers.Admin: "数据管理员"}

var audienceTitlesEn = map[layers.Audience]string{layers.Public: "public", layers.Viewer: "land bureau", layers.Analyst: "zone's staff", layers.Admin: "data keeper"}

// AudienceTitleEn names an audience in English.
func AudienceTitleEn(a layers.Audience) string { return audienceTitlesEn[a] }

// AudienceTitle names an audience in Chinese.
func AudienceTitle(a layers.Audience) string { return audienceTitles[a] }

// sentence says it in one line, for a format that has room for one.
func (a *About) sentence(t *layers.Table) string {
	parts := []string{
		t.Layer.Title, fmt.Sprintf("%d 年度数据", a.Year), "截至 " + a.AsOf, fmt.Sprintf("快照第 %d 版", a.Version),
		"使用范围：" + AudienceTitle(t.Audience), "评价结果为疑似，不是认定",
	}
	if a.Notice != "" {
		parts = append(parts, a.Notice)
	}
	return strings.Join(parts, "；")
}

// noteFields are the columns of a workbook's sheet of notes.
var noteFields = []layerfile.Field{{Name: "item", Title: "项目"}, {Name: "text", Title: "内容"}, {Name: "unit", Title: "单位"}, {Name: "field", Title: "字段名"}}

// notes are the rows of that sheet: the facts, the rules, then every column of every layer.
func (a *About) notes(tables []*layers.Table, crs string) [][]any {
	rows := [][]any{
		{"系统", a.Title, nil, nil},
		{"年度", fmt.Sprint(a.Year), nil, nil},
		{"数据截至", a.AsOf, nil, nil},
		{"快照版本", fmt.Sprint(a.Version), nil, nil},
		{"使用范围", AudienceTitle(tables[0].Audience), nil, nil},
		{"坐标系", crs + "，东（经）在前，北（纬）在后", nil, nil},
		{"说明", "评价结果为疑似，不是认定；空格表示缺数据，不是零", nil, nil},
	}
	if a.Notice != "" {
		rows = append(rows, []any{"数据性质", a.Notice, nil, nil})
	}
	for _, r := range a.Rules {
		rows = append(rows, []any{"规则", strings.Join(filled(r.Title, r.ID, r.Document, r.Notice), "；"), nil, r.Hash})
	}
	for _, t := range tables {
		for _, f := range t.Layer.Fields {
			rows = append(rows, []any{t.Layer.Title, f.Title, f.Unit, f.Name})
		}
	}
	return rows
}

// filled keeps the texts that say something.
func filled(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
