// The map's style: a clean sheet of our own, no basemap, no glyph server, no sprite. Nothing here asks another host.

import type { FeatureCollection, LineString, Point } from 'geojson'
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { Basemap, Box, Layer, Meta, ParkRef, Row } from '@/api/types'
import { mapLayers, type Look } from './layers'

/** tileUrl makes a layer's address whole, which MapLibre's worker needs, and sets the year in it. */
export function tileUrl(template: string, year: number, origin: string): string {
  const url = new URL(template, origin)
  url.searchParams.set('year', String(year))
  return url.href.replace(/%7B(\w)%7D/g, '{$1}')
}

/** Lines once drawn: a sheet is made at each change of the map's look, and data that are the same object need no comparison. */
const drawn = new Map<string, FeatureCollection<LineString>>()

function kept(box: Box, step: number, margin?: number): FeatureCollection<LineString> {
  const key = [...box, step].join()
  const lines = drawn.get(key) ?? graticule(box, step, margin)
  drawn.set(key, lines)
  return lines
}

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** graticule draws meridians and parallels over a box, so that a sheet without a basemap still says where it is. */
export function graticule(box: Box, step: number, margin = 0.4): FeatureCollection<LineString> {
  const [w, s, e, n] = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin]
  const lines: [number, number][][] = []
  const at = (i: number) => Math.round(i * step * 1e6) / 1e6
  for (let i = Math.ceil(w / step); at(i) <= e; i++) lines.push([[at(i), s], [at(i), n]])
  for (let i = Math.ceil(s / step); at(i) <= n; i++) lines.push([[w, at(i)], [e, at(i)]])
  return {
    type: 'FeatureCollection',
    features: lines.map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } })),
  }
}

/** parkNames is one point per park, in the middle of its northern edge: polygons in tiles would repeat their name in each tile. */
export function parkNames(parks: readonly ParkRef[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: parks.map((p) => ({
      type: 'Feature',
      properties: { name: p.name, name_en: p.name_en || p.name },
      geometry: { type: 'Point', coordinates: [(p.bound[0] + p.bound[2]) / 2, p.bound[3]] },
    })),
  }
}

/** Beyond so many parcels their letters come from the tiles, which is lighter but may repeat a letter at a tile's edge. */
const mostLabels = 20_000

/** parcelLabels is one point per parcel with what its label needs; null when there are none or too many. */
export function parcelLabels(rows: readonly Row[], classField: string, also = ''): FeatureCollection<Point> | null {
  if (rows.length === 0 || rows.length > mostLabels) return null
  const wanted = ['code', classField, 'main_firm', 'idle_type', 'idle_plant', 'exit', 'tax_wan_mu', also]
  return {
    type: 'FeatureCollection',
    features: rows.flatMap((r) => {
      if (r.at === null) return []
      const properties = Object.fromEntries(wanted.map((f) => [f, r.values[f]]).filter(([, v]) => v !== null && v !== undefined))
      return [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: r.at } }]
    }),
  }
}

function vector(layer: Layer, year: number, origin: string): SourceSpecification {
  return {
    type: 'vector',
    tiles: [tileUrl(layer.tiles, year, origin)],
    minzoom: layer.min_zoom,
    maxzoom: Math.max(layer.min_zoom, 16),
    promoteId: { [layer.name]: layer.id },
  }
}

/** Points are what the page adds to the sheet. */
export interface Points {
  labels: FeatureCollection<Point> | null
  problems: FeatureCollection<Point> | null
}

/** Basemaps are what the server was told of; without one nothing is asked of anybody. */
function basemaps(b: Basemap, origin: string): Record<string, SourceSpecification> {
  if (b.archive !== undefined) return { basemap: archived(b, origin + b.archive) }
  const sources: Record<string, SourceSpecification> = { basemap: raster(b.tiles, b, origin) }
  if (b.names.length > 0) sources.basemap_names = raster(b.names, b, origin)
  return sources
}

/** archived is a basemap in a PMTiles file (see archive.ts). */
function archived(b: Basemap, file: string): SourceSpecification {
  const at = { tiles: [`pmtiles://${file}/{z}/{x}/{y}`], minzoom: b.min_zoom ?? 0, maxzoom: b.max_zoom, attribution: b.attribution }
  return b.layers === undefined ? { type: 'raster', tileSize: 256, ...at } : { type: 'vector', ...at }
}

function raster(tiles: readonly string[], b: Basemap, origin: string): SourceSpecification {
  const whole = tiles.map((t) => (t.startsWith('/') ? origin + t : t))
  return { type: 'raster', tiles: whole, tileSize: 256, maxzoom: b.max_zoom, attribution: b.attribution }
}

/** style is the whole sheet for one audience and year. */
export function style(meta: Meta, year: number, look: Look, points: Points, origin: string): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {
    graticule: { type: 'geojson', data: kept(meta.bound, 0.05) },
    graticule_fine: { type: 'geojson', data: kept(meta.bound, 0.01, 0.15) },
    sketch: { type: 'geojson', data: nothing },
    park_names: { type: 'geojson', data: parkNames(meta.parks) },
  }
  if (points.labels !== null) sources.parcel_labels = { type: 'geojson', data: points.labels }
  if (points.problems !== null) sources.problems = { type: 'geojson', data: points.problems }
  if (meta.basemap) Object.assign(sources, basemaps(meta.basemap, origin))
  if (look.shapes !== null) sources.page_shapes = { type: 'geojson', data: look.shapes }
  for (const layer of meta.layers) sources[layer.name] = vector(layer, year, origin)
  return { version: 8, sources, layers: mapLayers(look, new Set(Object.keys(sources))) }
}

/** opening is what a map opens with: the plain areas of a sheet's parcels on its ground. Lines, letters, patterns and smooth edges follow: each is
 * another program to be made ready, which without a graphics card takes as long as all the rest. */
export function opening(sheet: StyleSpecification): StyleSpecification {
  const layers = sheet.layers.flatMap((l): LayerSpecification[] => {
    if (l.type === 'background') return [l]
    const plain = l.type === 'fill' && l.source === 'parcels' && l.paint?.['fill-pattern'] === undefined
    return plain ? [{ ...l, paint: { ...l.paint, 'fill-antialias': false } }] : []
  })
  const { parcels } = sheet.sources
  return { version: 8, sources: parcels === undefined ? {} : { parcels }, layers }
}
