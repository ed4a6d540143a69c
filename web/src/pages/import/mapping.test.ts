import { describe, expect, it } from 'vitest'
import type { Import, Options } from '@/api/imports'
import { linesOf, mapOf, position, sameOptions } from './mapping'

const options: Options = { crs: 'detect', encoding: '', sheet: '', map: null, set: null, skip_bad: false, relate: true, straddle: 'flag', doubles: 'leave' }
const doc = {
  header: ['代码', '面积(亩)', '备注'],
  columns: [
    { column: '面积(亩)', field: 'title_area_m2', title: '证载面积', unit: 'm²', factor: 666.67 },
    { column: '代码', field: 'code', title: '宗地代码' },
  ],
  sample: [{ row: 2, cells: ['12.5', '3599'], bad: false }],
  options,
} as unknown as Import

describe('columns of a file', () => {
  it('are listed in its order, also those that are not read', () => {
    expect(linesOf(doc)).toEqual([
      { column: '代码', field: 'code', unit: '', factor: 1, sample: '3599' },
      { column: '面积(亩)', field: 'title_area_m2', unit: 'm²', factor: 666.67, sample: '12.5' },
      { column: '备注', field: '-', unit: '', factor: 1, sample: '' },
    ])
  })
  it('are mapped only where the reader says otherwise', () => {
    const lines = linesOf(doc)
    expect(mapOf(doc, lines)).toBeNull()
    expect(mapOf(doc, lines.map((l) => (l.column === '备注' ? { ...l, field: 'address' } : l)))).toEqual({ 备注: 'address' })
  })
  it('keep a mapping that was said before', () => {
    const said = { ...doc, options: { ...options, map: { 备注: 'address' } } }
    expect(mapOf(said, linesOf(said))).toEqual({ 备注: 'address' })
  })
})

it('knows when the options are others, whatever their order', () => {
  expect(sameOptions({ ...options, set: { a: '1', b: '2' } }, { ...options, set: { b: '2', a: '1' } })).toBe(true)
  expect(sameOptions(options, { ...options, crs: 'EPSG:4549' })).toBe(false)
})

it.each([['118.5 24.8', [118.5, 24.8]], ['', null], [undefined, null], ['x y', null]])('reads the place %s', (place, want) => {
  expect(position(place)).toEqual(want)
})
