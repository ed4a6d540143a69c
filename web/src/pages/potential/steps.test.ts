import { expect, it } from 'vitest'
import { parted, stepOf, stepsOf } from './steps'
import type { GainParcel } from '@/api/potential'

const gain = (floor_gain_m2: number | null) => ({ floor_gain_m2 }) as GainParcel

it('parts gains into steps with round ends', () => {
  expect(stepsOf([100, 1230, 2540, 5170, 9990, 20000])).toEqual([1200, 2500, 5200, 10000])
  expect(stepsOf([])).toEqual([])
  expect(stepsOf([5, 5, 5])).toEqual([])
})

it('puts a parcel into its step, and one without gain into none', () => {
  expect([gain(null), gain(0), gain(10), gain(100), gain(999)].map((p) => stepOf(p, [100, 500]))).toEqual([-1, -1, 0, 1, 2])
})

it('parts parcels into their steps and counts them', async () => {
  const rows = [gain(null), ...Array.from({ length: 10 }, (_, i) => gain((i + 1) * 100))].map((g, i) => ({ ...g, code: String(i) }))
  const steps = await parted(rows)
  expect([steps?.ends, [...(steps?.of ?? [])].map(([, step]) => step)]).toEqual([[200, 400, 600, 800], [-1, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4]])
  expect(Object.fromEntries(steps?.counts ?? [])).toEqual({ '-1': 1, 0: 1, 1: 2, 2: 2, 3: 2, 4: 3 })
})
