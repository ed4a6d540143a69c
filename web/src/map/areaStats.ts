// What the parcels in an area come to. The server says how much of each lies inside; land is counted by that share, amounts too, as if a
// firm's output stood evenly on its land.

import type { Row } from '@/api/types'
import { classOrder } from './colour'
import type { Position } from './earth'

/** A parcel and the share of it that counts, above 0 and at most 1. */
export interface Part {
  row: Row
  share: number
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
  /** Parcels of which a part lies outside. */
  cut: number
  landMu: number
  landLacking: number
  sums: Sum[]
  /** FAR and density, weighted by land. */
  means: { field: string; value: number | null; ratedMu: number }[]
  classes: { key: string; n: number }[]
}

const num = (r: Row, field: string) => (typeof r.values[field] === 'number' ? (r.values[field]) : null)

/** statsOf adds parts of parcels up. Fields that the reader has not are left out; a value that is missing is not taken for zero. */
export function statsOf(parts: readonly Part[], has: (field: string) => boolean, classField: string): AreaStats {
  const mu = (p: Part) => (num(p.row, 'land_mu') ?? num(p.row, 'drawn_mu') ?? 0) * p.share
  const land = (some: readonly Part[]) => some.reduce((sum, p) => sum + mu(p), 0)
  const known = (field: string) => parts.filter((p) => num(p.row, field) !== null)
  const weighed = (some: readonly Part[], field: string, by: (p: Part) => number) => some.reduce((sum, p) => sum + (num(p.row, field) ?? 0) * by(p), 0)
  const sums = ['tax_wan', 'output_wan', 'value_added_wan'].filter(has).map((field) => {
    const some = known(field)
    return { field, wan: some.length === 0 ? null : weighed(some, field, (p) => p.share), ratedMu: land(some), lacking: parts.length - some.length }
  })
  const means = ['far', 'density'].filter(has).map((field) => {
    const some = known(field)
    const base = land(some)
    return { field, value: base === 0 ? null : weighed(some, field, mu) / base, ratedMu: base }
  })
  const classOf = ({ row: { values: { [classField]: c } } }: Part) => (typeof c === 'string' && c !== '' ? c : '-')
  const classes = classOrder.map((key) => ({ key, n: parts.filter((p) => classOf(p) === key).length })).filter((c) => c.n > 0)
  const lacking = parts.filter(({ row }) => num(row, 'land_mu') === null && num(row, 'drawn_mu') === null).length
  return { parcels: parts.length, cut: parts.filter((p) => p.share < 1).length, landMu: land(parts), landLacking: lacking, sums, means, classes }
}

type Ring = readonly Position[]

/** signed is twice the area of a ring in square degrees, below 0 when it runs clockwise. */
function signed(r: Ring): number {
  return r.reduce((sum, p, i) => {
    const q = r[(i + 1) % r.length] ?? p
    return sum + p[0] * q[1] - q[0] * p[1]
  }, 0)
}

/** polygonsOf gives each outer ring its holes, which follow it and run clockwise. A first ring is an outer one however it was drawn. */
export function polygonsOf(rings: readonly Ring[]): Ring[][] {
  const out: Ring[][] = []
  for (const r of rings) {
    const last = out.at(-1)
    if (last === undefined || signed(r) > 0) out.push([r])
    else last.push(r)
  }
  return out
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
