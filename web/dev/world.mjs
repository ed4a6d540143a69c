// A small made-up zone for working on the page without the Go server. Names, codes and figures are invented on the spot.

let seed = 7
const rnd = () => ((seed = (seed * 1103515245 + 12345) % 2147483648), seed / 2147483648)
const pickOf = (list) => list[Math.floor(rnd() * list.length)]
const m = (lat) => [1 / (111320 * Math.cos((lat * Math.PI) / 180)), 1 / 110900]

export const parks = [
  { code: 'QM', name: '清濛', name_en: 'Qingmeng', at: [118.58, 24.87], cols: 13, rows: 11, turn: 0.32 },
  { code: 'GQ', name: '官桥', name_en: 'Guanqiao', at: [118.43, 24.83], cols: 12, rows: 9, turn: -0.2 },
]

function quad(park, x0, y0, x1, y1) {
  const [kx, ky] = m(park.at[1])
  const [c, s] = [Math.cos(park.turn), Math.sin(park.turn)]
  const at = (x, y) => [park.at[0] + (x * c - y * s) * kx, park.at[1] + (x * s + y * c) * ky]
  return [[at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)]]
}

const box = (rings) => {
  const [xs, ys] = [0, 1].map((i) => rings.flat().map((p) => p[i]))
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

export const features = { parks: [], zones: [], parcels: [], buildings: [] }
export const rows = []
const names = ['海丝', '鲤城', '清源', '晋江', '洛阳', '刺桐', '涂门', '开元', '东湖', '紫帽']
const trades = ['纺织', '鞋服', '机械', '电子', '包装', '食品', '建材']

function cell(park, col, row, n) {
  const [w, h, road] = [300, 240, 32]
  const x0 = (col - park.cols / 2) * w + road / 2
  const y0 = (row - park.rows / 2) * h + road / 2
  const cut = rnd() > 0.35 ? 0.35 + rnd() * 0.3 : 1
  const spans = cut === 1 ? [[0, 1]] : [[0, cut], [cut, 1]]
  spans.forEach(([a, b], k) => parcel(park, x0 + a * (w - road), y0, x0 + b * (w - road), y0 + h - road, n * 2 + k))
}

function parcel(park, x0, y0, x1, y1, n) {
  const code = `3599000${park.code === 'QM' ? '01' : '02'}001GB${String(n).padStart(5, '0')}`
  const rings = quad(park, x0, y0, x1, y1)
  const mu = ((x1 - x0) * (y1 - y0)) / (2000 / 3)
  const idle = rnd() < 0.03 ? pickOf(['unstarted', 'stalled', 'warning']) : ''
  const rated = idle === '' && rnd() > 0.05
  const tax = rated ? Math.round(Math.exp(rnd() * 4.2 - 0.6) * 100) / 100 : null
  const cls = !rated ? '' : rnd() < 0.05 ? 'T' : tax > 22 ? 'A' : tax > 9 ? 'B' : tax > 1.6 ? 'C' : 'D'
  const far = rated ? Math.round((0.4 + rnd() * 1.6) * 100) / 100 : null
  const bad = rated && tax < 1.5 && far < 1
  const v = {
    code, park: park.code, use_code: '100101', drawn_mu: mu * (1 + (rnd() - 0.5) * 0.01), published_class: cls || null,
    published_year: cls ? 2024 : null, address: `${park.name}园区${pickOf(names)}路${n + 1}号`, state: idle ? 'supplied' : 'in_use', land_mu: mu,
    title_area_m2: (mu * 2000) / 3, class: cls, far, density: rated ? 20 + rnd() * 30 : null, coefficient: rated ? 28 + rnd() * 30 : null,
    vacant_share: rated ? Math.max(0, rnd() * 60 - 40) : null, idle_type: idle || null, idle_stage: idle ? (idle === 'warning' ? 'warning' : 'fee') : null,
    idle_since: idle ? '2024-03-01' : null, idle_plant: rated && rnd() < 0.03, signed_on: '2009-06-18', handed_over_on: '2009-09-01', due_start_on: '2010-03-01',
    started_on: idle === 'unstarted' ? null : '2010-05-12', due_completion_on: '2012-03-01', completed_on: idle ? null : '2012-07-30', due_production_on: '2012-09-01',
    produced_on: idle ? null : '2012-11-05', tax_band: tax === null ? null : tax < 5 ? '<5' : tax < 20 ? '5–20' : '≥20', output_band: null, value_added_band: null,
    tax_wan_mu: tax, output_wan_mu: tax === null ? null : tax * (18 + rnd() * 14), value_added_wan_mu: tax === null ? null : tax * (4 + rnd() * 3),
    fai_wan_mu: rated ? 80 + rnd() * 300 : null, score: rated && cls !== 'T' ? Math.min(120, 40 + Math.log(1 + tax) * 18) : null, tax_wan: tax === null ? null : tax * mu,
    output_wan: tax === null ? null : tax * mu * 24, value_added_wan: tax === null ? null : tax * mu * 5, firm_count: rated ? 1 + Math.floor(rnd() * 2) : 0,
    main_firm: rated ? `${pickOf(names)}演示${pickOf(trades)}有限公司` : null, main_uscc: rated ? `91359900MA${String(10000000 + n).slice(1)}X` : null, exit: bad,
    exit_failed: bad ? 3 : 0, exit_severity: bad ? 1.37 : null,
  }
  rows.push({ ...v, bbox: box(rings) })
  features.parcels.push({ rings, properties: v })
  if (rated) building(park, code, x0, y0, x1, y1, n)
}

function building(park, parcel, x0, y0, x1, y1, n) {
  const rings = quad(park, x0 + (x1 - x0) * 0.15, y0 + 25, x0 + (x1 - x0) * 0.8, y0 + (y1 - y0) * 0.6)
  features.buildings.push({ rings, properties: { id: `${parcel}F0001`, parcel, name: '1#厂房', use: 'plant', storeys: 1 + (n % 5), height_m: 5 * (1 + (n % 5)), floor_m2: 4000, footprint_m2: 1800, completed_on: '2012-07-30', vacant_m2: 0, vacant_since: null } })
}

for (const park of parks) {
  const [w, h] = [park.cols * 150 + 120, park.rows * 120 + 120]
  const rings = quad(park, -w, -h, w, h)
  park.bound = box(rings)
  features.parks.push({ rings, properties: { code: park.code, name: park.name, name_en: park.name_en, definition: 'planned', area_km2: 11 } })
  features.zones.push({ rings: quad(park, -w + 60, -h + 60, w * 0.4, h - 60), properties: { id: `${park.code}-L1`, park: park.code, name: '一级工业区块线', kind: 'industrial_line', level: 1 } })
  features.zones.push({ rings: quad(park, w * 0.62, -h, w, -h * 0.5), properties: { id: `${park.code}-W`, park: park.code, name: '示例水库', kind: 'water', level: 0 } })
  for (let c = 0; c < park.cols; c++) for (let r = 0; r < park.rows; r++) if (rnd() > 0.06) cell(park, c, r, c * park.rows + r)
}
