// One meaning of the filters for the table (rows) and for the map (attributes of tiles).

import type { ExpressionSpecification } from 'maplibre-gl'
import type { Box, Row } from '@/api/types'

export interface Filter {
  park: string
  classes: readonly string[]
  idle: boolean
  exit: boolean
  within: Box | null
}

/** classKey is a row's class, '-' when it has none. */
export function classKey(row: Row, field = 'class'): string {
  const c = row.values[field]
  return typeof c === 'string' && c !== '' ? c : '-'
}

/** overlaps says whether two boxes touch. */
export function overlaps(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

const idleLand = (row: Row) => typeof row.values.idle_type === 'string' && row.values.idle_type !== ''

/** passes says whether a row is to be listed. */
export function passes(row: Row, f: Filter): boolean {
  if (f.park !== '' && row.values.park !== f.park) return false
  if (f.classes.length > 0 && !f.classes.includes(classKey(row))) return false
  if (f.idle && !idleLand(row) && row.values.idle_plant !== true) return false
  if (f.exit && row.values.exit !== true) return false
  return f.within === null || (row.bbox !== null && overlaps(row.bbox, f.within))
}

/** emphasis is passes as an expression over a tile's attributes, without park and place; null when everything passes. */
export function emphasis(f: Pick<Filter, 'classes' | 'idle' | 'exit'>, classField: string): ExpressionSpecification | null {
  const all: unknown[] = []
  const text = (name: string) => ['to-string', ['coalesce', ['get', name], '']]
  if (f.classes.length > 0) {
    const wanted = f.classes.map((c) => (c === '-' ? '' : c))
    all.push(['in', text(classField), ['literal', wanted]])
  }
  if (f.idle) all.push(['any', ['!=', text('idle_type'), ''], ['to-boolean', ['get', 'idle_plant']]])
  if (f.exit) all.push(['to-boolean', ['get', 'exit']])
  return all.length === 0 ? null : (['all', ...all] as unknown as ExpressionSpecification)
}

/** squareEmphasis is emphasis for the squares that stand for parcels too small to draw: whether any parcel in them may pass. */
export function squareEmphasis(f: Pick<Filter, 'classes' | 'idle' | 'exit'>, classField: string): ExpressionSpecification | null {
  const all: unknown[] = []
  const some = (name: string) => ['>', ['coalesce', ['get', name], 0], 0]
  const byClass = emphasis({ classes: f.classes, idle: false, exit: false }, classField)
  if (byClass !== null) all.push(byClass)
  if (f.idle) all.push(['any', some('idle_count'), some('idle_plant_count')])
  if (f.exit) all.push(some('exit_count'))
  return all.length === 0 ? null : (['all', ...all] as unknown as ExpressionSpecification)
}

const before = (a: Row, b: Row) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)

/** inCodeOrder is the rows by code; as the server sends them they are so already. */
function inCodeOrder(rows: readonly Row[]): readonly Row[] {
  const ordered = rows.every((r, i) => i === 0 || (rows[i - 1]?.code ?? '') <= r.code)
  return ordered ? rows : [...rows].sort(before)
}

/** lowerBound is the first place of a value in rising ones. */
function lowerBound(rising: Float64Array, v: number): number {
  let [from, to] = [0, rising.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((rising[middle] ?? 0) < v) from = middle + 1
    else to = middle
  }
  return from
}

/** ranksOf gives each value a rank from 0 to below their number. Sorting values alone is many times faster than sorting rows by a comparison. */
function ranksOf(values: readonly (string | number)[], numbers: boolean): (v: string | number) => number {
  if (numbers) {
    const rising = Float64Array.from(values as number[]).sort()
    return (v) => lowerBound(rising, v as number)
  }
  const ranks = new Map([...new Set(values as string[])].sort().map((v, i) => [v, i]))
  return (v) => ranks.get(v as string) ?? 0
}

/**
 * sorted orders rows by a field, '-' in front for descending. Missing values come last either way; ties keep the code's order. The rows
 * are laid out by the rank of their value, which keeps 10^5 of them well below the time in which a reader notices a wait.
 */
export function sorted(rows: readonly Row[], sort: string): Row[] {
  const down = sort.startsWith('-')
  const field = down ? sort.slice(1) : sort
  const byCode = inCodeOrder(rows)
  if (field === '' || field === 'code') return down ? [...byCode].reverse() : [...byCode]
  const has = (r: Row) => r.values[field] !== null && r.values[field] !== undefined && r.values[field] !== ''
  const present = byCode.filter(has)
  const numbers = present.every((r) => typeof r.values[field] === 'number')
  const values = present.map((r) => (numbers ? (r.values[field] as number) : String(r.values[field])))
  const rankOf = ranksOf(values, numbers)
  const last = values.length - 1
  const places = values.map((v) => (down ? last - rankOf(v) : rankOf(v)))
  const next = new Uint32Array(values.length + 1)
  for (const p of places) next[p + 1] = (next[p + 1] ?? 0) + 1
  for (let i = 1; i < next.length; i++) next[i] = (next[i] ?? 0) + (next[i - 1] ?? 0)
  const out = new Array<Row>(present.length)
  present.forEach((row, i) => {
    const p = places[i] ?? 0
    const at = next[p] ?? 0
    out[at] = row
    next[p] = at + 1
  })
  return [...out, ...byCode.filter((r) => !has(r))]
}

/** texts is what a row is searched by, put together once. */
const texts = new WeakMap<Row, string>()

function textOf(row: Row): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const { address, main_firm: firm, main_uscc: uscc } = row.values
  const text = [row.code, address, firm, uscc].filter((v) => typeof v === 'string').join(' ').toLowerCase()
  texts.set(row, text)
  return text
}

/** found lists the rows whose code, address or firm holds every word of a search, at most limit; a code's beginning comes first. */
export function found(rows: readonly Row[], query: string, limit: number): Row[] {
  const terms = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (terms.length === 0) return []
  const first: Row[] = []
  const rest: Row[] = []
  for (const row of rows) {
    const text = textOf(row)
    if (!terms.every((term) => text.includes(term))) continue
    if (row.code.toLowerCase().startsWith(terms[0] ?? '')) first.push(row)
    else rest.push(row)
    if (first.length >= limit) break
  }
  return [...first, ...rest].slice(0, limit)
}
