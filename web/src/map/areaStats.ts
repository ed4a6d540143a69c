// The parcels in an area and what they come to. A parcel counts whole, or not at all: it counts when the point on its surface where its
// label stands lies in the area.

import type { Row } from '@/api/types'
import { classOrder } from './colour'
import { contains, type Position } from './earth'

/** Rings of an area; a place in an odd number of them lies in it, so that holes are rings too. */
export type Rings = readonly (readonly Position[])[]

export const inRings = (rings: Rings, p: Position) => rings.filter((r) => contains(r, p)).length % 2 === 1

/** rowsIn lists the rows in an area. */
export function rowsIn(rows: readonly Row[], rings: Rings): Row[] {
  const all = rings.flat()
  const [w, e] = [Math.min(...all.map((p) => p[0])), Math.max(...all.map((p) => p[0]))]
  const [s, n] = [Math.min(...all.map((p) => p[1])), Math.max(...all.map((p) => p[1]))]
  return rows.filter(({ at }) => at !== null && at[0] >= w && at[0] <= e && at[1] >= s && at[1] <= n && inRings(rings, at))
}

/** Sum is an amount over the parcels that have it, beside the land of all and of those. Null when none has it. */
export interface Sum {
  field: string
  wan: number | null
  ratedMu: number
  lacking: number // parcels without the figure
}

export interface AreaStats {
  parcels: number
  landMu: number
  landLacking: number
  sums: Sum[]
  /** FAR and density, weighted by land. */
  means: { field: string; value: number | null; ratedMu: number }[]
  classes: { key: string; n: number }[]
}

const num = (r: Row, field: string) => (typeof r.values[field] === 'number' ? (r.values[field]) : null)

/** statsOf adds rows up. Fields that the reader has not are left out; a value that is missing is not taken for zero. */
export function statsOf(rows: readonly Row[], has: (field: string) => boolean, classField: string): AreaStats {
  const mu = (r: Row) => num(r, 'land_mu') ?? num(r, 'drawn_mu')
  const land = (some: readonly Row[]) => some.reduce((sum, r) => sum + (mu(r) ?? 0), 0)
  const sums = ['tax_wan', 'output_wan', 'value_added_wan'].filter(has).map((field) => {
    const with_ = rows.filter((r) => num(r, field) !== null)
    return { field, wan: with_.length === 0 ? null : with_.reduce((sum, r) => sum + (num(r, field) ?? 0), 0), ratedMu: land(with_), lacking: rows.length - with_.length }
  })
  const means = ['far', 'density'].filter(has).map((field) => {
    const with_ = rows.filter((r) => num(r, field) !== null && mu(r) !== null)
    const base = land(with_)
    return { field, value: base === 0 ? null : with_.reduce((sum, r) => sum + (num(r, field) ?? 0) * (mu(r) ?? 0), 0) / base, ratedMu: base }
  })
  const classOf = ({ values: { [classField]: c } }: Row) => (typeof c === 'string' && c !== '' ? c : '-')
  const classes = classOrder.map((key) => ({ key, n: rows.filter((r) => classOf(r) === key).length })).filter((c) => c.n > 0)
  return { parcels: rows.length, landMu: land(rows), landLacking: rows.filter((r) => mu(r) === null).length, sums, means, classes }
}

/** pointsText writes corners for the link. */
export const pointsText = (points: readonly Position[]) => points.map(([lng, lat]) => `${lng.toFixed(5)}_${lat.toFixed(5)}`).join('.'.repeat(2))

/** parsePoints reads corners from the link; whatever is no place is left out. */
export function parsePoints(text: string): Position[] {
  return text.split('..').flatMap((part): Position[] => {
    const [lng = Number.NaN, lat = Number.NaN] = part.split('_').map(Number)
    return part.includes('_') && Math.abs(lng) <= 180 && Math.abs(lat) <= 85 ? [[lng, lat]] : []
  })
}
