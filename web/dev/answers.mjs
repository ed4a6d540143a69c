// The mock's JSON, in the shapes of api/DESIGN.md.

import { features, parks, rows } from './world.mjs'

const fieldRows = `code|宗地代码|Parcel code||string|0
park|园区代码|Park||string|0
use_code|用地代码|Land-use code||string|0
drawn_mu|图上面积|Drawn area|亩|number|0
published_class|公布等级|Published class||string|0
published_year|公布年度|Published year||integer|0
address|坐落|Address||string|1
state|土地状态|State||string|1
land_mu|用地面积|Land|亩|number|1
title_area_m2|证载面积|Title area|m²|number|1
class|等级|Class||string|1
far|容积率|Floor-area ratio||number|1
density|建筑密度|Building density|%|number|1
coefficient|建筑系数|Building coefficient|%|number|1
vacant_share|空置率|Vacant share|%|number|1
idle_type|疑似闲置类型|Suspected idle type||string|1
idle_stage|闲置阶段|Idle stage||string|1
idle_since|闲置起算日期|Idle since||date|1
idle_plant|疑似闲置厂房|Suspected idle plant||boolean|1
signed_on|签订日期|Signed||date|1
handed_over_on|交地日期|Handed over||date|1
due_start_on|约定动工日期|Due start||date|1
started_on|实际动工日期|Started||date|1
due_completion_on|约定竣工日期|Due completion||date|1
completed_on|实际竣工日期|Completed||date|1
due_production_on|约定投产日期|Due production||date|1
produced_on|实际投产日期|In production||date|1
tax_band|亩均税收档|Tax per mu, band|万元/亩|string|1
output_band|亩均产值档|Output per mu, band|万元/亩|string|1
value_added_band|亩均增加值档|Value added per mu, band|万元/亩|string|1
tax_wan_mu|亩均税收|Tax per mu|万元/亩|number|2
output_wan_mu|亩均产值|Output per mu|万元/亩|number|2
value_added_wan_mu|亩均增加值|Value added per mu|万元/亩|number|2
fai_wan_mu|投资强度|Investment intensity|万元/亩|number|2
score|综合得分|Score||number|2
tax_wan|税收|Tax|万元|number|2
output_wan|产值|Output|万元|number|2
value_added_wan|增加值|Value added|万元|number|2
firm_count|企业数|Firms|家|integer|2
main_firm|主要企业|Main firm||string|2
main_uscc|主要企业信用代码|Main firm's credit code||string|2
exit|疑似退出候选|Suspected exit candidate||boolean|2
exit_failed|未达标项数|Failed tests||integer|2
exit_severity|退出紧迫度|Exit severity||number|2`
const level = { public: 0, viewer: 1, analyst: 2, admin: 3 }
const fields = fieldRows.split('\n').map((l) => l.split('|')).map(([name, title, title_en, unit, type, a]) => ({ name, title, title_en, unit: unit || undefined, type, a: +a }))
const seen = (audience) => fields.filter((f) => f.a <= level[audience])
const rule = { id: 'qz-2026', kind: 'evaluation', title: '亩均效益评价示例方案', document: '示例〔2026〕1号', hash: '9f2c'.repeat(16), verified: false, notice: '示例参数，未经管委会发布' }

const cut = (row, audience) => ({ ...Object.fromEntries(seen(audience).map((f) => [f.name, row[f.name]])), bbox: row.bbox })
const breaksOf = (field) => {
  const v = rows.map((r) => r[field]).filter((x) => typeof x === 'number').sort((a, b) => a - b)
  return [0.2, 0.4, 0.6, 0.8].map((q) => Number(v[Math.floor(q * v.length)].toPrecision(2)))
}
const metricNames = { 1: ['far', 'density'], 2: ['tax_wan_mu', 'output_wan_mu', 'value_added_wan_mu', 'fai_wan_mu', 'score'] }

