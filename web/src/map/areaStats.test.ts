import { describe, expect, it } from 'vitest'
import type { Row } from '@/api/types'
import { inRings, parsePoints, pointsText, rowsIn, statsOf } from './areaStats'
import type { Position } from './earth'

const row = (code: string, at: [number, number] | null, values: Record<string, string | number | null>): Row => ({ code, bbox: null, at, values })
const square = (s: number): Position[] => [[0, 0], [s, 0], [s, s], [0, s]]

const rows = [
  row('a', [1, 1], { land_mu: 10, tax_wan: 5, far: 1, class: 'A' }),
  row('b', [3, 3], { land_mu: 30, tax_wan: null, far: 2, class: '' }),
  row('c', [9, 9], { land_mu: 90, tax_wan: 7, far: 3, class: 'C' }),
  row('d', null, { land_mu: 1 }),
]

describe('an area', () => {
  it('holds the parcels whose point lies in it, less its holes', () => {
    expect(rowsIn(rows, [square(4)]).map((r) => r.code)).toEqual(['a', 'b'])
    expect(rowsIn(rows, [square(4), square(2)]).map((r) => r.code)).toEqual(['b'])
    expect(inRings([], [1, 1])).toBe(false)
  })

  it('adds up what there is and says what is missing', () => {
    const s = statsOf(rowsIn(rows, [square(4)]), (f) => f === 'tax_wan' || f === 'far', 'class')
    expect(s).toEqual({
      parcels: 2, landMu: 40, landLacking: 0,
      sums: [{ field: 'tax_wan', wan: 5, ratedMu: 10, lacking: 1 }],
      means: [{ field: 'far', value: 1.75, ratedMu: 40 }],
      classes: [{ key: 'A', n: 1 }, { key: '-', n: 1 }],
    })
    expect(statsOf([], () => true, 'class').sums[0]).toMatchObject({ wan: null })
  })

  it('comes back from the link', () => {
    const corners: Position[] = [[118.58123, 24.87], [118.6, -24.9], [0, 0]]
    expect(parsePoints(pointsText(corners))).toEqual(corners)
    expect(parsePoints('x..1_99..2')).toEqual([])
  })
})
