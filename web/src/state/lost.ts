// Parts of the page are fetched when they are wanted. That can fail hours after the page was opened.

import { computed, defineAsyncComponent, shallowReactive, type Component } from 'vue'

const missing = shallowReactive(new Set<object>())

/** lost is true while a part cannot be fetched: the network failed, or the server has been updated and holds another page. */
export const lost = computed(() => missing.size > 0)

const firstWaitMs = 1500
const longestWaitMs = 60_000

/** fetched fetches a part, again and again while that fails, ever more seldom; it fails when nobody wants the part any more. */
export async function fetched<T>(part: () => Promise<T>, wanted: () => boolean = () => true): Promise<T> {
  const me = {}
  try {
    for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
      try {
        return await part()
      } catch (e) {
        if (!wanted()) throw e
        missing.add(me)
        await new Promise((done) => setTimeout(done, wait))
      }
    }
  } finally {
    missing.delete(me)
  }
}

/** part is a component whose code is fetched when it is first shown. */
export function part<C extends Component>(load: () => Promise<{ default: C }>, delay = 200): C {
  return defineAsyncComponent<C>({ loader: () => fetched(load), delay })
}