function metrics(audience) {
  const own = [...(level[audience] >= 2 ? metricNames[2] : []), ...(level[audience] >= 1 ? metricNames[1] : [])]
  const list = own.map((name) => fields.find((f) => f.name === name)).map((f) => ({ field: f.name, title: f.title, title_en: f.title_en, unit: f.unit, breaks: breaksOf(f.name) }))
  return audience === 'viewer' ? [{ field: 'tax_band', title: '亩均税收档', title_en: 'Tax per mu, band', unit: '万元/亩', bands: ['<5', '5–20', '≥20'] }, ...list] : list
}

export function meta(audience) {
  const layer = (name, title, title_en, id, min_zoom, f = []) => ({ name, title, title_en, id, min_zoom, tiles: `/tiles/${name}/{z}/{x}/{y}.mvt?year={year}&v=1-${audience}`, fields: f })
  const layers = [layer('parks', '园区', 'Parks', 'code', 0), layer('zones', '片区、控制线', 'Zones', 'id', 8), layer('parcels', '宗地', 'Parcels', 'code', 8, seen(audience).map(({ a, ...f }) => f))]
  if (level[audience] >= 1) layers.push(layer('buildings', '幢', 'Buildings', 'id', 13))
  const b = parks.map((p) => p.bound)
  return {
    name: '亩产', demo: true, notice: '示例数据，全部虚构', notice_en: 'Demo data, all fictional', years: [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025], year: 2025, as_of: '2026-11-22',
    snapshot: { version: 9, built_at: '2026-11-22T08:00:00Z', stale: false, stale_since: null },
    bound: [Math.min(...b.map((x) => x[0])), Math.min(...b.map((x) => x[1])), Math.max(...b.map((x) => x[2])), Math.max(...b.map((x) => x[3]))],
    parks: parks.map(({ code, name, name_en, bound }) => ({ code, name, name_en, bound })), layers,
    classes: ['A', 'B', 'C', 'D'].map((c) => ({ class: c, title: c, color: '#000000' })), metrics: metrics(audience), rules: [rule],
  }
}

export const scores = (audience, year) => ({ year, total: rows.length, rows: rows.map((r) => cut(r, audience)) })

export function summary(audience, year) {
  const of = (list) => {
    const sum = (f) => list.reduce((t, r) => t + (r[f] ?? 0), 0)
    const land = sum('land_mu')
    const n = (c) => list.filter((r) => r.class === c).length
    const amount = (f) => {
      const rated = list.filter((r) => typeof r[f] === 'number').reduce((t, r) => t + r.land_mu, 0)
      return { wan: sum(f), rated_land_mu: rated, wan_per_mu: sum(f) / land, wan_per_rated_mu: sum(f) / rated }
    }
    const money = { output: amount('output_wan'), value_added: amount('value_added_wan'), tax: amount('tax_wan'), exit_candidates: list.filter((r) => r.exit).length }
    return {
      parcels: list.length, firms: sum('firm_count'), land_mu: land, far: 1.12, far_rated_land_mu: land, density: 33.4, density_rated_land_mu: land, classes: { A: n('A'), B: n('B'), C: n('C'), D: n('D'), T: n('T'), '': n('') },
      idle_land: list.filter((r) => r.idle_type).length, idle_plants: list.filter((r) => r.idle_plant).length, ...(level[audience] >= 2 ? money : {}),
    }
  }
  return { year, parks: parks.map((p) => ({ code: p.code, ...of(rows.filter((r) => r.park === p.code)) })), all: of(rows) }
}

