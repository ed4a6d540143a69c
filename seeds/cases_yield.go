package seeds

import "muchan/parcels"

const mu45 = 30000 // m², exactly 45 亩

// Bands of 泉政办规〔2025〕13号 on the mean tax of 2023 to 2025 in 万元/亩. Clause by clause in domain terms: below 5, or below 5 亩:
// 收储改造; from 5: up to 2.5; from 20: above 2.5.
var bandCases = []spec{
	{"band-below-5", "三年亩均税收4.9999万元/亩：收储改造", "Three-year mean of 4.9999: take back and rebuild", mu45, "", band(45*4.9999, 45*4.9999, 45*4.9999)},
	{"band-at-5", "三年亩均税收恰为5万元/亩：容积率可至2.5", "Three-year mean of exactly 5: up to 2.5", mu45, "", band(225, 225, 225)},
	{"band-below-20", "三年亩均税收19.9999万元/亩：容积率可至2.5", "Three-year mean of 19.9999: up to 2.5", mu45, "", band(45*19.9999, 45*19.9999, 45*19.9999)},
	{"band-at-20", "三年亩均税收恰为20万元/亩：容积率可超2.5", "Three-year mean of exactly 20: above 2.5", mu45, "", band(900, 900, 900)},
	{"band-mean-or-each", "180、240、270万元：均值5.11在5以上，逐年看第一年4.00在5以下", "180, 240, 270: mean 5.11, yet 4.00 in the first year", mu45, "", band(180, 240, 270)},
	{"band-small-land", "4.99亩、25万元/亩：面积不足5亩，收储改造", "4.99 mu at 25 per mu: below 5 mu, take back", 3326.67, "", func(s *scene) {
		s.storeys("plant", "1400@4.5;1400@4.5;1100@4.5")
		s.contract(s.dice, day("2012-09-20"))
		e := s.firm(5200)
		s.own(s.holding, e)
		s.taxes(e, 124.75, 124.75, 124.75)
	}},
	{"band-5-mu", "略高于5亩(3333.34m²)、25万元/亩：可超2.5", "Just above 5 mu (3333.34 m²) at 25 per mu: above 2.5", 3333.34, "", func(s *scene) {
		s.storeys("plant", "1400@4.5;1400@4.5;1100@4.5")
		s.contract(s.dice, day("2012-09-20"))
		e := s.firm(5100)
		s.own(s.holding, e)
		s.taxes(e, 125.01, 125.01, 125.01)
	}},
	{"band-other-park", "官桥园区未列入文件，4.9999万元/亩不适用", "Guanqiao is not named by the document: 4.9999 has no consequence there", mu45, "GQ", band(45*4.9999, 45*4.9999, 45*4.9999)},
}

// band is a factory whose firm paid these taxes in 2023, 2024 and 2025.
func band(y2023, y2024, y2025 float64) func(*scene) {
	return func(s *scene) {
		s.taxes(s.factoryOf(7200), y2023, y2024, y2025)
	}
}

