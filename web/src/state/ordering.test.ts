import { nextTick, ref, shallowRef } from 'vue'
import { expect, it } from 'vitest'
import type { Row } from '@/api/types'
import { sifted } from './ordering'

const rows = (n: number): Row[] => Array.from({ length: n }, (_, i) => ({ code: String(i), bbox: null, at: null, values: { v: i } }))
const even = (r: Row) => Number(r.values.v) % 2 === 0

it('sifts few rows at once, and all are left without a test', () => {
  const of = shallowRef(rows(10))
  const test = shallowRef<((r: Row) => boolean) | null>(null)
  const s = sifted(() => of.value, () => test.value)
  expect(s.rows.value).toBe(of.value)
  test.value = even
  expect(s.rows.value.map((r) => r.code)).toEqual(['0', '2', '4', '6', '8'])
  of.value = []
  expect([s.rows.value, s.busy.value]).toEqual([[], false])
})

it('sifts many rows in slices, of which the last wish wins', async () => {
  const of = shallowRef(rows(60_000))
  const above = ref(-1)
  const s = sifted(() => of.value, () => { const a = above.value; return (r: Row) => Number(r.values.v) > a })
  above.value = 59_990
  expect(s.busy.value).toBe(true)
  await expect.poll(() => s.busy.value).toBe(false)
  await nextTick()
  expect(s.rows.value.map((r) => r.code)).toEqual(Array.from({ length: 9 }, (_, i) => String(59_991 + i)))
})
