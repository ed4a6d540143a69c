// What the keys of rule sets mean. A key without a term is shown as it is, never hidden.

import { english } from './index'

const terms: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  evaluation: ['综合评价', 'Evaluation'], idle: ['闲置土地', 'Idle land'], idle_plant: ['闲置厂房', 'Vacant plants'], exit: ['退出检验', 'Exit tests'],
  stock: ['存量分档', 'Stock bands'], low_use: ['低效类型', 'Low-use types'], control: ['控制指标', 'Control indicators'], admission: ['准入', 'Admission'], zone: ['园区指标', 'Zone indicators'],
  cohorts: ['评价组', 'Cohorts'], indicators: ['指标', 'Indicators'], bounds: ['分档', 'Cut-offs'], overrides: ['调整规则', 'Overrides'], tests: ['检验项', 'Tests'],
  excuses: ['免列情形', 'Excuses'], paths: ['处置路径', 'Paths'], bands: ['分档', 'Bands'], rows: ['指标', 'Rows'], tiers: ['准入档次', 'Tiers'], groups: ['行业组', 'Industry groups'], benchmarks: ['参考值', 'Benchmarks'], crosswalk: ['行业代码对照', 'Crosswalk'],
  above_scale: ['规上', 'Above scale'], below_scale: ['规下 ≥3 亩', 'Below scale, ≥3 mu'], below_scale_small: ['规下 <3 亩', 'Below scale, <3 mu'], tenant: ['租赁', 'Tenants'],
  I1: ['亩均税收', 'Tax per mu'], I2: ['亩均增加值', 'Value added per mu'], I3: ['单位能耗增加值', 'Value added per tce'], I4: ['单位排放增加值', 'Value added per t emitted'],
  I5: ['全员劳动生产率', 'Value added per person'], I6: ['研发占比', 'R&D share'], I7: ['亩均营业收入', 'Revenue per mu'], I8: ['单位电耗税收', 'Tax per kWh'],
  weight: ['权重', 'weight'], cap_factor: ['封顶倍数', 'cap'], floor: ['最低分', 'floor'], base: ['基准', 'base'], missing: ['缺报时', 'if missing'], upto: ['名次占比至', 'share of ranks up to'], class: ['等级', 'Class'], effect: ['效果', 'Effect'], when: ['条件', 'When'], unless: ['例外', 'Unless'],
  threshold: ['阈值', 'threshold'], factor: ['系数', 'factor'], at_least: ['不低于', 'at least'], at_most: ['不高于', 'at most'], groups_failed: ['须有几组未达标', 'groups that must fail'], group: ['组', 'Group'], metric: ['指标', 'Metric'], indicator: ['指标', 'Indicator'],
  years: ['年数', 'years'], months: ['月数', 'months'], from: ['起', 'from'], max_far: ['容积率上限', 'largest FAR'], small_below_mu: ['小面积界限（亩）', 'small below (mu)'], exclude_building_period: ['扣除建设期用地', 'leave out land being built on'], exclude_undelivered: ['扣除未交付用地', 'leave out land not delivered'], exclude_public: ['扣除公共道路绿地', 'leave out public roads and green'], decisive: ['单项即列入', 'decisive'], open: ['上不封顶', 'open upward'],
  unstarted_years: ['未动工年数', 'years without start'], take_back_years: ['可收回年数', 'years to take-back'], fee: ['闲置费比例', 'idle fee'], developed_below: ['已建面积低于', 'developed below'], invested_below: ['已投资低于', 'invested below'], suspended_years: ['停建年数', 'years suspended'],
  handover_plus_years: ['交地后年数', 'years after hand-over'], warning_days: ['预警天数', 'warning days'], start_floor: ['动工建筑面积下限', 'floor area of a start'], extend_years: ['延期年数', 'years put off'], temporary_years: ['临时利用年数', 'years of other use'], procedure_days: ['程序天数', 'days of procedure'],
  vacant_share: ['空置面积比例', 'vacant share'], signals: ['触发信号数', 'signals to suspect'], confirm_signals: ['确认信号数', 'signals to confirm'], check_months: ['核查有效月数', 'months a check holds'],
  developed_above: ['已建面积高于', 'developed above'], invested_above: ['已投资高于', 'invested above'], at_limit: ['含界限值', 'limit included'], stopped_years: ['停工年数', 'years stopped'], overdue_years: ['逾期年数', 'years overdue'], built_below: ['建成低于约定', 'built below'], no_tax_years: ['无税年数', 'years without tax'], tax_below: ['税收低于约定', 'tax below'], intensity_below: ['集约程度低于', 'intensity below'],
  registered_below_years: ['成立未满年数', 'registered under (years)'], industry_edition: ['行业代码版本', 'industry edition'], points: ['分值', 'points'],
  source: ['出处', 'Source'], document: ['文号', 'Document'], clause: ['条款', 'Clause'], verified: ['核实', 'Verified'], title: ['名称', 'Title'], id: ['标识', 'ID'], kind: ['类别', 'Kind'], note: ['说明', 'Note'], title_en: ['英文名称', 'English title'], notice: ['提示', 'Notice'], valid_from: ['生效', 'From'], valid_to: ['失效', 'To'], applies_to: ['适用园区', 'Parks'], tax: ['计入的税种', 'Taxes counted'], states: ['土地状态', 'Land states'], uses: ['用地类别', 'Land uses'], authority: ['发布机关', 'Authority'],
  vat_wan: ['增值税', 'VAT'], income_tax_wan: ['企业所得税', 'income tax'], urban_tax_wan: ['城建税', 'urban tax'], land_use_tax_wan: ['土地使用税', 'land-use tax'], property_tax_wan: ['房产税', 'property tax'], other_tax_wan: ['其他税', 'other tax'], export_credit_wan: ['免抵调库', 'export credit'], vat_refund_wan: ['留抵退税', 'VAT refund'],
  energy_basis: ['能耗口径', 'Energy basis'], equivalent: ['等价值', 'equivalent value'], calorific: ['当量值', 'calorific value'], grouped: ['分行业排名', 'ranked by industry'], cohort_mean: ['本组均值', 'mean of the cohort'], fixed: ['固定值', 'fixed value'], value: ['数值', 'value'],
  not_rated: ['不评价', 'not rated'], cohort_mean_points: ['按本组平均得分', 'mean points of the cohort'], zero: ['计 0 分', 'no points'], none: ['无', 'none'], true: ['是', 'yes'], false: ['否', 'no'], exempt: ['免于评价', 'exempt'], follow_owner: ['随出租方', 'follows the owner'], add_points: ['加减分', 'points'], cap_class: ['等级封顶', 'class capped'], floor_class: ['等级保底', 'class floor'], set_class: ['直接定级', 'class set'],
  tag: ['标签', 'tag'], event: ['事项', 'event'], investment: ['投资', 'investment'], yield: ['产出', 'yield'], density: ['密度', 'density'], benefit_per_mu: ['亩均经济效益', 'benefit per mu'], instead_of: ['代替', 'instead of'], factor_source: ['系数出处', 'source of the factor'], note_en: ['英文说明', 'English note'], notice_en: ['英文提示', 'English notice'],
  new_firm: ['新企业', 'new firm'], within_contract: ['合同期内', 'within the contract'], government_cause: ['政府原因', 'government cause'], exempted: ['经批准免于', 'exempted'], binding: ['强制', 'binding'], recommended: ['推荐', 'recommended'], tier: ['档次', 'tier'],
  approved: ['批而未供', 'approved, not supplied'], supplied: ['供而未用', 'supplied, not used'], building: ['在建', 'under construction'], unused: ['建而未用', 'built, not used'], partial: ['未满额建设', 'partly built'], in_use: ['在用', 'in use'], low: ['低效', 'low efficiency'],
  industries: ['行业', 'Industries'], force: ['效力', 'Force'], fai_per_mu: ['投资强度', 'Investment per mu'], output_per_mu: ['亩均产值', 'Output per mu'], tax_per_mu: ['亩均税收', 'Tax per mu'], far: ['容积率', 'FAR'], coefficient: ['建筑系数', 'Building coefficient'], office_land: ['办公用地占比', 'Office land'], office_floor: ['办公建筑面积占比', 'Office floor area'], green: ['绿地率', 'Green'],
}

/** term is what a key of a rule set means. */
export function term(key: string): string {
  return terms[key]?.[english.value ? 1 : 0] ?? key
}
