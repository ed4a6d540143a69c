import { expect, it } from 'vitest'
import { needOf } from './need'

it('asks for what the link says and nothing else', () => {
  expect(needOf({ firm: '9135', mu: '12', wdistance: '0', open: 'x', tab: 'out', near: '' })).toEqual({ uscc: '9135', need_mu: '12', weight_distance: '0' })
})