export function dossier(audience, code, year) {
  const i = rows.findIndex((r) => r.code === code)
  if (i < 0) return null
  const r = rows[i]
  const { bbox, ...properties } = cut(r, audience)
  const out = { code, year, bbox, geometry: { type: 'MultiPolygon', coordinates: [features.parcels[i].rings] }, properties, zones: [{ id: 'L1', name: '一级工业区块线', kind: 'industrial_line', level: 1 }] }
  if (level[audience] < 1) return out
  const history = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025].map((y, k) => ({ year: y, class: r.class, tax_wan_mu: k === 2 ? null : r.tax_wan_mu * (0.7 + k * 0.05), output_wan_mu: r.output_wan_mu * (0.8 + k * 0.03), value_added_wan_mu: r.value_added_wan_mu * (0.8 + k * 0.03) }))
  const how = [
    { id: 'far', title: '容积率', title_en: 'Floor-area ratio', unit: '', value: r.far, formula: '计容建筑面积 ÷ 用地面积', formula_en: 'FAR floor area ÷ land', inputs: [{ name: '计容建筑面积', name_en: 'FAR floor area', value: '18234.5', unit: 'm²', source: 'buildings storeys' }, { name: '用地面积', name_en: 'Land', value: String(r.title_area_m2), unit: 'm²', source: `parcels ${code} title_area_m2` }], rule, clause: '层高超过 8 m 的按两层计', note: '', note_en: '' },
    { id: 'tax_per_mu', title: '亩均税收', title_en: 'Tax per mu', unit: '万元/亩', value: r.tax_wan_mu, formula: '税收 ÷ 用地面积', formula_en: 'tax ÷ land', inputs: [{ name: '税收', name_en: 'Tax', value: String(r.tax_wan), unit: '万元', source: `figures ${r.main_uscc}|${year}` }, { name: '用地面积', name_en: 'Land', value: String(r.land_mu), unit: '亩', source: `parcels ${code}` }], rule, clause: '第三条', note: '按建筑面积与占用天数分摊', note_en: '' },
    { id: 'class', title: '等级', title_en: 'Class', unit: '', value: null, text: r.class, formula: '同组前 20% 为 A', formula_en: 'top 20 % of the group', inputs: [], rule, clause: '第七条', note: '', note_en: '' },
  ]
  Object.assign(out, { buildings: features.buildings.filter((b) => b.properties.parcel === code).map((b) => b.properties), parents: [], children: [], history: level[audience] >= 2 ? history : history.map(({ year: y, class: c }) => ({ year: y, class: c })), explanations: level[audience] >= 2 ? how : how.slice(0, 1) })
  if (level[audience] < 2) return out
  const ind = ['亩均税收', '亩均增加值', '单位能耗增加值', '单位排放增加值', '研发经费占比', '全员劳动生产率']
  const firms = r.main_firm ? [{ uscc: r.main_uscc, name: r.main_firm, industry: '1761', cohort: 'above_scale', class: r.class, tenure: 'own', share: 0.8, land_mu: r.land_mu * 0.8, points: r.score, rank: 5, of: 112, tax_wan: r.tax_wan, indicators: ind.map((t, k) => ({ id: `I${k + 1}`, title: t, title_en: t, unit: '万元/亩', value: k === 4 ? null : 20.5 - k, base: 18, weight: [40, 20, 10, 10, 10, 10][k], points: [36.2, 18, 10, 7.5, 4, 8.2][k], filled: k === 4 })), steps: [{ effect: 'add_points', arg: '3', evidence: '示例〔2025〕7号', from: r.class, to: r.class }] }] : []
  const tests = [['tax_per_mu', '亩均税收', r.tax_wan_mu, 5, '万元/亩'], ['output_per_mu', '亩均产值', r.output_wan_mu, 150, '万元/亩'], ['far', '容积率', r.far, 1, '']].map(([id, title, value, threshold, unit]) => ({ id, title, title_en: id, value, threshold, unit, failed: value < threshold, margin: (threshold - value) / threshold, rule, clause: '示例规划 2.3', note: '', note_en: '' }))
  return Object.assign(out, { firms, exit: r.exit ? { failed: tests.filter((x) => x.failed).length, severity: 1.37, tests } : null })
}
