import { shallowReactive } from 'vue'
import { Problem } from '@/api/problem'

/** Loader holds one thing read from the server. What was read before stays visible while the next is on its way. */
export interface Loader<A extends unknown[], T> {
  data: T | null
  problem: Problem | null
  busy: boolean
  load(...args: A): Promise<void>
  clear(): void
}

/** loader wraps a reading function; a newer load abandons the older one, whose answer never arrives. */
export function loader<A extends unknown[], T>(read: (signal: AbortSignal, ...args: A) => Promise<T>): Loader<A, T> {
  let current: AbortController | null = null
  const state: Loader<A, T> = shallowReactive({
    data: null,
    problem: null,
    busy: false,
    async load(...args: A) {
      current?.abort()
      const mine = (current = new AbortController())
      state.busy = true
      try {
        const data = await read(mine.signal, ...args)
        if (current === mine) Object.assign(state, { data, problem: null })
      } catch (cause) {
        if (current === mine) state.problem = cause instanceof Problem ? cause : new Problem(0, String(cause))
      } finally {
        if (current === mine) state.busy = false
      }
    },
    clear() {
      current?.abort()
      current = null
      Object.assign(state, { data: null, problem: null, busy: false })
    },
  })
  return state
}
