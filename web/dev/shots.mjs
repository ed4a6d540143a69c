// Takes a picture of every page in the rail, for looking at, and with `--pictures` those of the README: node dev/shots.mjs OUTDIR, with
// BASE_URL and MUCHAN_TOKEN_ADMIN, MUCHAN_TOKEN_ANALYST, MUCHAN_TOKEN_VIEWER.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const forReadme = process.argv.includes('--pictures')
const out = forReadme ? join(import.meta.dirname, '../pictures') : (process.argv[2] ?? '/tmp/shots')
const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080'
const tokens = { public: '', viewer: process.env.MUCHAN_TOKEN_VIEWER, analyst: process.env.MUCHAN_TOKEN_ANALYST, admin: process.env.MUCHAN_TOKEN_ADMIN }
await mkdir(out, { recursive: true })

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
})

/** enter opens a window of a size, signed in with a token or as the public. */
async function enter(token, viewport = { width: 1440, height: 900 }) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'zh-CN' })
  if (token) {
    const answer = await fetch(`${base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })
    const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=')
    await context.addCookies([{ name, value, url: base }])
  }
  const page = await context.newPage()
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log(m.type(), m.text()))
  page.on('pageerror', (e) => console.log('pageerror', e.message))
  return page
}

/** shot opens a link and takes its picture once everything is read and the map, where it is seen, is drawn. */
async function shot(page, hash, name) {
  await page.goto('about:blank')
  await page.goto(`${base}/#${hash}`)
  await page.waitForSelector('main[data-page]')
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('.el-skeleton') === null, undefined, { timeout: 30_000 })
  if (await page.locator('[data-test=map]').isVisible()) await page.waitForSelector('[data-test=map][data-idle=true]', { timeout: 60_000 })
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(out, `${name}.png`) })
}

const { rows } = await (await fetch(`${base}/api/v1/exit-candidates?limit=1`, { headers: { Authorization: `Bearer ${tokens.analyst}` } })).json()
const parcel = rows[0].code

if (forReadme) {
  const page = await enter(tokens.analyst)
  const wanted = { map: 'park=QM', dossier: `park=QM&parcel=${parcel}`, exit: 'page=exit', cockpit: 'page=cockpit' }
  const there = await (async () => {
    await shot(page, wanted.map, 'map')
    return page.locator('[data-test=rail] [data-page]').evaluateAll((all) => all.map((b) => b.getAttribute('data-page')))
  })()
  for (const [name, hash] of Object.entries(wanted)) {
    if (name === 'dossier' || there.includes(name)) await shot(page, hash, name)
  }
} else {
  for (const [reader, token] of Object.entries(tokens)) {
    if (token === undefined) continue
    const page = await enter(token)
    await shot(page, '', `${reader}-map`)
    const names = await page.locator('[data-test=rail] [data-page]').evaluateAll((all) => all.map((b) => b.getAttribute('data-page')))
    for (const name of names.filter((n) => n !== 'map')) await shot(page, `page=${name}`, `${reader}-${name}`)
    await page.context().close() // a map that nobody looks at takes its share of the processor all the same
  }
  const analyst = await enter(tokens.analyst)
  await shot(analyst, `parcel=${parcel}`, 'dossier')
  await shot(analyst, 'lang=en&park=QM', 'english')
  await analyst.context().close()
  const phone = await enter(tokens.analyst, { width: 390, height: 844 })
  await shot(phone, 'park=QM', 'phone-map')
  await shot(phone, `parcel=${parcel}`, 'phone-dossier')
  await phone.context().close()
  const notebook = await enter(tokens.analyst, { width: 1366, height: 768 })
  await shot(notebook, 'park=QM', 'notebook-map')
}
await browser.close()
