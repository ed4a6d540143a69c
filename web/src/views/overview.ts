// What the overview says of an amount of money: the sum, both lands it may be divided by, and what comes out.

import type { Amount } from '@/api/types'
import { money, number } from '@/format/number'

export interface Ratio {
  sum: string // with its unit
  land: string // 亩 of all parcels
  perMu: string // sum ÷ land: the number shown large
  ratedLand: string // 亩 of the parcels with this figure
  perRatedMu: string // sum ÷ ratedLand
}

/** ratio writes an amount and its lands with the decimals the page shows, so that a reader can divide again. */
export function ratio(a: Amount, landMu: number | null, digits: number, english: boolean): Ratio {
  const m = money(a.wan, english)
  return {
    sum: `${m.text} ${m.unit}`,
    land: number(landMu),
    perMu: number(a.wan_per_mu, digits),
    ratedLand: number(a.rated_land_mu),
    perRatedMu: number(a.wan_per_rated_mu, digits),
  }
}