// Floor-area ratio, building coefficient and office share (自然资发〔2023〕72号). Several lie outside 0.8 to 1.5 on purpose.
var densityCases = []spec{
	{"far-doubled", "20000m²，6000@9.0、6000@4.5、2000@3.6：容积率1.00，建筑系数40%", "9.0 m counts twice: FAR 1.00; coefficient 40 %", 20000, "GQ", func(s *scene) {
		s.storeys("plant", "6000@9;6000@4.5;2000@3.6")
		s.worked()
	}},
	{"far-8.00", "首层恰为8.00米不加倍：容积率0.70", "Exactly 8.00 m is not doubled: FAR 0.70", 20000, "GQ", func(s *scene) {
		s.storeys("plant", "6000@8;6000@4.5;2000@3.6")
		s.worked()
	}},
	{"far-8.01", "首层8.01米加倍：容积率1.00", "8.01 m is doubled: FAR 1.00", 20000, "GQ", func(s *scene) {
		s.storeys("plant", "6000@8.01;6000@4.5;2000@3.6")
		s.worked()
	}},
	{"far-height-unknown", "首层层高缺失，按不加倍计并提示", "Storey height unknown: not doubled, and said so", 20000, "GQ", func(s *scene) {
		s.storeys("plant", "6000;6000@4.5;6000@4.5")
		s.worked()
	}},
	{"far-low", "容积率0.79，低于0.8", "FAR 0.79, below 0.8", 20000, "GQ", func(s *scene) {
		s.storeys("plant", "5300@4.5;5300@4.5;5200@4.5")
		s.worked()
	}},
	{"far-high", "容积率1.51，高于1.5", "FAR 1.51, above 1.5", 20000, "GQ", func(s *scene) {
		s.storeys("plant", "6100@4.5;6100@4.5;6100@4.5;6100@4.5;5800@4.5")
		s.worked()
	}},
	{"far-renewed", "工业更新示范：六层厂房，容积率2.20", "Renewed: six storeys, FAR 2.20", 12000, "GQ", func(s *scene) {
		s.storeys("plant", "4400@5.4;4400@4.5;4400@4.5;4400@4.5;4400@4.5;4400@4.5")
		s.worked()
	}},
	{"office-share-by-floor", "办公2000m²占建筑面积14000m²的14.29%：超过用地7%，未超建面15%", "Offices 14.29 % of the floor: above 7 % of land, below 15 % of floor", 20000, "GQ", func(s *scene) {
		s.storeys("plant", "6000@9;6000@4.5")
		s.officeBeside(2)
		s.worked()
		s.OfficeLandM2 = parcels.Opt[float64]{}
	}},
	{"office-share-7.00", "办公及生活服务设施用地恰为7%", "Office and service land exactly 7 %", 20000, "GQ", officeLand(1400)},
	{"office-share-7.01", "办公及生活服务设施用地7.01%，超标", "Office and service land 7.01 %: too much", 20000, "GQ", officeLand(1402)},
	{"exit-three-tests", "投资强度、亩产、建设密度均低：疑似退出候选", "Low investment, low yield, low density: exit candidate", 26000, "", func(s *scene) {
		s.storeys("plant", "5200@4.5;5200@4.5")
		s.worked()
		s.Contract.FAIWan, s.Contract.AgreedFAIWan = wan(2100), wan(9000)
		s.Contract.AgreedTaxWanMu, s.Contract.AgreedOutputWanMu = parcels.Some(12.0), parcels.Some(300.0)
		s.main.baseWan = 1100
		s.main.AboveScale = parcels.Some(false)
		s.taxes(s.main, 22, 20, 19)
	}},
	{"exit-at-agreed-values", "亩均税收恰等于合同约定12万元/亩", "Tax per mu exactly as agreed in the contract: 12", mu45, "", func(s *scene) {
		band(540, 540, 540)(s)
		s.Contract.AgreedTaxWanMu = parcels.Some(12.0)
	}},
}

// worked completes a parcel of a worked example: structures of 800 m² and yards of 1 200 m².
func (s *scene) worked() {
	s.contract(s.dice, day("2012-09-20"))
	s.surroundings(s.dice)
	s.WorksAreaM2, s.YardAreaM2 = parcels.Some(800.0), parcels.Some(1200.0)
	s.own(s.holding, s.firm(3100))
}

// officeBeside adds an office building of 2 000 m² on n storeys at the far side of the parcel.
func (s *scene) officeBeside(n int) {
	depth := 20.0
	width := 2000 / float64(n) / depth
	m := mass{use: "office", name: "办公楼", ring: box(s.sites[0].w-width, s.sites[0].h-depth, width, depth)}
	for range n {
		m.storeys = append(m.storeys, parcels.Storey{FloorM2: 2000 / float64(n), HeightM: 3.6})
	}
	s.build([]mass{m}, day("2012-09-20"))
}

func officeLand(areaM2 float64) func(*scene) {
	return func(s *scene) {
		s.factoryOf(3300)
		s.OfficeLandM2 = parcels.Some(areaM2)
	}
}

