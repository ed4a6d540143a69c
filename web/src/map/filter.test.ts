import { createExpression } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import type { Box, Row, Values } from '@/api/types'
import { emphasis, passes, search, squareEmphasis, type Filter } from './filter'

const none: Filter = { park: '', classes: [], idle: false, exit: false, within: null }
const row = (code: string, values: Values, bbox: Box | null = [0, 0, 1, 1]): Row => ({ code, bbox, at: null, values: { code, ...values } })

const rows = [
  row('1', { park: 'QM', class: 'A', tax_wan_mu: 30, main_firm: '演示纺织有限公司', address: '清濛大道1号' }),
  row('2', { park: 'QM', class: 'D', tax_wan_mu: null, exit: true, main_firm: '演示鞋业有限公司' }),
  row('3', { park: 'GQ', class: '', tax_wan_mu: -2, idle_type: 'unstarted' }, [5, 5, 6, 6]),
  row('4', { park: 'GQ', class: 'T', tax_wan_mu: 30, idle_plant: true }, null),
]
const codes = (r: readonly Row[]) => r.map((x) => x.code).join('')

describe('filter', () => {
  it.each<[string, Partial<Filter>, string]>([
    ['nothing', {}, '1234'],
    ['park', { park: 'GQ' }, '34'],
    ['classes', { classes: ['A', 'D'] }, '12'],
    ['no firm', { classes: ['-'] }, '3'],
    ['idle land or plant', { idle: true }, '34'],
    ['exit', { exit: true }, '2'],
    ['place; a row without one is nowhere', { within: [4, 4, 5, 5] }, '3'],
    ['all together', { park: 'QM', exit: true, classes: ['D'] }, '2'],
  ])('%s', (_, f, want) => {
    expect(codes(rows.filter((r) => passes(r, { ...none, ...f })))).toBe(want)
  })

  it.each<[string, Partial<Filter>]>([
    ['classes', { classes: ['A', '-'] }],
    ['idle', { idle: true }],
    ['exit', { exit: true }],
    ['both', { classes: ['D', 'T'], idle: true }],
  ])('the map draws what the table lists: %s', (_, f) => {
    const filter = { ...none, ...f }
    const made = createExpression(emphasis(filter, 'class'), 'fill-opacity')
    if (made.result !== 'success') throw new Error(made.value.map((e) => e.message).join())
    for (const r of rows) {
      const properties = Object.fromEntries(Object.entries(r.values).filter(([, v]) => v !== null && v !== undefined))
      const shown = made.value.evaluate({ zoom: 14 }, { type: 3, properties } as never)
      expect(shown, r.code).toBe(passes(r, filter))
    }
  })

  it('asks nothing of the map when nothing is filtered', () => {
    expect(emphasis(none, 'class')).toBeNull()
  })
})

describe('search', () => {
  it.each([
    ['鞋业', '2'],
    ['演示 有限', '12'],
    ['清濛大道', '1'],
    ['3', '3'],
    ['  ', ''],
    ['不存在', ''],
  ])('%s', async (query, want) => {
    expect(codes((await search(rows, query, 10)) ?? [])).toBe(want)
  })

  it('is given up for a newer one', async () => {
    const many = Array.from({ length: 200_000 }, (_, i) => row(String(i), { main_firm: '演示纺织' }))
    expect(await search(many, '纺织', 10, () => true)).toBeNull()
  })

  it.each<[string, Partial<Filter>, Values, boolean]>([
    ['its class', { classes: ['A'] }, { count: 3, class: 'A' }, true],
    ['another class', { classes: ['A'] }, { count: 3, class: 'D' }, false],
    ['idle land', { idle: true }, { count: 3, idle_count: 1 }, true],
    ['an idle plant', { idle: true }, { count: 3, idle_count: 0, idle_plant_count: 2 }, true],
    ['nothing idle', { idle: true }, { count: 3, idle_count: 0, idle_plant_count: 0 }, false],
    ['a candidate', { exit: true }, { count: 3, exit_count: 1 }, true],
    ['no candidate', { exit: true }, { count: 3 }, false],
  ])('a square stands out for %s', (_, f, properties, want) => {
    const made = createExpression(squareEmphasis({ ...none, ...f }, 'class'), 'fill-opacity')
    if (made.result !== 'success') throw new Error(made.value.map((e) => e.message).join())
    expect(made.value.evaluate({ zoom: 9 }, { type: 3, properties } as never)).toBe(want)
  })

  it('leaves squares alone without a filter', () => {
    expect(squareEmphasis(none, 'class')).toBeNull()
  })
})
