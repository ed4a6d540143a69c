import { describe, expect, it } from 'vitest'
import type { Metric, Row } from '@/api/types'
import { divided, edgesOf, edgesText, equalEdges, histogram, methodOf, ruleEdges, spreadOf } from './breaks'

const tax: Metric = { field: 'tax_wan_mu', title: '', title_en: '', breaks: [3, 5] }
const band: Metric = { field: 'tax_band', title: '', title_en: '', bands: ['<5', '5–20', '≥20'] }
const rows = (values: (number | null)[]) => values.map((v, i) => ({ code: String(i), bbox: null, at: null, values: { tax_wan_mu: v } }))

const spread = async (of: Row[], field: string) => (await spreadOf(of, field)) ?? fail('given up')
function fail(why: string): never {
  throw new Error(why)
}

describe('breaks', () => {
  it.each([
    ['1 5 10', [1, 5, 10]],
    ['1，5、10.5', [1, 5, 10.5]],
    ['5 1', null],
    ['5 5', null],
    ['a', null],
    ['', null],
    ['1 2 3 4 5 6 7 8 9', null],
  ])('reads %s as edges', (typed, want) => expect(edgesOf(typed)).toEqual(want))

  it('keeps typed edges over a link', () => {
    const text = edgesText([0.5, 12])
    expect(methodOf(text)).toBe('manual')
    expect(divided(tax, text, [], () => ({ field: '', values: new Float64Array() }))).toMatchObject({ breaks: [0.5, 12] })
  })

  it('takes the rule’s own bounds from the published bands', () => {
    expect(ruleEdges(tax, [tax, band])).toEqual([5, 20])
    expect(ruleEdges({ ...tax, field: 'far' }, [tax, band])).toBeNull()
  })

  it('cuts equal steps and leaves missing values out', async () => {
    const s = await spread(rows([null, 10, 0, 5]), 'tax_wan_mu')
    expect([...s.values]).toEqual([0, 5, 10])
    expect(equalEdges(s)).toEqual([2, 4, 6, 8])
    expect(equalEdges(await spread(rows([4, 4]), 'tax_wan_mu'))).toEqual([])
  })

  it('counts every value in a bin', async () => {
    const bins = histogram(await spread(rows(Array.from({ length: 100 }, (_, i) => (i === 99 ? 9999 : i))), 'tax_wan_mu'))
    expect(bins.reduce((sum, b) => sum + b.count, 0)).toBe(100)
    expect(bins.at(-1)?.to).toBe(98)
  })
})
