import { describe, expect, it } from 'vitest'
import { columnsFor, rowsInSight, scrollTo } from './columns'

const fields = (has: string[]) => columnsFor((f) => has.includes(f)).map((c) => c.field || c.kind)

describe('columns', () => {
  it('show bands to a reader without exact figures', () => {
    expect(fields(['code', 'address', 'tax_band'])).toEqual(['position', 'code', 'address', 'tax_band', 'flags'])
  })
  it('show exact figures instead of bands', () => {
    expect(fields(['code', 'address', 'tax_band', 'tax_wan_mu'])).toEqual(['position', 'code', 'tax_wan_mu', 'flags'])
  })
})

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
