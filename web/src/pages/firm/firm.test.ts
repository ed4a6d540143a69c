import { describe, expect, it } from 'vitest'
import type { Firm } from '@/api/firms'
import type { Indicator } from '@/api/types'
import { lineOf, taxPerMu, waterfall } from './firm'

const indicator = (id: string, points: number | null, value: number | null = 1, filled = false) => ({ id, title: id, title_en: id, value, base: 2, weight: 50, points, filled }) as Indicator

describe('waterfall', () => {
  const bars = (points: number | null, ...of: (number | null)[]) => waterfall({ points, indicators: of.map((p, i) => indicator(`I${i}`, p)) }, (i) => i.id, 'other', 'total').map((b) => [b.label, b.from, b.to])
  it('adds indicators up to the total', () => expect(bars(70, 30, 40)).toEqual([['I0', 0, 30], ['I1', 30, 70], ['total', 0, 70]]))
  it('shows what steps added or took', () => {
    expect(bars(75, 30, 40)).toEqual([['I0', 0, 30], ['I1', 30, 70], ['other', 70, 75], ['total', 0, 75]])
    expect(bars(65, 30, 40)[2]).toEqual(['other', 70, 65])
  })
  it('leaves out an indicator without points, and draws nothing for a firm without', () => {
    expect(bars(30, 30, null)).toEqual([['I0', 0, 30], ['total', 0, 30]])
    expect(bars(null, 30)).toEqual([])
  })
})

describe('taxPerMu', () => {
  it('divides sums, not means, and leaves out firms of which one is missing', () => {
    expect(taxPerMu([{ tax_wan: 10, land_mu: 1 }, { tax_wan: 10, land_mu: 9 }, { tax_wan: null, land_mu: 90 }, { tax_wan: 90, land_mu: 0 }])).toBe(2)
    expect(taxPerMu([])).toBeNull()
  })
})

it('takes a value that was filled in for a gap', () => {
  const firm = { tax_wan: 6, land_mu: 3, indicators: [indicator('a', 1, 5), indicator('b', 1, 7, true)] } as Firm
  const years = [{ year: 2024, firm: null, industry: 4 }, { year: 2025, firm, industry: null }]
  expect(lineOf(years, '')).toEqual([{ year: 2024, own: null, peers: 4 }, { year: 2025, own: 2, peers: null }])
  expect(lineOf(years, 'a')[1]).toEqual({ year: 2025, own: 5, peers: 2 })
  expect(lineOf(years, 'b')[1]?.own).toBeNull()
})
