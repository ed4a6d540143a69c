// Measures how long a reader waits for the map on a cold start of the page, until its parcels can be seen, and until everything in sight is
// drawn and counted: node dev/paint.mjs, with BASE_URL of a running server and a sign-in as MUCHAN_TOKEN_ANALYST, or none for the public. The
// browser's own windows are open before, and it draws without a graphics card, which says more about the machine than about the page:
// beside the clock stands the time that the page's process and the drawing had a processor. For a quiet machine, not for CI.

import { chromium } from 'playwright-core'

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
  const answer = await fetch(`${base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })
  const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=')
  return { name, value, url: base }
}

const seen = [], whole = [], page = [], drawing = []
for (let i = 0; i < rounds; i++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  if (token !== '') await context.addCookies([await cookie()])
  const tab = await context.newPage()
  await tab.waitForTimeout(1000)
  const before = await used()
  const begun = performance.now()
  await tab.goto(base, { waitUntil: 'commit' })
  await tab.waitForSelector('[data-test=map][data-painted=true]', { timeout: 60_000 })
  seen.push(performance.now() - begun)
  await tab.waitForSelector('[data-test=map][data-idle=true]', { timeout: 60_000 })
  whole.push(performance.now() - begun)
  const after = await used()
  page.push(1000 * (after('renderer') - before('renderer')))
  drawing.push(1000 * (after('GPU') - before('GPU')))
  await context.close()
}
await browser.close()

const middle = (times) => [...times].sort((a, b) => a - b)[Math.floor(rounds / 2)].toFixed(0)
console.log(`parcels on the map: median ${middle(seen)} ms, slowest ${Math.max(...seen).toFixed(0)} ms of ${rounds}; all drawn and counted: median ${middle(whole)} ms`)
console.log(`processor time until then: page ${middle(page)} ms, drawing in software ${middle(drawing)} ms`)
