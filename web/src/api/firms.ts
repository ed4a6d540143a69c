// Firms: the list, one firm with its evaluation, and its class in published runs.

import { address, get, getAll } from './client'
import type { Box, Explanation, Indicator, RuleRef, Step } from './types'

export interface FirmBrief {
  uscc: string
  name: string
  industry: string
  above_scale: boolean | null
  parks: string[]
  cohort: string
  land_mu: number | null
  tax_wan: number | null
  points: number | null
  rank: number | null
  of: number | null
  class: string
}

export interface FirmList {
  year: number
  as_of: string
  total: number
  rows: FirmBrief[]
}

export interface FirmLand {
  code: string
  park: string
  bbox: Box | null
  tenure: string
  share: number
  land_mu: number
}

export interface Firm {
  year: number
  uscc: string
  name: string
  industry: string
  rule: RuleRef | null
  cohort_title: string
  cohort_title_en: string
  rated_land_mu: number | null
  class: string
  points: number | null
  rank: number | null
  of: number | null
  tax_wan: number | null
  indicators: Indicator[]
  steps: Step[]
  above_scale: boolean | null
  registered_on: string | null
  produced_on: string | null
  closed_on: string | null
  tags: string[]
  land_mu: number | null
  land: FirmLand[]
  explain: Explanation[]
}

/** A class in one published run. */
export interface PastClass {
  run: string
  year: number
  as_of: string
  rules_id: string
  class: string
  points?: number | null
  rank?: number | null
  of?: number | null
}

export interface FirmFilter {
  park?: string | undefined
  q?: string | undefined
  class?: string | undefined
  cohort?: string | undefined
  industry?: string | undefined
  sort?: string | undefined
}

const one = (uscc: string) => `/firms/${encodeURIComponent(uscc)}`

export function readFirms(year: number | undefined, filter: FirmFilter, signal?: AbortSignal): Promise<FirmList> {
  return getAll('/firms', { ...filter, year }, signal)
}

export const readFirm = (uscc: string, year: number | undefined, signal?: AbortSignal) => get(address(one(uscc), { year }), signal) as Promise<Firm>

export const readFirmClasses = (uscc: string, signal?: AbortSignal) => get(address(`${one(uscc)}/classes`), signal) as Promise<PastClass[]>

export function readParcelClasses(code: string, signal?: AbortSignal): Promise<PastClass[]> {
  return get(address(`/parcels/${encodeURIComponent(code)}/classes`), signal) as Promise<PastClass[]>
}
