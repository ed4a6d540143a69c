import { describe, expect, it } from 'vitest'
import { changes } from './dress'

describe('what parcels wear', () => {
  it('sets only what differs', () => {
    const wanted = new Map([['a', '#111111'], ['b', '#222222'], ['far', '#333333']])
    const worn = new Map([['a', '#111111'], ['c', '#444444']])
    expect(changes(['a', 'b', 'c', 'd'], wanted, worn)).toEqual([['b', '#222222'], ['c', '']])
  })

  it('takes everything off when nothing is wanted', () => {
    expect(changes(['a', 'b'], null, new Map([['a', '#111111']]))).toEqual([['a', '']])
  })
})
