// Measures how long a reader waits for the map on a cold start of the page, until it has drawn everything in sight: node dev/paint.mjs,
// with BASE_URL of a running server and a sign-in as MUCHAN_TOKEN_ANALYST, or none for the public. For a quiet machine, not for CI.

import { chromium } from 'playwright-core'

const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080'
const token = process.env.MUCHAN_TOKEN_ANALYST ?? ''
const rounds = Number(process.env.ROUNDS ?? 5)

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
})

async function cookie() {
  const answer = await fetch(`${base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })
  const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=')
  return { name, value, url: base }
}

const times = []
for (let i = 0; i < rounds; i++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  if (token !== '') await context.addCookies([await cookie()])
  const page = await context.newPage()
  const begun = performance.now()
  await page.goto(base, { waitUntil: 'commit' })
  await page.waitForSelector('[data-test=map][data-idle=true]', { timeout: 60_000 })
  times.push(performance.now() - begun)
  await context.close()
}
await browser.close()
times.sort((a, b) => a - b)
console.log(`first whole map: median ${times[Math.floor(rounds / 2)].toFixed(0)} ms, slowest ${times.at(-1).toFixed(0)} ms of ${rounds}`)
