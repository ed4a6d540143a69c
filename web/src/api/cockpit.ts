// What the cockpit reads: the plan's targets, sums over the years, deadlines and what is overdue.

import { address, get, readSummary } from './client'
import type { Summary } from './types'

export interface Actual {
  year: number
  value: number | null
  unit: string
  firms: number
  lacking: number // firms without the figure: the sum is a lower bound
  hidden: boolean
  title: string
  title_en: string
  why: string
  why_en: string
  note: string
  note_en: string
}

export interface Target {
  id: string
  name: string
  name_en: string
  unit: string
  base_year: number
  base: number | null
  target_year: number
  target: number | null
  source: string
  note: string
  actual: Actual
  progress: number | null // 0..1 from base to target
  achieved: number | null // actual ÷ target
  met: boolean | null
  required_from_base_pct: number | null
  required_from_actual_pct: number | null
}

export interface Denominator {
  total: string
  per_km2: string
  km2: number
  mu: number
  wan_per_mu: number
  /** What the total came to on the implied area, 亿元/km²; null when it is not known. */
  actual_per_km2: number | null
}

export interface AreaOfZone {
  definition: string
  title: string
  title_en: string
  km2: number
  mu: number
  output_wan_mu: number | null
  tax_wan_mu: number | null
  note: string
  note_en: string
}

export interface Contradiction {
  id: string
  title: string
  title_en: string
  note: string
  note_en: string
  figures: { target: string; label: string; label_en: string; value: number; unit: string; source: string; computed: boolean }[]
}

export interface Targets {
  year: number
  as_of: string
  notice: string
  notice_en: string
  total: number
  rows: Target[]
  denominators: Denominator[]
  areas: AreaOfZone[]
  contradictions: Contradiction[]
}

export const readTargets = (signal: AbortSignal, year: number) => get(address('/targets', { year, limit: 1000 }), signal) as Promise<Targets>

/** readTrend reads the sums of several years at once, in their order. */
export const readTrend = (signal: AbortSignal, years: readonly number[]): Promise<Summary[]> => Promise.all(years.map((y) => readSummary(y, signal)))

export interface IdleStage {
  id: string
  title: { zh: string; en: string }
  on: string
  days_left: number
}

export interface IdleRow {
  code: string
  park: string
  title: string
  title_en: string
  stages?: IdleStage[] | null
}

export const readIdle = (signal: AbortSignal, year: number) => get(address('/idle', { year, limit: 1000 }), signal) as Promise<{ total: number; rows: IdleRow[] }>

const total = async (path: string, query: Record<string, string | number>, signal: AbortSignal) => ((await get(address(path, { ...query, limit: 1 }), signal)) as { total: number }).total

/** Alarms count what somebody has to see to; a reader who may not know a number has null. */
export interface Alarms {
  overdue: number | null
  errors: number | null
}

export async function readAlarms(signal: AbortSignal, park: string, analyst: boolean): Promise<Alarms> {
  if (!analyst) return { overdue: null, errors: null }
  const [overdue, errors] = await Promise.all([total('/cases', { overdue: 'true', park }, signal), total('/quality', { severity: 'error', park }, signal)])
  return { overdue, errors }
}
