import { describe, expect, it } from 'vitest'
import type { Row } from '@/api/types'
import { parsePoints, pointsText, polygonsOf, statsOf } from './areaStats'
import type { Position } from './earth'

const row = (code: string, at: [number, number] | null, values: Record<string, string | number | null>): Row => ({ code, bbox: null, at, values })

const parts = [
  { row: row('a', [1, 1], { land_mu: 10, tax_wan: 5, far: 1, class: 'A' }), share: 1 },
  { row: row('b', [3, 3], { land_mu: 30, tax_wan: null, far: 2, class: '' }), share: 0.5 },
  { row: row('c', [9, 9], { drawn_mu: 20, tax_wan: 8, far: 3, class: 'A' }), share: 0.25 },
  { row: row('d', null, {}), share: 1 },
]

describe('an area', () => {
  it('counts by the share inside, and says what is missing', () => {
    expect(statsOf(parts, (f) => f === 'tax_wan' || f === 'far', 'class')).toEqual({
      parcels: 4, cut: 2, landMu: 30, landLacking: 1, // 10 + 15 + 5
      sums: [{ field: 'tax_wan', wan: 7, ratedMu: 15, lacking: 2 }],
      means: [{ field: 'far', value: 55 / 30, ratedMu: 30 }], // (10·1 + 15·2 + 5·3) ÷ 30
      classes: [{ key: 'A', n: 2 }, { key: '-', n: 2 }],
    })
    expect(statsOf([], () => true, 'class').sums[0]).toMatchObject({ wan: null })
  })

  it('has the holes of each of its outer rings', () => {
    const ring = (s: number): Position[] => [[0, 0], [s, 0], [s, s], [0, s]]
    const hole = [...ring(1)].reverse()
    expect(polygonsOf([ring(4), hole, ring(2)])).toEqual([[ring(4), hole], [ring(2)]])
    expect(polygonsOf([hole])).toEqual([[hole]]) // drawn clockwise
  })

  it('comes back from the link', () => {
    const corners: Position[] = [[118.58123, 24.87], [118.6, -24.9], [0, 0]]
    expect(parsePoints(pointsText(corners))).toEqual(corners)
    expect(parsePoints('x..1_99..2')).toEqual([])
  })
})
