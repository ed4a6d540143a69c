// The pure parts of the firm page.

import type { Firm, FirmBrief } from '@/api/firms'

/** taxPerMu is all tax over all land of the firms of which both are known; null when there is none. */
export function taxPerMu(rows: readonly Pick<FirmBrief, 'tax_wan' | 'land_mu'>[]): number | null {
  const known = rows.filter((r): r is { tax_wan: number; land_mu: number } => r.tax_wan !== null && r.land_mu !== null && r.land_mu > 0)
  const land = known.reduce((sum, r) => sum + r.land_mu, 0)
  return land > 0 ? known.reduce((sum, r) => sum + r.tax_wan, 0) / land : null
}

/** division is the two figures of an industry code that name its division in GB/T 4754-2017. */
export const division = (industry: string): string => industry.slice(0, 2)

/** What one year says of the firm and of its peers. */
export interface FirmYear {
  year: number
  firm: Firm | null
  industry: number | null
}

export interface Line {
  year: number
  own: number | null
  peers: number | null
}

/** lineOf picks one metric out of the years: an indicator against its base, or tax per mu against the industry. */
export function lineOf(years: readonly FirmYear[], metric: string): Line[] {
  return years.map(({ year, firm, industry }) => {
    if (metric === '') return { year, own: firm === null ? null : taxPerMu([firm]), peers: industry }
    const i = firm?.indicators.find((x) => x.id === metric)
    return { year, own: i?.filled ? null : (i?.value ?? null), peers: i?.base ?? null }
  })
}
