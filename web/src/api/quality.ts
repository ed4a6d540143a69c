// What is wrong or missing in the store.

import { address, get, getAll } from './client'
import type { Box } from './types'

export interface Both {
  zh: string
  en: string
}

export type Severity = 'error' | 'warning' | 'note'

export interface RuleCount {
  rule: string
  severity: Severity
  found: number
  listed: number
  title: Both
  meaning: Both
  remedy: Both
}

export interface Finding {
  rule: string
  severity: Severity
  entity: string
  key: string
  others: string[]
  park: string | null
  column: string | null
  value: string | null
  message: Both
  remedy: Both
  place: [number, number] | null
  bbox: Box | null
}

export interface Quality {
  as_of: string
  total: number
  counts: RuleCount[]
  rows: Finding[]
}

/** readQuality reads what is wrong in the store. */
export function readQuality(f: { rule?: string; severity?: string; park?: string }, signal?: AbortSignal): Promise<Quality> {
  return getAll('/quality', { ...f }, signal)
}

/** readCounts reads how often each rule is broken, without the findings. */
export const readCounts = (park: string, signal?: AbortSignal) => get(address('/quality', { park, limit: 1 }), signal) as Promise<Quality>
