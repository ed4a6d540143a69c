import { describe, expect, it } from 'vitest'
import { ratio } from './overview'

const plain = (s: string) => Number(s.replace(/[^0-9.]/g, ''))

describe('an amount over land', () => {
  const a = { wan: 145400, rated_land_mu: 8177.7, wan_per_mu: 145400 / 12416, wan_per_rated_mu: 145400 / 8177.7 }

  it('divides as shown', () => {
    const r = ratio(a, 12416, 2, false)
    expect(r).toEqual({ sum: '14.54 亿元', land: '12,416', perMu: '11.71', ratedLand: '8,178', perRatedMu: '17.78' })
    const shown = (plain(r.sum) * 10000) / plain(r.land)
    expect(Math.abs(shown - plain(r.perMu))).toBeLessThan(0.01)
    expect(Math.abs((plain(r.sum) * 10000) / plain(r.ratedLand) - plain(r.perRatedMu))).toBeLessThan(0.01)
  })

  it('keeps missing apart from zero', () => {
    const r = ratio({ wan: null, rated_land_mu: null, wan_per_mu: null, wan_per_rated_mu: null }, 10, 2, false)
    expect([r.perMu, r.ratedLand, r.perRatedMu]).toEqual(['–', '–', '–'])
    expect(r.sum).toBe('– 万元')
  })
})
