// What a trial says, made ready for the map, the Sankey and the matrix.

import type { Migration, Trial } from '@/api/rules'
import type { Row } from '@/api/types'
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

/** classesAfter gives every parcel the class it would have. */
export function classesAfter(rows: readonly Row[], trial: Trial | null): Map<string, string> {
  const after = new Map(rows.map((r) => [r.code, keyOf(String(r.values.class ?? ''))]))
  for (const c of trial?.parcel_changes ?? []) after.set(c.code, keyOf(c.to))
  return after
}
