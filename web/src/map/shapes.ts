// How a page's own shapes are drawn over the map: red where something is wrong, bold where it is the one looked at.

import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'

const expression = (e: unknown) => e as ExpressionSpecification
const colour = expression(['case', ['==', ['get', 'bad'], true], '#a8121f', '#0b5394'])
const bold = (on: number, off: number) => expression(['case', ['==', ['get', 'picked'], true], on, off])
/** A place has a white edge, by which two that meet are told apart, the one looked at a ring of its own colour. */
const edge = expression(['case', ['==', ['get', 'picked'], true], colour, '#ffffff'])
/** Where much is in sight places are small, so that what lies below them can be seen. */
const radiusPx = expression(['interpolate', ['linear'], ['zoom'], 11, bold(8, 2.5), 14, bold(11, 5.5)])
const ofType = (...types: string[]) => expression(['in', ['geometry-type'], ['literal', types]])

/** shapeLayers fill areas, draw their lines and put a ring at places. */
export function shapeLayers(): LayerSpecification[] {
  const source = 'page_shapes'
  return [
    { id: 'shape-fill', type: 'fill', source, filter: ofType('Polygon', 'MultiPolygon'), paint: { 'fill-color': colour, 'fill-opacity': bold(0.35, 0.16) } },
    { id: 'shape-line', type: 'line', source, filter: ofType('Polygon', 'MultiPolygon', 'LineString', 'MultiLineString'), paint: { 'line-color': colour, 'line-width': bold(3.5, 1.6) } },
    {
      id: 'shape-place', type: 'circle', source, filter: ofType('Point'),
      paint: { 'circle-radius': radiusPx, 'circle-color': colour, 'circle-opacity': bold(0.25, 0.9), 'circle-stroke-color': edge, 'circle-stroke-width': bold(3, 1) },
    },
  ]
}
