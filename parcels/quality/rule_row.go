package quality

import "muchan/geo"

// row makes a rule that a row breaks by itself. Its finding brings its own words in English.
func row(id, title, titleEn, remedy string) Rule {
	return Rule{ID: id, Severity: isError, Title: Text{title, titleEn}, Meaning: Text{title, titleEn}, Remedy: Text{remedy, ""}}
}

const redraw = "在QGIS中用“检查有效性”修正后重新导入"

// rowRules are those of parcels.Validate and geo.Check.
var rowRules = []Rule{
	row("code.spelling", "编码写法已规范", "Spelling of a code", "无需处理"),
	row("column.required", "必填项缺失", "A required value is missing", "补填"),
	row("text.encoding", "文字编码有误", "Text in a wrong encoding", "以正确编码重新导入，如 --encoding gb18030"),
	row("text.length", "文字过长", "Text too long", "缩短，或检查引号"),
	row("text.control", "含控制字符", "Control character", "删除"),
	row("key.separator", "编号含分隔符", "Separator in a key", "编号中改用其他字符"),
	row("enum.unknown", "取值不在允许范围", "Unknown value", "改用允许的取值"),
	row("number.finite", "不是数字", "Not a number", "不详时留空"),
	row("number.range", "数值超出合理范围", "Number out of range", "核对单位和小数点"),
	row("money.range", "金额超出合理范围", "Amount out of range", "核对单位，金额以万元计"),
	row("money.negative", "金额为负", "Negative amount", "确为退税或更正的保留，否则更正"),
	row("money.unit", "疑似金额单位有误", "Unit of an amount suspected", "核对是否以元填报，应以万元计"),
	row("money.part", "部分大于总额", "Part above the whole", "核对两项金额和单位"),
	row("date.range", "日期超出合理范围", "Date out of range", "更正日期"),
	row("date.order", "日期先后矛盾", "Dates in the wrong order", "核对两个日期"),
	row("date.missing", "日期缺失", "Date missing", "补填"),
	row("year.range", "年度超出合理范围", "Year out of range", "更正年度"),
	row("period.order", "起止日期颠倒", "Period ends before it begins", "更正起止日期，止日为次日"),
	row("parcel_code.form", "宗地代码格式有误", "Form of a parcel code", "按证书填写19位宗地代码"),
	row("parcel.parent", "来源宗地为自身", "Parcel is its own parent", "填写分割、合并前的宗地"),
	row("park_code.form", "园区代码格式有误", "Form of a park code", "使用园区代码，如QM"),
	row("county.form", "县级区划代码格式有误", "Form of a county code", "使用GB/T 2260代码"),
	row("park.county", "园区所在县级区划与名称不符", "Park in another county than its name says", "核对县级区划；安溪另有官桥镇"),
	row("uscc.form", "统一社会信用代码有误", "Credit code", "对照营业执照核对"),
	row("uscc.pilot", "早期试点信用代码", "Credit code of the pilot series", "对照营业执照核对"),
	row("industry.form", "行业代码有误", "Industry code", "使用GB/T 4754-2017代码"),
	row("use.scheme", "用地代码缺分类标准", "Land-use code without its scheme", "填写分类标准"),
	row("use.form", "用地代码格式有误", "Form of a land-use code", "核对分类标准"),
	row("zone.level", "控制线级别有误", "Level of a block line", "按文件填写"),
	row("area.definition", "面积口径缺失", "Area without a definition", "填写核准、规划或建成"),
	row("area.drawn", "面积与图形不符", "Area against the drawn one", "核对单位和范围"),
	row("area.zero", "面积为零", "Area is zero", "不详时留空"),
	row("area.part", "部分面积大于总面积", "Part above the whole", "核对单位"),
	row("far.order", "容积率上下限颠倒", "FAR limits swapped", "对调"),
	row("building.vacant", "空置面积大于建筑面积", "Vacant above floor area", "核对空置面积和分层面积"),
	row("storeys.range", "分层面积或层高超出范围", "Storeys out of range", "按 6000@9;6000@4.5 填写"),
	row("storeys.low", "层高过低", "Storey too low", "核对层高"),
	row("storeys.footprint", "首层面积大于基底", "Ground floor above the footprint", "逐层填写，不要填合计"),
	row("energy.basis", "能耗口径缺失", "Energy without a basis", "填写等价值或当量值"),
	row("events.subject.missing", "事项没有对象", "Event without a subject", "填写企业或宗地"),
	row("target.order", "目标年早于基期年", "Target year before base year", "更正年份"),
	row("target_values.source", "指标实际值无出处", "Actual value of a target without a source", "注明公报或报表名称及其中位置"),
	row("target.growth", "指标与增速不一致", "Growth does not lead to the target", "与规划一致的保留，并在备注中说明"),
	row("shape.place", "图形不在中国境内", "Shape outside China", "核对坐标系和经纬度顺序"),
	row(geo.RuleEmpty, "图形为空", "Empty shape", redraw),
	row(geo.RuleNumber, "坐标不是数字", "Coordinate is not a number", redraw),
	row(geo.RuleRange, "坐标超出经纬度范围", "Coordinate out of range", "核对坐标系"),
	row(geo.RuleSize, "图形点数过多", "Too many points", "拆分图形"),
	row(geo.RulePrecision, "点距过近", "Points too close", redraw),
	row(geo.RuleOpen, "环未闭合", "Ring not closed", redraw),
	row(geo.RuleFewPoints, "环的点数不足", "Too few points", redraw),
	row(geo.RuleSelfCross, "环自相交", "Ring crosses itself", redraw),
	row(geo.RuleRepeated, "重复点", "Repeated point", redraw),
	row(geo.RuleOrientation, "环方向有误", "Ring runs the wrong way", redraw),
	row(geo.RuleRingsCross, "环相交", "Rings cross", redraw),
	row(geo.RuleHoleOutside, "孔在外环之外", "Hole outside", redraw),
	row(geo.RuleHoleNested, "孔嵌套", "Nested hole", redraw),
	row(geo.RuleDisconnected, "图形内部不连通", "Interior in pieces", redraw),
	row(geo.RulePartsOverlap, "图形各部分重叠", "Parts overlap", redraw),
}
