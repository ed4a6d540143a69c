import { language, sentences } from '@/i18n'

const zh = {
  lead: '面向公众的汇总数据；每个数至少来自 {n} 家企业。',
  by_zone: '合计', by_park: '按园区', by_class: '按公布等级', by_industry: '按行业', 'by_park,industry': '按园区和行业',
  grouping: '分组方式', group: '分组', all: '全部', firms: '企业', sum: '合计', per_mu: '亩均',
  land_sum_mu: '用地', output_sum_wan: '产值', revenue_sum_wan: '营业收入', value_added_sum_wan: '增加值', tax_sum_wan: '税收',
  few: '企业少于 {n} 家，不公开', dominance: '一家企业占比过大，不公开', complementary: '公开后可推算出其他数，不公开', limit: '分组过多，未列', not_published: '当年没有定稿的评价结果，未公布',
  not_shown: '不公开', why: '为什么有的数不公开', at_least: '≥', at_least_note: '≥：组内有企业缺报，为下限值。',
  year_of: '{year} 年数据，取自 {run} 号定稿，数据截至 {date}。', no_run: '{year} 年还没有定稿的评价结果，没有可公开的数。',
  runs: '已公布的评价', run: '编号', year: '年度', as_of: '数据截至', published: '公布日期', no_runs: '还没有公布过评价结果。',
  rules: '适用的规则', rule: '规则', document: '文号', note: '说明', verified: '参数已核实', unverified: '参数未经核实', download: '下载公开图层（GeoJSON）',
  class_of: '{c} 类', unit_mu: '亩', unit_wan: '万元', unit_per: '万元/亩', unit_firms: '家', map: '到地图上看已公布的等级',
  remark: '{what}：{why}', between: '；', bounded: '组内有企业缺报，为下限值',
}

const en: Record<keyof typeof zh, string> = {
  lead: 'Sums for the public; each is over at least {n} firms.',
  by_zone: 'In all', by_park: 'By park', by_class: 'By published class', by_industry: 'By industry', 'by_park,industry': 'By park and industry',
  grouping: 'Grouping', group: 'Group', all: 'All', firms: 'Firms', sum: 'Sum', per_mu: 'Per mu',
  land_sum_mu: 'Land', output_sum_wan: 'Output', revenue_sum_wan: 'Revenue', value_added_sum_wan: 'Value added', tax_sum_wan: 'Tax',
  few: 'fewer than {n} firms', dominance: 'one firm has too large a share', complementary: 'another figure could be worked out from it', limit: 'too many groups', not_published: 'no final evaluation of the year',
  not_shown: 'withheld', why: 'Why some figures are withheld', at_least: '≥', at_least_note: '≥: a firm of the group has not reported, so it is at least this much.',
  year_of: 'Year {year}, from final run {run}, data as of {date}.', no_run: 'There is no final evaluation of {year} yet, so nothing can be published.',
  runs: 'Published evaluations', run: 'Run', year: 'Year', as_of: 'Data as of', published: 'Published on', no_runs: 'No evaluation was published yet.',
  rules: 'Rules that apply', rule: 'Rule', document: 'Document', note: 'Note', verified: 'checked against the original', unverified: 'not checked against the original', download: 'Download the public layers (GeoJSON)',
  class_of: 'Class {c}', unit_mu: 'mu', unit_wan: '10k yuan', unit_per: '10k yuan/mu', unit_firms: '', map: 'See the published classes on the map',
  remark: '{what}: {why}', between: '; ', bounded: 'a firm has not reported, so it is at least this much',
}

export const t = sentences(zh, en)

/** Divisions of manufacturing in GB/T 4754-2017, and those beside it that stand in industrial parks. */
const divisions: Readonly<Record<string, readonly [string, string]>> = {
  13: ['农副食品加工业', 'Processing of farm products'], 14: ['食品制造业', 'Food'], 15: ['酒、饮料和精制茶制造业', 'Drinks and tea'], 17: ['纺织业', 'Textiles'], 18: ['纺织服装、服饰业', 'Clothing'],
  19: ['皮革、毛皮、羽毛及其制品和制鞋业', 'Leather and footwear'], 20: ['木材加工和木、竹、藤、棕、草制品业', 'Wood products'], 21: ['家具制造业', 'Furniture'], 22: ['造纸和纸制品业', 'Paper'],
  23: ['印刷和记录媒介复制业', 'Printing'], 24: ['文教、工美、体育和娱乐用品制造业', 'Stationery, crafts, sports goods'], 26: ['化学原料和化学制品制造业', 'Chemicals'], 27: ['医药制造业', 'Medicines'],
  28: ['化学纤维制造业', 'Chemical fibres'], 29: ['橡胶和塑料制品业', 'Rubber and plastics'], 30: ['非金属矿物制品业', 'Mineral products'], 33: ['金属制品业', 'Metal products'], 34: ['通用设备制造业', 'General machinery'],
  35: ['专用设备制造业', 'Special machinery'], 36: ['汽车制造业', 'Cars'], 37: ['铁路、船舶、航空航天和其他运输设备制造业', 'Other transport equipment'], 38: ['电气机械和器材制造业', 'Electrical machinery'],
  39: ['计算机、通信和其他电子设备制造业', 'Electronics'], 40: ['仪器仪表制造业', 'Instruments'], 41: ['其他制造业', 'Other manufacturing'], 59: ['装卸搬运和仓储业', 'Storage'],
}

/** division is an industry's name behind its code; a code without a name stands alone. */
export function division(code: string): string {
  const names = divisions[code]
  return names === undefined ? code : `${code} ${names[language.value === 'en' ? 1 : 0]}`
}
