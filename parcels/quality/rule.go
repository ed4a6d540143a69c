package quality

import (
	"slices"
	"strings"

	"muchan/parcels"
)

// Rule is one thing that is looked for.
type Rule struct {
	ID       string           `json:"id"`
	Severity parcels.Severity `json:"severity"` // of what it finds; a row's rule may find less
	Title    Text             `json:"title"`
	Meaning  Text             `json:"meaning"`
	Remedy   Text             `json:"remedy"`
}

const (
	isError   = parcels.SeverityError
	isWarning = parcels.SeverityWarning
	isNote    = parcels.SeverityNote
)

// Rules lists every rule: those of the whole store first, then those a row breaks by itself.
var Rules = slices.Concat(landRules, firmRules, rowRules)

var byID = func() map[string]*Rule {
	m := make(map[string]*Rule, len(Rules))
	for i := range Rules {
		m[Rules[i].ID] = &Rules[i]
	}
	return m
}()

// RuleOf returns a rule by its ID, also one that names its table in front (occupancies.period.order); for an unknown ID a rule that
// has the ID for a title.
func RuleOf(id string) Rule {
	if r := byID[id]; r != nil {
		return *r
	}
	if _, rest, ok := strings.Cut(id, "."); ok {
		if r := byID[rest]; r != nil {
			named := *r
			named.ID = id
			return named
		}
	}
	return Rule{ID: id, Severity: isWarning, Title: Text{id, id}}
}

// landRules are about parcels and buildings against each other.
var landRules = []Rule{
	{
		"parcel.overlap", isError,
		Text{"宗地重叠", "Parcels overlap"},
		Text{"两宗现行宗地共有的面积超过容差，同一块地计了两次", "Two valid parcels share more land than the tolerance: it counts twice"},
		Text{"核对界址点；如为分割、合并，终止原宗地", "Check the boundary points; after a split or merge end the former parcel."},
	},
	{
		"parcel.gap", isWarning,
		Text{"宗地间缝隙", "Gap between parcels"},
		Text{"相对的两条界线之间有过窄的空隙，多为界址点未重合", "Two facing boundaries leave a strip too narrow to be land: their points most likely should coincide"},
		Text{"核对共用界址点，或确认为通道", "Check the common boundary points, or confirm the strip as an alley."},
	},
	{
		"parcel.outside_park", isError,
		Text{"宗地在园区之外", "Parcel outside its park"},
		Text{"整宗不在所属园区范围内，多为坐标系或园区代码有误", "The parcel lies wholly outside its park: coordinate system or park code are most likely wrong"},
		Text{"核对坐标系、带号和园区代码", "Check the coordinate system, its zone, and the park's code."},
	},
	{
		"parcel.over_park_boundary", isWarning,
		Text{"宗地越出园区界线", "Parcel over its park's boundary"},
		Text{"部分在园区范围之外，面积超过容差", "Part of it lies outside its park, beyond the tolerance"},
		Text{"核对界址和园区范围", "Check both boundaries."},
	},
	{
		"parcel.park_missing", isNote,
		Text{"园区范围缺失", "Park's boundary missing"},
		Text{"园区没有范围，无法判断宗地是否在内", "Without the park's boundary nobody can say whether the parcel lies in it"},
		Text{"补充园区范围", "Import the park's boundary."},
	},
	{
		"parcel.title_area", isWarning,
		Text{"图上面积与证载面积不符", "Drawn against title area"},
		Text{"两者之差超过容差（证载面积的一定比例与周长乘界址点误差中的较大者）", "They differ by more than the larger of a share of the title area and the perimeter times the error of a point"},
		Text{"核对界址、坐标系和面积单位；指标以证载面积为准", "Check boundary, coordinate system and unit; figures per mu go by the title area."},
	},
	{
		"parcel.title_missing", isNote,
		Text{"证载面积缺失", "Title area missing"},
		Text{"按图上面积计", "The drawn area stands in for it"},
		Text{"按权属证书补充", "Fill it in from the certificate."},
	},
	{
		"parcel.county", isWarning,
		Text{"宗地代码的县级区划与园区不符", "County of code and park differ"},
		Text{"宗地代码前六位不是园区的县级区划代码", "The first six digits of the code are not the county of the park"},
		Text{"核对宗地代码和园区", "Check the code and the park."},
	},
	{
		"parcel.crowded", isNote,
		Text{"相邻宗地过多", "Too many neighbours"},
		Text{"外接矩形与过多宗地相交，未全部比较", "Its box meets too many others; not all were compared"},
		Text{"检查该宗地的范围是否过大", "Check whether its boundary is far too large."},
	},
	{
		"parcel.without_firm", isWarning,
		Text{"在用宗地没有企业", "Land in use without a firm"},
		Text{"土地状态为在用，但当日没有任何用地关系", "Its state is in use, but no occupancy lasts on the day"},
		Text{"补充用地关系，或更正土地状态", "Import the occupancy, or correct the state."},
	},
	{
		"building.parcel_ended", isWarning,
		Text{"建筑的宗地已不存在", "Building on a parcel that ended"},
		Text{"宗地已分割、合并或终止，建筑仍记在其上", "The parcel was split, merged or ended and the building still names it"},
		Text{"把建筑改记到现行宗地", "Move the building to the parcel that is valid now."},
	},
	{
		"building.outside_parcel", isError,
		Text{"建筑在宗地之外", "Building outside its parcel"},
		Text{"整幢不在所属宗地内", "It stands wholly outside the parcel it names"},
		Text{"核对宗地代码和基底坐标", "Check its parcel code and the footprint."},
	},
	{
		"building.over_boundary", isWarning,
		Text{"建筑超出宗地界线", "Building over the boundary"},
		Text{"部分基底在所属宗地之外，超过容差", "Part of the footprint lies outside its parcel, beyond the tolerance"},
		Text{"核对基底和界址；确有超出的，移交执法核查", "Check both; when it is so on the ground, have it looked into."},
	},
	{
		"building.overlap", isWarning,
		Text{"建筑基底重叠", "Footprints overlap"},
		Text{"同一宗地上两幢建筑的基底重叠，可能重复登记，或整体与其部分并存", "Two buildings of a parcel share ground: the same twice, or a whole beside its parts"},
		Text{"删除重复的一幢，或只保留各部分", "Remove the double, or keep the parts alone."},
	},
	{
		"building.floor_footprint", isWarning,
		Text{"建筑面积与基底乘层数不符", "Floor area against footprint × storeys"},
		Text{"建筑面积与基底面积×层数之比超出允许范围", "Floor area over footprint × storeys is out of range"},
		Text{"核对分层面积、层数和基底", "Check the storeys' areas, their number, and the footprint."},
	},
	{
		"building.storeys_missing", isNote,
		Text{"分层面积缺失", "Storeys missing"},
		Text{"没有建筑面积，容积率无法计算", "Without floor area there is no floor-area ratio"},
		Text{"补充分层面积和层高", "Fill in area and height of each storey."},
	},
}

