import { expect, it } from 'vitest'
import { byLand } from './parks'

it('puts the parks with most land first, and those of unknown land last', () => {
  const park = (code: string, land: number | null) => ({ code, land_mu: land })
  const given = [park('none', null), park('C', 90.5), park('zero', 0), park('B', 1000), park('A', 90.5)]
  expect(byLand(given).map((p) => p.code)).toEqual(['B', 'A', 'C', 'zero', 'none'])
  expect(given[0]?.code).toBe('none') // what was read stays as it is
})
