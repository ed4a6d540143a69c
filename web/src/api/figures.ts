// What is published: sums over at least three firms, and the runs they come from.

import { address, get } from './client'
import type { Both } from './quality'

export interface Sum {
  suppressed?: 'few' | 'dominance' | 'complementary' | 'limit' | 'not_published'
  firms: number | null
  sum: number | null
  per_mu: number | null
  lower_bound?: boolean // a firm of the group has reported nothing
}

export const measures = ['land_sum_mu', 'output_sum_wan', 'revenue_sum_wan', 'value_added_sum_wan', 'tax_sum_wan'] as const
export type Measure = (typeof measures)[number]

export type AggregateRow = { by: string; park?: string; industry?: string; published_class?: string } & Readonly<Record<Measure, Sum>>

export interface Aggregates {
  year: number
  as_of: string
  run: string
  min_firms: number
  dominance: number
  rated: boolean
  note: Both
  total: number
  rows: AggregateRow[]
}

export interface PublishedRun {
  id: string
  year: number
  as_of: string
  rules_hash: string
  published_at: string
}

export const readAggregates = (year: number | undefined, by: string, signal?: AbortSignal) => get(address('/aggregates', { year, by, limit: 1000 }), signal) as Promise<Aggregates>
export const readRuns = (signal?: AbortSignal) => get(address('/runs'), signal) as Promise<PublishedRun[]>
