import { sentences } from '@/i18n'

export const t = sentences(
  {
    lead: '拔高（容积率）与种密（建筑系数）还可增加多少', count: '{n} 宗', park: '园区', group: '类别', parcels: '宗地', floor: '可增建筑面积', contract: '其中合同内', foot: '可增基底面积', output: '折算产值', tax: '折算税收', median: '折算口径：本园区中位数', median_of: '亩均产值 {o} 万元/亩（{on} 宗）、亩均税收 {x} 万元/亩（{xn} 宗）', missing: '{n} 宗缺数据，未计入', left: '{n} 宗不在评估范围', open: '{n} 宗上不封顶，按下限计',
    rank: '名次', of_land: '用地 {n} 亩', floor_short: '可增建筑', foot_short: '可增基底', far_to: '容积率→上限', far_hint: '现容积率 → 上限，+ 为上不封顶', code: '宗地代码', land: '用地', far: '现容积率', limit: '上限', by: '依据', state: '类别', coefficient: '建筑系数', list: '增容潜力清单', none: '没有可增容的宗地', map: '可增建筑面积', no_gain: '无可增或缺数据', upward: '上不封顶', all: '全部园区', more: '再列 {n} 个园区（未列 {all} 个）', sum: '合计', value_note: '折算值＝可增面积按本园区中位数折算，不是预测',
  },
  {
    lead: 'How much more floor area (FAR) and footprint (coefficient) could be built', count: '{n} parcels', park: 'Park', group: 'Group', parcels: 'Parcels', floor: 'Floor area to gain', contract: 'within contract', foot: 'Footprint to gain', output: 'Output worth', tax: 'Tax worth', median: "Converted at the park's own median", median_of: 'output {o} 10k yuan/mu ({on} parcels), tax {x} 10k yuan/mu ({xn} parcels)', missing: '{n} parcels lack data and are not counted', left: '{n} parcels are out of scope', open: '{n} parcels are open upward and counted at the lower end',
    rank: 'Rank', of_land: '{n} mu of land', floor_short: 'Floor gain', foot_short: 'Footprint', far_to: 'FAR → limit', far_hint: 'Floor-area ratio now → limit, + is open upward', code: 'Parcel', land: 'Land', far: 'FAR now', limit: 'Limit', by: 'Set by', state: 'Group', coefficient: 'Coefficient', list: 'Parcels by gain', none: 'No parcel can gain', map: 'Floor area to gain', no_gain: 'Nothing to gain or no data', upward: 'open upward', all: 'All parks', more: 'Show {n} more parks ({all} not shown)', sum: 'Sum', value_note: "Worth = the gain converted at the park's own median, not a forecast",
  },
)
