// The steps by which parcels are coloured by what they could gain.

import type { GainParcel } from '@/api/potential'
import { overAll } from '@/map/slices'

/** stepsOf gives round upper ends that part the gains into five about equally many parcels; fewer where gains repeat. */
export function stepsOf(gains: readonly number[]): number[] {
  const sorted = Float64Array.from(gains).sort()
  if (sorted.length === 0) return []
  const ends = [0.2, 0.4, 0.6, 0.8].map((q) => round(sorted[Math.floor(q * (sorted.length - 1))] ?? 0))
  return [...new Set(ends)].filter((e) => e > 0 && e < (sorted.at(-1) ?? 0))
}

const round = (v: number): number => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(v, 1))) - 1)
  return Math.round(v / unit) * unit
}

/** stepOf is the place of a gain among the steps; -1 for a parcel that gains nothing. */
export function stepOf(p: GainParcel, ends: readonly number[]): number {
  const v = p.floor_gain_m2
  if (v === null || v <= 0) return -1
  const at = ends.findIndex((e) => v < e)
  return at < 0 ? ends.length : at
}

/** Steps are the upper ends of the steps, each parcel's place among them (-1 for no gain), and how many have each place. */
export interface Steps {
  ends: readonly number[]
  of: ReadonlyMap<string, number>
  counts: ReadonlyMap<number, number>
}

/** parted parts parcels into steps by what they could gain; null when it was given up. */
export async function parted(rows: readonly GainParcel[], gone?: () => boolean): Promise<Steps | null> {
  const gains: number[] = []
  if (!(await overAll(rows, ({ floor_gain_m2: v }) => v !== null && v > 0 && gains.push(v), gone))) return null
  const ends = stepsOf(gains)
  const of = new Map<string, number>()
  const counts = new Map<number, number>()
  const whole = await overAll(rows, (r) => {
    const step = stepOf(r, ends)
    of.set(r.code, step)
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }, gone)
  return whole ? { ends, of, counts } : null
}
