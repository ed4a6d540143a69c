// The list of suspected exit candidates, and why a parcel is on it or not.

import { address, get, getAll } from './client'
import type { Box, ExitTest, RuleRef } from './types'

export interface Text {
  zh: string
  en: string
}

/** A way a candidate may or may not go. */
export interface Path {
  id: string
  fits: boolean
  title: Text
  reason: Text
  document: string
  clause: string
  verified: boolean
  note: Text
}

export interface Candidate {
  code: string
  park: string
  bbox: Box | null
  rank: number
  class: string
  firms: string[]
  failed: number
  severity: number
  tests: ExitTest[]
  paths: Path[]
}

export interface CandidateList {
  year: number
  as_of: string
  total: number
  rows: Candidate[]
}

/** How far a test is from turning the verdict. */
export interface Turn {
  test: string
  unit: string
  by: number
  share: number
}

export interface Verdict {
  code: string
  park: string
  year: number
  as_of: string
  candidate: boolean
  rank: number | null
  firms: string[]
  rule: RuleRef | null
  groups_failed: string[]
  groups_needed: number
  required_groups: string[]
  decisive: string[]
  untested: Text
  excused: Text
  nearest: Turn[]
  failed: number
  severity: number
  tests: ExitTest[]
  paths: Path[]
}

export interface ExitFilter {
  park?: string
  test?: string
  group?: string
  path?: string
  class?: string
  min_severity?: string
  sort?: string
}

export function readCandidates(year: number | undefined, filter: ExitFilter, signal?: AbortSignal): Promise<CandidateList> {
  return getAll('/exit-candidates', { ...filter, year }, signal)
}

export function readVerdict(code: string, year: number | undefined, signal?: AbortSignal): Promise<Verdict> {
  return get(address(`/exit-candidates/${encodeURIComponent(code)}`, { year }), signal) as Promise<Verdict>
}
