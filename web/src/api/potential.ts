// What parcels and parks could gain in floor area and footprint.

import { getAll } from './client'
import type { Box, Explanation } from './types'

export interface GainSum {
  group: string
  title: string
  title_en: string
  parcels: number
  floor_gain_m2: number
  contract_gain_m2: number
  floor_missing: number
  open_upward: number
  footprint_gain_m2: number
  footprint_missing: number
  output_by_land_wan?: number
  tax_by_land_wan?: number
}

interface Median {
  parcels: number
  wan_per_mu: number | null
}

export interface GainPark {
  code?: string
  groups: GainSum[]
  left_out: number
  medians?: { parcels: number; floor_m2_per_mu: number | null; output: Median; tax: Median }
}

export interface GainParcel {
  rank: number
  code: string
  park: string
  bbox: Box | null
  group: string
  land_m2: number | null
  far: number | null
  limit_far: number | null
  limit_by: string
  limit_title: string
  limit_title_en: string
  open_upward: boolean
  floor_gain_m2: number | null
  contract_gain_m2: number | null
  floor_missing: string
  floor_missing_en: string
  coefficient: number | null
  coefficient_target: number | null
  footprint_gain_m2: number | null
  output_by_land_wan?: number | null
  tax_by_land_wan?: number | null
  explanations: Explanation[]
}

export interface Gains {
  year: number
  as_of: string
  notice: string
  notice_en: string
  parks: GainPark[]
  all: GainPark
  total: number
  rows: GainParcel[]
}

export const readGains = (year: number | undefined, park: string, sort: string, signal?: AbortSignal) =>
  getAll<Gains>('/potential', { year, park, sort }, signal)
