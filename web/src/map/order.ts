// How rows are put in order. The distinct values of a column are compared once and become ranks; rows are then laid out by their rank,
// which takes no comparison. Ranking 10^5 texts takes a good part of a second and is a worker's task (order.worker.ts); laying out takes
// a few milliseconds.

import type { Row } from '@/api/types'
import { overAll } from './slices'

/** Column is a field's values, one a row: numbers, NaN where one is missing, or texts, '' where one is missing. */
export type Column = Float64Array | readonly string[]

/** Chinese is ordered by its reading, as the bureau's lists are, and numbers within a text by their value. */
const collator = new Intl.Collator(['zh-Hans-CN', 'en'], { numeric: true })
const byReading = (a: string, b: string) => collator.compare(a, b) || (a < b ? -1 : 1)

const isMissing = (v: unknown) => v === null || v === undefined || v === ''

/** columnOf takes a column out of the rows; one that holds anything but numbers is one of texts. */
export function columnOf(rows: readonly Row[], field: string): Column {
  const values = rows.map((r) => r.values[field])
  const numbers = values.every((v) => typeof v === 'number' || isMissing(v))
  if (numbers) return Float64Array.from(values, (v) => (typeof v === 'number' ? v : Number.NaN))
  return values.map((v) => (isMissing(v) ? '' : String(v)))
}

/** ranksOf gives each row the rank of its value, from 1 upwards, equal values the same; 0 is a missing value. */
export function ranksOf(column: Column): Uint32Array {
  const numbers = column instanceof Float64Array
  const rising = numbers ? [...new Set(column.filter((v) => !Number.isNaN(v)).sort())] : [...new Set(column)].filter((v) => v !== '').sort(byReading)
  const ranks = new Map<number | string, number>(rising.map((v, i) => [v, i + 1]))
  return Uint32Array.from(column as ArrayLike<number | string>, (v) => ranks.get(v) ?? 0)
}

/** laidOut puts rows in the order of their ranks. Missing values come last either way; equal ones keep the order they had. */
export function laidOut<T>(rows: readonly T[], ranks: Uint32Array, down: boolean): T[] {
  const highest = ranks.reduce((most, r) => Math.max(most, r), 0)
  const place = (rank: number) => (rank === 0 ? highest : down ? highest - rank : rank - 1)
  const next = new Uint32Array(highest + 2) // where the next row of a place goes
  for (const r of ranks) next[place(r) + 1] = (next[place(r) + 1] ?? 0) + 1
  for (let i = 1; i < next.length; i++) next[i] = (next[i] ?? 0) + (next[i - 1] ?? 0)
  const out = new Array<T>(rows.length)
  rows.forEach((row, i) => {
    const p = place(ranks[i] ?? 0)
    const at = next[p] ?? 0
    out[at] = row
    next[p] = at + 1
  })
  return out
}

/** inCodeOrder is the rows by code; as the server sends them they are so already. */
export function inCodeOrder(rows: Row[]): Row[] {
  const ordered = rows.every((r, i) => i === 0 || (rows[i - 1]?.code ?? '') <= r.code)
  return ordered ? rows : [...rows].sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** sortOf reads an order as the link has it: a field, '-' in front for descending. */
export const sortOf = (order: string) => ({ field: order.replace(/^-/, ''), down: order.startsWith('-') })

/** Podium holds the rows with the lowest values that it was shown, the lowest first; equal ones keep their order. */
class Podium {
  private readonly held: { row: Row; value: number }[] = []

  constructor(private readonly count: number) {}

  show(row: Row, value: number): void {
    const { held, count } = this
    if (held.length === count && value >= (held.at(-1)?.value ?? 0)) return
    const at = held.findIndex((o) => o.value > value)
    held.splice(at < 0 ? held.length : at, 0, { row, value })
    held.length = Math.min(held.length, count)
  }

  get rows(): Row[] {
    return this.held.map((o) => o.row)
  }
}

/** Extremes are the rows with the highest and with the lowest numbers of a field, the foremost first. */
export interface Extremes {
  highest: readonly Row[]
  lowest: readonly Row[]
}

/** extremes lists at most `count` rows of each; null when it was given up. */
export async function extremes(rows: readonly Row[], field: string, count: number, gone?: () => boolean): Promise<Extremes | null> {
  const [high, low] = [new Podium(count), new Podium(count)]
  const whole = await overAll(rows, (row) => {
    const v = row.values[field]
    if (typeof v !== 'number') return
    high.show(row, -v)
    low.show(row, v)
  }, gone)
  return whole ? { highest: high.rows, lowest: low.rows } : null
}
