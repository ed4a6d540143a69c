// Work over many rows, cut so that the reader has a turn in between.

/** How long a slice may take: at sixty frames a second the page draws every 16 ms, and needs some of them for that. */
const sliceMs = 8

/** Steps between two looks at the clock. */
const stepsAtOnce = 256

/** pause ends the task at hand; what follows goes on in another, after whatever the reader did meanwhile. */
export function pause(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })
}

/**
 * inSlices takes so many steps. A step that returns true is the last; gone tells, at each pause, that nobody wants the work any more.
 * False when it was given up.
 */
export async function inSlices(count: number, step: (i: number) => boolean, gone: () => boolean = () => false): Promise<boolean> {
  let begun = performance.now()
  for (let i = 0; i < count; i++) {
    if (step(i)) return true
    if (i % stepsAtOnce !== stepsAtOnce - 1 || performance.now() - begun < sliceMs) continue
    await pause()
    if (gone()) return false
    begun = performance.now()
  }
  return true
}

/** overAll visits every item of a long list in slices; false when it was given up. */
export function overAll<T>(items: readonly T[], visit: (item: T, i: number) => void, gone?: () => boolean): Promise<boolean> {
  return inSlices(items.length, (i) => {
    visit(items[i] as T, i)
    return false
  }, gone)
}
