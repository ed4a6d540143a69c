import { sentences } from '@/i18n'

export const t = sentences(
  {
    lead: '拟入园项目逐项对照指标；只测算，不保存', park: '园区', industry: '行业代码（GB/T 4754-2017）', parcel: '拟用宗地（可不填）', tier: '准入档次', tier_default: '按方案', above: '规上企业', above_unknown: '未定', yes: '是', no: '否',
    where: '项目与用地', build: '建筑', money: '投入与产出（达产年）', use: '资源与人员', submit: '测算', clear: '清空', print: '打印', required: '必填', number: '应为数字', result: '测算结果', empty: '填写左侧表单后点“测算”。没有填写的项按“缺数据”列出，不按 0 计。', busy: '测算中…',
    passed: '达标', failed: '未达标', unknown: '无法判断', test: '检验项', value: '项目值', limit: '标准', margin: '余量', rule: '依据', outcome: '结论', at_least: '≥', at_most: '≤', ranks: '在园区企业中的位次', ranked: '第 {r} / {n}', lacking: '{n} 家无数据未计', rank_by: '排名依据', standing: '位次', class: '预计等级', binding: '强制', recommended: '推荐', control: '建设用地控制指标', admission: '准入指标', planning: '规划与管控', place: '位置与三线一单', stale: '表单已改，结果对应改动前的数据', unverified: '未核实',
    land_mu: '用地面积', floor_m2: '建筑面积', far_floor_m2: '计容建筑面积', built_ground_m2: '基底、构筑物与堆场', office_land_m2: '行政办公及生活服务用地', office_floor_m2: '行政办公及生活服务建筑面积', green_m2: '绿地面积', fai_wan: '固定资产投资（含地价）', output_wan: '产值', revenue_wan: '营业收入', value_added_wan: '增加值', tax_wan: '税收', rd_wan: '研发费用', energy_tce: '综合能耗', emissions_t: '主要污染物排放', staff: '职工人数', electricity_mwh: '用电量',
  },
  {
    lead: 'A proposed project against every requirement; computed only, nothing is kept', park: 'Park', industry: 'Industry code (GB/T 4754-2017)', parcel: 'Parcel (optional)', tier: 'Tier', tier_default: "the rule set's", above: 'Above scale', above_unknown: 'not known', yes: 'yes', no: 'no',
    where: 'Project and land', build: 'Buildings', money: 'Investment and yield (year of full production)', use: 'Resources and staff', submit: 'Compute', clear: 'Clear', print: 'Print', required: 'needed', number: 'must be a number', result: 'Result', empty: 'Fill in the form and press Compute. What is left out is listed as missing and never counted as 0.', busy: 'Computing…',
    passed: 'passed', failed: 'failed', unknown: 'cannot be told', test: 'Test', value: 'Project', limit: 'Limit', margin: 'Margin', rule: 'Rule', outcome: 'Outcome', at_least: '≥', at_most: '≤', ranks: "Place among the park's firms", ranked: '{r} of {n}', lacking: '{n} firms without a value', rank_by: 'Ranked by', standing: 'Place', class: 'Likely class', binding: 'binding', recommended: 'recommended', control: 'Control indicators', admission: 'Admission', planning: 'Planning and control', place: 'Place and red lines', stale: 'The form has changed; the result is of what it held before', unverified: 'unverified',
    land_mu: 'Land', floor_m2: 'Floor area', far_floor_m2: 'Floor area for the ratio', built_ground_m2: 'Footprint, structures, yards', office_land_m2: 'Office and service land', office_floor_m2: 'Office and service floor area', green_m2: 'Green', fai_wan: 'Fixed investment (land price included)', output_wan: 'Output', revenue_wan: 'Revenue', value_added_wan: 'Value added', tax_wan: 'Tax', rd_wan: 'R&D', energy_tce: 'Energy', emissions_t: 'Emissions', staff: 'Staff', electricity_mwh: 'Electricity',
  },
)
