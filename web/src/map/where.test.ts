import { describe, expect, it } from 'vitest'
import { meets, parseWhere, whereText } from './where'

const row = (values: Record<string, string | number | null>) => ({ code: 'x', bbox: null, at: null, values })

describe('conditions', () => {
  it.each(['tax_wan_mu:5:20', 'far::1.2', 'far:-1:', 'main_firm~鞋业,tax_wan_mu:0:'])('come back from the link: %s', (text) => {
    expect(whereText(parseWhere(text))).toBe(text)
  })

  it.each(['', 'far', 'far::', 'far:a:b', 'Far:1:2', 'main_firm~', '<x>~y'])('are left out when not understood: %s', (text) => {
    expect(parseWhere(text)).toEqual([])
  })

  it('keep a value on the bound and leave missing ones out', () => {
    const where = parseWhere('tax_wan_mu:5:20')
    expect([4.9, 5, 20, 20.1, null].map((v) => meets(row({ tax_wan_mu: v }), where))).toEqual([false, true, true, false, false])
    expect(meets(row({ tax_wan_mu: 0 }), parseWhere('tax_wan_mu::1'))).toBe(true)
  })

  it('find a part of a text', () => {
    expect(meets(row({ main_firm: '演示Shoe厂' }), parseWhere('main_firm~shoe'))).toBe(true)
    expect(meets(row({ main_firm: null }), parseWhere('main_firm~shoe'))).toBe(false)
  })
})
