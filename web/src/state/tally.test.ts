import { effectScope, shallowRef } from 'vue'
import { beforeAll, expect, it, vi } from 'vitest'
import type { Row } from '@/api/types'
import { byClass, byMetric } from '@/map/buckets'
import type * as TallyModule from './tally'

let tally: typeof TallyModule
beforeAll(async () => {
  vi.stubGlobal('window', { location: { hash: '' } }) // the view is read from the address
  tally = await import('./tally')
})

const row = (c: string): Row => ({ code: c, bbox: null, at: null, values: { class: c, far: 1 } })

it('knows no counts of parcels that are not read, which is not none of them', async () => {
  const rows = shallowRef<readonly Row[] | null>(null)
  const by = shallowRef(byClass('class'))
  const scope = effectScope()
  const n = scope.run(() => tally.tallied(() => rows.value, () => by.value)) as ReturnType<typeof tally.tallied>
  await new Promise((done) => setTimeout(done))
  expect([n.value, tally.tell(n.value, 'A')]).toEqual([null, '–'])
  rows.value = [row('A'), row('A'), row('B')]
  await expect.poll(() => n.value?.get('A')).toBe(2)
  expect([tally.tell(n.value, 'A'), tally.tell(n.value, 'D')]).toEqual(['2', '0'])
  by.value = byMetric({ field: 'far', title: '', title_en: '', unit: '', breaks: [2] })
  expect(n.value).toBeNull() // those of the colouring before stand under no other
  await expect.poll(() => n.value?.get('0')).toBe(3)
  rows.value = null // of another year
  expect([n.value, tally.tell(n.value, '0')]).toEqual([null, '–'])
  scope.stop()
})
