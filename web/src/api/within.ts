// The parcels in an area, by the server's exact shares.

import { address, send } from './client'

export interface Within {
  area_m2: number
  land_m2: number
  total: number
  rows: { code: string; share: number; m2: number }[]
}

type Ring = readonly (readonly [number, number])[]

/** Seven decimals of a degree are a centimetre; more would only fill the request. */
const digits = 7

/** within asks for the parcels in rings, of which each is an area or a hole in one. */
export function within(year: number | undefined, polygons: readonly (readonly Ring[])[], signal: AbortSignal): Promise<Within> {
  const closed = (r: Ring) => [...r, ...r.slice(0, 1)].map((p) => p.map((v) => Number(v.toFixed(digits))))
  const area = { type: 'MultiPolygon', coordinates: polygons.map((p) => p.map(closed)) }
  return send('POST', address('/within', { year }), { area }, signal) as Promise<Within>
}
