import { shallowRef } from 'vue'
import type { StyleSpecification } from 'maplibre-gl'
import { expect, it } from 'vitest'
import { inViewOf, tilesOf } from './inView'

const sheet = (year: number, layers: StyleSpecification['layers'] = []): StyleSpecification => ({ version: 8, sources: { parcels: { type: 'vector', tiles: [`http://x/parcels?year=${year}`] } }, layers })

it('knows nothing of what is in view from another year being asked for until the map has found it', () => {
  const on = shallowRef<StyleSpecification | null>(null)
  const { found, tell } = inViewOf(() => tilesOf(on.value))
  expect(found.value).toBeNull()
  on.value = sheet(2023)
  const before = { parcels: [{ code: 'a' }], inSquares: 0 }
  tell(before)
  expect(found.value).toBe(before)
  on.value = sheet(2023, [{ id: 'other-colour', type: 'background' }])
  expect(found.value).toBe(before) // the same parcels in another look
  on.value = sheet(2024)
  expect(found.value).toBeNull()
  const after = { parcels: [], inSquares: 7 }
  tell(after)
  expect(found.value).toBe(after)
})
