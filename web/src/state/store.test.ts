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
