// Runs: what was rated and published, and what is on its way there.

import { address, get, getAll, send } from './client'
import type { RuleRef } from './types'

export interface PublishedRun {
  id: string
  year: number
  as_of: string
  rules_id: string
  rules_hash: string
  published_at: string
}

export interface Objection {
  seq: number
  on: string
  party: string
  firm: string | null
  parcel: string | null
  note: string
  decision: 'uphold' | 'reject' | null
  decided_on: string | null
  reason: string | null
  correction: string | null
  change: number | null
}

export interface RunAct {
  seq: number
  act: string
  title: string
  title_en: string
  on: string
  until: string | null
  who: string
  note: string
  document: string | null
}

export interface Run {
  id: string
  year: number
  state: 'draft' | 'notice' | 'final' | 'withdrawn'
  state_title: string
  state_title_en: string
  as_of: string
  version: number
  rules_id: string
  rules_hash: string
  until: string | null
  notice_days: number
  objections: Objection[]
  allowed: string[]
  next_seq: number
  acts: RunAct[]
  results: { firms: Record<string, number>; parcels: Record<string, number>; exit: number; rules: RuleRef[] } | null
}

export interface RunFirm {
  uscc: string
  name: string
  cohort_title: string
  cohort_title_en: string
  land_mu: number | null
  points: number | null
  rank: number | null
  of: number | null
  class: string
}

export interface RunChange {
  uscc: string
  name: string
  before: RunFirm | null
  after: RunFirm | null
}

const one = (id: string) => `/runs/${encodeURIComponent(id)}`

export const readPublished = (signal?: AbortSignal) => get(address('/runs', { limit: 1000 }), signal) as Promise<PublishedRun[]>
export const readPending = (signal?: AbortSignal) => get(address('/runs/pending', { limit: 1000 }), signal) as Promise<Run[]>
export const readRun = (id: string, signal?: AbortSignal) => get(address(one(id)), signal) as Promise<Run>

export const readRunFirms = (id: string, sort: string, q: string, signal?: AbortSignal) =>
  getAll<{ total: number; rows: RunFirm[] }>(`${one(id)}/firms`, { sort, q }, signal)

export const readRunChanges = (id: string, signal?: AbortSignal) =>
  getAll<{ from: number; to: number; total: number; rows: RunChange[] }>(`${one(id)}/changes`, {}, signal)

/** draft freezes the live scores of a year. */
export const draft = (year: number | undefined, doc: { note: string; document: string }) => send('POST', address('/runs', { year }), doc) as Promise<Run>

/** act records the next step of a run. */
export const act = (id: string, doc: Record<string, string | number>) => send('POST', address(`${one(id)}/acts`), doc) as Promise<Run>
