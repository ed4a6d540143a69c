package parcels

import (
	"fmt"
	"strings"
)

// RuleWord is what a rule of a finding says in Chinese: in general, where the finding itself has the particulars, in English.
type RuleWord struct {
	What   string // what is wrong
	Remedy string // what to do about it
}

// databaseRules begin the IDs of what a database itself refuses, by the name it gives its rule.
const databaseRules = "database"

// RuleWordOf returns the words of a rule by its ID, also of one that names its table in front (occupancies.period.order); false where
// it has none, as the rules of the whole store, whose findings speak both languages themselves.
func RuleWordOf(id string) (RuleWord, bool) {
	if w, ok := ruleWords[id]; ok {
		return w, true
	}
	table, rest, _ := strings.Cut(id, ".")
	if table == databaseRules {
		rest = databaseRules
	}
	w, ok := ruleWords[rest]
	return w, ok
}

// Zh is one line in Chinese: where, what is wrong in general, and what to do; the finding's own words where its rule has none.
func (p Problem) Zh() string {
	var b strings.Builder
	if p.Row > 0 {
		fmt.Fprintf(&b, "第 %d 行 ", p.Row)
	}
	for _, part := range []string{p.Key, p.Column} {
		if part != "" {
			b.WriteString(part + " ")
		}
	}
	w, ok := RuleWordOf(p.Rule)
	if !ok {
		w = RuleWord{p.Message, p.Remedy}
	}
	b.WriteString(w.What)
	if p.Value != "" {
		b.WriteString("：" + shorten(p.Value))
	}
	if w.Remedy != "" {
		b.WriteString("（" + w.Remedy + "）")
	}
	return b.String()
}

// Zh lists the first problems in Chinese.
func (e *RefusedError) Zh() string {
	return e.list(Problem.Zh, "；", func(more int) string { return fmt.Sprintf("另有 %d 处", more) })
}

