// A Chromium that draws WebGL in software, and the few things every browser test does.

import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

function need(name: string): string {
  const v = process.env[name]
  if (v === undefined || v === '') throw new Error(`${name} is not set: start the server and pass its address as BASE_URL and its tokens`)
  return v
}

export const base = need('MUCHAN_BASE_URL').replace(/\/$/, '')
export const tokens = { public: '', analyst: need('MUCHAN_TOKEN_ANALYST'), viewer: process.env.MUCHAN_TOKEN_VIEWER ?? '', admin: process.env.MUCHAN_TOKEN_ADMIN ?? '' }

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  })
}

/** Visit is one reader's window and everything it did wrong. */
export interface Visit {
  context: BrowserContext
  page: Page
  faults: string[] // console errors, uncaught exceptions, violations of the content security policy
  foreign: string[] // requests that left our origin
  bodies: Map<string, Buffer> // answers of /api and /tiles by address
}

export async function visit(browser: Browser): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'zh-CN' })
  const page = await context.newPage()
  const v: Visit = { context, page, faults: [], foreign: [], bodies: new Map() }
  page.on('console', (m) => m.type() === 'error' && v.faults.push(m.text()))
  page.on('pageerror', (e) => v.faults.push(e.message))
  context.on('request', (r) => {
    const url = new URL(r.url())
    if (url.origin !== new URL(base).origin && url.protocol !== 'data:') v.foreign.push(r.url())
  })
  context.on('response', async (r) => {
    if (!/\/(api|tiles)\//.test(r.url()) || r.status() !== 200) return
    const body = await r.body().catch(() => null)
    if (body !== null) v.bodies.set(r.url(), body)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`CSP ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))
  })
  return v
}

/** First pictures: when the map said that it is painted, and when it made what draws edges of areas, lines and letters, in ms. */
export type Firsts = Partial<Record<'painted' | 'edges' | 'lines' | 'letters', number>>

/** watchFirsts keeps the time of each in the pages that are opened from now on; firsts reads them. */
export async function watchFirsts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const at: Record<string, number> = ((window as unknown as { firsts: object }).firsts = {})
    const note = (what: string) => (at[what] ??= performance.now())
    const { prototype } = WebGL2RenderingContext
    const own = Reflect.get(prototype, 'shaderSource')
    prototype.shaderSource = function (shader, text) {
      if (text.includes('outline_color')) note('edges')
      if (text.includes('a_pos_normal')) note('lines')
      if (text.includes('a_pos_offset')) note('letters')
      own.call(this, shader, text)
    }
    new MutationObserver(() => document.querySelector('[data-test=map][data-painted=true]') && note('painted')).observe(document, { subtree: true, attributeFilter: ['data-painted'] })
  })
}

export const firsts = (page: Page): Promise<Firsts> => page.evaluate(() => (window as unknown as { firsts: Firsts }).firsts)

/** idle waits until the map has drawn everything. */
export async function idle(page: Page): Promise<void> {
  await page.waitForTimeout(250)
  await page.waitForSelector('[data-test=map][data-idle=true]', { timeout: 60_000 })
}

export async function signIn(page: Page, token: string): Promise<void> {
  await page.click('[data-test=sign-in]')
  await page.fill('[data-test=token]', token)
  await page.click('[data-test=enter]')
  await page.waitForSelector('[data-test=table] [data-code]', { timeout: 30_000 })
  await idle(page)
}

/** cookieOf signs in without the page and gives the session's cookie. */
export async function cookieOf(token: string): Promise<{ name: string; value: string; url: string }> {
  const answer = await fetch(`${base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })
  const [name, value] = (answer.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? []
  if (!answer.ok || name === undefined || value === undefined) throw new Error(`sign-in: ${answer.status}`)
  return { name, value, url: base }
}

/** pixel says where a position lies in the window, by the map's own centre and zoom. */
export async function pixel(page: Page, [lng, lat]: [number, number]): Promise<{ x: number; y: number }> {
  const pane = page.locator('[data-test=map]')
  const [lng0, lat0, zoom] = ((await pane.getAttribute('data-centre')) ?? '').split(',').map(Number) as [number, number, number]
  const box = await pane.boundingBox()
  if (box === null) throw new Error('no map on the page')
  const size = 512 * 2 ** zoom
  const x = (v: number) => ((v + 180) / 360) * size
  const y = (v: number) => (0.5 - Math.asinh(Math.tan((v * Math.PI) / 180)) / (2 * Math.PI)) * size
  return { x: box.x + box.width / 2 + x(lng) - x(lng0), y: box.y + box.height / 2 + y(lat) - y(lat0) }
}

/** free says whether the map itself, not something lying over it, is at a place in the window. */
export function free(page: Page, p: { x: number; y: number }): Promise<boolean> {
  return page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.tagName === 'CANVAS', p)
}

export async function ask<T>(path: string, token = ''): Promise<T> {
  const answer = await fetch(base + path, token === '' ? {} : { headers: { Authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer.json() as Promise<T>
}
