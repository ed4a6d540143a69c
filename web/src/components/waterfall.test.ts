import { describe, expect, it } from 'vitest'
import type { Indicator } from '@/api/types'
import { lie, waterfall } from './waterfall'

const indicator = (id: string, points: number | null) => ({ id, title: id, title_en: id, value: 1, base: 2, weight: 50, points, filled: false }) as Indicator

describe('waterfall', () => {
  const bars = (points: number | null, ...of: (number | null)[]) => waterfall({ points, indicators: of.map((p, i) => indicator(`I${i}`, p)) }, (i) => i.id, 'other', 'total').map((b) => [b.label, b.from, b.to])
  it('adds indicators up to the total', () => expect(bars(70, 30, 40)).toEqual([['I0', 0, 30], ['I1', 30, 70], ['total', 0, 70]]))
  it('shows what steps added or took', () => {
    expect(bars(75, 30, 40)).toEqual([['I0', 0, 30], ['I1', 30, 70], ['other', 70, 75], ['total', 0, 75]])
    expect(bars(65, 30, 40)[2]).toEqual(['other', 70, 65])
  })
  it('leaves out an indicator without points, and draws nothing for a firm without', () => {
    expect(bars(30, 30, null)).toEqual([['I0', 0, 30], ['total', 0, 30]])
    expect(bars(null, 30)).toEqual([])
  })
  it('lies on one scale, also where points were taken', () => {
    const all = waterfall({ points: -5, indicators: [indicator('I0', 15)] }, (i) => i.id, 'other', 'total')
    expect(all.map((b) => lie(b, all))).toEqual([{ start: 25, width: 75 }, { start: 0, width: 100 }, { start: 0, width: 25 }])
    expect(lie({ id: '', label: '', from: 15, to: 15, total: false }, all)).toEqual({ start: 99, width: 1 })
  })
})
