// The corners of a parcel, in degrees and in the plane.

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

// Ellipsoid of CGCS2000.
const a = 6378137
const f = 1 / 298.257222101
const n = f / (2 - f)
const e = Math.sqrt(f * (2 - f))
const radius = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)

// Krüger's series of 1912 to the third power of n: better than 0.1 mm within a zone.
const alpha = [n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16, (13 * n ** 2) / 48 - (3 * n ** 3) / 5, (61 * n ** 3) / 240] as const

/** gaussKrueger projects a position onto the plane of a central meridian: x to the north, y to the east with 500 km added, in metres. */
export function gaussKrueger(lng: number, lat: number, meridian: number): { x: number; y: number } {
  const [phi, lambda] = [(lat * Math.PI) / 180, ((lng - meridian) * Math.PI) / 180]
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)))
  const xi = Math.atan2(t, Math.cos(lambda))
  const eta = Math.atanh(Math.sin(lambda) / Math.hypot(1, t))
  const sum = (of: (k: number) => number) => alpha.reduce((s, c, j) => s + c * of(2 * (j + 1)), 0)
  return {
    x: radius * (xi + sum((k) => Math.sin(k * xi) * Math.cosh(k * eta))),
    y: 500000 + radius * (eta + sum((k) => Math.cos(k * xi) * Math.sinh(k * eta))),
  }
}
