// The steps by which parcels are coloured by what they could gain.

import type { GainParcel } from '@/api/potential'

/** stepsOf gives round upper ends that part the gains into five about equally many parcels; fewer where gains repeat. */
export function stepsOf(gains: readonly number[]): number[] {
  const sorted = [...gains].sort((a, b) => a - b)
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
