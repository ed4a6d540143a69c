import { describe, expect, it } from 'vitest'
import { boundaryPoints, gaussKrueger } from './boundary'

// From PROJ: gdaltransform -s_srs '+proj=longlat +ellps=GRS80' -t_srs '+proj=etmerc +lon_0=117 +x_0=500000 +ellps=GRS80'.
describe('gaussKrueger', () => {
  it.each([
    [118.58, 24.87, 117, 2752579.92878923, 659681.729918328],
    [118.43, 24.83, 117, 2747980.67240817, 644566.408072659],
    [116, 40, 117, 4430008.06774631, 414605.380308774],
    [118.58, 24.87, 120, 2752401.8231098, 356490.847967081],
  ])('%f %f in the zone of %d', (lng, lat, meridian, x, y) => {
    const p = gaussKrueger(lng, lat, meridian)
    expect(Math.abs(p.x - x)).toBeLessThan(1e-3)
    expect(Math.abs(p.y - y)).toBeLessThan(1e-3)
  })
})

it('names the corners ring by ring and leaves out the closing point', () => {
  const ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
  const g = { type: 'MultiPolygon' as const, coordinates: [[ring, ring]] }
  expect(boundaryPoints(g).map((p) => p.name)).toEqual(['J1', 'J2', 'J3', '2-J1', '2-J2', '2-J3'])
})
