import { expect, it } from 'vitest'
import { boundaryPoints } from './boundary'

it('names the corners ring by ring and leaves out the closing point', () => {
  const ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
  const g = { type: 'MultiPolygon' as const, coordinates: [[ring, ring]] }
  expect(boundaryPoints(g).map((p) => p.name)).toEqual(['J1', 'J2', 'J3', '2-J1', '2-J2', '2-J3'])
})
