// How a metric is divided into steps: as the server says (quintiles, rounded), in equal steps, at the bounds of the rule's own bands,
// or where the reader says. And how often each value occurs.

import type { Metric, Row } from '@/api/types'
import { overAll } from './slices'

export type Method = 'quantile' | 'equal' | 'rule' | 'manual'

const steps = 5
const mostSteps = 8

/** methodOf reads the method from its text in the link. */
export function methodOf(text: string): Method {
  if (text.startsWith('at_')) return 'manual'
  return text === 'equal' || text === 'rule' ? text : 'quantile'
}

/** edgesOf reads edges as a reader types them: numbers with anything between. Null when they are no numbers, too many, or do not rise. */
export function edgesOf(typed: string): number[] | null {
  const parts = typed.trim().split(/[\s,，;；、]+/).filter(Boolean)
  const edges = parts.map(Number)
  const rises = edges.every((e, i) => Number.isFinite(e) && (i === 0 || e > (edges[i - 1] ?? 0)))
  return parts.length > 0 && parts.length <= mostSteps && rises ? edges : null
}

/** edgesText writes edges for the link. */
export const edgesText = (edges: readonly number[]) => `at_${edges.map((e) => String(Number(e.toFixed(6)))).join('_')}`

/** ruleEdges are the bounds of the bands that a metric is published in, as in <5, 5–20, ≥20; null when it has none. */
export function ruleEdges(m: Metric, all: readonly Metric[]): number[] | null {
  const bands = all.find((x) => x.field === m.field.replace(/_wan_mu$/, '_band') && x.field !== m.field)?.bands
  const edges = (bands ?? []).slice(1).map((b) => Number(/\d+(\.\d+)?/.exec(b)?.[0]))
  return edges.length > 0 && edges.every(Number.isFinite) ? edges : null
}

/** Spread is what is known of a metric's values over all parcels. */
export interface Spread {
  field: string
  values: Float64Array // rising, without the missing ones
}

/** spreadOf collects a field's values; null when it was given up. */
export async function spreadOf(rows: readonly Row[], field: string, gone?: () => boolean): Promise<Spread | null> {
  const values = new Float64Array(rows.length)
  let n = 0
  const take = (r: Row) => {
    const v = r.values[field]
    if (typeof v === 'number' && Number.isFinite(v)) values[n++] = v
  }
  return (await overAll(rows, take, gone)) ? { field, values: values.subarray(0, n).sort() } : null
}

/** equalEdges cuts from the lowest to the highest value into steps of one width. */
export function equalEdges(s: Spread): number[] {
  const low = s.values[0]
  const high = s.values.at(-1)
  if (low === undefined || high === undefined || high <= low) return []
  const width = (high - low) / steps
  const digits = Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(width))))
  return Array.from({ length: steps - 1 }, (_, i) => Number((low + width * (i + 1)).toFixed(digits)))
}

/** divided is a metric with the breaks that a method gives it; where the method gives none, the server's stay. */
export function divided(m: Metric, text: string, all: readonly Metric[], spread: () => Spread): Metric {
  if (m.bands !== undefined) return m
  const method = methodOf(text)
  if (method === 'equal') return { ...m, breaks: equalEdges(spread()) }
  if (method === 'rule') return { ...m, breaks: ruleEdges(m, all) ?? m.breaks ?? [] }
  if (method === 'manual') return { ...m, breaks: edgesOf(text.slice(3).replaceAll('_', ' ')) ?? m.breaks ?? [] }
  return m
}

export interface Bin {
  from: number
  to: number
  count: number
}

/** histogram counts values in bins of one width, up to the value that 98 in 100 do not pass; the last bin holds what lies above. */
export function histogram(s: Spread, bins = 28): Bin[] {
  const n = s.values.length
  const low = Math.min(0, s.values[0] ?? 0)
  const high = s.values[Math.min(n - 1, Math.floor(n * 0.98))] ?? 0
  if (n === 0 || high <= low) return []
  const width = (high - low) / bins
  const out = Array.from({ length: bins }, (_, i) => ({ from: low + i * width, to: low + (i + 1) * width, count: 0 }))
  for (const v of s.values) {
    const bin = out[Math.min(bins - 1, Math.max(0, Math.floor((v - low) / width)))]
    if (bin) bin.count++
  }
  return out
}
