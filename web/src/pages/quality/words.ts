import { sentences } from '@/i18n'

const zh = {
  lead: '全库检查：问题、位置与处理办法；截至 {date}。',
  count: '{n} 个问题',
  severity: '程度', rule: '规则', key: '对象', park: '园区', message: '问题', column: '字段', remedy: '处理办法', meaning: '含义', others: '相关对象', value: '值',
  error: '错误', warning: '提示', note: '说明',
  all_rules: '全部规则', all_severities: '全部程度', by_rule: '按规则', code: '编码', none: '没有发现问题。',
  open: '打开宗地资料', zoom: '定位', no_place: '没有图上位置', choose: '选一行查看位置和处理办法。',
  e_parks: '园区', e_zones: '片区', e_parcels: '宗地', e_buildings: '建筑物', e_firms: '企业', e_occupancies: '用地关系', e_figures: '年度数据', e_events: '事项', e_targets: '规划指标',
}

const en: Record<keyof typeof zh, string> = {
  lead: 'The whole store checked: problems, places and remedies; as of {date}.',
  count: '{n} problems',
  severity: 'Severity', rule: 'Rule', key: 'Object', park: 'Park', message: 'Problem', column: 'Field', remedy: 'Remedy', meaning: 'Meaning', others: 'Related', value: 'Value',
  error: 'Error', warning: 'Warning', note: 'Note',
  all_rules: 'All rules', all_severities: 'All severities', by_rule: 'By rule', code: 'Code', none: 'No problems found.',
  open: 'Open the dossier', zoom: 'Zoom to', no_place: 'It has no place on the map', choose: 'Choose a row to see its place and remedy.',
  e_parks: 'Park', e_zones: 'Zone', e_parcels: 'Parcel', e_buildings: 'Building', e_firms: 'Firm', e_occupancies: 'Occupancy', e_figures: 'Yearly figures', e_events: 'Event', e_targets: 'Plan target',
}

export const t = sentences(zh, en)

/** entityWord is a table's word. */
export function entityWord(entity: string): string {
  const key = `e_${entity}`
  return key in zh ? t(key as keyof typeof zh) : entity
}
