// Rule sets: what they say, and the answer to what would be under others.

import { address, get, send } from './client'
import type { RuleRef } from './types'

/** A rule set's text as JSON; keys keep their order. */
export type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree }

/** scalarText writes a value as the set's text has it; a branch, and a missing value, is ''. */
export const scalarText = (t: Tree | undefined): string => (t === undefined || t === null || typeof t === 'object' ? '' : String(t))

export interface RuleDoc extends RuleRef {
  places?: string
  authority: string
  source: string
  source_en: string
  valid_from: string | null
  valid_to: string | null
  applies_to: string[]
  in_use: boolean
  tree: { readonly [key: string]: Tree }
  text: string
}

export const readRules = (year: number | undefined, all: boolean, signal?: AbortSignal) =>
  get(address('/rules', { year, all: all ? 'true' : undefined, limit: 1000 }), signal) as Promise<RuleDoc[]>

/** RuleText is one text that a rule set had: as shipped, as added, or as a run alone used it. */
export interface RuleText {
  hash: string
  use: 'shipped' | 'added' | 'used'
  at: string | null
  by?: string
  in_force: boolean
  title: string
  verified: boolean
  valid_from: string | null
  valid_to: string | null
  tree: { readonly [key: string]: Tree } | null // null where the text cannot be read any more
  text: string
}

/** readTexts lists every text of a rule set, newest first. */
export const readTexts = (id: string, signal?: AbortSignal) => get(address(`/rules/${encodeURIComponent(id)}/texts`), signal) as Promise<RuleText[]>

/** addRules checks a text and puts it in force. */
export const addRules = (text: string) => send('POST', address('/rules'), { text }) as Promise<RuleRef>

export interface Patch {
  set: string
  path: string
  value: string
}

export interface Text2 {
  zh: string
  en: string
}

export interface Standing {
  class: string
  points: number | null
  rank: number
  of: number
}

export interface FirmChange {
  uscc: string
  name: string
  before: Standing
  after: Standing
  why: Text2[]
}

export interface ParcelChange {
  code: string
  park: string
  from: string
  to: string
  firm_before: string
  firm_after: string
}

export interface TestChange {
  id: string
  title: string
  unit: string
  value_before: number | null
  value_after: number | null
  threshold_before: number | null
  threshold_after: number | null
  failed_before: boolean
  failed_after: boolean
}

export interface ExitChange {
  code: string
  park: string
  rank_before: number
  rank_after: number
  severity_before: number | null
  severity_after: number | null
  tests: TestChange[]
  why: Text2
}

export interface IdleState {
  type: string
  stage: string
  plant: boolean
}

export interface IdleChange {
  code: string
  park: string
  before: IdleState
  after: IdleState
}

export interface BandChange {
  code: string
  park: string
  from: string
  to: string
}

export interface Move {
  from: string
  to: string
  count: number
}

export interface Migration {
  moved: number
  cells: Move[]
}

export interface Trial {
  year: number
  as_of: string
  warnings: string[]
  firms: Migration
  parcels: Migration
  points_moved: number
  rank_moved: number
  firm_changes: FirmChange[]
  parcel_changes: ParcelChange[]
  exit: { before: number; after: number; added: ExitChange[]; removed: ExitChange[]; moved: ExitChange[] }
  stock: BandChange[]
  idle: IdleChange[]
  totals: Readonly<Record<'firm_changes' | 'parcel_changes' | 'exit_added' | 'exit_removed' | 'exit_moved' | 'stock' | 'idle', number>>
}

/** tryRules asks what would differ. Nothing is stored. */
export const tryRules = (year: number | undefined, patches: readonly Patch[], normalise: boolean, signal?: AbortSignal) =>
  send('POST', address('/what-if', { year, limit: 10000 }), { patches, normalise, brief: true }, signal) as Promise<Trial>
