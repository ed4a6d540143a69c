import { expect, it } from 'vitest'
import type { Sum } from '@/api/figures'
import { ratedIn, shareOf } from './shares'

const of = (firms: number | null, suppressed?: Sum['suppressed']) => ({ land_sum_mu: { sum: null, per_mu: null, firms, suppressed } })

it('shares the rated firms out among the classes', () => {
  const classes = [of(3), of(0), of(9)]
  expect(ratedIn(classes)).toBe(12)
  expect(classes.map((c) => shareOf(c, 12))).toEqual([0.25, 0, 0.75])
})

it('tells neither a total nor shares where a class is withheld', () => {
  const classes = [of(3), of(null, 'few'), of(9)]
  expect(ratedIn(classes)).toBeNull()
  expect(classes.map((c) => shareOf(c, ratedIn(classes)))).toEqual([null, null, null])
  expect(ratedIn([of(2, 'dominance')])).toBeNull()
})

it('has no share of nothing', () => {
  expect(ratedIn([])).toBe(0)
  expect(shareOf(of(0), 0)).toBeNull()
})
