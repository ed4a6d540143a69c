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

it('knows of many rows whose they are: those of another year or park are not those on show, under another filter they may be', async () => {
  const year = shallowRef({ of: 2023, rows: rows(60_000) })
  const [park, above] = [ref('QM'), ref(-1)]
  const s = sifted(() => year.value.rows, () => { const [a, p] = [above.value, park.value]; return (r: Row) => p !== '' && Number(r.values.v) > a }, () => [year.value, park.value])
  expect([s.current.value, s.busy.value]).toEqual([false, true])
  const settled = async () => {
    await expect.poll(() => s.busy.value).toBe(false)
    expect(s.current.value).toBe(true)
  }
  await settled()
  above.value = 10
  expect([s.current.value, s.busy.value, s.rows.value.length]).toEqual([true, true, 60_000])
  await settled()
  year.value = { of: 2024, rows: rows(50_000) }
  expect([s.current.value, s.rows.value.length]).toEqual([false, 59_989]) // they stand, and say that they are old
  await settled()
  expect(s.rows.value.length).toBe(49_989)
  park.value = 'GQ'
  expect(s.current.value).toBe(false)
  await settled()
})
