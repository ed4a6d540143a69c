import { beforeAll, expect, it, vi } from 'vitest'
import type { Meta, Row, Scores } from '@/api/types'
import type * as StoreModule from './store'
import type * as ViewModule from './view'

let store: typeof StoreModule
let view: typeof ViewModule.view
beforeAll(async () => {
  vi.stubGlobal('window', { location: { hash: '' } }) // the view is read from the address
  store = await import('./store')
  view = (await import('./view')).view
})

const row = (code: string, park: string): Row => ({ code, bbox: null, at: null, values: { park } })

it('has rows only under the year they are of, and knows none from not read', () => {
  expect(store.parkRows.value).toBeNull()
  store.meta.data = { years: [2023, 2024], parks: [], metrics: [], layers: [] } as unknown as Meta
  store.scores.data = { year: 2024, rows: [row('a', 'QM'), row('b', 'GQ')] } as unknown as Scores
  expect(store.parkRows.value?.length).toBe(2)
  view.park = 'XX'
  expect(store.parkRows.value).toEqual([])
  view.year = 2023
  expect(store.parkRows.value).toBeNull()
})

it('lists no rows of the year or park before, while it sifts many', async () => {
  const many = (n: number, park: string) => Array.from({ length: n }, (_, i) => row(`${park}${i}`, park))
  Object.assign(view, { year: 2024, park: 'QM' })
  store.scores.data = { year: 2024, rows: [...many(30_000, 'QM'), ...many(20_000, 'GQ')] } as unknown as Scores
  expect(store.ranked.value).toBe(false)
  await expect.poll(() => store.ranked.value).toBe(true)
  expect(store.ranking.value.length).toBe(30_000)
  view.park = 'GQ'
  expect(store.ranked.value).toBe(false)
  await expect.poll(() => store.ranked.value && store.ranking.value.length).toBe(20_000)
  view.year = 2023
  expect(store.ranked.value).toBe(false)
  store.scores.data = { year: 2023, rows: many(10_000, 'GQ') } as unknown as Scores
  expect([store.parkRows.value?.length, store.ranked.value]).toEqual([10_000, false])
  await expect.poll(() => store.ranked.value && store.ranking.value.length).toBe(10_000)
})
