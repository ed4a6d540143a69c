// Package layers makes the published tables from a snapshot and its scores: one table per layer and audience. A table for a lower
// audience does not contain the columns of a higher one, so nothing downstream has to leave anything out. The list of fields
// below is the only one; tiles, GeoJSON, exports, legends and the documentation are made from it.
//
// It may import geo, parcels and scoring, and knows no tile and no HTTP.
package layers

// Audience is who a table is made for. A higher audience sees everything a lower one sees.
type Audience int

// The audiences, lowest first.
const (
	Public  Audience = iota // no login
	Viewer                  // land bureau
	Analyst                 // zoning staff
	Admin                   // data keeper
)

var audienceNames = [...]string{"public", "viewer", "analyst", "admin"}

// String returns the audience's name in URLs, accounts and JSON.
func (a Audience) String() string { return audienceNames[a] }

// ParseAudience is the inverse of String.
func ParseAudience(s string) (Audience, bool) {
	for i, name := range audienceNames {
		if name == s {
			return Audience(i), true
		}
	}
	return Public, false
}

// Type is the type of a field's values.
type Type string

// The field types.
const (
	Text    Type = "string"
	Number  Type = "number"
	Integer Type = "integer"
	Flag    Type = "boolean"
	Day     Type = "date" // YYYY-MM-DD
)

// Field is one published attribute.
type Field struct {
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	TitleEn  string   `json:"title_en"`
	Unit     string   `json:"unit,omitempty"`
	Type     Type     `json:"type"`
	Audience Audience `json:"-"` // the lowest that sees it
}

// isText reports whether the field's column holds texts.
func (f Field) isText() bool { return f.Type == Text || f.Type == Day }

// Names of the layers.
const (
	Parks     = "parks"
	Zones     = "zones"
	Parcels   = "parcels"
	Buildings = "buildings"
)

// Layer describes one published layer.
type Layer struct {
	Name     string
	Title    string
	TitleEn  string
	Audience Audience // the lowest that sees the layer at all
	ID       string   // field that identifies a feature
	MinZoom  int
	Fields   []Field
	// Drawn are the fields a map draws and filters by; they stay when a tile must be thinned out.
	Drawn []string
}

// For returns the layer with the fields an audience may see.
func (l Layer) For(audience Audience) Layer {
	visible := make([]Field, 0, len(l.Fields))
	for _, f := range l.Fields {
		if f.Audience <= audience {
			visible = append(visible, f)
		}
	}
	l.Fields = visible
	return l
}

// ByName returns the layer with a name, with all its fields, and whether there is one.
func ByName(name string) (Layer, bool) {
	for _, l := range All {
		if l.Name == name {
			return l, true
		}
	}
	return Layer{}, false
}

// All lists every layer with all its fields, in drawing order.
var All = []Layer{parks, zones, parcelsLayer, buildings}

var parks = Layer{
	Name: Parks, Title: "园区", TitleEn: "Parks", Audience: Public, ID: "code", MinZoom: 0,
	Fields: []Field{
		{"code", "园区代码", "Park code", "", Text, Public},
		{"name", "园区名称", "Name", "", Text, Public},
		{"name_en", "英文名称", "English name", "", Text, Public},
		{"definition", "面积口径", "Area definition", "", Text, Public},
		{"area_km2", "园区面积", "Area", "km²", Number, Public},
	},
	Drawn: []string{"code", "name", "name_en"},
}

var zones = Layer{
	Name: Zones, Title: "片区、控制线", TitleEn: "Zones", Audience: Public, ID: "id", MinZoom: 8,
	Fields: []Field{
		{"id", "编号", "ID", "", Text, Public},
		{"park", "园区代码", "Park", "", Text, Public},
		{"name", "名称", "Name", "", Text, Public},
		{"kind", "类型", "Kind", "", Text, Public},
		{"level", "级别", "Level", "", Integer, Public},
		{"document", "依据文件", "Document", "", Text, Public},
	},
	Drawn: []string{"id", "kind", "level"},
}