// firmRules are about firms, their land and their figures.
var firmRules = []Rule{
	{
		"occupancy.over_building", isWarning,
		Text{"用房面积超过建筑面积", "Occupancy over a building's area"},
		Text{"各企业在一幢内使用的面积之和超过该幢建筑面积", "Firms use more floor area in a building than it has"},
		Text{"核对使用面积，终止已结束的租赁", "Check the areas, and end leases that are over."},
	},
	{
		"occupancy.over_parcel", isWarning,
		Text{"用房面积超过宗地建筑面积", "Occupancy over a parcel's floor area"},
		Text{"各企业在一宗地内使用的面积之和超过其全部建筑面积", "Firms use more floor area on a parcel than stands on it"},
		Text{"核对使用面积；业主自用面积不含出租部分", "Check the areas; an owner's own use leaves out what is let."},
	},
	{
		"occupancy.parcel_ended", isWarning,
		Text{"所用宗地已不存在", "Occupancy of a parcel that ended"},
		Text{"用地关系未终止，而宗地当日已不存在", "The occupancy lasts, the parcel does not"},
		Text{"终止该关系，改记到现行宗地", "End it, and import it for the parcel that is valid now."},
	},
	{
		"occupancy.building_elsewhere", isWarning,
		Text{"所用建筑不在宗地上", "Occupancy of a building elsewhere"},
		Text{"用地关系所指的建筑当日不在该宗地上", "The building it names does not stand on its parcel on the day"},
		Text{"核对宗地代码和幢编号", "Check the parcel code and the building's ID."},
	},
	{
		"firm.without_land", isWarning,
		Text{"企业没有用地", "Firm without land"},
		Text{"未注销的企业当日没有用地关系，亩均指标无法计算", "A firm that is not closed occupies nothing on the day: it has no figures per mu"},
		Text{"补充用地关系，或登记注销、迁出", "Import its occupancy, or record that it closed or left."},
	},
	{
		"firm.closed_on_land", isWarning,
		Text{"已注销企业仍占用土地", "Closed firm still on land"},
		Text{"企业已注销，用地关系未终止", "The firm closed and its occupancy lasts"},
		Text{"终止用地关系", "End the occupancy."},
	},
	{
		"firm.without_figures", isNote,
		Text{"企业没有年度数据", "Firm without figures"},
		Text{"没有任何一年的数据，不参与评价", "It has figures of no year and is not evaluated"},
		Text{"补报年度数据", "Import its figures."},
	},
	{
		"firm.same_name", isWarning,
		Text{"企业名称重复", "Two firms of one name"},
		Text{"同一名称有两个统一社会信用代码", "One name stands under two credit codes"},
		Text{"核对营业执照，合并重复的企业", "Compare the licences; merge them when they are one."},
	},
	{
		"firm.same_organisation", isWarning,
		Text{"主体标识码重复", "Two firms of one organisation code"},
		Text{"两个统一社会信用代码的主体标识码（第9至17位）相同", "Two credit codes hold the same organisation code (positions 9 to 17)"},
		Text{"核对营业执照", "Compare the licences."},
	},
	{
		"figures.year_missing", isNote,
		Text{"年度数据不连续", "Years missing"},
		Text{"首年至最近应报年度之间有缺年", "Years between its first and the last that is due have no figures"},
		Text{"补报缺少的年度；缺失不作零处理", "Import the years; missing is not zero."},
	},
	{
		"figures.magnitude", isWarning,
		Text{"数量级与其他年度相差过大", "Magnitude differs from other years"},
		Text{"与本企业其他年度的中位数相差过大，疑似单位有误（元、万元、亿元）", "So many times the median of the firm's other years that the unit is suspected: 元, 万元, 亿元"},
		Text{"核对单位；只有两年时也可能是另一年有误", "Check the unit; of two years it may be the other."},
	},
	{
		"figures.cohort", isWarning,
		Text{"数量级与同行业相差过大", "Magnitude differs from its industry"},
		Text{"亩均值与同行业同年度的中位数相差过大，疑似单位或用地有误", "Per mu it is so many times the median of its industry and year that unit or land are suspected"},
		Text{"核对单位和用地面积", "Check the unit and the land."},
	},
}