// ruleWords are those of files and formats, of headers and cells, of rows by themselves and beside each other, and of shapes.
var ruleWords = map[string]RuleWord{
	"file.open":              {"文件打不开或读不出", "检查文件是否完整，重新导出后再上传"},
	"file.format":            {"文件内容与扩展名不符，或不支持这种格式", "另存为 GeoJSON、GeoPackage、Shapefile（zip）、XLSX 或 CSV"},
	"file.size":              {"文件超过允许的大小", "拆成几个文件分别导入"},
	"file.empty":             {"文件没有表头，或没有数据行", "重新导出"},
	"file.encoding":          {"文字编码无法识别", "保存为 UTF-8 或 GB18030，或在设置中指定编码"},
	"file.syntax":            {"文件不符合格式的语法", "用原软件重新导出"},
	"file.rows":              {"行数超过上限", "拆成几个文件"},
	"file.columns":           {"列数超过上限", "只保留需要的列"},
	"file.nesting":           {"嵌套层数超过上限", "用原软件重新导出"},
	"file.archive":           {"压缩包解开后过大，或结构异常", "重新压缩，只放需要的文件"},
	"file.sheet":             {"工作簿中没有这张工作表", "在设置中另选工作表"},
	"file.crs":               {"坐标系缺失或不支持", "在设置中指定坐标系；西安 80、北京 54 须先由测绘部门转换"},
	"file.header":            {"表头有两列同名", "改成不同的列名"},
	"header.values":          {"文件中没有可识别的指标列", "按字段字典命名列，或用字段对应指定"},
	"header.set":             {"为整列指定的值或字段有误", "改正“统一赋值”"},
	"header.unit":            {"表头中的单位不认识，或与字段不符", "改正单位，如 m²、亩、万元"},
	"header.required":        {"缺少必需的列", "补上该列，或在字段对应中指定"},
	"header.map":             {"字段对应有误", "改正字段对应"},
	"header.duplicate":       {"两列对应同一个字段", "只保留一列的对应"},
	"header.shape":           {"界址列有误", "指定一列 WKT，或改用 GIS 格式"},
	"header.ambiguous":       {"这一列可能对应几个字段", "在字段对应中选定一个"},
	"row.cells":              {"这一行的单元格比表头多", "检查是否漏了引号或多了分隔符"},
	"row.edition":            {"库内现行的不是这一生效日期的版本", "去掉生效日期列，或连同图形导入新版本"},
	"row.gone":               {"核对之后库内已变化：该版本已撤销，或有了新版本", "重新读取文件"},
	"row.unstored":           {"文件没有图形，库内也没有这一宗（幢）现行的图形", "改正代码，或先导入图形"},
	"row.left":               {"这一行未导入", "见说明"},
	"cell.size":              {"单元格内容过长", "缩短内容"},
	"cell.error":             {"单元格是公式错误（如 #REF!）", "改正公式，或填入数值"},
	"cell.type":              {"单元格内容不是一个值", "改为文字、数字或日期"},
	"cell.blank":             {"单元格只有空白字符", "填值或清空"},
	"column.required":        {"必填项为空", "填上该值"},
	"key.duplicate":          {"与另一行的主键相同", "删去一行，或改正主键"},
	"key.repeated":           {"主键重复", "删去重复行，或改正主键"},
	"key.separator":          {"编号含分隔符", "编号中改用其他字符"},
	"number.form":            {"不是数字", "只写数字和小数点，如 12345.67；单位写在表头"},
	"number.whole":           {"不是整数", "改正"},
	"number.range":           {"数值超出允许范围", "检查单位和小数点"},
	"number.finite":          {"不是数字", "不详时留空"},
	"money.unit":             {"疑似金额单位有误", "核对是否以元填报，应以万元计"},
	"money.range":            {"金额超出允许范围", "检查单位：除表头另有说明，金额按万元"},
	"money.negative":         {"金额为负", "确为退税或更正的保留，否则更正"},
	"money.part":             {"部分大于总额", "核对两项金额和单位"},
	"date.form":              {"不是日期", "写成 2021-06-30"},
	"date.range":             {"日期超出允许范围", "核对年份"},
	"date.order":             {"日期先后颠倒", "核对两个日期"},
	"date.future":            {"日期晚于今天", "若不是计划日期，请改正；计划日期另有字段"},
	"date.missing":           {"缺少日期", "补上日期"},
	"period.order":           {"起止日期颠倒", "更正起止日期，止日为次日"},
	"year.range":             {"年度超出允许范围", "核对年度"},
	"flag.form":              {"不是“是/否”", "写 是 或 否"},
	"enum.unknown":           {"不是该字段允许的取值", "改用所列取值之一"},
	"list.item":              {"列表中有一项不符合要求", "改正该项；各项以分号隔开"},
	"text.encoding":          {"文字中有无法识别的字符", "检查编码后重新导出"},
	"text.control":           {"文字中含控制字符", "删去后重试"},
	"text.length":            {"文字过长", "缩短"},
	"text.rounded":           {"文字被当作数字录入，末位可能已丢失", "把该列设为文本后重新录入"},
	"code.spelling":          {"编码写法已规范", "无需处理"},
	"parcel_code.form":       {"宗地代码格式有误", "按证书填写19位宗地代码"},
	"park_code.form":         {"园区代码格式不符", "改正园区代码"},
	"parks.definition":       {"园区面积口径不明", "写明：批准、规划或建成"},
	"park.county":            {"园区所在县级区划与名称不符", "核对县级区划；安溪另有官桥镇"},
	"county.form":            {"县级区划代码格式有误", "使用GB/T 2260代码"},
	"uscc.form":              {"统一社会信用代码不正确（18 位及校验码）", "与营业执照核对"},
	"uscc.pilot":             {"早期试点信用代码", "对照营业执照核对"},
	"industry.form":          {"行业代码不符合 GB/T 4754—2017", "写成 4 位小类代码"},
	"use.form":               {"土地用途代码格式不符", "按用地分类填写"},
	"use.words":              {"以文字填写的土地用途已按分类标准转为代码", "核对代码"},
	"use.scheme":             {"用地代码缺分类标准", "填写分类标准"},
	"parcels.use_scheme":     {"未写明用地分类标准", "补上分类标准"},
	"parcels.state":          {"土地状态不符合要求", "改用允许的状态"},
	"parcel.parent":          {"来源宗地为自身", "填写分割、合并前的宗地"},
	"parent.unknown":         {"原宗地不存在", "先导入原宗地，或改正代码"},
	"park.unknown":           {"园区不存在", "先导入园区，或改正园区代码"},
	"parcel.unknown":         {"宗地不存在", "先导入宗地，或改正宗地代码"},
	"building.unknown":       {"建筑不存在", "先导入建筑，或改正建筑编号"},
	"uscc.unknown":           {"企业不存在", "先导入企业，或改正统一社会信用代码"},
	"target.unknown":         {"目标不存在", "先导入目标，或改正目标编号"},
	"parent.overlap":         {"与原宗地几乎不重叠", "核对分割、合并关系"},
	"parent.later":           {"原宗地晚于本宗地", "核对生效日期"},
	"parcels.descent":        {"按图形认定由前宗地分割或合并而来", "若非如此，请填写来源宗地"},
	"parcels.on_stored":      {"与库内另一宗地重叠", "核对界址，或结束原宗地"},
	"edition.overlap":        {"同一对象的两个版本时间重叠", "改正起止日期"},
	"edition.order":          {"版本的结束早于开始", "改正起止日期"},
	"shape.form":             {"界址不是面状图形", "提供 Polygon 或 MultiPolygon"},
	"shape.degrees":          {"坐标不像经纬度，又未指定坐标系", "在设置中指定坐标系"},
	"shape.area":             {"注明的面积与界址点围成的面积不一致", "核对界址点或面积"},
	"shape.northing":         {"坐标是先北后东的次序", "确认坐标次序"},
	"shape.elsewhere":        {"与同一文件的其他图形不在一处", "核对该行的坐标或坐标系"},
	"shape.place":            {"图形不在中国境内", "核对坐标系和经纬度顺序"},
	"shape.range":            {"坐标超出经纬度范围", "核对坐标系"},
	"shape.number":           {"坐标不是有效数字", "改正坐标"},
	"shape.size":             {"图形的点数超过上限", "抽稀或拆分后再导入"},
	"shape.precision":        {"有界址点过近，无法区分", "删去重复的点"},
	"shape.empty":            {"没有图形", "补上界址"},
	"shape.ring":             {"界址圈有误", "重新绘制"},
	"ring.few_points":        {"界址圈少于三个不同的点", "补足界址点"},
	"ring.open":              {"界址圈未闭合", "首尾点须相同"},
	"ring.repeated_point":    {"有重复的界址点", "删去重复点"},
	"ring.self_intersection": {"界址线自相交叉", "在原软件中修正图形"},
	"ring.orientation":       {"界址圈方向与规范不同", "已自动改正，无须处理"},
	"rings.cross":            {"界址圈互相交叉", "在原软件中修正图形"},
	"parts.overlap":          {"多部分图形互相重叠", "合并或修正"},
	"place.away":             {"图形远离园区，坐标系可能选错（例如带号、中央经线）", "核对坐标系后用 --crs 指定；如土地确在此处，先导入所在园区"},
	"hole.outside":           {"内圈在外圈之外", "修正图形"},
	"hole.nested":            {"内圈套内圈", "修正图形"},
	"interior.disconnected":  {"图形内部被内圈隔断", "拆成几个部分"},
	"area.drawn":             {"面积与图形不符", "核对单位和范围"},
	"area.zero":              {"面积为零", "不详时留空"},
	"area.part":              {"部分面积大于总面积", "核对两个面积"},
	"area.definition":        {"面积口径缺失", "填写核准、规划或建成"},
	"zone.level":             {"控制线级别有误", "按文件填写"},
	"zones.kind":             {"片区类型不符合要求", "改用所列类型之一"},
	"storeys.form":           {"楼层写法不符", "逐层写 建筑面积@层高，如 6000@9;6000@4.5"},
	"storeys.range":          {"分层面积或层高超出范围", "按 6000@9;6000@4.5 填写"},
	"storeys.low":            {"层高过低", "核对层高"},
	"storeys.footprint":      {"首层面积大于基底", "逐层填写，不要填合计"},
	"buildings.no_parcel":    {"建筑不在任何宗地上", "核对位置，或填写宗地代码"},
	"buildings.straddles":    {"建筑跨两宗以上", "核对界址，或按设置拆分、归属"},
	"buildings.split":        {"建筑按宗地拆分", "核对拆分结果"},
	"buildings.whole":        {"是文件中若干部分的整体轮廓，已略去", "只保留分层的各部分；确需全部保留的，在设置中选择"},
	"buildings.double":       {"基底与另一幢相同，已略去", "删去其中错误的一幢；确有两幢的，在设置中选择保留重复"},
	"buildings.use":          {"建筑用途不符合要求", "改用所列用途之一"},
	"building.vacant":        {"空置面积大于建筑面积", "核对空置面积和分层面积"},
	"occupancies.tenure":     {"用地方式不符合要求", "写 自有 或 租赁"},
	"figures.source":         {"缺少数据来源", "补上来源"},
	"figures.energy_basis":   {"能耗口径不符合要求", "写明当量值或等价值"},
	"energy.basis":           {"能耗口径缺失", "填写等价值或当量值"},
	"far.order":              {"容积率上下限颠倒", "对调"},
	"firms.tags":             {"企业标签不符合要求", "改用所列标签"},
	"events.kind":            {"事项类型不符合要求", "改用所列类型之一"},
	"events.subject.missing": {"事项没有对象", "填写企业或宗地"},
	"target.order":           {"目标年早于基期年", "更正年份"},
	"target.growth":          {"指标与增速不一致", "与规划一致的保留，并在备注中说明"},
	"target_values.source":   {"指标实际值无出处", "注明公报或报表名称及其中位置"},
	databaseRules:            {"数据库拒绝这个值", "核对该列的取值范围"},
	"undo.undone":            {"这次变更已撤销过", "要恢复，撤销那次撤销"},
	"undo.empty":             {"这次变更没有写入任何行", "无可撤销"},
	"undo.shapes":            {"这次变更由旧版本写入，日志中没有图形", "按原文件另行导入"},
	"undo.later":             {"该行其后又被改过", "先撤销后来的变更"},
	"undo.changed":           {"该行已不是这次变更写入时的样子", "核对后另行更正"},
	"undo.referred":          {"该行被其他行引用", "先撤销或更正引用它的行"},
	"rule_sets.id":           {"规则集缺标识", "填写 id"},
	"rule_sets.text":         {"规则集正文为空，或不是 UTF-8", "保存为 UTF-8 后重试"},
}
