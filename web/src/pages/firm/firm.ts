// The pure parts of the firm page.

import type { Firm, FirmBrief } from '@/api/firms'

export interface Bar {
  label: string
  from: number
  to: number
  total: boolean
}

/**
 * waterfall stacks a firm's points up to its total. What the indicators do not account for are points added or taken by steps and
 * stands as a bar of its own, so that the bars always end where the total is.
 */
export function waterfall(firm: Pick<Firm, 'indicators' | 'points'>, label: (i: Firm['indicators'][number]) => string, other: string, total: string): Bar[] {
  if (firm.points === null) return []
  let at = 0
  const bars = firm.indicators
    .filter((i) => i.points !== null)
    .map((i) => {
      const from = at
      at += i.points ?? 0
      return { label: label(i), from, to: at, total: false }
    })
  if (Math.abs(firm.points - at) > 1e-6) bars.push({ label: other, from: at, to: firm.points, total: false })
  return [...bars, { label: total, from: 0, to: firm.points, total: true }]
}

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
