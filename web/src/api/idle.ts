// Suspicions about land, and the clock of those that may be idle under order 53.

import { getAll } from './client'
import type { Text } from './exit'
import type { Box, RuleRef } from './types'

export interface Stage {
  id: string
  title: Text
  on: string
  days_left: number
}

export interface IdleRow {
  code: string
  type: string
  title: string
  title_en: string
  stage: string
  since: string | null
  government: boolean
  due: string | null
  days: number | null
  days_left: number | null
  stages: Stage[]
  plant: boolean
  plant_since: string | null
  vacant_share: number | null
  rule: RuleRef | null
  plant_rule: RuleRef | null
  /** 万元; absent for a viewer, who could read the land price back from it. */
  fee_wan?: number | null
}

export interface Finding {
  code: string
  park: string
  type: string
  title: Text
  since: string | null
  rule: RuleRef
  clause: string
  /** null for a viewer where it tells of a firm's figures. */
  why: Text | null
  bbox: Box | null
  value?: number | null
  limit?: number | null
  unit?: string
}

export interface LandList {
  year: number
  as_of: string
  notice: string
  notice_en: string
  types: { type: string; title: Text; count: number }[]
  total: number
  rows: Finding[]
}

export function readLand(year: number | undefined, park: string, signal?: AbortSignal): Promise<LandList> {
  return getAll('/land', { year, park }, signal)
}

export function readIdle(year: number | undefined, park: string, signal?: AbortSignal): Promise<{ rows: IdleRow[] }> {
  return getAll<{ total: number; rows: IdleRow[] }>('/idle', { year, park }, signal)
}
