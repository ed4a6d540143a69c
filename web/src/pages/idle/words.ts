import { sentences } from '@/i18n'

export const t = sentences(
  {
    lead: '截至 {date}；产值、税收为 {year} 年数据', count: '{n} 条，{m} 宗', types: '疑似类型', all: '全部', table: '疑似闲置低效用地，按类型排列',
    col_code: '宗地代码', col_type: '疑似类型', col_since: '起始日', col_left: '距下一阶段', col_stage: '阶段', col_value: '实际 / 界限',
    days: '{n} 天', empty: '没有符合条件的疑似用地', empty_hint: '换一个类型或园区。', overlay: '疑似闲置低效（按类型）',
    close: '关闭', dossier: '一地一档', detail: '疑似详情', why: '依据', withheld: '涉及企业数据，仅开发区业务可见。', rule: '方案', document: '文号', clause: '条款', compared: '实际 {value}，界限 {limit}', clock: '闲置阶段与期限', clock_failed: '闲置期限未能载入：{why}',
    print: '打印', cases: '处置台账', export: '导出', suspected: '疑似',
  },
  {
    lead: 'As of {date}; output and tax are of {year}', count: '{n} suspicions, {m} parcels', types: 'Types of suspicion', all: 'All', table: 'Land suspected idle or of low efficiency, by type',
    col_code: 'Parcel', col_type: 'Suspicion', col_since: 'Since', col_left: 'To next stage', col_stage: 'Stage', col_value: 'Value / bound',
    days: '{n} days', empty: 'No suspicion matches', empty_hint: 'Choose another type or park.', overlay: 'Suspected idle or low efficiency (by type)',
    close: 'Close', dossier: 'Dossier', detail: 'Suspicion', why: 'Evidence', withheld: 'Rests on a firm\'s figures; for zoning staff only.', rule: 'Rule set', document: 'Document', clause: 'Clause', compared: 'value {value}, bound {limit}', clock: 'Stages and deadlines', clock_failed: 'The deadlines could not be read: {why}',
    print: 'Print', cases: 'Cases', export: 'Export', suspected: 'suspected',
  },
)