// Owners, tenants and how land is split between them.
var lettingCases = []spec{
	{"lease-split", "30亩、20000m²：自用9000、租户5000和6000，分得13.5、7.5、9.0亩", "30 mu and 20 000 m²: 9000, 5000 and 6000 make 13.5, 7.5 and 9.0 mu", 20000, "GQ", func(s *scene) {
		s.letting(4100, 9000, tenantOf(5000, 820), tenantOf(6000, 940))
	}},
	{"lease-above-one", "规上业主出租给一家规下企业：不扣分", "Above-scale owner with one tenant below scale: no penalty", 20000, "GQ", func(s *scene) {
		s.letting(4300, 15000, tenantOf(5000, 600))
	}},
	{"lease-above-three", "规上业主出租给三家规下企业：扣10分", "Above-scale owner with three tenants below scale: minus 10", 20000, "GQ", func(s *scene) {
		s.letting(4500, 11000, tenantOf(3000, 400), tenantOf(3000, 420), tenantOf(3000, 440))
	}},
	{"lease-below-three", "规下业主出租给三家规下企业：扣20分", "Below-scale owner with three tenants below scale: minus 20", 20000, "GQ", func(s *scene) {
		s.letting(1200, 11000, tenantOf(3000, 380), tenantOf(3000, 360), tenantOf(3000, 340))
	}},
	{"lease-micro-park", "小微园：租户不随业主定级", "Micro park: tenants do not follow the owner's class", 20000, "GQ", func(s *scene) {
		s.letting(900, 8000, tenantOf(4000, 500), tenantOf(4000, 480), tenantOf(4000, 460))
		for _, e := range s.firms[len(s.firms)-3:] {
			e.Tags = append(e.Tags, "micro_park")
		}
	}},
	{"lease-rest-unassigned", "20000m²中仅登记16000m²：其余4000m²未分配", "16 000 of 20 000 m² on record: 4 000 are unassigned", 20000, "GQ", func(s *scene) {
		s.letting(2500, 12000, tenantOf(4000, 450))
	}},
	{"lease-moved-mid-year", "企业2025年7月1日由一宗迁至另一宗", "The firm moved from one parcel to another on 2025-07-01", 9000, "GQ", func(s *scene) {
		s.plain()
		e := s.firm(2700)
		old := s.free[len(s.free)-1]
		s.factoryBefore(old)
		s.occupy(old, nil, e, "own", old.floorM2()).To = day("2025-07-01")
		s.own(s.holding, e).From = day("2025-07-01")
	}},
}

type tenancy struct{ floorM2, baseWan float64 }

func tenantOf(floorM2, baseWan float64) tenancy { return tenancy{floorM2, baseWan} }

// letting is a plant of 20 000 m² whose owner uses a part and lets parts of it.
func (s *scene) letting(ownerWan, ownM2 float64, tenants ...tenancy) {
	b := s.storeys("plant", "7000@5.4;7000@4.5;6000@4.5")
	s.contract(s.dice, day("2012-09-20"))
	s.surroundings(s.dice)
	s.occupy(s.holding, nil, s.firm(ownerWan), "own", ownM2)
	for _, t := range tenants {
		e := s.firm(t.baseWan)
		e.ProducedOn = day("2017-02-01")
		s.occupy(s.holding, b, e, "lease", t.floorM2)
	}
}

// factoryBefore takes a parcel out of ordinary use and builds on it, so that a case can use a second one.
func (s *scene) factoryBefore(h *holding) {
	s.free = s.free[:len(s.free)-1]
	s.buildFactory(h, 1.1)
}

