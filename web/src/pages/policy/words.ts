import { sentences } from '@/i18n'

export const t = sentences(
  {
    lead: '仅供模拟，不写入：任何改动都不改变评价结果',
    set: '方案', knobs: '参数', reset: '全部还原', undo: '还原', normalise: '权重自动折算为 100', sum: '权重合计 {n}', off: '不等于 100', only: '只看已改', tuned: '已改 {n} 项', find: '查找参数',
    save: '存为情景', name: '情景名称', saved: '已存情景', drop: '删除', kept_here: '只保存在本浏览器；要交给同事请复制网址',
    firms: '企业等级迁移', parcels: '宗地等级迁移', move: '迁移', who: '变化企业', exit: '退出名单', idle: '闲置提示', before: '改前', after: '改后', from_to: '改前 → 改后',
    moved: '等级变化', ranks: '名次变化', added: '新增', removed: '移出', list_len: '疑似退出候选', unit_firms: '家', unit_parcels: '宗', took: '{n} 毫秒', trying: '试算中…', refused: '服务器不能按此试算', refused_hint: '结果仍为上一次可行的试算',
    unchanged: '尚未改动：拖动左侧滑块或填入数值，地图与结果随之变化。', none: '没有变化', firm: '企业', why: '原因', parcel: '宗地', tests: '变化的检验项', state: '变化', plant: '闲置厂房', flag_none: '无提示', map: '等级有变化的宗地（颜色为改后，字母为改前）', map_all: '模拟等级（无变化）', up: '等级上升', down: '等级下降', other: '其他变化', same: '未变化的宗地按模拟等级', failed: '未达标', passed: '达标',
    up_n: '上升', down_n: '下降', matrix: '行为改前、列为改后', no_set: '没有可调的参数',
  },
  {
    lead: 'For trial only, nothing is written: no change here alters a rating',
    set: 'Rule set', knobs: 'Parameters', reset: 'Reset all', undo: 'Reset', normalise: 'Scale weights to 100', sum: 'Weights add up to {n}', off: 'not 100', only: 'Changed only', tuned: '{n} changed', find: 'Find a parameter',
    save: 'Save scenario', name: 'Name of the scenario', saved: 'Saved scenarios', drop: 'Delete', kept_here: 'Kept in this browser only; copy the address to hand it on',
    firms: 'Classes of firms', parcels: 'Classes of parcels', move: 'Migration', who: 'Firms that change', exit: 'Exit list', idle: 'Idle flags', before: 'Before', after: 'After', from_to: 'Before → after',
    moved: 'Class changes', ranks: 'Rank changes', added: 'Added', removed: 'Removed', list_len: 'Suspected exit candidates', unit_firms: 'firms', unit_parcels: 'parcels', took: '{n} ms', trying: 'Trying…', refused: 'The server cannot try this', refused_hint: 'Shown is still the last trial that was possible',
    unchanged: 'Nothing changed yet: move a slider or type a value on the left; map and results follow.', none: 'No change', firm: 'Firm', why: 'Why', parcel: 'Parcel', tests: 'Tests that differ', state: 'Change', plant: 'vacant plant', flag_none: 'no flag', map: 'Parcels that change class (colour after, letter before)', map_all: 'Trial classes (none changes)', up: 'Class rises', down: 'Class falls', other: 'Other change', same: 'Others by their trial class', failed: 'failed', passed: 'passed',
    up_n: 'rise', down_n: 'fall', matrix: 'Rows before, columns after', no_set: 'No parameter to change',
  },
)
