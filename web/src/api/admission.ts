// A proposed project against every requirement.

import { address, send } from './client'
import type { Explanation, Indicator, RuleRef } from './types'

export interface AdmissionTest {
  kind: string
  indicator: string
  title: string
  title_en: string
  unit: string
  value: number | null
  limit: number | null
  limit_upper: number | null
  at_most: boolean
  outcome: 'passed' | 'failed' | 'unknown'
  margin: number | null
  force: string
  rule: RuleRef
  clause: string
  source: string
  verified: boolean
  note: string
  note_en: string
  inputs: NonNullable<Explanation['inputs']>
}

export interface AdmissionRank {
  by: string
  title: string
  title_en: string
  unit: string
  value: number | null
  rank: number | null
  of: number | null
  firms_without_value: number
  class: string
  cohort: string
  items: Indicator[]
  note: string
  note_en: string
}

export interface Verdict {
  year: number
  as_of: string
  notice: string
  notice_en: string
  tier: string
  tier_en: string
  passed: number
  failed: number
  unknown: number
  tests: AdmissionTest[]
  ranks: AdmissionRank[]
  rules: RuleRef[]
}

export interface Storey {
  floor_m2: number
  height_m: number
}

export type Project = Record<string, string | number | boolean | readonly Storey[]>

export const judge = (year: number | undefined, project: Project) => send('POST', address('/admission', { year }), project) as Promise<Verdict>
