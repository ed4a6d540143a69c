import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fetched, lost } from './lost'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** broken is a part that cannot be fetched so many times. */
function broken(times: number): () => Promise<string> {
  let left = times
  return () => (left-- > 0 ? Promise.reject(new Error('gone')) : Promise.resolve('part'))
}

it('fetches again until it has the part, and tells of it as long as any part is lost', async () => {
  const [soon, late] = [fetched(broken(1)), fetched(broken(3))]
  await vi.advanceTimersByTimeAsync(0)
  expect(lost.value).toBe(true)
  await vi.advanceTimersByTimeAsync(1500)
  expect(await soon).toBe('part')
  expect(lost.value).toBe(true)
  await vi.advanceTimersByTimeAsync(3000 + 6000)
  expect(await late).toBe('part')
  expect(lost.value).toBe(false)
})

it('asks ever more seldom', async () => {
  const part = vi.fn(broken(100))
  void fetched(part)
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(part.mock.calls.length).toBeLessThan(20)
})

it('gives up what nobody wants any more', async () => {
  await expect(fetched(broken(1), () => false)).rejects.toThrow('gone')
})
