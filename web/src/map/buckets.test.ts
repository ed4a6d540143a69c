import { createExpression } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import type { Metric, Value } from '@/api/types'
import { bucketOf, byClass, byMetric, counts, fillColour, rising, type Colouring } from './buckets'
import { classColour, inkOn, ramp } from './colour'

const tax: Metric = { field: 'tax_wan_mu', title: '亩均税收', title_en: 'Tax per mu', unit: '万元/亩', breaks: [5, 10, 20] }
const band: Metric = { field: 'tax_band', title: '亩均税收档', title_en: 'Tax band', bands: ['<5', '5–20', '≥20'] }

/** drawn is the colour MapLibre's own expression engine gives a value. */
function drawn(c: Colouring, v: Value): string {
  const made = createExpression(fillColour(c), 'fill-color')
  if (made.result !== 'success') throw new Error(made.value.map((e) => e.message).join())
  const properties = v === undefined || v === null ? {} : { [c.field]: v }
  return String(made.value.evaluate({ zoom: 14 }, { type: 3, properties } as never))
}

const named = (c: Colouring, v: Value) => c.buckets.find((b) => b.key === bucketOf(c, v))?.colour

describe('buckets', () => {
  it.each<[string, Colouring, Value[]]>([
    ['class', byClass('class'), ['A', 'B', 'C', 'D', 'T', '', 'X', null, undefined]],
    ['steps', byMetric(tax), [-3, 0, 4.999, 5, 9.99, 10, 20, 1e9, null, undefined]],
    ['bands', byMetric(band), ['<5', '5–20', '≥20', '?', '', null]],
    ['one step', byMetric({ ...tax, breaks: [] }), [1, null]],
  ])('legend and map agree: %s', (_, c, values) => {
    for (const v of values) expect(drawn(c, v), String(v)).toBe(named(c, v))
  })

  it('puts a value on a break in the step above', () => {
    const c = byMetric(tax)
    expect([4.99, 5, 19.99, 20].map((v) => bucketOf(c, v))).toEqual(['0', '1', '2', '3'])
  })

  it('never takes a missing value for a low one', () => {
    expect(bucketOf(byMetric(tax), null)).toBe('-')
    expect(bucketOf(byMetric(tax), 0)).toBe('0')
  })

  it('labels the steps', () => {
    expect(byMetric(tax).buckets.map((b) => b.label)).toEqual(['< 5', '5 – 10', '10 – 20', '≥ 20', ''])
  })

  it('counts every row once', async () => {
    const rows = ['A', 'A', 'D', '', null].map((v, i) => ({ code: String(i), bbox: null, at: null, values: { class: v } }))
    const n = await counts(byClass('class'), rows)
    expect([...(n ?? [])]).toEqual([['A', 2], ['B', 0], ['C', 0], ['D', 1], ['T', 0], ['-', 2]])
  })

  it('drops breaks that do not rise', () => {
    expect(rising([1, 1, 2, Number.NaN, 3, 2])).toEqual([1, 2, 3])
    expect(rising([5, 5, 5])).toEqual([5])
  })
})

describe('colours', () => {
  it('has as many as asked for', () => {
    for (const n of [1, 2, 5, 7, 9]) expect(ramp(n)).toHaveLength(n)
  })
  it('writes light on dark and dark on light', () => {
    expect(inkOn(classColour('A'))).toBe('#ffffff')
    expect(inkOn(classColour('D'))).toBe('#ffffff')
    expect(inkOn(classColour('B'))).toBe('#16202b')
    expect(inkOn(classColour('C'))).toBe('#16202b')
  })
})
