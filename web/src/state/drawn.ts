// The map comes first: what stands around it is made once it can be seen.

import { ref, watch } from 'vue'

/** Nobody waits longer than this for the rest of the page, whatever keeps the map. */
const mostMs = 2000

/** drawn is true once the map has shown its parcels for the first time, or nobody waits for it. */
export const drawn = ref(false)

/** afterMap ends when the map can be seen. */
export function afterMap(): Promise<void> {
  if (drawn.value) return Promise.resolve()
  return new Promise((done) => {
    window.setTimeout(() => (drawn.value = true), mostMs)
    watch(drawn, () => done(), { once: true })
  })
}
