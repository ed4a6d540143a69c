package seeds

import "muchan/parcels"

// Idle land by order 53 (国土资源部令第53号). The days are counted to CasesAsOf, 2026-06-30.
var idleCases = []spec{
	{"idle-1-day-before", "约定动工满一年的前一日，尚不构成闲置", "One day short of a full year past the agreed start: not idle", 8000, "", unstarted("2025-07-01")},
	{"idle-1-on-the-day", "约定动工之日起满一年当日，疑似闲置(类型一)，闲置费为地价的20%", "Exactly one year past the agreed start: idle type 1, fee 20 % of the price", 8000, "", unstarted("2025-06-30")},
	{"idle-1-two-years-less-a-day", "满两年的前一日，仍为征费阶段", "One day short of two years: still the fee stage", 8000, "", unstarted("2024-07-01")},
	{"idle-1-two-years", "满两年当日，进入收回阶段", "Exactly two years: take-back stage", 8000, "", unstarted("2024-06-30")},
	{"idle-1-worked-example", "地价1860万元、约定2023-03-01动工：2024-03-01起征费372万元，2025-03-01起收回", "Price 1860, due 2023-03-01: fee of 372 from 2024-03-01, take-back from 2025-03-01", 20000, "", func(s *scene) {
		unstarted("2023-03-01")(s)
		s.Contract.PriceWan = wan(1860)
	}},
	{"idle-1-leap-day", "约定2024-02-29动工，满一年按2025-03-01计", "Due on 29 February 2024: a full year is counted to 2025-03-01", 8000, "", unstarted("2024-02-29")},
	{"idle-1-government-cause", "因政府原因未动工，不征费", "Not started for a cause of the government: no fee", 9000, "", func(s *scene) {
		unstarted("2024-01-01")(s)
		s.Contract.GovernmentCause = parcels.Some(true)
	}},
	{"idle-1-no-due-start", "合同未约定动工日期，以实际交地之日加一年计(2024-06-30交地)", "No agreed start: counted from hand-over plus one year (handed over 2024-06-30)", 8000, "", func(s *scene) {
		unstarted("2025-06-30")(s)
		s.Contract.DueStartOn, s.Contract.HandedOverOn, s.Contract.SignedOn = 0, day("2024-06-30"), day("2024-06-01")
	}},
	{"idle-1-no-dates", "动工日期和交地日期均缺，无法判断", "Neither agreed start nor hand-over is known: cannot be judged", 8000, "", func(s *scene) {
		unstarted("2024-01-01")(s)
		s.Contract.DueStartOn, s.Contract.HandedOverOn = 0, 0
	}},
	{"idle-warning-90-days", "距满一年90日，进入临期预警", "90 days before a full year: warning", 8000, "", unstarted("2025-09-28")},
	{"idle-warning-91-days", "距满一年91日，尚不预警", "91 days before a full year: no warning yet", 8000, "", unstarted("2025-09-29")},
	{"idle-2-exactly-a-third", "已开发面积恰为应开发面积的1/3，不构成闲置(类型二)", "Developed area exactly one third: not idle type 2", 9000, "", stalled("2025-06-30", 3000, 9000, 0.40)},
	{"idle-2-below-a-third", "已开发面积略低于1/3且停工满一年，疑似闲置(类型二)", "Developed area just below one third, suspended a full year: idle type 2", 9000, "", stalled("2025-06-30", 2999.99, 9000, 0.40)},
	{"idle-2-exactly-a-quarter", "已投资额恰为总投资的25%，不构成闲置(类型二)", "Invested exactly 25 %: not idle type 2", 9000, "", stalled("2025-06-30", 5000, 9000, 0.25)},
	{"idle-2-below-a-quarter", "已投资额略低于25%且停工满一年，疑似闲置(类型二)", "Invested just below 25 %, suspended a full year: idle type 2", 9000, "", stalled("2025-06-30", 5000, 9000, 0.249999)},
	{"idle-2-suspended-less-a-day", "开发不足1/3，停工差一日满一年，不构成闲置", "Below one third, suspended one day less than a year: not idle", 9000, "", stalled("2025-07-01", 2000, 9000, 0.2)},
	{"idle-2-not-suspended", "开发不足1/3但未停工，在建", "Below one third but work goes on: under construction", 9000, "", stalled("", 2000, 9000, 0.2)},
	{"idle-2-land-price-left-out", "含地价的投资超过25%，不含地价不足25%：闲置按不含地价计", "Above 25 % with the land price, below without it: the idle test leaves the price out", 9000, "", func(s *scene) {
		stalled("2025-06-30", 5000, 9000, 0.2)(s)
		s.Contract.FAIWan = wan(s.Contract.AgreedFAIWan.Or(0).Float() * 0.4)
	}},
	{"idle-2-government-cause", "因政府原因停工，不征费", "Suspended for a cause of the government: no fee", 9000, "GQ", func(s *scene) {
		stalled("2025-03-01", 2000, 9000, 0.2)(s)
		s.Contract.GovernmentCause = parcels.Some(true)
	}},
	{"idle-determined", "已出具闲置调查通知书和认定书的宗地", "Land with an inquiry and a determination on file", 9000, "GQ", func(s *scene) {
		unstarted("2024-05-10")(s)
		s.event("idle_inquiry", "闲置土地调查通知书", "2025-06-12", "", "")
		s.event("idle_determined", "闲置土地认定书", "2025-08-20", "", "")
	}},
}

