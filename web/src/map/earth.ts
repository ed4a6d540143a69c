// Lengths, areas and grid coordinates on the ellipsoid of CGCS2000, whose axis and flattening are GRS 80's to 1e-11.

export type Position = readonly [lng: number, lat: number]

const a = 6378137 // m
const f = 1 / 298.257222101
const b = a * (1 - f)
const rad = Math.PI / 180

/** distanceM is the length of the geodesic in metres, by Vincenty's inverse formula; NaN for two nearly opposite points, where it fails. */
export function distanceM([lng1, lat1]: Position, [lng2, lat2]: Position): number {
  const L = (lng2 - lng1) * rad
  const u1 = Math.atan((1 - f) * Math.tan(lat1 * rad))
  const u2 = Math.atan((1 - f) * Math.tan(lat2 * rad))
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)]
  let lambda = L
  for (let i = 0; i < 100; i++) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)]
    const sinSigma = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl)
    if (sinSigma === 0) return 0
    const cosSigma = s1 * s2 + c1 * c2 * cl
    const sigma = Math.atan2(sinSigma, cosSigma)
    const sinAlpha = (c1 * c2 * sl) / sinSigma
    const cos2Alpha = 1 - sinAlpha ** 2
    const cos2m = cos2Alpha === 0 ? 0 : cosSigma - (2 * s1 * s2) / cos2Alpha
    const C = (f / 16) * cos2Alpha * (4 + f * (4 - 3 * cos2Alpha))
    const next = L + (1 - C) * f * sinAlpha * (sigma + C * sinSigma * (cos2m + C * cosSigma * (2 * cos2m ** 2 - 1)))
    if (Math.abs(next - lambda) > 1e-12) {
      lambda = next
      continue
    }
    const uSq = (cos2Alpha * (a ** 2 - b ** 2)) / b ** 2
    const A = 1 + (uSq / 16384) * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)))
    const B = (uSq / 1024) * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)))
    const part = cosSigma * (2 * cos2m ** 2 - 1) - (B / 6) * cos2m * (4 * sinSigma ** 2 - 3) * (4 * cos2m ** 2 - 3)
    return b * A * (sigma - B * sinSigma * (cos2m + (B / 4) * part))
  }
  return Number.NaN
}

/** lengthM is the length of a line in metres. */
export const lengthM = (line: readonly Position[]) => line.slice(1).reduce((sum, p, i) => sum + distanceM(line[i] as Position, p), 0)

// Krüger's series to the fourth power of the third flattening; below 0.1 mm within a zone.
const n = f / (2 - f)
const meridian = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
const alpha = [
  n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16 + (41 * n ** 4) / 180,
  (13 * n ** 2) / 48 - (3 * n ** 3) / 5 + (557 * n ** 4) / 1440,
  (61 * n ** 3) / 240 - (103 * n ** 4) / 140,
  (49561 * n ** 4) / 161280,
]
const e = Math.sqrt(f * (2 - f))

/** transverse gives metres east of a central meridian and north of the equator, without false easting. */
export function transverse([lng, lat]: Position, centralMeridian: number): { east: number; north: number } {
  const s = Math.sin(lat * rad)
  const t = Math.sinh(Math.atanh(s) - e * Math.atanh(e * s))
  const dl = (lng - centralMeridian) * rad
  const xi = Math.atan2(t, Math.cos(dl))
  const eta = Math.asinh(Math.sin(dl) / Math.hypot(t, Math.cos(dl)))
  const north = alpha.reduce((sum, c, i) => sum + c * Math.sin(2 * (i + 1) * xi) * Math.cosh(2 * (i + 1) * eta), xi)
  const east = alpha.reduce((sum, c, i) => sum + c * Math.cos(2 * (i + 1) * xi) * Math.sinh(2 * (i + 1) * eta), eta)
  return { east: meridian * east, north: meridian * north }
}

export interface GaussKruger {
  zone: number // of 3°, 25 to 45 in China
  centralMeridian: number
  northM: number // x in the surveyor's writing
  eastM: number // y, with the zone's number before it and 500 km added
}

/** gaussKruger gives the CGCS2000 coordinates in the 3° zone of a place. */
export function gaussKruger(p: Position): GaussKruger {
  const zone = Math.round(p[0] / 3)
  const { east, north } = transverse(p, zone * 3)
  return { zone, centralMeridian: zone * 3, northM: north, eastM: zone * 1e6 + 500000 + east }
}

/**
 * areaM2 is the area in a ring on the ellipsoid: its corners are laid into a transverse Mercator plane of its own, whose middle lies in
 * the ring, and what that plane is too large by away from its middle is taken off. For a ring of 20 km that is right to some 1e-6.
 */
export function areaM2(ring: readonly Position[]): number {
  if (ring.length < 3) return 0
  const middle = ring.reduce((sum, [lng]) => sum + lng, 0) / ring.length
  const plane = ring.map((p) => transverse(p, middle))
  const latitude = ring.reduce((sum, [, lat]) => sum + lat, 0) / ring.length
  const w2 = 1 - e ** 2 * Math.sin(latitude * rad) ** 2
  const radius2 = (a * Math.sqrt(1 - e ** 2) / w2) ** 2 // of Gauss
  let twice = 0
  let moment = 0 // of east², over the ring
  plane.forEach((p, i) => {
    const q = plane[(i + 1) % plane.length] as { east: number; north: number }
    const cross = p.east * q.north - q.east * p.north
    twice += cross
    moment += (cross * (p.east ** 2 + p.east * q.east + q.east ** 2)) / 12
  })
  return Math.abs(twice / 2 - moment / radius2)
}
