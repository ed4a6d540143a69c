// What a trial says, made ready for the map, the Sankey and the matrix.

import type { Migration, Trial } from '@/api/rules'
import { classOrder } from '@/map/colour'

/** keyOf is the class as map and legend call it: '-' for no firm. */
export const keyOf = (c: string): string => (c === '' ? '-' : c)

const rated = ['A', 'B', 'C', 'D']

/** turn says which way a class moved. */
export function turn(from: string, to: string): 'up' | 'down' | 'other' {
  const [a, b] = [rated.indexOf(from), rated.indexOf(to)]
  return a < 0 || b < 0 ? 'other' : b < a ? 'up' : 'down'
}

/** turns counts the ways. */
export function turns(m: Migration): Record<'up' | 'down' | 'other', number> {
  const out = { up: 0, down: 0, other: 0 }
  for (const c of m.cells) if (c.from !== c.to) out[turn(c.from, c.to)] += c.count
  return out
}

/** matrix is the migration as rows of counts, with the classes that occur. */
export function matrix(m: Migration): { classes: string[]; rows: number[][] } {
  const here = new Set(m.cells.flatMap((c) => [keyOf(c.from), keyOf(c.to)]))
  const classes = classOrder.filter((c) => here.has(c))
  const count = new Map(m.cells.map((c) => [`${keyOf(c.from)} ${keyOf(c.to)}`, c.count]))
  return { classes, rows: classes.map((from) => classes.map((to) => count.get(`${from} ${to}`) ?? 0)) }
}

/** Shown is the class by which a parcel is painted, undefined for one that is not, and how many have each. */
export interface Shown {
  of: (code: string) => string | undefined
  counts: ReadonlyMap<string, number>
}

/** classesAfter gives the parcels that would change their class the one they would have; all parcels theirs while none would. now is a
 * parcel's class as it is, undefined for one that is not known. */
export function classesAfter(trial: Trial, now: (code: string) => string | undefined): Shown {
  const counts = new Map<string, number>()
  const add = (c: string, by: number) => counts.set(c, (counts.get(c) ?? 0) + by)
  if (trial.parcel_changes.length === 0) {
    for (const c of trial.parcels.cells) add(keyOf(c.to), c.count)
    const of = (code: string) => {
      const c = now(code)
      return c === undefined ? undefined : keyOf(c)
    }
    return { of, counts }
  }
  const after = new Map(trial.parcel_changes.map((c) => [c.code, keyOf(c.to)]))
  for (const c of after.values()) add(c, 1)
  return { of: (code) => after.get(code), counts }
}
