import { describe, expect, it } from 'vitest'
import type { Summary } from '@/api/types'
import { classShares, ofPark } from './trend'

describe('sums of a year', () => {
  const all = { classes: { A: 1, B: 2, '': 1 } }
  const s = { year: 2025, all, parks: [{ code: 'QM', classes: {} }] } as unknown as Summary

  it('are those of the park asked for', () => {
    expect(ofPark(s, '')).toBe(s.all)
    expect(ofPark(s, 'QM')?.classes).toEqual({})
    expect(ofPark(s, 'XX')).toBeUndefined()
  })

  it('give shares that come to one, and none where there is no parcel', () => {
    const shares = classShares(s.all)
    expect(shares.find((c) => c.key === '-')).toEqual({ key: '-', n: 1, share: 0.25 })
    expect(shares.reduce((sum, c) => sum + c.share, 0)).toBe(1)
    expect(classShares(undefined).every((c) => c.share === 0)).toBe(true)
  })
})
