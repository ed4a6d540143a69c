package parcels

// Figures (年度数据) are what a firm reported for one year. Tax stands as components; which of them count is a matter of the
// rule set.
type Figures struct {
	USCC            string
	Year            int
	OutputWan       Opt[Wan] // 工业总产值
	RevenueWan      Opt[Wan] // 营业收入
	ValueAddedWan   Opt[Wan] // 工业增加值; may be negative
	VATWan          Opt[Wan] // 增值税
	IncomeTaxWan    Opt[Wan] // 企业所得税
	UrbanTaxWan     Opt[Wan] // 城市维护建设税 and surcharges
	LandUseTaxWan   Opt[Wan] // 城镇土地使用税
	PropertyTaxWan  Opt[Wan] // 房产税
	OtherTaxWan     Opt[Wan]
	ExportCreditWan Opt[Wan]     // 免抵调库
	VATRefundWan    Opt[Wan]     // 留抵退税, positive when paid out
	EnergyTce       Opt[float64] // 综合能耗, tonnes of standard coal
	EnergyBasis     string       // equivalent (等价值) or calorific (当量值)
	EmissionsT      Opt[float64] // main pollutants, tonnes
	Staff           Opt[float64] // yearly mean number of staff
	RDWan           Opt[Wan]     // R&D 经费支出
	ElectricityMWh  Opt[float64]
	Source          string       // where the figures come from: filing, authorised, statistics, estimate
	Confirmed       Opt[bool]    // confirmed by the firm (一企一单)
	CODT            Opt[float64] // 化学需氧量排放量, tonnes
	WaterT          Opt[float64] // 用水量, tonnes
	AboveScale      Opt[bool]    // 规上 in that year; the firm's own says what it is today
}

// EnergyBases lists how electricity is counted in EnergyTce.
var EnergyBases = []string{"equivalent", "calorific"}

// FigureSources lists where figures come from: 企业申报, 授权共享, 统计, 估计.
var FigureSources = []string{"filing", "authorised", "statistics", "estimate"}

// FiguresTable lists the columns of Figures.
var FiguresTable = Table[Figures]{
	Name: "figures", Title: "年度数据", TitleEn: "Yearly figures",
	Columns: []Column[Figures]{
		{Name: "uscc", Title: "统一社会信用代码", TitleEn: "Credit code", Key: true, Required: true, Field: func(f *Figures) any { return &f.USCC }},
		{Name: "year", Title: "年度", TitleEn: "Year", Key: true, Required: true, Field: func(f *Figures) any { return &f.Year }},
		{Name: "output_wan", Title: "工业总产值", TitleEn: "Output", Unit: "万元", Field: func(f *Figures) any { return &f.OutputWan }},
		{Name: "revenue_wan", Title: "营业收入", TitleEn: "Revenue", Unit: "万元", Field: func(f *Figures) any { return &f.RevenueWan }},
		{Name: "value_added_wan", Title: "工业增加值", TitleEn: "Value added", Unit: "万元", Field: func(f *Figures) any { return &f.ValueAddedWan }},
		{Name: "vat_wan", Title: "增值税", TitleEn: "VAT", Unit: "万元", Field: func(f *Figures) any { return &f.VATWan }},
		{Name: "income_tax_wan", Title: "企业所得税", TitleEn: "Corporate income tax", Unit: "万元", Field: func(f *Figures) any { return &f.IncomeTaxWan }},
		{Name: "urban_tax_wan", Title: "城建税及附加", TitleEn: "Urban maintenance tax and surcharges", Unit: "万元", Field: func(f *Figures) any { return &f.UrbanTaxWan }},
		{Name: "land_use_tax_wan", Title: "城镇土地使用税", TitleEn: "Land use tax", Unit: "万元", Field: func(f *Figures) any { return &f.LandUseTaxWan }},
		{Name: "property_tax_wan", Title: "房产税", TitleEn: "Property tax", Unit: "万元", Field: func(f *Figures) any { return &f.PropertyTaxWan }},
		{Name: "other_tax_wan", Title: "其他税", TitleEn: "Other taxes", Unit: "万元", Field: func(f *Figures) any { return &f.OtherTaxWan }},
		{Name: "export_credit_wan", Title: "免抵调库", TitleEn: "Export credit", Unit: "万元", Field: func(f *Figures) any { return &f.ExportCreditWan }},
		{Name: "vat_refund_wan", Title: "留抵退税", TitleEn: "VAT refund", Unit: "万元", Field: func(f *Figures) any { return &f.VATRefundWan }},
		{Name: "energy_tce", Title: "综合能耗", TitleEn: "Energy", Unit: "吨标准煤", Field: func(f *Figures) any { return &f.EnergyTce }},
		{Name: "energy_basis", Title: "能耗口径", TitleEn: "Energy basis", Enum: EnergyBases, Field: func(f *Figures) any { return &f.EnergyBasis }},
		{Name: "emissions_t", Title: "主要污染物排放量", TitleEn: "Main pollutants", Unit: "吨", Field: func(f *Figures) any { return &f.EmissionsT }},
		{Name: "staff", Title: "年平均职工人数", TitleEn: "Mean staff", Unit: "人", Field: func(f *Figures) any { return &f.Staff }},
		{Name: "rd_wan", Title: "研发经费支出", TitleEn: "R&D", Unit: "万元", Field: func(f *Figures) any { return &f.RDWan }},
		{Name: "electricity_mwh", Title: "用电量", TitleEn: "Electricity", Unit: "兆瓦时", Field: func(f *Figures) any { return &f.ElectricityMWh }},
		{Name: "source", Title: "数据来源", TitleEn: "Source", Enum: FigureSources, Field: func(f *Figures) any { return &f.Source }},
		{Name: "confirmed", Title: "企业确认", TitleEn: "Confirmed", Field: func(f *Figures) any { return &f.Confirmed }},
		{Name: "cod_t", Title: "化学需氧量排放量", TitleEn: "COD discharged", Unit: "吨", Field: func(f *Figures) any { return &f.CODT }},
		{Name: "water_t", Title: "用水量", TitleEn: "Water used", Unit: "吨", Field: func(f *Figures) any { return &f.WaterT }},
		{Name: "above_scale", Title: "当年规上", TitleEn: "Above scale that year", Field: func(f *Figures) any { return &f.AboveScale }},
	},
}
