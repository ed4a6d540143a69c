// The drawing order and look of every map layer. Pure: from what is to be shown to MapLibre's layer list.

import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { fillColour, type Colouring } from './buckets'
import { classColour, inkOn } from './colour'
import { bold, regular } from './fonts'
import { shapeLayers } from './shapes'

export interface Look {
  colouring: Colouring
  classField: string
  emphasis: ExpressionSpecification | null // what the filters leave; null is everything
  squares: ExpressionSpecification | null // the same for the squares that stand for parcels too small to draw
  hidden: readonly string[]
  english: boolean
  firms: boolean // firm names are among the attributes
  overlay: ReadonlyMap<string, string> | null // a page's own colours by parcel code; the rest stays grey
  shapes: FeatureCollection | null // a page's own outlines and places
}

const sheet = '#eef1f4'
const fromZoom = (...stops: number[]) => ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification
const state = (name: string, on: number | string, off: number | string) =>
  ['case', ['boolean', ['feature-state', name], false], on, off] as unknown as ExpressionSpecification

/** faded gives what the filters leave out a faint rest of its strength. */
export function faded(e: ExpressionSpecification | null, full: number, rest: number): ExpressionSpecification | number {
  return e === null ? full : (['case', e, full, rest] as unknown as ExpressionSpecification)
}

const unfilled = '#dfe4e9'

/** overlayColour fills the parcels of an overlay, one case for each colour. */
export function overlayColour(fills: ReadonlyMap<string, string>): ExpressionSpecification | string {
  const codes = new Map<string, string[]>()
  for (const [code, colour] of fills) {
    const list = codes.get(colour)
    if (list === undefined) codes.set(colour, [code])
    else list.push(code)
  }
  const cases = [...codes].flatMap(([colour, list]) => [list, colour])
  return cases.length === 0 ? unfilled : (['match', ['get', 'code'], ...cases, unfilled] as unknown as ExpressionSpecification)
}

