// The corners of a parcel.

import type { MultiPolygon } from 'geojson'

export interface Corner {
  name: string // J1, J2 … as on a boundary plan; rings after the first carry their number: 2-J1
  lng: number
  lat: number
}

/** boundaryPoints lists the corners of all rings without the point that closes each. */
export function boundaryPoints(g: MultiPolygon): Corner[] {
  const rings = g.coordinates.flat()
  return rings.flatMap((ring, r) => ring.slice(0, -1).map(([lng = 0, lat = 0], i) => ({ name: `${r === 0 ? '' : `${r + 1}-`}J${i + 1}`, lng, lat })))
}
