// The words for coded values, Chinese and English. A code without a word is shown as it is, never hidden.

import type { Language } from './index'

type Pair = readonly [zh: string, en: string]

const words = {
  state: {
    approved: ['批而未供', 'Approved, not supplied'],
    supplied: ['供而未用', 'Supplied, not used'],
    building: ['在建', 'Under construction'],
    unused: ['建而未用', 'Built, not used'],
    partial: ['未满额建设', 'Partly built'],
    in_use: ['在用', 'In use'],
    low: ['低效', 'Low efficiency'],
    reclaimed: ['收储', 'Taken back'],
  },
  use_code: {
    '1001': ['工业用地', 'Industrial'],
    '100101': ['一类工业用地', 'Industrial, class 1'],
    '100102': ['二类工业用地', 'Industrial, class 2'],
    '100103': ['三类工业用地', 'Industrial, class 3'],
    '1101': ['物流仓储用地', 'Logistics and storage'],
    '110101': ['一类物流仓储用地', 'Logistics, class 1'],
    '0901': ['商业用地', 'Commercial'],
    '0902': ['商务金融用地', 'Business and finance'],
    '0802': ['科研用地', 'Research'],
    '0701': ['城镇住宅用地', 'Residential'],
    '1207': ['城镇村道路用地', 'Road'],
    '1401': ['公园绿地', 'Park'],
    '0804': ['教育用地', 'Education'],
    '1303': ['供电用地', 'Power supply'],
    M0: ['新型产业用地', 'New industry'],
    M1: ['一类工业用地', 'Industrial, class 1'],
    M2: ['二类工业用地', 'Industrial, class 2'],
    M3: ['三类工业用地', 'Industrial, class 3'],
    W1: ['一类物流仓储用地', 'Logistics, class 1'],
  },
  idle_type: {
    unstarted: ['疑似闲置：未动工', 'Suspected idle: not started'],
    stalled: ['疑似闲置：停建', 'Suspected idle: stalled'],
    warning: ['疑似闲置预警', 'Idle land warning'],
  },
  idle_stage: {
    warning: ['预警', 'Warning'],
    fee: ['满一年，可征缴闲置费', 'Over one year: fee may be charged'],
    take_back: ['满两年，可无偿收回', 'Over two years: may be taken back'],
    government: ['政府原因', 'Government cause'],
  },
  tenure: { own: ['自有', 'Own'], lease: ['租赁', 'Lease'] },
  cohort: {
    above_scale: ['规上', 'Above scale'],
    below_scale: ['规下 ≥3 亩', 'Below scale, ≥3 mu'],
    below_scale_small: ['规下 <3 亩', 'Below scale, <3 mu'],
    tenant: ['租赁', 'Tenant'],
  },
  effect: {
    exempt: ['免于评价', 'Exempt'],
    follow_owner: ['随出租方', 'Follows the owner'],
    add_points: ['加分', 'Points added'],
    cap_class: ['等级封顶', 'Class capped'],
    floor_class: ['等级保底', 'Class floor'],
    set_class: ['直接定级', 'Class set'],
  },
  zone: {
    functional: ['功能区', 'Functional area'],
    renewal: ['更新片区', 'Renewal area'],
    industrial_line: ['工业产业区块线', 'Industrial block line'],
    red_line: ['生态保护红线', 'Ecological red line'],
    control_unit: ['控规单元', 'Control unit'],
    planned_use: ['规划用途', 'Planned use'],
    water: ['水域', 'Water'],
    road: ['道路', 'Road'],
  },
  building_use: {
    plant: ['厂房', 'Plant'],
    warehouse: ['仓库', 'Warehouse'],
    office: ['办公', 'Office'],
    dormitory: ['宿舍', 'Dormitory'],
    research: ['研发', 'Research'],
    service: ['配套', 'Service'],
    other: ['其他', 'Other'],
  },
} as const satisfies Record<string, Record<string, Pair>>

export type WordKind = keyof typeof words

/** word gives the reader's word for a code, or the code itself when it has none. */
export function word(kind: WordKind, code: unknown, language: Language): string {
  if (typeof code !== 'string' || code === '') return ''
  const pair = (words[kind] as Readonly<Record<string, Pair>>)[code]
  return pair === undefined ? code : pair[language === 'en' ? 1 : 0]
}