function ground(): LayerSpecification[] {
  return [
    { id: 'sheet', type: 'background', paint: { 'background-color': sheet } },
    { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': '#d3dae1', 'line-width': 0.8 } },
    {
      id: 'graticule-fine', type: 'line', source: 'graticule_fine', minzoom: 11.5,
      paint: { 'line-color': '#dfe5ea', 'line-width': 0.6 },
    },
    { id: 'park-ground', type: 'fill', source: 'parks', 'source-layer': 'parks', paint: { 'fill-color': '#fafbfc' } },
  ]
}

const kind = (k: string) => ['==', ['get', 'kind'], k] as unknown as ExpressionSpecification

function zoneGround(visible: boolean): LayerSpecification[] {
  const fills = ['match', ['get', 'kind'], 'water', '#cfe3f1', 'road', '#e6eaee', 'renewal', '#fdf0d5', 'functional', '#f1f4f9', 'rgba(0,0,0,0)']
  return [{
    id: 'zone-ground', type: 'fill', source: 'zones', 'source-layer': 'zones',
    layout: { visibility: visible ? 'visible' : 'none' },
    paint: { 'fill-color': fills as unknown as ExpressionSpecification, 'fill-opacity': 0.9 },
  }]
}

/** gridLayers draw the squares that a tile holds where its parcels are too small or too many. A tile holds one or the other, and the
 * squares' attributes have the parcels' names, so one colouring and one zoom hand over to the next by themselves. */
function gridLayers(look: Look): LayerSpecification[] {
  const base = { source: 'parcels', 'source-layer': 'grid' } as const
  return [
    {
      id: 'grid-fill', type: 'fill', ...base,
      paint: { 'fill-color': fillColour(look.colouring), 'fill-opacity': faded(look.squares, 0.8, 0.1), 'fill-antialias': false },
    },
    { id: 'grid-line', type: 'line', ...base, paint: { 'line-color': '#fafbfc', 'line-width': 0.6 } },
  ]
}

function parcelLayers(look: Look): LayerSpecification[] {
  const base = { source: 'parcels', 'source-layer': 'parcels' } as const
  const isD = ['==', ['get', look.classField], 'D'] as unknown as ExpressionSpecification
  return [
    {
      id: 'parcel-fill', type: 'fill', ...base,
      paint: {
        'fill-color': look.overlay ? overlayColour(look.overlay) : fillColour(look.colouring),
        'fill-opacity': look.overlay ? 0.88 : faded(look.emphasis, 0.88, 0.1),
      },
    },
    {
      id: 'parcel-hatch', type: 'fill', ...base, filter: isD,
      layout: { visibility: look.colouring.kind === 'class' && look.overlay === null ? 'visible' : 'none' },
      paint: { 'fill-pattern': 'hatch', 'fill-opacity': faded(look.emphasis, 1, 0) },
    },
    {
      id: 'parcel-line', type: 'line', ...base,
      paint: {
        'line-color': '#4a5b6c',
        'line-opacity': faded(look.emphasis, 0.75, 0.3),
        'line-width': fromZoom(11, 0.25, 14, 0.7, 17, 1.2),
      },
    },
  ]
}

function buildingLayers(visible: boolean): LayerSpecification[] {
  const base = { source: 'buildings', 'source-layer': 'buildings', minzoom: 14.2, layout: { visibility: visible ? 'visible' : 'none' } } as const
  return [
    { id: 'building-fill', type: 'fill', ...base, paint: { 'fill-color': '#22364a', 'fill-opacity': fromZoom(14.2, 0.06, 15.5, 0.2) } },
    { id: 'building-line', type: 'line', ...base, paint: { 'line-color': '#22364a', 'line-opacity': 0.45, 'line-width': fromZoom(14.2, 0.3, 17, 1) } },
  ]
}

function edges(zones: boolean): LayerSpecification[] {
  const layout = { visibility: zones ? 'visible' : 'none' } as const
  const zone = { source: 'zones', 'source-layer': 'zones', layout } as const
  return [
    {
      id: 'zone-red-line', type: 'line', ...zone, filter: kind('red_line'),
      paint: { 'line-color': '#b42318', 'line-width': 1.6, 'line-dasharray': [4, 2] },
    },
    {
      id: 'zone-block-line', type: 'line', ...zone, filter: kind('industrial_line'),
      paint: { 'line-color': '#6d3fa0', 'line-width': fromZoom(11, 1, 15, 2), 'line-dasharray': [6, 2, 1, 2] },
    },
    {
      id: 'park-line', type: 'line', source: 'parks', 'source-layer': 'parks',
      paint: { 'line-color': '#0c2d4d', 'line-width': fromZoom(9, 1.2, 13, 2, 16, 3) },
    },
    {
      id: 'parcel-hover', type: 'line', source: 'parcels', 'source-layer': 'parcels',
      paint: { 'line-color': '#0c2d4d', 'line-width': 2.4, 'line-opacity': state('hover', 1, 0) },
    },
    {
      id: 'parcel-halo', type: 'line', source: 'parcels', 'source-layer': 'parcels',
      paint: { 'line-color': '#ffffff', 'line-width': 7, 'line-opacity': state('selected', 1, 0) },
    },
    {
      id: 'parcel-selected', type: 'line', source: 'parcels', 'source-layer': 'parcels',
      paint: { 'line-color': '#111a24', 'line-width': 3.2, 'line-opacity': state('selected', 1, 0) },
    },
  ]
}

/** labelled is where labels stand: one point per parcel, or the polygons of the tiles. */
const labelled = (points: boolean) => (points ? { source: 'parcel_labels' } : { source: 'parcels', 'source-layer': 'parcels' })

function letters(look: Look, points: boolean): LayerSpecification {
  const field = ['coalesce', ['get', look.classField], ''] as unknown as ExpressionSpecification
  const pairs = ['A', 'B', 'C', 'D', 'T'].flatMap((c) => [c, inkOn(classColour(c))])
  const onClass = look.colouring.kind === 'class' && look.overlay === null
  const ink = onClass ? (['match', field, ...pairs, '#16202b'] as unknown as ExpressionSpecification) : '#16202b'
  return {
    id: 'parcel-letters', type: 'symbol', ...labelled(points), minzoom: 12.6,
    layout: {
      visibility: look.hidden.includes('labels') ? 'none' : 'visible',
      'text-field': field, 'text-font': bold, 'text-size': fromZoom(12.6, 9, 14, 12, 16, 17, 18, 22),
      'text-padding': 1,
    },
    paint: {
      'text-color': ink,
      'text-opacity': faded(look.emphasis, 1, 0),
      ...(onClass ? {} : { 'text-halo-color': 'rgba(255,255,255,.85)', 'text-halo-width': 1.2 }),
    },
  }
}

function names(look: Look, points: boolean): LayerSpecification[] {
  const halo = { 'text-halo-color': 'rgba(255,255,255,.92)', 'text-halo-width': 1.6 }
  const out: LayerSpecification[] = [{
    id: 'park-names', type: 'symbol', source: 'park_names', maxzoom: 15.5,
    layout: {
      'text-field': ['get', look.english ? 'name_en' : 'name'], 'text-font': bold, 'text-size': fromZoom(9, 13, 13, 19),
      'text-anchor': 'bottom', 'text-offset': [0, -0.5], 'text-letter-spacing': look.english ? 0.02 : 0.18, 'text-allow-overlap': true,
    },
    paint: { 'text-color': '#0c2d4d', ...halo },
  }]
  if (look.firms) {
    out.push({
      id: 'parcel-firms', type: 'symbol', ...labelled(points), minzoom: 16,
      layout: { 'text-field': ['coalesce', ['get', 'main_firm'], ''], 'text-font': regular, 'text-size': 12, 'text-max-width': 9, 'text-anchor': 'top', 'text-offset': [0, 1.15] },
      paint: { 'text-color': '#16202b', ...halo, 'text-opacity': faded(look.emphasis, 1, 0) },
    })
  }
  return out
}

/** mapLayers lists the layers from the ground up. Layers of sources that this reader has not are left out. */
export function mapLayers(look: Look, have: ReadonlySet<string>): LayerSpecification[] {
  const points = have.has('parcel_labels')
  const zones = !look.hidden.includes('zones')
  const all = [
    ...ground(),
    ...zoneGround(zones),
    ...gridLayers(look),
    ...parcelLayers(look),
    ...buildingLayers(!look.hidden.includes('buildings')),
    ...edges(zones),
    ...names(look, points),
    letters(look, points),
    ...shapeLayers(),
  ]
  return all.filter((l) => !('source' in l) || have.has(l.source))
}
