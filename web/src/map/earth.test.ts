import { describe, expect, it } from 'vitest'
import { areaM2, distanceM, gaussKruger, lengthM, type Position } from './earth'

const dms = (d: number, m: number, s: number) => Math.sign(d) * (Math.abs(d) + m / 60 + s / 3600)

describe('lengths', () => {
  it('agree with the published line from Flinders Peak to Buninyong on GRS 80', () => {
    const flinders: Position = [dms(144, 25, 29.5244), dms(-37, 57, 3.7203)]
    const buninyong: Position = [dms(143, 55, 35.3839), dms(-37, 39, 10.1561)]
    expect(distanceM(flinders, buninyong)).toBeCloseTo(54972.271, 3)
  })

  it('are nothing between a place and itself, and add up along a line', () => {
    const p: Position = [118.58, 24.87]
    expect(distanceM(p, p)).toBe(0)
    expect(lengthM([p, [118.59, 24.87], p])).toBeCloseTo(2 * distanceM(p, [118.59, 24.87]), 9)
  })
})

describe('grid coordinates', () => {
  // By PROJ: +proj=tmerc +ellps=GRS80 with the zone's central meridian.
  it.each([
    [[118.58, 24.87], 40, 40356490.8479671, 2752401.8231098],
    [[118.43, 24.83], 39, 39644566.4080727, 2747980.67240817],
  ] as const)('of %j are PROJ’s', (p, zone, east, north) => {
    const g = gaussKruger(p)
    expect(g.zone).toBe(zone)
    expect(g.eastM).toBeCloseTo(east, 3)
    expect(g.northM).toBeCloseTo(north, 3)
  })
})

describe('areas', () => {
  // Between two meridians and two parallels the area on the ellipsoid has a closed form; the parallels are drawn in small steps.
  const quad = (w: number, s: number, size: number, steps = 400): Position[] => [
    ...Array.from({ length: steps + 1 }, (_, i): Position => [w + (size * i) / steps, s]),
    ...Array.from({ length: steps + 1 }, (_, i): Position => [w + size - (size * i) / steps, s + size]),
  ]

  it.each([
    [quad(118.5, 24.8, 0.1), 111958443.1690271],
    [quad(118.58, 24.87, 0.01), 1119363.218434638],
  ])('agree with the closed form to one in a million', (ring, want) => {
    expect(Math.abs(areaM2(ring) / want - 1)).toBeLessThan(1e-6)
  })

  it('do not hang on the way a ring goes round', () => {
    const ring = quad(118.5, 24.8, 0.01)
    expect(areaM2([...ring].reverse())).toBeCloseTo(areaM2(ring), 3)
    expect(areaM2(ring.slice(0, 2))).toBe(0)
  })
})
