// What is tried, kept in the link.

import { nextTick, onScopeDispose, watch } from 'vue'
import { leaveBehind, setMore, view } from '@/state/view'

/** Writing the link keeps the browser busy for as long as a trial takes: while a slider moves, it waits until it rests for so long. */
const restsMs = 300

export interface Link {
  /** later writes once nothing has moved for a while. */
  later(): void
  /** now writes at once. */
  now(): void
  /** rested writes at once what is still waiting, also what this very task has set off. */
  rested(): Promise<void>
}

/** keptLink keeps parts of a page's state in its link. What still waits when the reader turns to another page goes into the step of the history
 * that is left, not into the page that comes; when the document goes, it is written before. */
export function keptLink(page: string, parts: () => Readonly<Record<string, string>>): Link {
  let waiting: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(waiting)
    waiting = undefined
  }
  function now(): void {
    settle()
    if (view.page === page) setMore(parts())
  }
  function later(): void {
    settle()
    waiting = setTimeout(now, restsMs)
  }
  const finish = () => waiting !== undefined && now()

  // At once: a moment later the page's own state is that of the next page.
  watch(() => view.page, (next) => {
    if (next === page || waiting === undefined) return
    settle()
    leaveBehind(page, parts())
  }, { flush: 'sync' })
  window.addEventListener('pagehide', finish)
  onScopeDispose(() => {
    settle()
    window.removeEventListener('pagehide', finish)
  })

  return {
    later,
    now,
    async rested() {
      await nextTick()
      finish()
    },
  }
}
