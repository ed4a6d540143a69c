import { sentences } from '@/i18n'

export const t = sentences(
  {
    lead: '{year} 年数据，截至 {date}', count: '{n} 家', table: '企业清单', search: '企业名称或信用代码', class: '等级', cohort: '评价组', industry: '行业', all: '全部', clear: '清除筛选',
    col_name: '企业', col_class: '等级', col_points: '得分', col_rank: '同组名次', col_land: '用地', col_tax: '税收', col_industry: '行业',
    empty: '没有符合条件的企业', empty_hint: '改换搜索词或筛选条件。', choose_title: '尚未选择企业', choose: '从列表选择一家企业，这里列出得分来历、历年指标、所用土地和历次公布的等级。',
    facts: '基本信息', registered: '注册', produced: '投产', closed: '注销', above: '规上', below: '规下', rated_land: '评价用地', tags: '标签', tax: '税收', rank: '同组第 {rank} / {of}', points: '得分', close: '关闭',
    waterfall: '得分构成', waterfall_lead: '各指标得分依次累加至总分；括号内为权重', other: '加减分', total: '总分', weight: '权重', value: '数值', base: '同组基准', filled: '缺报，按缺项规则计分', steps: '等级调整', no_points: '当年没有得分：未参加评价或缺数据。', indicator: '指标',
    trend: '历年指标', trend_pick: '指标', this: '本企业', cohort_mean: '同组基准', industry_mean: '同行业（{code}）平均', tax_per_mu: '亩均税收', year: '年度', trend_failed: '部分年度未能载入', trend_busy: '正在载入历年数据…',
    land: '所用土地', tenure: '用地关系', share: '份额', share_land: '计入用地', none: '无',
    classes: '历次公布的等级', run: '批次', as_of: '截至', no_runs: '还没有公布过等级。', how: '计算依据', how_n: '计算依据（{n}）',
  },
  {
    lead: 'Figures of {year}, as of {date}', count: '{n} firms', table: 'Firms', search: 'Name or credit code', class: 'Class', cohort: 'Cohort', industry: 'Industry', all: 'All', clear: 'Clear filters',
    col_name: 'Firm', col_class: 'Class', col_points: 'Points', col_rank: 'Rank', col_land: 'Land', col_tax: 'Tax', col_industry: 'Industry',
    empty: 'No firm matches', empty_hint: 'Change the search or the filters.', choose_title: 'No firm chosen', choose: 'Choose a firm in the list: here stand where its points come from, its figures over the years, its land and its published classes.',
    facts: 'Facts', registered: 'Registered', produced: 'In production', closed: 'Closed', above: 'Above scale', below: 'Below scale', rated_land: 'Rated land', tags: 'Tags', tax: 'Tax', rank: 'Rank {rank} of {of}', points: 'Points', close: 'Close',
    waterfall: 'How the points add up', waterfall_lead: 'Points of each indicator towards the total; the weight in brackets', other: 'Points added or taken', total: 'Total', weight: 'Weight', value: 'Value', base: 'Base', filled: 'Not reported; scored by the rule for gaps', steps: 'Class adjustments', no_points: 'No points this year: not rated, or figures are missing.', indicator: 'Indicator',
    trend: 'Over the years', trend_pick: 'Indicator', this: 'This firm', cohort_mean: 'Base of the cohort', industry_mean: 'Mean of industry {code}', tax_per_mu: 'Tax per mu', year: 'Year', trend_failed: 'Some years could not be read', trend_busy: 'Reading the years…',
    land: 'Land', tenure: 'Tenure', share: 'Share', share_land: 'Land counted', none: 'None',
    classes: 'Class in published runs', run: 'Run', as_of: 'As of', no_runs: 'No class has been published yet.', how: 'Where it comes from', how_n: 'Where it comes from ({n})',
  },
)
