import { describe, expect, it } from 'vitest'
import type { Row, Values } from '@/api/types'
import { columnOf, extremes, inCodeOrder, laidOut, ranksOf, sortOf } from './order'

const row = (code: string, values: Values): Row => ({ code, bbox: null, at: null, values: { code, ...values } })
const rows = [
  row('1', { class: 'A', tax_wan_mu: 30, main_firm: '演示纺织有限公司', lot: '地块10' }),
  row('2', { class: 'D', tax_wan_mu: null, main_firm: '安溪演示鞋业', lot: '地块9' }),
  row('3', { class: '', tax_wan_mu: -2 }),
  row('4', { class: 'T', tax_wan_mu: 30, main_firm: '演示服装', lot: '地块10' }),
]
const codes = (r: readonly Row[]) => r.map((x) => x.code).join('')

function sorted(order: string): readonly Row[] {
  const { field, down } = sortOf(order)
  return laidOut(rows, ranksOf(columnOf(rows, field)), down)
}

describe('order', () => {
  it.each([
    ['numbers, equal ones by code, missing ones last', 'tax_wan_mu', '3142'],
    ['down, equal ones still by code, missing ones still last', '-tax_wan_mu', '1432'],
    ['texts', 'class', '1243'],
    ['texts down', '-class', '4213'],
    ['Chinese by its reading: ān, yǎnshì fǎngzhī, yǎnshì fúzhuāng', 'main_firm', '2143'],
    ['numbers in texts by their value', 'lot', '2143'],
    ['no field at all leaves what there was', '', '1234'],
  ])('%s', (_, order, want) => {
    expect(codes(sorted(order))).toBe(want)
  })

  it('is that of a plain sort for many rows', () => {
    const many = Array.from({ length: 5000 }, (_, i) => row(String(i).padStart(5, '0'), { v: (i * 7919) % 311 === 0 ? null : (i * 7919) % 977 }))
    const value = (r: Row) => r.values.v as number | null
    const want = many.filter((r) => value(r) !== null).sort((a, b) => (value(b) ?? 0) - (value(a) ?? 0)).concat(many.filter((r) => value(r) === null))
    expect(codes(laidOut(many, ranksOf(columnOf(many, 'v')), true))).toBe(codes(want))
  })

  it('begins with the code', () => {
    expect(codes(inCodeOrder([...rows].reverse()))).toBe('1234')
    expect(inCodeOrder(rows)).toBe(rows)
  })
})

it('finds the foremost rows without sorting all', async () => {
  const ends = async (count: number) => {
    const e = await extremes(rows, 'tax_wan_mu', count)
    return [codes(e?.highest ?? []), codes(e?.lowest ?? [])]
  }
  expect(await ends(2)).toEqual(['14', '31'])
  expect(await ends(9)).toEqual(['143', '314'])
})