// Firms whose evaluation is not the ordinary one.
var firmCases = []spec{
	{"firm-no-tax", "2025年税收全部缺失：无亩均税收，不作零计", "No tax figures for 2025: no tax per mu, not zero", 12000, "", func(s *scene) {
		s.factoryOf(3400).tune = in2025(func(f *parcels.Figures) {
			none := parcels.Opt[parcels.Wan]{}
			f.VATWan, f.IncomeTaxWan, f.UrbanTaxWan, f.LandUseTaxWan = none, none, none, none
			f.PropertyTaxWan, f.OtherTaxWan, f.ExportCreditWan, f.VATRefundWan = none, none, none, none
		})
	}},
	{"firm-no-figures", "2025年没有报送任何数据", "No figures at all for 2025", 12000, "", func(s *scene) {
		e := s.factoryOf(3450)
		e.ClosedOn = 0
		e.silentFrom = 2025
		s.event("not_filed", "未报送2025年度数据", "2026-03-31", "2025-01-01", "2026-01-01")
	}},
	{"firm-no-emissions", "排放数据缺失：按同类平均得分", "No emissions: the cohort's mean score", 12000, "", func(s *scene) {
		s.factoryOf(3500).tune = func(f *parcels.Figures) { f.EmissionsT = parcels.Opt[float64]{} }
	}},
	{"firm-negative-value-added", "2025年增加值为负：该项0分", "Negative value added in 2025: that item scores 0", 12000, "GQ", func(s *scene) {
		s.factoryOf(3600).tune = in2025(func(f *parcels.Figures) { f.ValueAddedWan = wan(-186.4) })
	}},
	{"firm-accident", "发生安全生产事故：不得评为A、B", "Safety accident: may not be A or B", 12000, "GQ", func(s *scene) {
		e := s.factoryOf(9600)
		s.taxes(e, 610, 640, 690)
		s.event("safety_accident", "一般生产安全责任事故(虚构)", "2025-08-14", "2025-01-01", "2026-01-01")
	}},
	{"firm-new", "投产不满两年：不评级", "Less than two years in production: not rated", 12000, "", func(s *scene) {
		s.builtOn("2024-10-20", 1.3)
		e := s.firm(3200)
		e.RegisteredOn, e.ProducedOn = day("2024-02-01"), day("2024-11-15")
		s.own(s.holding, e)
	}},
	{"firm-newly-above-scale", "上年度小升规：除一票否决外不评为D", "Grown above scale last year: not D", 12000, "GQ", func(s *scene) {
		e := s.factoryOf(1500)
		e.AboveScale, e.Tags = parcels.Some(true), []string{"newly_above_scale"}
		e.RegisteredOn, e.ProducedOn = day("2021-03-01"), day("2021-12-01")
		s.taxes(e, 9, 10, 11)
	}},
	{"firm-utility", "热力生产供应企业：不参评", "Heat supply: not rated", 9000, "", func(s *scene) {
		e := s.factoryOf(5600)
		e.Industry, e.Tags = "4430", []string{"utility"}
		e.trade = trade{"4430", otherIndustry, 0, "热力", 0.2}
		e.Name = firmName(e.serial, "热力")
	}},
	{"firm-major-project", "在建重大项目企业：不评为D", "Firm of a major project: not D", 12000, "GQ", func(s *scene) {
		e := s.factoryOf(2900)
		e.Tags = []string{"major_project"}
		s.taxes(e, 12, 12, 12)
	}},
	{"firm-legacy-code", "早期试点信用代码(M000)，校验不符(警告)", "Credit code of the first pilots (M000) with a wrong check character (a warning)", 9000, "", func(s *scene) {
		e := s.firm(640)
		e.USCC = legacyCreditCode()
		s.plain()
		s.own(s.holding, e)
	}},
	{"firm-exporter", "出口企业，免抵调库占税收一半以上", "Exporter whose export credit is more than half of its tax", 15000, "", func(s *scene) {
		s.factoryOf(8800).tune = func(f *parcels.Figures) {
			setTax(f, 90*parcels.FenPerWan)
			f.ExportCreditWan = wan(165)
		}
	}},
	{"firm-vat-refund", "当年留抵退税120万元", "VAT refund of 120 in the year", 12000, "GQ", func(s *scene) {
		s.factoryOf(4700).tune = in2025(func(f *parcels.Figures) { f.VATRefundWan = wan(120) })
	}},
	{"firm-illegal-building", "存在违法建设", "Illegal building on record", 12000, "GQ", func(s *scene) {
		s.factoryOf(3700)
		s.event("illegal_building", "擅自加建(虚构)", "2025-05-09", "2025-01-01", "2026-01-01")
	}},
	{"firm-champion", "单项冠军、上市企业：加分", "Champion and listed: bonus", 15000, "GQ", func(s *scene) {
		s.factoryOf(9700).Tags = []string{"listed", "champion", "high_tech"}
		s.event("bonus", "单项冠军产品加分(虚构)", "2025-11-03", "2025-01-01", "2026-01-01")
	}},
	{"firm-exempted", "经批准免于评价", "Exempted on application", 9000, "GQ", func(s *scene) {
		s.factoryOf(830).Tags = []string{"policy_move"}
		s.event("exempted", "因政策性搬迁免于评价(虚构)", "2025-04-18", "2025-01-01", "2026-01-01")
	}},
	{"firm-sublet", "未经同意转租", "Sublet without consent", 9000, "GQ", func(s *scene) {
		s.factoryOf(770)
		s.event("sublet", "未备案转租(虚构)", "2025-09-01", "", "")
	}},
	{"firm-objection", "企业对用地面积提出异议，数据未确认", "The firm objects to its land area; figures are not confirmed", 9000, "GQ", func(s *scene) {
		s.factoryOf(880).tune = in2025(func(f *parcels.Figures) { f.Confirmed = parcels.Some(false) })
		s.event("objection", "对用地面积有异议(虚构)", "2026-04-22", "", "")
	}},
	{"firm-without-land", "有数据而无用地关系的企业", "A firm with figures and no land", 0, "", func(s *scene) { s.firm(520) }},
	{"firm-no-industry", "行业代码和规上标志缺失", "Industry and scale unknown", 9000, "GQ", func(s *scene) {
		e := s.factoryOf(690)
		e.Industry, e.AboveScale, e.trade.group = "", parcels.Opt[bool]{}, otherIndustry
	}},
}

// in2025 changes the figures of 2025 alone.
func in2025(change func(*parcels.Figures)) func(*parcels.Figures) {
	return func(f *parcels.Figures) {
		if f.Year == 2025 {
			change(f)
		}
	}
}
