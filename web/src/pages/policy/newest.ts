/**
 * newest lets one piece of work run at a time. What is asked for meanwhile waits, and only the last of it is done: a slider that moves
 * faster than the server answers leaves no queue behind.
 */
export function newest<T>(work: (asked: T) => Promise<void>): (asked: T) => void {
  let busy = false
  let next: { asked: T } | null = null
  return (asked) => {
    next = { asked }
    if (busy) return
    busy = true
    void (async () => {
      while (next !== null) {
        const now: T = next.asked
        next = null
        await work(now)
      }
      busy = false
    })()
  }
}
