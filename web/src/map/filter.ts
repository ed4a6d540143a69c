// One meaning of the filters for the table (rows) and for the map (attributes of tiles).

import type { ExpressionSpecification } from 'maplibre-gl'
import type { Box, Row } from '@/api/types'
import { inSlices } from './slices'

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

/** filtersNothing says whether every row passes. */
export const filtersNothing = (f: Filter) => f.park === '' && f.classes.length === 0 && !f.idle && !f.exit && f.within === null

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

/**
 * search lists the rows whose code, address or firm holds every word of a query, at most limit; a code's beginning comes first. Null when
 * nobody waits for it any more.
 */
export async function search(rows: readonly Row[], query: string, limit: number, gone?: () => boolean): Promise<Row[] | null> {
  const terms = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (terms.length === 0) return []
  const first: Row[] = []
  const rest: Row[] = []
  const whole = await inSlices(rows.length, (i) => look(rows[i] as Row), gone)
  return whole ? [...first, ...rest].slice(0, limit) : null

  function look(row: Row): boolean {
    const text = textOf(row)
    if (terms.every((term) => text.includes(term))) (row.code.toLowerCase().startsWith(terms[0] ?? '') ? first : rest).push(row)
    return first.length >= limit
  }
}
