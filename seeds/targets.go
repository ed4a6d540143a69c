package seeds

import (
	"math"

	"muchan/parcels"
)

// planTarget is a row of the plan as it stands there; NaN is a figure the plan does not give.
type planTarget struct {
	id, name, nameEn, unit string
	base, target, growth   float64
	binding                bool
	place, note            string
}

const (
	planTitle   = "泉州经济技术开发区“十四五”规划纲要"
	targetTable = "二(二)发展目标表 "
	boxOne      = "一(一)专栏1 "
)

var unstated = math.NaN()

// planTargetRows are the plan's figures with their places. Where the plan contradicts itself each figure stands as a row of its own
// or in a note, and nothing is corrected.
var planTargetRows = []planTarget{
	{"gdp", "地区生产总值", "GDP", "亿元", 183.77, 276.33, 8.5, false, targetTable + "经济发展1", "与年均增长一致：183.77×1.085⁵=276.33；正文作276.3"},
	{"gdp-per-head", "人均地区生产总值", "GDP per head", "亿元", 0.0044, 0.007, 9, false, targetTable + "经济发展2", "单位照原表为亿元，即44万元、70万元；由此推算人口由41766人降至39476人；0.0044×1.09⁵=0.00677"},
	{"tertiary-share", "第三产业增加值占GDP比重", "Services in GDP", "%", 21, 24, unstated, false, targetTable + "经济发展3", "专栏1载2020年为20.8%"},
	{"retail", "社会消费品零售总额", "Retail sales", "亿元", 67.12, 94, 7, false, targetTable + "经济发展4", "与年均增长一致：67.12×1.07⁵=94.14；正文作88亿元，两处不一致"},
	{"retail-text", "社会消费品零售总额(正文)", "Retail sales (text)", "亿元", 67.12, 88, unstated, false, "二(二)经济目标", "目标表作94亿元、年均增长7%；88亿元与该增速不符"},
	{"budget", "一般公共预算收入", "General public budget revenue", "亿元", 6.2, 7.9, 5, false, targetTable + "经济发展5", "与年均增长一致：6.2×1.05⁵=7.91；与“一般公共预算总收入”不是同一指标"},
	{"budget-total-2020", "一般公共预算总收入(2020年)", "Total general public budget revenue, 2020", "亿元", 13.23, unstated, unstated, false, boxOne + "经济发展5", "十三五规划目标17.67亿元，完成13.23亿元，年均增长0.96%；按亩均计算约为一般公共预算收入口径的两倍"},
	{"foreign-capital", "实际利用外资(五年累计)", "Foreign capital used, five years", "亿元", 2.2, 11, unstated, false, targetTable + "经济发展6", "基期为2020年当年值，目标为五年累计"},
	{"exports", "出口总额(五年累计)", "Exports, five years", "亿元", 53.34, 283.15, 2, false, targetTable + "经济发展7", "基期为2020年当年值，目标为五年累计；53.34×Σ1.02ᵏ=283.14；专栏1另以亿美元计"},
	{"rd-growth", "研发经费投入增长率", "Growth of R&D spending", "%", 25, 30, 30, false, targetTable + "创新驱动8", ""},
	{"science-share", "科学技术支出占一般公共预算支出比例", "Science in public spending", "%", 12.91, 15, unstated, false, targetTable + "创新驱动9", ""},
	{"high-tech-firms", "高新技术企业数", "High-tech firms", "家", 51, 120, unstated, false, targetTable + "创新驱动10", "2020年数三处不一：正文59、专栏1为50、本表51；目标120家多于规上企业112家，又称规上企业全部创高企"},
	{"high-tech-firms-box", "高新技术企业数(专栏1)", "High-tech firms (box 1)", "家", 50, unstated, unstated, false, boxOne + "科技创新9", "见“高新技术企业数”"},
	{"high-tech-firms-text", "高新技术企业数(正文)", "High-tech firms (text)", "家", 59, 120, unstated, false, "一(一)3、二(二)创新目标", "见“高新技术企业数”"},
	{"patents-new", "发明专利累计新增授权数", "New invention patents", "件", 36, 200, unstated, false, targetTable + "创新驱动11", ""},
	{"patents-per-10k", "万人发明专利拥有量", "Invention patents per 10 000 people", "件", 72.58, 85, unstated, false, targetTable + "创新驱动12", "正文作74.29，两表均为72.58"},
	{"patents-per-10k-text", "万人发明专利拥有量(正文)", "Invention patents per 10 000 people (text)", "件", 74.29, 85, unstated, false, "一(一)3、二(二)创新目标", "见“万人发明专利拥有量”"},
	{"technology-centres", "各级企业技术中心", "Enterprise technology centres", "个", 8, 11, unstated, false, targetTable + "创新驱动13", ""},
	{"kindergarten", "学前三年教育入园率", "Kindergarten enrolment", "%", 100, 100, unstated, false, targetTable + "社会事业14", ""},
	{"compulsory-education", "九年义务教育巩固率", "Compulsory education completion", "%", 100, 100, unstated, false, targetTable + "社会事业15", ""},
	{"standard-schools", "省义务教育管理标准化学校达标率", "Schools up to provincial standard", "%", 50, 100, unstated, false, targetTable + "社会事业16", ""},
	{"health-literacy", "居民健康素养水平", "Health literacy", "%", 20, 25, unstated, false, targetTable + "社会事业17", ""},
	{"safety", "安全生产主要指标", "Work safety", "", unstated, unstated, unstated, true, targetTable + "社会事业18", "2020年未发生安全生产事故；目标为死亡人数力争有所下降，不发生较大以上事故"},
	{"energy-per-gdp", "单位地区生产总值能耗降幅", "Fall of energy per GDP", "%", unstated, unstated, unstated, true, targetTable + "绿色发展19", "完成市下达任务，规划未给数值"},
	{"good-air", "空气质量优良天数比率", "Days of good air", "%", 96.7, 97.5, unstated, true, targetTable + "绿色发展20", "目标为97.5以上"},
	{"green-cover", "绿化覆盖率", "Green cover", "%", 43.97, 44.62, unstated, true, targetTable + "绿色发展21", "正文“园区绿化率”为40.93%，口径未说明"},
	{"green-rate-text", "园区绿化率(正文)", "Green rate of the park (text)", "%", 40.93, unstated, unstated, false, "一(一)5", "见“绿化覆盖率”；是否同一口径规划未说明"},
	{"pm25", "PM2.5平均浓度", "PM2.5", "µg/m³", 26, 21, unstated, true, targetTable + "绿色发展22", "正文作低于21"},
	{"pm10", "PM10平均浓度", "PM10", "µg/m³", 50, 39, unstated, true, targetTable + "绿色发展23", ""},
	{"sewage", "城市生活污水集中处理率", "Sewage treated", "%", 100, 100, unstated, true, targetTable + "绿色发展24", ""},
	{"hazardous-waste", "危废处置利用率", "Hazardous waste treated", "%", 98, 98.5, unstated, true, targetTable + "绿色发展25", "目标为98.5以上"},
	{"gdp-per-km2", "每平方公里土地地区生产总值", "GDP per km²", "亿元/km²", unstated, 26.7, unstated, false, "三(七)集约发展项目", "26.7亿元/km²=178万元/亩；276.33÷26.7=10.35km²，与预算收入推算的9.52km²口径不同"},
	{"budget-per-km2", "每平方公里土地一般公共预算收入", "Budget revenue per km²", "亿元/km²", unstated, 0.83, unstated, false, "三(七)集约发展项目", "0.83亿元/km²=5.53万元/亩；7.9÷0.83=9.52km²，与GDP推算的10.35km²口径不同"},
	{"output-2020", "工业总产值(2020年)", "Industrial output, 2020", "亿元", 582, unstated, unstated, false, boxOne + "经济发展2", "十三五规划目标655亿元(力争800亿元)，完成582亿元，年均增长6.4%"},
	{"above-scale-2020", "规上企业数(2020年)", "Above-scale firms, 2020", "家", 112, unstated, unstated, false, "一(一)1", "目标表无规上企业数；高新技术企业目标为120家"},
	{"output-over-100m-2020", "产值超亿元企业数(2020年)", "Firms with output over 100 million yuan, 2020", "家", 58, unstated, unstated, false, "一(一)1", ""},
	{"tax-over-100m-2020", "税收超亿元企业数(2020年)", "Firms with tax over 100 million yuan, 2020", "家", 2, unstated, unstated, false, "一(一)1", ""},
	{"tax-over-10m-2020", "税收超千万元企业数(2020年)", "Firms with tax over 10 million yuan, 2020", "家", 11, unstated, unstated, false, "一(一)1", "与2020年税收超亿元的2家是否重复计算规划未说明"},
	{"textiles-share-2020", "纺织鞋服占工业总产值比重(2020年)", "Textiles and footwear in industrial output, 2020", "%", 84, unstated, unstated, false, "薄弱环节1", ""},
	{"output-textiles", "纺织鞋服产业产值", "Output of textiles and footwear", "亿元", unstated, 650, unstated, false, "三(二)1", "2020年占工业总产值84%，即约489亿元；650亿元为其1.33倍，与“占比成倍增长”不符；四大产业目标合计810亿元"},
	{"output-electronics", "电子信息产业产值", "Output of electronics", "亿元", unstated, 100, unstated, false, "三(二)2", "2020年不足工业总产值的5%"},
	{"output-machinery", "机械装备产业产值", "Output of machinery", "亿元", unstated, 30, unstated, false, "三(二)3", "正文“4+1”称机械制造；2020年不足工业总产值的5%，即29.1亿元以下"},
	{"output-food-medicine", "医药食品产业产值", "Output of food and medicine", "亿元", unstated, 30, unstated, false, "三(二)4", "正文“4+1”称生物医药；2020年不足工业总产值的5%，即29.1亿元以下"},
	{"new-logistics", "新物流营业收入", "Revenue of new logistics", "亿元", unstated, 20, unstated, false, "三(三)2", ""},
	{"platform-output", "平台经济贡献产值", "Output through platforms", "亿元", unstated, 100, unstated, false, "三(三)3", "超百亿元"},
	{"digital-share", "数字经济总量占比", "Digital economy", "%", unstated, 60, unstated, false, "二(二)创新目标", "60%以上"},
}

// planTargets returns the plan's figures as rows.
func planTargets() []parcels.Target {
	rows := make([]parcels.Target, len(planTargetRows))
	for k, p := range planTargetRows {
		rows[k] = parcels.Target{
			ID: p.id, Name: p.name, NameEn: p.nameEn, Unit: p.unit, BaseYear: 2020, TargetYear: 2025,
			Base: stated(p.base), Target: stated(p.target), GrowthPct: stated(p.growth), Binding: parcels.Some(p.binding),
			Source: planTitle + " " + p.place, Note: p.note,
		}
	}
	return rows
}

func stated(v float64) parcels.Opt[float64] {
	if math.IsNaN(v) {
		return parcels.Opt[float64]{}
	}
	return parcels.Some(v)
}