var parcelsLayer = Layer{
	Name: Parcels, Title: "宗地", TitleEn: "Parcels", Audience: Public, ID: "code", MinZoom: 8,
	Fields: []Field{
		{"code", "宗地代码", "Parcel code", "", Text, Public},
		{"park", "园区代码", "Park", "", Text, Public},
		{"use_code", "用地代码", "Land-use code", "", Text, Public},
		{"drawn_mu", "图上面积", "Drawn area", "亩", Number, Public},
		{"published_class", "公布等级", "Published class", "", Text, Public},
		{"published_year", "公布年度", "Published year", "", Integer, Public},

		{"address", "坐落", "Address", "", Text, Viewer},
		{"state", "土地状态", "State", "", Text, Viewer},
		{"land_mu", "用地面积", "Land", "亩", Number, Viewer},
		{"title_area_m2", "证载面积", "Title area", "m²", Number, Viewer},
		{"class", "等级", "Class", "", Text, Viewer},
		{"far", "容积率", "Floor-area ratio", "", Number, Viewer},
		{"density", "建筑密度", "Building density", "%", Number, Viewer},
		{"coefficient", "建筑系数", "Building coefficient", "%", Number, Viewer},
		{"vacant_share", "空置率", "Vacant share", "%", Number, Viewer},
		{"idle_type", "疑似闲置类型", "Suspected idle type", "", Text, Viewer},
		{"idle_stage", "闲置阶段", "Idle stage", "", Text, Viewer},
		{"idle_since", "闲置起算日期", "Idle since", "", Day, Viewer},
		{"idle_plant", "疑似闲置厂房", "Suspected idle plant", "", Flag, Viewer},
		{"signed_on", "签订日期", "Signed", "", Day, Viewer},
		{"handed_over_on", "交地日期", "Handed over", "", Day, Viewer},
		{"due_start_on", "约定动工日期", "Due start", "", Day, Viewer},
		{"started_on", "实际动工日期", "Started", "", Day, Viewer},
		{"due_completion_on", "约定竣工日期", "Due completion", "", Day, Viewer},
		{"completed_on", "实际竣工日期", "Completed", "", Day, Viewer},
		{"due_production_on", "约定投产日期", "Due production", "", Day, Viewer},
		{"produced_on", "实际投产日期", "In production", "", Day, Viewer},
		{"tax_band", "亩均税收档", "Tax per mu, band", "万元/亩", Text, Viewer},
		{"output_band", "亩均产值档", "Output per mu, band", "万元/亩", Text, Viewer},
		{"value_added_band", "亩均增加值档", "Value added per mu, band", "万元/亩", Text, Viewer},

		{"tax_wan_mu", "亩均税收", "Tax per mu", "万元/亩", Number, Analyst},
		{"output_wan_mu", "亩均产值", "Output per mu", "万元/亩", Number, Analyst},
		{"value_added_wan_mu", "亩均增加值", "Value added per mu", "万元/亩", Number, Analyst},
		{"fai_wan_mu", "投资强度", "Investment intensity", "万元/亩", Number, Analyst},
		{"score", "综合得分", "Score", "", Number, Analyst},
		{"tax_wan", "税收", "Tax", "万元", Number, Analyst},
		{"output_wan", "产值", "Output", "万元", Number, Analyst},
		{"value_added_wan", "增加值", "Value added", "万元", Number, Analyst},
		{"firm_count", "企业数", "Firms", "家", Integer, Analyst},
		{"main_firm", "主要企业", "Main firm", "", Text, Analyst},
		{"main_uscc", "主要企业信用代码", "Main firm's credit code", "", Text, Analyst},
		{"exit", "疑似退出候选", "Suspected exit candidate", "", Flag, Analyst},
		{"exit_failed", "未达标项数", "Failed tests", "", Integer, Analyst},
		{"exit_severity", "退出紧迫度", "Exit severity", "", Number, Analyst},
		{"partial", "数据不完整项", "Incomplete figures", "", Text, Analyst},
	},
	Drawn: []string{
		"code", "published_class", "published_year", "class", "idle_type", "idle_plant", "exit",
		"tax_wan_mu", "output_wan_mu", "value_added_wan_mu", "fai_wan_mu", "score", "tax_band", "output_band", "value_added_band",
		"far", "density", "coefficient", "vacant_share",
	},
}

var buildings = Layer{
	Name: Buildings, Title: "幢", TitleEn: "Buildings", Audience: Viewer, ID: "id", MinZoom: 13,
	Fields: []Field{
		{"id", "幢编号", "Building ID", "", Text, Viewer},
		{"parcel", "宗地代码", "Parcel code", "", Text, Viewer},
		{"name", "名称", "Name", "", Text, Viewer},
		{"use", "用途", "Use", "", Text, Viewer},
		{"storeys", "层数", "Storeys", "", Integer, Viewer},
		{"height_m", "高度", "Height", "m", Number, Viewer},
		{"floor_m2", "建筑面积", "Floor area", "m²", Number, Viewer},
		{"footprint_m2", "基底面积", "Footprint", "m²", Number, Viewer},
		{"completed_on", "竣工日期", "Completed", "", Day, Viewer},
		{"vacant_m2", "空置建筑面积", "Vacant floor area", "m²", Number, Viewer},
		{"vacant_since", "空置起始日期", "Vacant since", "", Day, Viewer},
	},
	Drawn: []string{"id", "parcel"},
}
