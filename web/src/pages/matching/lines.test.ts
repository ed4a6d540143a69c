import { expect, it } from 'vitest'
import { linesTo } from './lines'

const places: Readonly<Record<string, [number, number]>> = { a: [1, 1], b: [2, 2], c: [3, 3] }
const at = (code: string) => places[code] ?? null

it('leads from each parcel of the firm to the land found', () => {
  const lines = linesTo(['a', 'b', 'x'], 'c', at)
  expect(lines?.features.map((f) => f.geometry)).toEqual([
    { type: 'LineString', coordinates: [[1, 1], [3, 3]] },
    { type: 'LineString', coordinates: [[2, 2], [3, 3]] },
  ])
  expect(linesTo(['c'], 'c', at)).toBeNull()
  expect(linesTo(['a'], 'x', at)).toBeNull()
})
