// Measures how long a reader waits for the map on a cold start of the page, until its parcels can be seen, beside a page that holds nothing but
// the map (bare.mjs), and until everything in sight is drawn and counted: node dev/paint.mjs, with BASE_URL of a running server and a sign-in as MUCHAN_TOKEN_ANALYST, or none for the public. The
// browser's own windows are open before, and it draws without a graphics card, which says more about the machine than about the page:
// beside the clock stands the time that the page's process and the drawing had a processor. For a quiet machine, not for CI.

import { chromium } from 'playwright-core'
import { behind } from './bare.mjs'

const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080'
const token = process.env.MUCHAN_TOKEN_ANALYST ?? ''
const rounds = Number(process.env.ROUNDS ?? 5)

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // As a browser without a graphics card does it: WebGL in software, the page without any. The popups of its own address bar are pages too.
  args: ['--no-sandbox', '--enable-unsafe-swiftshader', '--disable-gpu-compositing', '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup'],
})
const inspector = await browser.newBrowserCDPSession()

/** used is the time in seconds that the browser's processes of a type had a processor. */
async function used() {
  const { processInfo } = await inspector.send('SystemInfo.getProcessInfo')
  return (type) => processInfo.filter((p) => p.type === type).reduce((sum, p) => sum + p.cpuTime, 0)
}

async function cookie() {
  const answer = await fetch(`${front.address}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })
  const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=')
  return { name, value, url: front.address }
}

/** The page notes itself when its parcels can be seen: whoever asks from outside is answered between two tasks. */
const note = () => {
  window.painted = new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector('[data-painted=true]') === null) return
      watch.disconnect()
      done(performance.now())
    })
    watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-painted'] })
  })
}

/** visit opens a page in a browser window of its own: how long it took, and the processor time until then. */
async function visit(path) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  if (token !== '') await context.addCookies([await cookie()])
  const tab = await context.newPage()
  await tab.addInitScript(note)
  await tab.waitForTimeout(1000)
  const before = await used()
  await tab.goto(front.address + path, { waitUntil: 'commit' })
  const seen = await tab.evaluate(() => window.painted)
  const after = await used()
  let whole = NaN
  if (path === '/') {
    await tab.waitForSelector('[data-test=map][data-idle=true]', { timeout: 60_000 })
    whole = await tab.evaluate(() => performance.now())
  }
  await context.close()
  return { seen, whole, page: 1000 * (after('renderer') - before('renderer')), drawing: 1000 * (after('GPU') - before('GPU')) }
}

const front = await behind(base)
const full = [], bare = []
for (let i = 0; i < rounds; i++) {
  bare.push(await visit('/bare/'))
  full.push(await visit('/'))
}
await browser.close()
front.close()

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(rounds / 2)]
for (const [what, times] of [['bare map', bare], ['page', full]]) {
  const of = (name) => middle(times.map((t) => t[name])).toFixed(0)
  const slowest = Math.max(...times.map((t) => t.seen)).toFixed(0)
  console.log(`${what.padEnd(8)} parcels on the map: median ${of('seen')} ms, slowest ${slowest} ms of ${rounds}; processor time until then: page ${of('page')} ms, drawing in software ${of('drawing')} ms`)
}
console.log(`page to bare map, median of the ${rounds} pairs: ${middle(full.map((t, i) => t.seen / bare[i].seen)).toFixed(2)}; all drawn and counted: median ${middle(full.map((t) => t.whole)).toFixed(0)} ms`)
