package match

import (
	"muchan/parcels"
	"muchan/scoring"
)

// Titles name kinds, reasons and parts in both languages.
var (
	KindTitles = map[Kind]scoring.Text{
		KindSigned:      {Zh: "已签约未建设", En: "signed, not built"},
		KindUnstarted:   {Zh: "疑似闲置（未动工）", En: "suspected idle: not started"},
		KindStalled:     {Zh: "疑似闲置（停工）", En: "suspected idle: standing still"},
		KindUnfinished:  {Zh: "疑似开发未完成（停工）", En: "suspected unfinished: standing still"},
		KindPartly:      {Zh: "未满额建设（二期）", En: "partly built: second phase"},
		KindVacantPlant: {Zh: "疑似闲置厂房", En: "suspected vacant plant"},
		KindExit:        {Zh: "疑似退出候选", En: "suspected exit candidate"},
		KindReserve:     {Zh: "收储或批而未供", En: "in reserve, or approved and not supplied"},
	}
	ReasonTitles = map[Reason]scoring.Text{
		ReasonNoKind:      {Zh: "不属于任何候选类型", En: "of no kind that could serve"},
		ReasonPark:        {Zh: "不在所选园区", En: "not in the park asked for"},
		ReasonOwn:         {Zh: "企业自有用地，无剩余空间记录", En: "the firm's own land without room on file"},
		ReasonNotDrawn:    {Zh: "宗地无图形", En: "the parcel is not drawn"},
		ReasonRedLine:     {Zh: "与生态保护红线重叠", En: "overlaps the ecological red line"},
		ReasonFloorOnly:   {Zh: "需要土地，只有厂房可供", En: "land is needed, only floor area is offered"},
		ReasonAreaUnknown: {Zh: "可供面积未登记", En: "what it offers is not on file"},
		ReasonTooSmall:    {Zh: "面积不足", En: "too small"},
		ReasonTooNarrow:   {Zh: "宽度不足", En: "too narrow"},
		ReasonTooFar:      {Zh: "超出最大距离", En: "too far"},
	}
	PartTitles = map[Part]scoring.Text{
		PartDistance: {Zh: "距离", En: "Distance"}, PartAdjoining: {Zh: "相邻", En: "Adjoining"}, PartArea: {Zh: "面积匹配", En: "Fit of area"},
		PartForm: {Zh: "形状", En: "Form"}, PartUse: {Zh: "用途", En: "Land use"}, PartOverlay: {Zh: "控制线", En: "Control lines"},
		PartPath: {Zh: "处置路径", En: "Lawful path"}, PartHolder: {Zh: "现用地企业", En: "Present holder"},
	}
	useTitles = [...]scoring.Text{
		useUnknown: {Zh: "用途未登记", En: "use not on file"}, useIndustrial: {Zh: "工业用地", En: "industrial land"},
		useStorage: {Zh: "仓储用地", En: "storage land"}, useOther: {Zh: "其他用途，须先调整规划用途", En: "another use: the plan has to be changed first"},
	}
	zoneTitles = map[string]string{
		parcels.ZoneBlockLine: "industrial block line", parcels.ZoneRedLine: "ecological red line", parcels.ZonePlannedUse: "planned use",
		parcels.ZoneRenewal: "renewal area", parcels.ZoneControlUnit: "control unit",
	}
	lineTitles = [...]scoring.Text{
		{Zh: "不在工业产业区块线内", En: "outside the industrial block lines"},
		{Zh: "在工业产业区块线一级控制线内", En: "inside the block line of level 1"},
		{Zh: "在工业产业区块线二级控制线内", En: "inside the block line of level 2"},
	}
)
