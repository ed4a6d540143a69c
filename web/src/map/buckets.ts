// A colouring divides the parcels into buckets. Legend, map and table take theirs from here, so they cannot disagree.

import type { ExpressionSpecification } from 'maplibre-gl'
import type { Metric, Row, Value, Values } from '@/api/types'
import { precise } from '@/format/number'
import { classColour, classOrder, noData, ramp } from './colour'
import { overAll } from './slices'

export interface Bucket {
  key: string // class letter, band, or number of the step; '-' is no class or no value
  colour: string
  label: string // for numbers and bands; classes are named by the page
}

export interface Colouring {
  field: string
  kind: 'class' | 'steps' | 'bands'
  metric: Metric | null
  buckets: Bucket[] // the last is the one for missing values
}

/** byClass colours by a field that holds a class. */
export function byClass(field: string): Colouring {
  return { field, kind: 'class', metric: null, buckets: classOrder.map((key) => ({ key, colour: classColour(key), label: '' })) }
}

/** byMetric colours by a numeric field through its breaks, or by a band through its bands. */
export function byMetric(m: Metric): Colouring {
  const rest: Bucket = { key: '-', colour: noData, label: '' }
  if (m.bands !== undefined) {
    const colours = ramp(m.bands.length)
    const bands = m.bands.map((label, i) => ({ key: label, colour: colours[i] ?? noData, label }))
    return { field: m.field, kind: 'bands', metric: m, buckets: [...bands, rest] }
  }
  const breaks = rising(m.breaks ?? [])
  const colours = ramp(breaks.length + 1)
  const steps = colours.map((colour, i) => ({ key: String(i), colour, label: stepLabel(breaks, i) }))
  return { field: m.field, kind: 'steps', metric: { ...m, breaks }, buckets: [...steps, rest] }
}

/** rising drops what is not a number and what does not rise; a map cannot draw such steps. */
export function rising(breaks: readonly number[]): number[] {
  const out: number[] = []
  for (const b of breaks) {
    if (Number.isFinite(b) && b > (out.at(-1) ?? Number.NEGATIVE_INFINITY)) out.push(b)
  }
  return out
}

function stepLabel(breaks: readonly number[], i: number): string {
  const low = breaks[i - 1]
  const high = breaks[i]
  if (low === undefined) return high === undefined ? '' : `< ${precise(high)}`
  return high === undefined ? `≥ ${precise(low)}` : `${precise(low)} – ${precise(high)}`
}

/** bucketOf says which bucket a value falls in. A value on a break belongs to the step above it. */
export function bucketOf(c: Colouring, v: Value): string {
  if (c.kind !== 'steps') {
    const key = typeof v === 'string' && v !== '' ? v : '-'
    return c.buckets.some((b) => b.key === key) ? key : '-'
  }
  if (typeof v !== 'number' || Number.isNaN(v)) return '-'
  const breaks = c.metric?.breaks ?? []
  let step = 0
  while (step < breaks.length && v >= (breaks[step] ?? 0)) step++
  return c.buckets[step]?.key ?? '-'
}

/** fillColour is the same division as bucketOf, as a MapLibre expression over a tile's attributes. */
export function fillColour(c: Colouring): ExpressionSpecification {
  const rest = c.buckets.at(-1)?.colour ?? noData
  if (c.kind === 'steps') {
    const [first, ...above] = c.buckets.slice(0, -1)
    const steps = above.flatMap((b, i) => [c.metric?.breaks?.[i] ?? 0, b.colour])
    const value: ExpressionSpecification = ['get', c.field]
    const stepped = steps.length === 0 ? (first?.colour ?? rest) : ['step', value, first?.colour ?? rest, ...steps]
    return ['case', ['==', ['typeof', value], 'number'], stepped, rest] as unknown as ExpressionSpecification
  }
  const pairs = c.buckets.slice(0, -1).flatMap((b) => [b.key, b.colour])
  return ['match', ['to-string', ['coalesce', ['get', c.field], '']], ...pairs, rest] as unknown as ExpressionSpecification
}

/** counts says how many rows fall in each bucket; null when it was given up. */
export async function counts(c: Colouring, rows: readonly Row[], gone?: () => boolean): Promise<Map<string, number> | null> {
  const n = new Map(c.buckets.map((b) => [b.key, 0]))
  const count = (row: Row) => {
    const key = bucketOf(c, row.values[c.field])
    n.set(key, (n.get(key) ?? 0) + 1)
  }
  return (await overAll(rows, count, gone)) ? n : null
}

/** colourOf tells the colour of a row by its values. */
export function colourOf(c: Colouring): (values: Values | undefined) => string {
  const colours = new Map(c.buckets.map((b) => [b.key, b.colour]))
  return (values) => colours.get(bucketOf(c, values?.[c.field])) ?? noData
}
