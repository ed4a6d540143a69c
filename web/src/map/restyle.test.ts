import { diff, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { changesOf } from './restyle'

const points = { type: 'FeatureCollection', features: [] } as const
const sheet = (layers: object[], data: object = points): StyleSpecification =>
  ({ version: 8, sources: { tiles: { type: 'vector', tiles: ['/t'] }, own: { type: 'geojson', data } }, layers }) as unknown as StyleSpecification
const fill = (paint: object, more: object = {}) => ({ id: 'fill', type: 'fill', source: 'tiles', 'source-layer': 'parcels', paint, ...more })
const line = (layout: object) => ({ id: 'line', type: 'line', source: 'own', layout })
const before = sheet([fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 }), line({ visibility: 'visible' })])

/** named writes our changes as MapLibre's own comparison names them. */
const commands = { paint: 'setPaintProperty', layout: 'setLayoutProperty', filter: 'setFilter', data: 'setGeoJSONSourceData' } as const
const ours = (after: StyleSpecification) =>
  changesOf(before, after)?.flatMap((c) => c.kind === 'layer' ? [['removeLayer', c.layer], ['addLayer', c.value, ...above(after, c.value.id)]] : [[commands[c.kind], ...('layer' in c ? [c.layer] : [c.source]), ...('name' in c ? [c.name] : []), c.value]])
const above = (s: StyleSpecification, id: string) => s.layers.slice(s.layers.findIndex((l) => l.id === id) + 1).slice(0, 1).map((l) => l.id)
const theirs = (after: StyleSpecification) => diff(before, after).map((c) => [c.command, ...c.args.filter((a) => a !== null)])
const sorted = (all: unknown[][] | null | undefined) => all?.map((c) => JSON.stringify(c)).sort()

describe('two looks with the same layers', () => {
  it.each([
    ['nothing', sheet([fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 }), line({ visibility: 'visible' })])],
    ['a colour', sheet([fill({ 'fill-color': ['match', ['get', 'class'], 'A', '#000', '#fff'], 'fill-opacity': 0.5 }), line({ visibility: 'visible' })])],
    ['a property that is there no more', sheet([fill({ 'fill-color': '#fff' }), line({ visibility: 'visible' })])],
    ['a layer that takes the place of another', sheet([{ ...fill({ 'fill-color': '#000' }), id: 'other' }, line({ visibility: 'visible' })])],
    ['visibility', sheet([fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 }), line({ visibility: 'none' })])],
    ['a filter', sheet([fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 }, { filter: ['==', ['get', 'park'], 'QM'] }), line({ visibility: 'visible' })])],
    ['data of its own', sheet([fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 }), line({ visibility: 'visible' })], { ...points, features: [{ type: 'Feature', properties: {}, geometry: null }] })],
  ])('%s differs as MapLibre says', (_, after) => expect(sorted(ours(after))).toEqual(sorted(theirs(after))))
})

it.each([
  ['another layer', sheet([fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 })])],
  ['layers in another order', sheet([line({ visibility: 'visible' }), fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 })])],
  ['another zoom', sheet([fill({ 'fill-color': '#fff', 'fill-opacity': 0.5 }, { minzoom: 9 }), line({ visibility: 'visible' })])],
  ['another source', { ...before, sources: { ...before.sources, tiles: { type: 'vector', tiles: ['/other'] } } }],
  ['one source more', { ...before, sources: { ...before.sources, more: { type: 'geojson', data: points } } } as unknown as StyleSpecification],
])('%s is left to MapLibre', (_, after) => expect(changesOf(before as never, after as never)).toBeNull())
