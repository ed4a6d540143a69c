import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type * as DrawnModule from './drawn'

let state: typeof DrawnModule
beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
  vi.resetModules()
  state = await import('./drawn')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const ends = (wait: Promise<void>) => {
  const ended = vi.fn()
  void wait.then(ended)
  return ended
}

it('lets the rest of the page come when the map can be seen', async () => {
  const ended = ends(state.afterMap())
  await vi.advanceTimersByTimeAsync(500)
  expect(ended).not.toHaveBeenCalled()
  state.drawn.value = true
  await vi.advanceTimersByTimeAsync(0)
  expect(ended).toHaveBeenCalled()
})

it('lets it come all the same when no map ever is', async () => {
  const ended = ends(state.afterMap())
  await vi.advanceTimersByTimeAsync(1990)
  expect(ended).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(20)
  expect(ended).toHaveBeenCalled()
  const later = ends(state.afterMap())
  await vi.advanceTimersByTimeAsync(0)
  expect(later).toHaveBeenCalled()
})
