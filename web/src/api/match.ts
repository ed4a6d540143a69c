// Land and plants on which a firm could grow.

import { address, get } from './client'
import type { Box, Explanation, ZoneRef } from './types'

export interface Named {
  id: string
  title: string
  title_en: string
}

export interface MatchPart extends Explanation {
  weight: number
  points: number
}

export interface MatchPath {
  kind: string
  way: string
  way_en: string
  consent: string
  consent_en: string
  document: string
  verified: boolean
  note: string
  note_en: string
}

export interface Match {
  rank: number
  code: string
  park: string
  address: string
  bbox: Box | null
  at: [number, number] | null
  score: number
  kinds: Named[]
  offer: { kind: string; land_mu: number | null; floor_m2: number | null; build_m2: number | null; estimated: boolean }
  own: boolean
  fit: number | null
  gap_m: number | null
  from: string
  form: { long_m: number; short_m: number; fill: number }
  zones: ZoneRef[]
  paths: MatchPath[]
  holder: { uscc: string; name: string; class: string } | null
  parts: MatchPart[]
}

export interface Exclusion {
  code: string
  park: string
  bbox: Box | null
  kinds: Named[]
  reason: string
  text: string
  text_en: string
  gap_m: number | null
  partners: { code: string; land_m2: number; together_m2: number }[]
}

export interface Matches {
  year: number
  as_of: string
  notice: string
  notice_en: string
  industry: string
  near: string[]
  weights: Readonly<Record<string, number>>
  half_distance_m: number
  total: number
  rows: Match[]
  excluded_total: number
  excluded: Exclusion[]
}

export type Need = Readonly<Record<string, string>>

export const findMatches = (year: number | undefined, park: string, need: Need, signal?: AbortSignal) =>
  get(address('/match', { year, park, excluded: 'true', limit: 500, ...need }), signal) as Promise<Matches>

export interface FirmFound {
  uscc: string
  name: string
  industry: string
}

/** findFirms looks for firms by name or credit code. */
export const findFirms = (year: number | undefined, q: string) => get(address('/firms', { year, q, limit: 12 })) as Promise<{ rows: FirmFound[] }>