// unstarted is supplied land on which nothing was begun.
func unstarted(due string) func(*scene) {
	return func(s *scene) {
		s.State = parcels.StateSupplied
		s.newContract(day(due))
	}
}

// stalled is a site begun two years ago whose work stands still since a day; "" when it goes on.
func stalled(since string, developed, toDevelop, invested float64) func(*scene) {
	return func(s *scene) {
		s.newContract(day("2024-03-01"))
		s.underConstruction(invested)
		c := &s.Contract
		c.DevelopedM2, c.ToDevelopM2 = parcels.Some(developed), parcels.Some(toDevelop)
		c.TotalBuildWan = wan(2400)
		c.InvestedBuildWan = wanExact(2400 * invested)
		if since != "" {
			c.SuspendedOn = day(since)
		}
	}
}

// wanExact keeps an amount to the fen.
func wanExact(amount float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(amount)
	if err != nil {
		panic("seeds: " + err.Error())
	}
	return parcels.Some(w)
}

// Idle plants: half of the floor area empty for half a year (a proposal of this product; no office defined it).
var plantCases = []spec{
	{"plant-half-empty-six-months", "空置面积恰为50%且满6个月，疑似闲置厂房", "Exactly 50 % empty for exactly six months: idle plant", 15000, "", halfEmpty("2025-12-30", 6000)},
	{"plant-just-below-half", "空置面积49.99%，不构成闲置厂房", "49.99 % empty: no idle plant", 15000, "", halfEmpty("2025-12-30", 5998.8)},
	{"plant-six-months-less-a-day", "空置50%但差一日满6个月", "50 % empty, one day short of six months", 15000, "", halfEmpty("2025-12-31", 6000)},
	{"plant-built-and-unused", "建而未用：竣工一年仍全部空置", "Built and never used: all empty a year after completion", 12000, "", func(s *scene) {
		s.builtOn("2025-03-15", 1.2)
		s.State = parcels.StateUnused
		s.leaveEmpty(day("2025-03-15"), 1)
	}},
	{"plant-vacated", "企业注销搬离后全部空置", "All empty after its firm closed and left", 12000, "GQ", func(s *scene) {
		e := s.factoryOf(3600)
		e.ClosedOn = day("2025-03-31")
		s.occupancies[len(s.occupancies)-1].To = day("2025-04-01")
		s.leaveEmpty(day("2025-04-01"), 1)
		s.event("vacancy_check", "现场核查：设备已搬离", "2025-10-16", "", "")
	}},
}

// halfEmpty is a plant of 12 000 m² of which a part is empty.
func halfEmpty(since string, vacant float64) func(*scene) {
	return func(s *scene) {
		b := s.storeys("plant", "4000@5.4;4000@4.5;4000@4.5")
		b.VacantM2, b.VacantSince = parcels.Some(vacant), day(since)
		s.contract(s.dice, day("2012-09-20"))
		s.surroundings(s.dice)
		s.own(s.holding, s.firm(2600))
	}
}

