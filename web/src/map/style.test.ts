import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { expect, it } from 'vitest'
import type { Basemap, Meta } from '@/api/types'
import { byClass } from './buckets'
import type { Look } from './layers'
import { opening, style } from './style'

const over = (id: string, source: string, more: object) => ({ id, source, 'source-layer': source, ...more }) as LayerSpecification

it('opens a sheet with the ground and the plain areas of its parcels', () => {
  const vector = { type: 'vector' as const, tiles: ['https://host/{z}/{x}/{y}'] }
  const sheet: StyleSpecification = {
    version: 8,
    sources: { parks: vector, parcels: vector },
    layers: [
      { id: 'sheet', type: 'background' },
      over('park-line', 'parks', { type: 'line' }),
      over('parcel-fill', 'parcels', { type: 'fill', paint: { 'fill-color': '#123456' } }),
      over('parcel-hatch', 'parcels', { type: 'fill', paint: { 'fill-pattern': 'hatch' } }),
      over('parcel-line', 'parcels', { type: 'line' }),
      over('parcel-letters', 'parcels', { type: 'symbol' }),
    ],
  }
  const first = opening(sheet)
  expect(first.layers.map((l) => l.id)).toEqual(['sheet', 'parcel-fill'])
  expect(first.layers[1]).toHaveProperty('paint', { 'fill-color': '#123456', 'fill-antialias': false })
  expect(sheet.layers[2]).toHaveProperty('paint', { 'fill-color': '#123456' })
  expect(first.sources).toEqual({ parcels: vector })
  expect(opening({ ...sheet, sources: { parks: vector }, layers: sheet.layers.slice(0, 2) })).toEqual({ version: 8, sources: {}, layers: [{ id: 'sheet', type: 'background' }] })
})

it('makes sheets that MapLibre takes, over pictures and over an archive of vector tiles', () => {
  const layer = (name: string) => ({ name, title: name, title_en: name, id: 'code', min_zoom: 8, tiles: `/tiles/${name}/{z}/{x}/{y}.mvt`, fields: [] })
  const meta: Meta = {
    name: '', demo: false, years: [2025], year: 2025, as_of: '2026-11-27', snapshot: { version: 1, built_at: '', stale: false, stale_since: null }, bound: [118, 24, 119, 25],
    parks: [], layers: ['parcels', 'parks', 'zones', 'buildings'].map(layer), classes: [], metrics: [], rules: [],
  }
  const look: Look = {
    colouring: byClass('class'), classField: 'class', emphasis: null, squares: null, hidden: [], english: false, firms: true, overlaid: false,
    opacity: {}, shown: ['solid'], label: 'class', basemap: null, kept: false, shapes: null,
  }
  const pictures: Basemap = { tiles: ['https://host/{z}/{x}/{y}.png'], names: [], attribution: '', max_zoom: 18 }
  const archive: Basemap = { tiles: [], names: [], attribution: '', max_zoom: 14, archive: '/basemap.pmtiles', layers: ['water', 'roads'] }
  const cases: [Basemap | null, string[]][] = [
    [null, []], [pictures, ['basemap']], [archive, ['basemap-water-area', 'basemap-water-line', 'basemap-roads-area', 'basemap-roads-line']],
  ]
  for (const [basemap, ids] of cases) {
    const sheet = style({ ...meta, basemap }, 2025, { ...look, basemap: basemap && (basemap.layers ?? []) }, { labels: null, problems: null }, 'https://zone.example')
    expect(validateStyleMin(sheet).map((e) => e.message)).toEqual([])
    expect(sheet.layers.filter((l) => 'source' in l && l.source === 'basemap').map((l) => l.id)).toEqual(ids)
  }
})
