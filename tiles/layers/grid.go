package layers

import "slices"

// Grid is the name of the layer that stands in a tile instead of features too small or too many to draw: squares with sums of what lies
// in them.
const Grid = "grid"

// How is how the values of a square's features are put together.
type How int

// The ways. Land is what a feature weighs: its first visible land field.
const (
	Count   How = iota // features
	Holding            // features that have the value, or whose flag is set
	Sum                // of the values
	Mean               // of the values, weighted by land
	PerLand            // sum of the values over the land of all features, those without a value too
	Most               // the value that most land has
)

// GridField is one attribute of the squares: how it is made, and of which field.
type GridField struct {
	Field
	How How
	Of  string // field of the features; "" for Count
}

// gridOf lists the squares' attributes by layer. Where a square's attribute answers the same question as a feature's, it has its name,
// so that a map colours both by one rule. Land of firms that have not reported counts in the sums per mu: a park must not look better
// for having more land idle.
var gridOf = map[string]struct {
	land   []string // first that is visible
	fields []GridField
}{
	Parcels: {
		land: []string{"land_mu", "drawn_mu"},
		fields: []GridField{
			{Field{"count", "宗地数", "Parcels", "宗", Integer, Public}, Count, ""},
			{Field{"drawn_mu", "图上面积", "Drawn area", "亩", Number, Public}, Sum, "drawn_mu"},
			{Field{"published_class", "面积最大的公布等级", "Published class of most land", "", Text, Public}, Most, "published_class"},

			{Field{"land_mu", "用地面积", "Land", "亩", Number, Viewer}, Sum, "land_mu"},
			{Field{"class", "面积最大的等级", "Class of most land", "", Text, Viewer}, Most, "class"},
			{Field{"idle_count", "疑似闲置宗地数", "Suspected idle parcels", "宗", Integer, Viewer}, Holding, "idle_type"},
			{Field{"idle_plant_count", "疑似闲置厂房宗地数", "Parcels with suspected idle plants", "宗", Integer, Viewer}, Holding, "idle_plant"},
			{Field{"far", "容积率", "Floor-area ratio", "", Number, Viewer}, Mean, "far"},
			{Field{"density", "建筑密度", "Building density", "%", Number, Viewer}, Mean, "density"},
			{Field{"coefficient", "建筑系数", "Building coefficient", "%", Number, Viewer}, Mean, "coefficient"},
			{Field{"vacant_share", "空置率", "Vacant share", "%", Number, Viewer}, Mean, "vacant_share"},
			{Field{"tax_band", "面积最大的亩均税收档", "Tax band of most land", "万元/亩", Text, Viewer}, Most, "tax_band"},
			{Field{"output_band", "面积最大的亩均产值档", "Output band of most land", "万元/亩", Text, Viewer}, Most, "output_band"},
			{Field{"value_added_band", "面积最大的亩均增加值档", "Value added band of most land", "万元/亩", Text, Viewer}, Most, "value_added_band"},

			{Field{"tax_wan", "税收", "Tax", "万元", Number, Analyst}, Sum, "tax_wan"},
			{Field{"output_wan", "产值", "Output", "万元", Number, Analyst}, Sum, "output_wan"},
			{Field{"value_added_wan", "增加值", "Value added", "万元", Number, Analyst}, Sum, "value_added_wan"},
			{Field{"tax_wan_mu", "亩均税收", "Tax per mu", "万元/亩", Number, Analyst}, PerLand, "tax_wan"},
			{Field{"output_wan_mu", "亩均产值", "Output per mu", "万元/亩", Number, Analyst}, PerLand, "output_wan"},
			{Field{"value_added_wan_mu", "亩均增加值", "Value added per mu", "万元/亩", Number, Analyst}, PerLand, "value_added_wan"},
			{Field{"fai_wan_mu", "投资强度", "Investment intensity", "万元/亩", Number, Analyst}, Mean, "fai_wan_mu"},
			{Field{"score", "综合得分", "Score", "", Number, Analyst}, Mean, "score"},
			{Field{"exit_count", "疑似退出候选宗地数", "Suspected exit candidates", "宗", Integer, Analyst}, Holding, "exit"},
		},
	},
	Buildings: {
		land: []string{"footprint_m2"},
		fields: []GridField{
			{Field{"count", "幢数", "Buildings", "幢", Integer, Viewer}, Count, ""},
			{Field{"footprint_m2", "基底面积", "Footprint", "m²", Number, Viewer}, Sum, "footprint_m2"},
			{Field{"floor_m2", "建筑面积", "Floor area", "m²", Number, Viewer}, Sum, "floor_m2"},
			{Field{"vacant_m2", "空置建筑面积", "Vacant floor area", "m²", Number, Viewer}, Sum, "vacant_m2"},
		},
	},
}

// GridFields lists the attributes of a layer's squares that can be made of the layer's own fields, and the field that weighs; none for a
// layer without a grid. Given an audience's layer it lists that audience's: squares are made of the table alone, so they tell nobody
// what could not be added up from the features he may see.
func (l Layer) GridFields() (fields []GridField, land string) {
	spec := gridOf[l.Name]
	for _, f := range spec.fields {
		if f.Of == "" && len(l.Fields) > 0 || l.has(f.Of) {
			fields = append(fields, f)
		}
	}
	if i := slices.IndexFunc(spec.land, l.has); i >= 0 {
		land = spec.land[i]
	}
	return fields, land
}

func (l Layer) has(field string) bool {
	return slices.ContainsFunc(l.Fields, func(f Field) bool { return f.Name == field })
}
