import { describe, expect, it } from 'vitest'
import type { Firm } from '@/api/firms'
import type { Indicator } from '@/api/types'
import { lineOf, taxPerMu } from './firm'

const indicator = (id: string, points: number | null, value: number | null = 1, filled = false) => ({ id, title: id, title_en: id, value, base: 2, weight: 50, points, filled }) as Indicator

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
