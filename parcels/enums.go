package parcels

import "strings"

// EnumTitles names the values of enumerations in Chinese, by "table.column" and value. Files may use these names, and the page
// shows them.
var EnumTitles = map[string]map[string]string{
	"parks.definition": {"approved": "核准", "planned": "规划", "built": "建成"},
	"zones.kind": {
		ZoneFunctional: "功能区", ZoneRenewal: "更新片区", ZoneBlockLine: "工业产业区块线", ZoneRedLine: "生态保护红线",
		ZoneControlUnit: "控规单元", ZonePlannedUse: "规划用途", ZoneWater: "水域", ZoneRoad: "道路",
	},
	"parcels.use_scheme": {"ydyh2023": "国土空间用地用海分类", "gb50137": "GB 50137-2011", "gbt21010": "GB/T 21010-2017"},
	"parcels.state": {
		StateApproved: "批而未供", StateSupplied: "供而未用", StateBuilding: "在建", StateUnused: "建而未用",
		StatePartial: "未满额建设", StateInUse: "在用", StateLow: "低效", StateReclaimed: "收储",
	},
	"buildings.use": {
		"plant": "厂房", "warehouse": "仓库", "office": "办公", "dormitory": "宿舍", "research": "研发", "service": "配套", "other": "其他",
	},
	"firms.tags": {
		"utility": "电热燃水", "newly_above_scale": "小升规", "major_project": "重大项目", "policy_move": "政策性搬迁", "listed": "上市",
		"specialised": "专精特新", "champion": "单项冠军", "high_tech": "高新技术", "micro_park": "小微园", "logistics": "物流", "research": "研发",
	},
	"occupancies.tenure":   {"own": "自有", "lease": "租赁"},
	"figures.energy_basis": {"equivalent": "等价值", "calorific": "当量值"},
	"figures.source":       {"filing": "企业申报", "authorised": "授权共享", "statistics": "统计", "estimate": "估计"},
	"events.kind": {
		"safety_accident": "安全生产事故", "environment_accident": "重大环境责任事故", "food_accident": "重大食品安全事故", "target_missed": "节能减排任务未完成",
		"penalty": "处罚", "notice": "通知", "illegal_building": "违法建设", "not_filed": "未报送数据", "exempted": "免于评价", "bonus": "加分",
		"sublet": "转租", "objection": "异议", "vacancy_check": "现场核查空置", "idle_inquiry": "闲置调查", "idle_determined": "闲置认定",
		"utility": "电热燃水", "newly_above_scale": "小升规", "major_project": "重大项目", "policy_move": "政策性搬迁", "listed": "上市",
		"specialised": "专精特新", "champion": "单项冠军", "high_tech": "高新技术", "micro_park": "小微园", "logistics": "物流", "research": "研发",
	},
}

// enumHelp lists the values of an enumeration for a remedy, each with its Chinese name.
func enumHelp(table, column string, values []string) string {
	titles := EnumTitles[table+"."+column]
	items := make([]string, len(values))
	for i, v := range values {
		items[i] = v
		if t := titles[v]; t != "" {
			items[i] += " (" + t + ")"
		}
	}
	return strings.Join(items, ", ")
}
