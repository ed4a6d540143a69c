import { describe, expect, it } from 'vitest'
import { nextSort, rowsInSight, scrollTo } from './grid'

describe('rows in sight', () => {
  it.each([
    [0, 300, 100000, { from: 0, to: 16 }],
    [3_000_000, 300, 100000, { from: 99994, to: 100000 }],
    [900, 300, 100000, { from: 24, to: 46 }],
    [0, 300, 3, { from: 0, to: 3 }],
    [0, 300, 0, { from: 0, to: 0 }],
    [5000, 300, 3, { from: 3, to: 3 }],
  ])('at %i of height %i among %i', (top, height, count, want) => {
    expect(rowsInSight(top, height, 30, count)).toEqual(want)
  })

  it('moves only as far as needed', () => {
    expect(scrollTo(5, 0, 300, 30)).toBe(0)
    expect(scrollTo(10, 0, 300, 30)).toBe(30)
    expect(scrollTo(2, 90, 300, 30)).toBe(60)
  })
})

describe('the order a click on a head asks for', () => {
  it.each([
    ['', { id: 'a' }, 'a'],
    ['a', { id: 'a' }, '-a'],
    ['-a', { id: 'a' }, 'a'],
    ['-b', { id: 'a' }, 'a'],
    ['b', { id: 'a', fromHigh: true }, '-a'],
    ['-a', { id: 'a', fromHigh: true }, 'a'],
  ])('from %s, on %o', (order, c, want) => {
    expect(nextSort(order, { title: '', width: 1, ...c })).toBe(want)
  })
})
