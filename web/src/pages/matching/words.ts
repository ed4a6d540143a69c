import { sentences } from '@/i18n'

export const t = sentences(
  {
    lead: '为要扩张的企业找疑似可用的土地和厂房', rank: '名次', code: '宗地代码', park: '园区', address: '坐落', kinds: '类型', count: '{n} 处可选', firm: '企业', firm_hint: '名称或信用代码，至少 2 个字', firm_clear: '不指定企业', industry: '行业代码', near: '就近宗地', need_mu: '需要土地', need_floor_m2: '需要建筑面积', min_width_m: '最小宽度', max_distance_m: '最大距离', weights: '权重', restore: '恢复建议权重',
    adjoining: '相邻', area: '面积匹配', distance: '距离', form: '形状', holder: '现用地企业', overlay: '控制线', path: '处置路径', use: '用途',
    tab_rows: '可选 {n}', tab_out: '排除 {n}', none: '没有可选的宗地。放宽面积、宽度或距离再试。', score: '总分', offer_land: '可供土地', offer_floor: '现有建筑', offer_build: '可建', estimated: '估算', gap: '距离', size: '长×宽', path_title: '合法路径', consent: '须同意', holder_title: '现用地企业', no_holder: '无在营企业', parts: '得分构成', left: '不适用，权重不计', weight_n: '权重 {n}', own: '本企业用地', reason: '排除原因', partners: '与相邻宗地合并可达', verified: '依据已核实', unverified: '依据未核实', map_title: '匹配名次', top: '前 5 名', next: '6–20 名', rest: '20 名以后', origin: '企业现有用地', zones: '所在片区',
  },
  {
    lead: 'Suspected land and plants for a firm that must grow', rank: 'Rank', code: 'Parcel', park: 'Park', address: 'Address', kinds: 'Kind', count: '{n} choices', firm: 'Firm', firm_hint: 'Name or credit code, 2 letters or more', firm_clear: 'No firm', industry: 'Industry', near: 'Near parcel', need_mu: 'Land needed', need_floor_m2: 'Floor needed', min_width_m: 'Least width', max_distance_m: 'Largest distance', weights: 'Weights', restore: 'Proposed weights',
    adjoining: 'Adjoining', area: 'Fit of area', distance: 'Distance', form: 'Form', holder: 'Present holder', overlay: 'Control lines', path: 'Lawful path', use: 'Land use',
    tab_rows: 'Choices {n}', tab_out: 'Excluded {n}', none: 'Nothing fits. Ask for less area or width, or a larger distance.', score: 'Score', offer_land: 'Land', offer_floor: 'Floor that stands', offer_build: 'May be built', estimated: 'estimated', gap: 'Distance', size: 'Sides', path_title: 'Lawful path', consent: 'Consent', holder_title: 'Present holder', no_holder: 'no firm at work', parts: 'Parts of the score', left: 'does not apply, weight left out', weight_n: 'weight {n}', own: "the firm's own", reason: 'Why left out', partners: 'Together with neighbours', verified: 'document verified', unverified: 'document not verified', map_title: 'Rank of match', top: 'first 5', next: '6–20', rest: 'beyond 20', origin: "the firm's land", zones: 'Zones',
  },
)
