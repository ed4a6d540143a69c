package report

// english has the English of every text of ours, with the same verbs in the same order. A test holds it to the texts there are.
var english = map[string]string{
	// Marks between texts.
	"　": "  ", "、": ", ", "，": ", ", "；": "; ", "：": ": ", "＜": " < ", " ": " ",

	// Every page.
	"宗地档案（一地一档）": "Parcel dossier", "疑似退出候选名单": "Suspected exit candidates", "使用范围：": "For: ", "规则 ": "Rules ",
	"%d 年度数据　数据截至 %s　快照第 %d 版": "Figures of %d  data as of %s  snapshot version %d", "第 %d 页 / 共 %d 页": "Page %d of %d",
	"所用规则": "Rules used", "规则集": "Rule set", "名称和文号": "Name and document", "版本": "Version", "核对": "Checked", "说明": "Note",
	"未核对原文": "not compared with its source", "已核对原文": "compared with its source", "全部园区": "All parks", "%s（%s）": "%s (%s)",

	// Place and boundary.
	"位置与界址": "Location and boundary", "基本情况": "Facts", "界址点成果（%d 点）": "Boundary points (%d)", "圈号": "Ring", "点号": "Point",
	"X 北 (m)": "X north (m)", "Y 东 (m)": "Y east (m)", "经度": "Longitude", "纬度": "Latitude", "边长 (m)": "Side (m)",
	"没有可绘的界址：宗地未上图，或位于本系统所用投影带之外。":                                              "There is no boundary to draw: the parcel is not on the map, or lies outside the zones used here.",
	"界址点共 %d 个，其余 %d 个未印出，请用 GeoPackage 或 Shapefile 导出。":                        "Of %d boundary points %d are not printed: export them as GeoPackage or Shapefile.",
	"比例尺 1:%.0f　坐标系 CGCS2000 / 3 度带高斯-克吕格，中央经线 %s°（EPSG:%d）　图上方为坐标北。红线为本宗地界址线。": "Scale 1:%.0f  CGCS2000 / 3-degree Gauss-Krüger, central meridian %s° (EPSG:%d)  Grid north is up. The red line is the parcel's boundary.",
	"本宗地": "This parcel", "相邻宗地": "Neighbours", "建筑物": "Buildings", "道路": "Roads", "水域": "Water", "北": "N",
	"园区": "Park", "用地性质": "Land use", "%s 级": "level %s",
	"工业用地": "industrial", "一类工业用地": "industrial, class 1", "二类工业用地": "industrial, class 2", "三类工业用地": "industrial, class 3",
	"物流仓储用地": "logistics and storage", "一类物流仓储用地": "logistics and storage, class 1", "商业用地": "commercial", "商务金融用地": "business and finance",
	"科研用地": "research", "城镇住宅用地": "urban housing", "城镇村道路用地": "roads", "公园绿地": "park", "教育用地": "education", "供电用地": "power supply",
	"新型产业用地": "new industry",

	// Suspicions and metrics.
	"疑似问题":         "Suspicions",
	suspected:      "The findings below are suspicions computed by rules. They are no determination, which the authority alone makes by law.",
	"依现行规则未见疑似问题。": "By the rules in force nothing is suspected.", "已查而未见——": "Looked for and not found: ", "指标": "Metrics",
	"起算日：%s": "Since: %s", "情形：%s": "Case: %s", "比较：值 %s，界限 %s": "Compared: value %s, limit %s", "依据：%s（规则 %s@%s）": "Basis: %s (rules %s@%s)",
	"闲置进度：%s": "Idle land: %s", "应动工日：%s": "Start was due on: %s", "已进入": "reached", "尚余 %d 天": "%d days left", "%s：%s 起，%s": "%s: from %s, %s",
	"是": "yes", "否": "no",

	// Exit.
	"退出检验": "Exit tests", "检验": "Test", "单位": "Unit", "值": "Value", "阈值": "Threshold", "结果": "Result", "依据和说明": "Basis and note",
	"处置路径": "Way", "适用": "Applies", "理由": "Reason", "依据": "Basis", "不适用": "no", "可考虑": "may be considered", "达标": "passed", "未达标": "failed",
	"未检验": "not tested", "未作检验：%s。": "Not tested: %s.",
	"疑似退出候选：%d 项检验未达标，紧迫度 %s。":   "Suspected exit candidate: %d tests failed, severity %s.",
	"%d 项检验未达标，但不列为候选：%s。":       "%d tests failed, but it is no candidate: %s.",
	"未列为疑似退出候选：%d 项检验未达标，不足以列入。": "No suspected exit candidate: %d tests failed, which is not enough.",
	"本名单为依规则计算的“疑似”候选，供研究处置之用，不是认定，也不是退出决定；任何处置之前先告知并给予整改期限。低效本身不构成无偿收回依据。": "These are suspected candidates computed by rules, for consideration. They are neither a determination nor a decision to exit; " +
		"before anything is done the holder is told and given time to rectify. Low efficiency alone is no ground for taking land back without compensation.",
	"依现行规则没有疑似退出候选。": "By the rules in force there is no suspected exit candidate.",
	"序": "No.", "宗地和坐落": "Parcel and address", "用地 (亩)": "Land (mu)", "等级": "Class", "亩均税收 (万元/亩)": "Tax (万元/mu)",
	"投资强度 (万元/亩)": "Investment (万元/mu)", "容积率": "FAR", "未达标项（值＜阈值）": "Failed (value < threshold)", "紧迫度": "Severity", "可考虑的处置路径": "Ways that may be considered",
	"台账": "Case", "未立案": "no case", "宗数": "Parcels", "用地面积合计": "Land in all", "（另有 %d 宗面积不详）": " (and %d parcels whose area is not known)", "%d 宗": "%d parcels",

	// Contract, buildings, years, lineage.
	"出让合同履行": "Contract", "节点": "Step", "约定日期": "Agreed", "实际日期": "Done", "比较": "Comparison", "签订合同": "Contract signed", "交付土地": "Land handed over",
	"动工": "Start", "竣工": "Completion", "投产": "Production", "晚 %d 天": "%d days late", "早 %d 天": "%d days early", "如期": "on time",
	"已过 %d 天，未见记录": "%d days overdue, nothing on file", "未到期": "not due yet",
	"合同编号": "Contract number", "出让价款": "Land price", "约定固定资产投资": "Agreed investment", "累计固定资产投资": "Investment so far", "建设总投资(不含地价)": "Building budget (without land)",
	"已投建设资金(不含地价)": "Spent on building (without land)", "应动工开发面积": "Area to develop", "已动工开发面积": "Area under development", "容积率下限": "Least FAR", "容积率上限": "Greatest FAR",
	"约定总建筑面积": "Agreed floor area", "约定亩均产值": "Agreed output per mu", "约定亩均税收": "Agreed tax per mu", "停工起始日期": "Standing still since", "政府原因": "Caused by the government",
	"疑似闲置的闲置费":  "Fee for suspected idle land",
	"建筑物（%d 幢）": "Buildings (%d)", "没有登记的建筑物。": "No building is on file.", "名称和编号": "Name and number", "用途": "Use", "层数": "Storeys", "各层建筑面积/层高": "Floor area / height of storeys",
	"建筑面积": "Floor area", "基底面积": "Footprint", "空置": "Vacant", "自 %s": "since %s",
	"历年情况": "Years", "年度": "Year", "等级（按现行规则重算）": "Class (by the rules in force)", "亩均产值 (万元/亩)": "Output (万元/mu)", "亩均增加值 (万元/亩)": "Value added (万元/mu)",
	"分割与合并": "Splits and merges", "来源宗地": "Came from", "分出宗地": "Became",
	"数据来源与计算": "Sources and calculation", "公式": "Formula", "数据": "Inputs", "规则": "Rules",

	// Firms and cases.
	"用地企业（%d 家）": "Firms (%d)", "本年度没有登记的用地企业。": "No firm is on file here for the year.", "用地企业": "Firms", "企业": "Firm", "统一社会信用代码": "Credit code", "行业": "Industry", "方式": "Tenure",
	"份额": "Share", "用地(亩)": "Land (mu)", "税收": "Tax", "得分": "Points", "名次": "Rank", "评价得分　": "Rating  ", "基准": "Base", "权重": "Weight", "总分": "Total", "（缺，按规则补）": "(missing: filled by the rules)",
	"处置台账": "Cases", "没有立案。": "No case was opened.", "序号": "No.", "办理": "Act", "日期": "Day", "期限": "Until", "经办": "Who", "退出处置": "exit", "闲置处置": "idle land", "处置路径 %s": "way: %s",
}
