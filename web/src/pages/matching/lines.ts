// The way from where a firm stands to the land that was found for it, as lines on the map.

import type { FeatureCollection, Position } from 'geojson'

/** linesTo draws a line from each of a firm's parcels to the one looked at; null when either is not known. */
export function linesTo(near: readonly string[], code: string, at: (code: string) => Position | null): FeatureCollection | null {
  const to = at(code)
  const features = near.flatMap((from) => {
    const start = at(from)
    if (start === null || to === null || from === code) return []
    return [{ type: 'Feature' as const, properties: { picked: true }, geometry: { type: 'LineString' as const, coordinates: [start, to] } }]
  })
  return features.length === 0 ? null : { type: 'FeatureCollection', features }
}
