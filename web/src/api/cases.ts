// Cases: the handling of exit and idle candidates, act by act.

import { address, get, getAll, send } from './client'
import type { Path } from './exit'
import type { IdleRow } from './idle'
import type { Exit, RuleRef } from './types'

export type CaseKind = 'exit' | 'idle'

export interface CaseBrief {
  id: string
  kind: CaseKind
  parcel: string
  park: string | null
  state: string
  state_title: string
  state_title_en: string
  opened_on: string
  due: string | null
  overdue: boolean
  as_of: string
  listed: boolean
  successors: string[]
  note: string
  note_en: string
  allowed: string[]
  next_seq: number
}

/** What a case was opened with, as of that day. */
export interface Evidence {
  year: number
  as_of: string
  version: number
  rules: RuleRef[]
  exit: (Exit & { paths: Path[] }) | null
  idle: IdleRow | null
  paths?: Path[]
}

export interface Act {
  seq: number
  act: string
  title: string
  title_en: string
  on: string
  until: string | null
  path: string | null
  who: string
  at: string
  note: string
  document: string | null
  data: Evidence | null
}

export interface Case extends CaseBrief {
  acts: Act[]
}

export interface CaseList {
  as_of: string
  total: number
  rows: CaseBrief[]
}

export interface ActBody {
  act: string
  seq: number
  note: string
  on?: string | undefined
  until?: string | undefined
  path?: string | undefined
  document?: string | undefined
}

export interface CaseFilter {
  park?: string | undefined
  kind?: string | undefined
  parcel?: string | undefined
  overdue?: string | undefined
}

export function readCases(filter: CaseFilter, signal?: AbortSignal): Promise<CaseList> {
  return getAll('/cases', { ...filter }, signal)
}

const one = (id: string) => `/cases/${encodeURIComponent(id)}`

export const readCase = (id: string, signal?: AbortSignal) => get(address(one(id)), signal) as Promise<Case>

export function openCase(kind: CaseKind, parcel: string, note: string, document: string): Promise<Case> {
  return send('POST', address('/cases'), { kind, parcel, note, ...(document === '' ? {} : { document }) }) as Promise<Case>
}

export const act = (id: string, body: ActBody) => send('POST', address(`${one(id)}/acts`), body) as Promise<Case>