// The states of land the plan tells apart (三(七)2 两盘活).
var stateCases = []spec{
	{"state-approved", "批而未供：没有合同", "Approved, not supplied: no contract", 12000, "GQ", func(s *scene) { s.State = parcels.StateApproved }},
	{"state-supplied", "供而未用：约定动工日期未到，重点企业扩产可协调调整", "Supplied, agreed start still ahead: may be re-allocated to a growing neighbour", 12000, "GQ", unstarted("2027-03-01")},
	{"state-building", "在建，按期", "Under construction, on time", 12000, "GQ", func(s *scene) {
		s.newContract(day("2025-09-01"))
		s.underConstruction(0.5)
	}},
	{"state-partial", "未满额建设：一期竣工，约定40000m²仅建成18000m²", "First phase done: 18 000 of 40 000 m² agreed", 24000, "", func(s *scene) {
		s.storeys("plant", "6000@5.4;6000@4.5;6000@4.5")
		s.contract(s.dice, day("2018-05-20"))
		s.surroundings(s.dice)
		s.State = parcels.StatePartial
		s.Contract.AgreedFloorM2, s.Contract.MinFAR = parcels.Some(40000.0), parcels.Some(1.2)
		s.own(s.holding, s.firm(6800))
	}},
	{"state-late-completion", "超过约定竣工日期两年以上", "More than two years past the agreed completion", 12000, "", func(s *scene) {
		s.newContract(day("2021-06-01"))
		s.underConstruction(0.6)
		s.Contract.DueCompletionOn = day("2023-12-31")
		s.Contract.DueProductionOn = day("2024-06-30")
	}},
	{"state-low", "低效用地：停产，连续两年无税收", "Low-efficiency land: stopped, no tax for two years", 12000, "", func(s *scene) {
		e := s.factoryOf(900)
		s.State = parcels.StateLow
		s.taxes(e, 4.2, 0, 0)
	}},
	{"state-reclaimed", "收储再开发，地上已腾空", "Taken back for redevelopment, cleared", 12000, "", func(s *scene) { s.State = parcels.StateReclaimed }},
}

// Parcels whose history, code or shape is out of the ordinary.
var landCases = []spec{
	{"land-split-first", "2024年1月1日由一宗分割为两宗(其一)", "One of two parcels split from one on 2024-01-01", 12000, "", func(s *scene) { s.factoryOf(2300) }},
	{"land-split-second", "2024年1月1日由一宗分割为两宗(其二)", "The other of two parcels split from one on 2024-01-01", 8000, "", func(s *scene) {
		s.factoryOf(580)
		s.splitWith(day("2024-01-01"))
	}},
	{"land-merged", "2023年7月1日由两宗合并而来", "Merged from two parcels on 2023-07-01", 18000, "", func(s *scene) {
		s.factoryOf(7400)
		s.mergedFrom(day("2023-07-01"))
	}},
	{"land-new-edition", "界址调整：同一代码有先后两版", "Boundary corrected: two editions of one code", 12000, "", func(s *scene) {
		s.factoryOf(2450)
		s.corrected(day("2022-05-01"))
	}},
	{"land-other-county", "宗地代码的县级区划与园区不一致(警告)", "The parcel code's county is not the park's (a warning)", 10000, "", func(s *scene) {
		s.Code = parcelCode("350583", 999, 1, 90001)
		s.factoryOf(700)
	}},
	{"land-title-differs", "证载面积比图上面积大1%(警告)", "Title area 1 % above the drawn area (a warning)", 10000, "", func(s *scene) {
		s.factoryOf(650)
		s.TitleAreaM2 = parcels.Some(10100.0)
	}},
	{"land-no-title-area", "没有证载面积，按图上面积计", "No title area: the drawn area is used", 10000, "", func(s *scene) {
		s.factoryOf(610)
		s.TitleAreaM2 = parcels.Opt[float64]{}
	}},
	{"land-without-firm", "有厂房而无企业的宗地", "A parcel with plants and no firm", 10000, "", func(s *scene) { s.plain() }},
	{"land-other-scheme-gb50137", "用地代码按GB 50137-2011记为M2", "Land use by GB 50137-2011: M2", 10000, "", func(s *scene) {
		s.factoryOf(560)
		s.UseScheme, s.UseCode = "gb50137", "M2"
	}},
	{"land-other-scheme-gbt21010", "用地代码按GB/T 21010-2017记为0601", "Land use by GB/T 21010-2017: 0601", 10000, "", func(s *scene) {
		s.factoryOf(540)
		s.UseScheme, s.UseCode = "gbt21010", "0601"
	}},
}
