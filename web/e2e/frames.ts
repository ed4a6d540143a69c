// Looks at every picture that the map draws, beside the legend that stands over it.

import type { Page } from 'playwright-core'

/** Frame is one picture: what the legend divides by, and how many pixels in the map's middle have each colour. */
export interface Frame {
  legend: 'class' | 'steps' | ''
  pixels: number[]
}

type Colour = [red: number, green: number, blue: number]

/** watchFrames keeps a Frame of each picture from now on; frames reads them. The map's canvas can be read only until the task that drew it
 * ends, so it is read right after each of the page's own callbacks for a frame. */
export function watchFrames(page: Page, colours: Colour[]): Promise<void> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-test=map] canvas')
    if (canvas === null) throw new Error('no map on the page')
    const [width, height, most] = [300, 200, 7] // the middle of the map is enough, and read in a millisecond or two
    const [x, y] = [(canvas.width - width) / 2, (canvas.height - height) / 2]
    const copy = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true })
    const seen: Frame[] = []
    const look = (): void => {
      if (copy === null) return
      copy.clearRect(0, 0, width, height)
      copy.drawImage(canvas, x, y, width, height, 0, 0, width, height)
      const { data } = copy.getImageData(0, 0, width, height)
      if (data[3] === 0) return // nothing was drawn
      const pixels = wanted.map(() => 0)
      for (let i = 0; i < data.length; i += 4) {
        const k = wanted.findIndex((c) => c.every((v, j) => Math.abs((data[i + j] ?? 0) - v) <= most))
        if (k >= 0) pixels[k] = (pixels[k] ?? 0) + 1
      }
      const entry = document.querySelector('section.legend .entry')
      seen.push({ legend: entry === null ? '' : entry.tagName === 'BUTTON' ? 'class' : 'steps', pixels })
    }
    const own = window.requestAnimationFrame.bind(window)
    window.requestAnimationFrame = (then) => own((t) => {
      then(t)
      look()
    })
    Object.assign(window, { frames_seen: seen, frames_end: () => (window.requestAnimationFrame = own) })
  }, colours)
}

/** frames ends the watch and gives what was seen. */
export function frames(page: Page): Promise<Frame[]> {
  return page.evaluate(() => {
    const w = window as unknown as { frames_seen: Frame[]; frames_end: () => void }
    w.frames_end()
    return w.frames_seen
  })
}
