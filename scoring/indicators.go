package scoring

import "muchan/parcels"

// indicatorInput is what the indicators of a firm are computed from.
type indicatorInput struct {
	landMu      parcels.Opt[float64]
	tax         parcels.Opt[parcels.Wan]
	figures     *parcels.Figures // nil when the firm filed nothing
	energyBasis string           // required basis, "" for any
}

// indicatorDef is one indicator: numerator over denominator (domain: 黄岩 formulas).
type indicatorDef struct {
	id, title, titleEn, unit string
	upper, upperEn           string
	lower, lowerEn           string
	num, den                 func(*indicatorInput) parcels.Opt[float64]
}

var indicatorDefs = []indicatorDef{
	{"I1", "亩均税收", "Tax per mu", "万元/亩", "评价税收", "rated tax", "用地面积", "land", ofTax, ofLand},
	{"I2", "亩均增加值", "Value added per mu", "万元/亩", "工业增加值", "value added", "用地面积", "land", ofValueAdded, ofLand},
	{"I3", "单位能耗增加值", "Value added per tonne of coal equivalent", "万元/吨标准煤", "工业增加值", "value added", "综合能耗", "energy", ofValueAdded, ofEnergy},
	{"I4", "单位排放增加值", "Value added per tonne of pollutants", "万元/吨", "工业增加值", "value added", "主要污染物排放量", "main pollutants", ofValueAdded, ofEmissions},
	{"I5", "全员劳动生产率", "Value added per head", "万元/人", "工业增加值", "value added", "年平均职工人数", "mean staff", ofValueAdded, ofStaff},
	{"I6", "研发经费占营业收入比重", "R&D over revenue", "", "研发经费支出", "R&D", "营业收入", "revenue", ofRD, ofRevenue},
	{"I7", "亩均营业收入", "Revenue per mu", "万元/亩", "营业收入", "revenue", "用地面积", "land", ofRevenue, ofLand},
	{"I8", "单位电耗税收", "Tax per kWh", "元/千瓦时", "评价税收", "rated tax", "用电量", "electricity", ofTax, ofElectricity},
}

// IndicatorTitle returns an indicator's titles and unit, empty for an unknown one.
func IndicatorTitle(id string) (title, titleEn, unit string) {
	if d := indicatorByID(id); d != nil {
		return d.title, d.titleEn, d.unit
	}
	return "", "", ""
}

func indicatorByID(id string) *indicatorDef {
	for i := range indicatorDefs {
		if indicatorDefs[i].id == id {
			return &indicatorDefs[i]
		}
	}
	return nil
}

func knownIndicator(id string) bool { return indicatorByID(id) != nil }

func wanFloat(m parcels.Opt[parcels.Wan]) parcels.Opt[float64] {
	v, ok := m.Get()
	return someIf(v.Float(), ok)
}

func ofLand(in *indicatorInput) parcels.Opt[float64] { return in.landMu }
func ofTax(in *indicatorInput) parcels.Opt[float64]  { return wanFloat(in.tax) }

func ofValueAdded(in *indicatorInput) parcels.Opt[float64] { return wanFloat(in.figures.ValueAddedWan) }

func ofRevenue(in *indicatorInput) parcels.Opt[float64]   { return wanFloat(in.figures.RevenueWan) }
func ofRD(in *indicatorInput) parcels.Opt[float64]        { return wanFloat(in.figures.RDWan) }
func ofEmissions(in *indicatorInput) parcels.Opt[float64] { return in.figures.EmissionsT }
func ofStaff(in *indicatorInput) parcels.Opt[float64]     { return in.figures.Staff }

// ofEnergy is missing when the energy was counted on another basis than the set asks for: 等价值 and 当量值 of the same electricity
// differ by more than a factor of two.
func ofEnergy(in *indicatorInput) parcels.Opt[float64] {
	if in.energyBasis != "" && in.figures.EnergyBasis != "" && in.figures.EnergyBasis != in.energyBasis {
		return parcels.Opt[float64]{}
	}
	return in.figures.EnergyTce
}

// ofElectricity is in 万千瓦时, which makes 万元 over it the same as 元 per kWh.
func ofElectricity(in *indicatorInput) parcels.Opt[float64] {
	v, ok := in.figures.ElectricityMWh.Get()
	return someIf(v/10, ok)
}
