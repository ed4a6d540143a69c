// Parts of the page are fetched when they are wanted. That can fail hours after the page was opened.

import { ref } from 'vue'

/** lost is true while a part could not be fetched: the network failed, or the server has been updated and holds another page. */
export const lost = ref(false)

const againMs = 1500

/** fetched fetches a part, again and again while that fails; it gives up when nobody wants it any more. */
export async function fetched(part: () => Promise<unknown>, wanted: () => boolean): Promise<void> {
  for (let failed = false; wanted(); failed = true) {
    try {
      await part()
      if (failed) lost.value = false
      return
    } catch {
      lost.value = true
      await new Promise((done) => window.setTimeout(done, againMs))
    }
  }
}

// What is fetched without Later tells of its failure by this event.
window.addEventListener('vite:preloadError', () => (lost.value = true))
