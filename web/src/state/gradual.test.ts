import { effectScope, nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import { pause } from '@/map/slices'
import { gradual, timely } from './gradual'

it('makes little at once, and not again of the same', async () => {
  const [n, other] = [ref(2), ref(0)]
  let made = 0
  const twice = gradual(() => [n.value, other.value > 5], 0, ([v]) => Promise.resolve(++made && v * 2))
  await nextTick()
  expect(twice.value).toBe(4)
  other.value = 1
  await nextTick()
  n.value = 3
  await nextTick()
  await nextTick()
  expect([twice.value, made]).toEqual([6, 2])
})

it('keeps what was made until something newer is, and ends the work on what is not wanted', async () => {
  const up = ref(1)
  const steps: number[] = []
  const last = gradual(() => [up.value], 0, async ([v], gone) => {
    for (let i = 0; i < 3; i++) {
      steps.push(v)
      await pause()
      if (gone()) return null
    }
    return v
  })
  await nextTick()
  up.value = 2
  await nextTick()
  expect(last.value).toBe(0)
  await expect.poll(() => last.value).toBe(2)
  expect(steps.filter((v) => v === 1).length).toBeLessThan(3)
})

it('ends the work when the part of the page that asked is left', async () => {
  const scope = effectScope()
  let steps = 0
  scope.run(() =>
    gradual(() => [1], 0, async (_, gone) => {
      while (!gone() && steps < 50) {
        steps++
        await pause()
      }
      return null
    }),
  )
  await pause()
  scope.stop()
  const then = steps
  await new Promise((done) => setTimeout(done, 30))
  expect(steps).toBeLessThan(then + 2)
})

it('has nothing to show of a choice until that is made, and nothing of the one before', async () => {
  const [up, other] = [ref(1), ref(0)]
  const rows = timely(() => [up.value, other.value > 5], async ([v], gone) => {
    await pause()
    return gone() ? null : [v, v]
  })
  expect(rows.value).toBeNull()
  await expect.poll(() => rows.value).toEqual([1, 1])
  up.value = 2
  expect(rows.value).toBeNull()
  await expect.poll(() => rows.value).toEqual([2, 2])
  other.value = 1 // which changes no part
  expect(rows.value).toEqual([2, 2])
})
