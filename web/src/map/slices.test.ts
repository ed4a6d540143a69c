import { expect, it } from 'vitest'
import { inSlices } from './slices'

/** spin keeps the processor so long. */
function spin(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

it('takes every step once and in order, and lets others in between', async () => {
  const seen: number[] = []
  let others = 0
  const timer = setInterval(() => others++, 0)
  const whole = await inSlices(2000, (i) => (seen.push(i), spin(0.03), false))
  clearInterval(timer)
  expect(whole).toBe(true)
  expect(seen).toEqual(Array.from({ length: 2000 }, (_, i) => i))
  expect(others).toBeGreaterThan(0)
})

it('ends at the step that says so', async () => {
  let last = -1
  expect(await inSlices(1000, (i) => ((last = i), i === 7))).toBe(true)
  expect(last).toBe(7)
})

it('gives up work that nobody wants any more', async () => {
  let steps = 0
  expect(await inSlices(100_000, () => (steps++, spin(0.05), false), () => true)).toBe(false)
  expect(steps).toBeLessThan(1000)
})
