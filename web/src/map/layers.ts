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
  overlaid: boolean // a page's own colours lie on the parcels; the rest stays grey
  opacity: Readonly<Record<string, number>> // per cent by layer, 100 where there is none
  shown: readonly string[] // marks and extras that are switched on
  label: string // what stands on a parcel: class, value, code, firm, none
  basemap: readonly string[] | null // the layers of its vector tiles, none of pictures; null without a basemap
  kept: boolean // a filter by column leaves only those that wear 'kept'
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

/** worn is the colour that a parcel, or a building on it, was given under a name (see dress.ts). */
const worn = (name: string) => ['to-color', ['feature-state', name], unfilled] as unknown as ExpressionSpecification

/** strength is a layer's opacity between 0 and 1; a layer that is switched off has none. */
export function strength(look: Pick<Look, 'hidden' | 'opacity'>, layer: string): number {
  return look.hidden.includes(layer) ? 0 : (look.opacity[layer] ?? 100) / 100
}

const visible = (on: boolean) => ({ visibility: on ? 'visible' : 'none' }) as const

function ground(look: Look): LayerSpecification[] {
  const over = look.basemap !== null && !look.hidden.includes('basemap')
  return [
    { id: 'sheet', type: 'background', paint: { 'background-color': sheet } },
    ...basemapLayers(look.basemap ?? [], over, strength(look, 'basemap')),
    { id: 'basemap-names', type: 'raster', source: 'basemap_names', layout: visible(over), paint: { 'raster-opacity': strength(look, 'basemap') } },
    { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': '#d3dae1', 'line-width': 0.8 } },
    {
      id: 'graticule-fine', type: 'line', source: 'graticule_fine', minzoom: 11.5,
      paint: { 'line-color': '#dfe5ea', 'line-width': 0.6 },
    },
    { id: 'park-ground', type: 'fill', source: 'parks', 'source-layer': 'parks', layout: visible(!over), paint: { 'fill-color': '#fafbfc', 'fill-opacity': strength(look, 'parks') } },
  ]
}

/** basemapLayers draw pictures, or of vector tiles the areas and lines of every layer: water in blue, all else in greys that leave the parcels their colours. */
function basemapLayers(names: readonly string[], on: boolean, full: number): LayerSpecification[] {
  const layout = visible(on)
  if (names.length === 0) return [{ id: 'basemap', type: 'raster', source: 'basemap', layout, paint: { 'raster-opacity': full } }]
  const isA = (type: string) => ['==', ['geometry-type'], type] as unknown as ExpressionSpecification
  return names.flatMap((name): LayerSpecification[] => {
    const from = { source: 'basemap', 'source-layer': name, layout } as const
    const [area, line] = /water|ocean|river|lake|水/i.test(name) ? ['#cfe3f1', '#b5d2e8'] : ['#e4e8ec', '#c9d0d7']
    return [
      { id: `basemap-${name}-area`, type: 'fill', ...from, filter: isA('Polygon'), paint: { 'fill-color': area, 'fill-opacity': 0.8 * full } },
      { id: `basemap-${name}-line`, type: 'line', ...from, filter: isA('LineString'), paint: { 'line-color': line, 'line-opacity': full, 'line-width': fromZoom(10, 0.5, 16, 2.5) } },
    ]
  })
}

/** sketches are the lines and areas that a tool draws. */
function sketches(): LayerSpecification[] {
  return [
    { id: 'sketch-fill', type: 'fill', source: 'sketch', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': '#0b5394', 'fill-opacity': 0.12 } },
    { id: 'sketch-line', type: 'line', source: 'sketch', paint: { 'line-color': '#0b5394', 'line-width': 2.2, 'line-dasharray': [2, 1] } },
    { id: 'sketch-point', type: 'circle', source: 'sketch', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 4.5, 'circle-color': '#ffffff', 'circle-stroke-color': '#0b5394', 'circle-stroke-width': 2 } },
  ]
}

const kind = (k: string) => ['==', ['get', 'kind'], k] as unknown as ExpressionSpecification

function zoneGround(look: Look): LayerSpecification[] {
  const fills = ['match', ['get', 'kind'], 'water', '#cfe3f1', 'road', '#e6eaee', 'renewal', '#fdf0d5', 'functional', '#f1f4f9', 'rgba(0,0,0,0)']
  return [{
    id: 'zone-ground', type: 'fill', source: 'zones', 'source-layer': 'zones',
    layout: visible(!look.hidden.includes('zones')),
    paint: { 'fill-color': fills as unknown as ExpressionSpecification, 'fill-opacity': 0.9 * strength(look, 'zones') },
  }]
}

/** The layers that parcels, and squares, are hit by: by the map's own colours, and by those of a page. */
export const isParcels = (id: string) => id.startsWith('parcel-fill') || id === 'parcel-worn'
export const isSquares = (id: string) => id.startsWith('grid-fill') || id === 'grid-plain'

/** dividedBy names a layer by the division it draws. A layer that takes another colour draws its tiles in the old one until all are made anew,
 * which can take seconds, under a legend that is the new one already. A layer of another name draws nothing until then, and one that comes
 * back finds its tiles, if any are left, in its own colours. */
const dividedBy = (name: string, { field, metric }: Colouring) => [name, field, ...(metric?.bands ?? metric?.breaks ?? [])].join(' ')

/** gridLayers draw the squares that a tile holds where its parcels are too small or too many. A tile holds one or the other, and the
 * squares' attributes have the parcels' names, so one colouring and one zoom hand over to the next by themselves. */
function gridLayers(look: Look): LayerSpecification[] {
  const base = { source: 'parcels', 'source-layer': 'grid' } as const
  const full = strength(look, 'parcels')
  return [
    {
      id: dividedBy('grid-fill', look.colouring), type: 'fill', ...base, layout: visible(!look.overlaid),
      paint: { 'fill-color': fillColour(look.colouring), 'fill-opacity': faded(look.squares, 0.8 * full, 0.1 * full), 'fill-antialias': false },
    },
    { id: 'grid-plain', type: 'fill', ...base, layout: visible(look.overlaid), paint: { 'fill-color': unfilled, 'fill-opacity': 0.8 * full, 'fill-antialias': false } },
    { id: 'grid-line', type: 'line', ...base, paint: { 'line-color': '#fafbfc', 'line-width': 0.6 } },
  ]
}

/** keptOf adds to the filters that a parcel must be kept by the filter by column. */
function keptOf(e: ExpressionSpecification | null): ExpressionSpecification {
  const kept = ['!=', ['feature-state', 'kept'], null]
  return (e === null ? kept : ['all', e, kept]) as unknown as ExpressionSpecification
}

/** every holds for every parcel. What asks for a state now must not be a mere number in the next look: MapLibre evaluates it for tiles that
 * it has not drawn anew yet, and a number cannot be evaluated. */
const every = ['!=', ['feature-state', 'kept'], false] as unknown as ExpressionSpecification

/** A page's colours are a layer of their own, as each division's are. */
function parcelLayers(look: Look): LayerSpecification[] {
  const base = { source: 'parcels', 'source-layer': 'parcels' } as const
  const full = strength(look, 'parcels')
  const left = look.kept ? keptOf(look.emphasis) : (look.emphasis ?? every)
  const isD = ['==', ['get', look.classField], 'D'] as unknown as ExpressionSpecification
  return [
    {
      id: dividedBy('parcel-fill', look.colouring), type: 'fill', ...base, layout: visible(!look.overlaid),
      paint: { 'fill-color': fillColour(look.colouring), 'fill-opacity': faded(left, 0.88 * full, 0.1 * full) },
    },
    { id: 'parcel-worn', type: 'fill', ...base, layout: visible(look.overlaid), paint: { 'fill-color': worn('fill'), 'fill-opacity': 0.88 * full } },
    {
      id: 'parcel-hatch', type: 'fill', ...base, filter: isD,
      layout: { visibility: look.colouring.kind === 'class' && !look.overlaid ? 'visible' : 'none' },
      paint: { 'fill-pattern': 'hatch', 'fill-opacity': faded(left, full, 0) },
    },
    {
      id: 'parcel-line', type: 'line', ...base,
      paint: {
        'line-color': '#4a5b6c',
        'line-opacity': faded(left, 0.75 * full, 0.3 * full),
        'line-width': fromZoom(11, 0.25, 14, 0.7, 17, 1.2),
      },
    },
  ]
}

/** Marks lie over the parcels as patterns: those whose reason is in the tile by an attribute, the others by what they wear. */
const marks: readonly { name: string; when: ExpressionSpecification | null }[] = [
  { name: 'idle', when: ['any', ['!=', ['coalesce', ['get', 'idle_type'], ''], ''], ['to-boolean', ['get', 'idle_plant']]] as unknown as ExpressionSpecification },
  { name: 'low', when: null },
  { name: 'exit', when: ['to-boolean', ['get', 'exit']] as unknown as ExpressionSpecification },
  { name: 'potential', when: null },
]

function markLayers(look: Look): LayerSpecification[] {
  return marks.map(({ name, when }) => {
    const full = strength(look, name)
    const opacity = when === null ? (['case', ['!=', ['feature-state', name], null], full, 0] as unknown as ExpressionSpecification) : full
    return {
      id: `mark-${name}`, type: 'fill', source: 'parcels', 'source-layer': 'parcels', ...(when === null ? {} : { filter: when as never }),
      layout: visible(look.shown.includes(name)), paint: { 'fill-pattern': `mark-${name}`, 'fill-opacity': opacity },
    } satisfies LayerSpecification
  })
}

/** Where neither height nor storeys are on file a building lies flat; a storey counts as 3.5 m where only their number is. */
const heightM = ['coalesce', ['get', 'height_m'], ['*', ['get', 'storeys'], 3.5], 0.5] as unknown as ExpressionSpecification

function buildingLayers(look: Look): LayerSpecification[] {
  const solid = look.shown.includes('solid')
  const full = strength(look, 'buildings')
  const base = { source: 'buildings', 'source-layer': 'buildings', minzoom: 14.2, layout: visible(!look.hidden.includes('buildings') && !solid) } as const
  return [
    { id: 'building-fill', type: 'fill', ...base, paint: { 'fill-color': '#22364a', 'fill-opacity': fromZoom(14.2, 0.06 * full, 15.5, 0.2 * full) } },
    { id: 'building-line', type: 'line', ...base, paint: { 'line-color': '#22364a', 'line-opacity': 0.45 * full, 'line-width': fromZoom(14.2, 0.3, 17, 1) } },
    {
      id: 'building-solid', type: 'fill-extrusion', source: 'buildings', 'source-layer': 'buildings', minzoom: 13, layout: visible(solid),
      paint: { 'fill-extrusion-color': worn('fill'), 'fill-extrusion-height': heightM, 'fill-extrusion-opacity': 0.92 * strength(look, 'solid') },
    },
  ]
}

/** Problems of the data are points with an exclamation mark, amber, or red where they are errors. */
function problems(look: Look): LayerSpecification[] {
  const layout = visible(look.shown.includes('quality'))
  const colour = ['match', ['get', 'severity'], 'error', '#a8121f', 'warning', '#8a4b08', '#44525f'] as unknown as ExpressionSpecification
  const full = strength(look, 'quality')
  return [
    {
      id: 'problem-dot', type: 'circle', source: 'problems', layout,
      paint: { 'circle-radius': 8, 'circle-color': '#ffffff', 'circle-stroke-color': colour, 'circle-stroke-width': 2, 'circle-opacity': full, 'circle-stroke-opacity': full },
    },
    { id: 'problem-mark', type: 'symbol', source: 'problems', layout: { ...layout, 'text-field': '!', 'text-font': bold, 'text-size': 12, 'text-allow-overlap': true }, paint: { 'text-color': colour, 'text-opacity': full } },
  ]
}

/** The lines around a parcel that is pointed at or open, by layer and in pixels. They are that wide only while there is such a parcel: a
 * line of no width is not drawn, while one that is transparent is drawn around every parcel. */
export const outlines = { hover: { 'parcel-hover': 2.4 }, selected: { 'parcel-halo': 7, 'parcel-selected': 3.2 } } as const

function edges(look: Look): LayerSpecification[] {
  const layout = visible(!look.hidden.includes('zones'))
  const zones = strength(look, 'zones')
  const zone = { source: 'zones', 'source-layer': 'zones', layout } as const
  return [
    {
      id: 'zone-red-line', type: 'line', ...zone, filter: kind('red_line'),
      paint: { 'line-color': '#b42318', 'line-opacity': zones, 'line-width': 1.6, 'line-dasharray': [4, 2] },
    },
    {
      id: 'zone-block-line', type: 'line', ...zone, filter: kind('industrial_line'),
      paint: { 'line-color': '#6d3fa0', 'line-opacity': zones, 'line-width': fromZoom(11, 1, 15, 2), 'line-dasharray': [6, 2, 1, 2] },
    },
    {
      id: 'park-line', type: 'line', source: 'parks', 'source-layer': 'parks',
      paint: { 'line-color': '#0c2d4d', 'line-opacity': strength(look, 'parks'), 'line-width': fromZoom(9, 1.2, 13, 2, 16, 3) },
    },
    {
      id: 'parcel-hover', type: 'line', source: 'parcels', 'source-layer': 'parcels',
      paint: { 'line-color': '#0c2d4d', 'line-width': 0, 'line-opacity': state('hover', 1, 0) },
    },
    {
      id: 'parcel-halo', type: 'line', source: 'parcels', 'source-layer': 'parcels',
      paint: { 'line-color': '#ffffff', 'line-width': 0, 'line-opacity': state('selected', 1, 0) },
    },
    {
      id: 'parcel-selected', type: 'line', source: 'parcels', 'source-layer': 'parcels',
      paint: { 'line-color': '#111a24', 'line-width': 0, 'line-opacity': state('selected', 1, 0) },
    },
  ]
}

/** labelled is where labels stand: one point per parcel, or the polygons of the tiles. */
const labelled = (points: boolean) => (points ? { source: 'parcel_labels' } : { source: 'parcels', 'source-layer': 'parcels' })

/** written is the text of a label from the attributes where it stands. */
function written(look: Look): ExpressionSpecification {
  const value = ['get', look.colouring.kind === 'class' ? 'tax_wan_mu' : look.colouring.field]
  const short = ['case', ['==', ['typeof', value], 'number'], ['number-format', value, { 'max-fraction-digits': 1 }], ['to-string', ['coalesce', value, '']]]
  const texts: Readonly<Record<string, unknown>> = { value: short, code: ['slice', ['get', 'code'], 12], firm: ['coalesce', ['get', 'main_firm'], ''] }
  return (texts[look.label] ?? ['coalesce', ['get', look.classField], '']) as ExpressionSpecification
}

function labels(look: Look, points: boolean): LayerSpecification {
  const field = ['coalesce', ['get', look.classField], ''] as unknown as ExpressionSpecification
  const pairs = ['A', 'B', 'C', 'D', 'T'].flatMap((c) => [c, inkOn(classColour(c))])
  const letter = look.label === 'class'
  const onClass = letter && look.colouring.kind === 'class' && !look.overlaid
  const ink = onClass ? (['match', field, ...pairs, '#16202b'] as unknown as ExpressionSpecification) : '#16202b'
  return {
    id: look.label === 'value' ? `parcel-letters ${look.colouring.field}` : 'parcel-letters', type: 'symbol', ...labelled(points), minzoom: letter ? 12.6 : 14,
    layout: {
      ...visible(look.label !== 'none' && !look.hidden.includes('labels')),
      'text-field': written(look), 'text-font': bold, 'text-size': letter ? fromZoom(12.6, 9, 14, 12, 16, 17, 18, 22) : fromZoom(14, 10, 16, 12, 18, 14),
      'text-padding': 1, 'text-max-width': 9,
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
  if (look.firms && look.label === 'class') {
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
  const all = [
    ...ground(look),
    ...zoneGround(look),
    ...gridLayers(look),
    ...parcelLayers(look),
    ...markLayers(look),
    ...edges(look),
    ...buildingLayers(look),
    ...names(look, points),
    labels(look, points),
    ...problems(look),
    ...sketches(),
    ...shapeLayers(),
  ]
  return all.filter((l) => !('source' in l) || have.has(l.source))
}
