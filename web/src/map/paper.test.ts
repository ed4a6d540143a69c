import { describe, expect, it } from 'vitest'
import { niceScale, paperMm } from './paper'

describe('a printed map', () => {
  it('fits on its sheet', () => {
    expect(paperMm('A4', true)).toEqual({ mapWidth: 277, mapHeight: 162 })
    expect(paperMm('A3', false)).toEqual({ mapWidth: 277, mapHeight: 372 })
  })

  it.each([
    [10, 20, '200 m'],
    [25, 40, '1 km'],
    [1, 20, '20 m'],
  ])('has a round scale bar at %d m in a millimetre', (perMm, long, text) => {
    expect(niceScale(perMm)).toEqual({ mm: long, text })
  })

  it('has none without a scale', () => expect(niceScale(0).text).toBe(''))
})
