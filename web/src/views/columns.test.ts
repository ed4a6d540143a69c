import { describe, expect, it } from 'vitest'
import { columnsFor } from './columns'

const fields = (has: string[]) => columnsFor((f) => has.includes(f)).map((c) => c.field || c.kind)

describe('columns', () => {
  it('show bands to a reader without exact figures', () => {
    expect(fields(['code', 'address', 'tax_band'])).toEqual(['position', 'code', 'address', 'tax_band', 'flags'])
  })
  it('show exact figures instead of bands', () => {
    expect(fields(['code', 'address', 'tax_band', 'tax_wan_mu'])).toEqual(['position', 'code', 'tax_wan_mu', 'flags'])
  })

  it('are those the reader chose and has, between position and flags', () => {
    const has = (f: string) => f !== 'tax_wan'
    expect(columnsFor(has, false, 'far.tax_wan.completed_on.land_mu').map((c) => c.field)).toEqual(['', 'far', 'completed_on', 'land_mu', 'flags'])
  })
})
