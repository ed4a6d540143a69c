// Measures how long a reader waits in the policy page from the move of a slider until Sankey and map show what it would do: node
// dev/whatif.mjs, with BASE_URL of a server over a zone of 10^4 parcels (muchan gen) and a sign-in as MUCHAN_TOKEN_ANALYST. For a quiet
// machine, not for CI.

import { chromium } from 'playwright-core'

const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080'
const token = process.env.MUCHAN_TOKEN_ANALYST ?? ''
const moves = Number(process.env.MOVES ?? 12)

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
})
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'zh-CN' })
const answer = await fetch(`${base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })
const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=')
await context.addCookies([{ name, value, url: base }])
const page = await context.newPage()
await page.goto(`${base}/#page=policy`)
await page.waitForSelector('[data-path$="I1.weight"] input[type=range]', { timeout: 120_000 })
await page.waitForSelector('[data-test=map][data-idle=true]', { timeout: 120_000 })
await page.waitForSelector('.results[aria-busy=false]')

/** moved puts the slider to a value and waits until the frame is done in which everything is drawn: the map is told its parcels' colours in the
 * task after the answer's, and draws them with the next frame. */
const moved = (to) =>
  page.evaluate(
    ([to]) =>
      new Promise((done) => {
        const slider = document.querySelector('[data-path$="I1.weight"] input[type=range]')
        const took = document.querySelector('[data-test=took]')
        const begun = performance.now()
        const seen = new MutationObserver(() => {
          if (document.querySelector('.results').getAttribute('aria-busy') !== 'false') return
          seen.disconnect()
          setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done({ all: performance.now() - begun, server: Number(took.dataset.ms) }))))
        })
        seen.observe(document.querySelector('.results'), { attributes: true, attributeFilter: ['aria-busy'] })
        slider.value = String(to)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        slider.dispatchEvent(new Event('change', { bubbles: true }))
      }),
    [to],
  )

const times = []
for (let i = 0; i < moves; i++) {
  times.push(await moved(20 + ((i * 7) % 50)))
  await page.waitForTimeout(500)
}
await browser.close()
const all = times.map((t) => t.all).sort((a, b) => a - b)
const answered = times.map((t) => t.server).sort((a, b) => a - b)
const middle = Math.floor(moves / 2)
console.log(`slider to picture: median ${all[middle].toFixed(0)} ms, slowest ${all.at(-1).toFixed(0)} ms of ${moves}; until the answer was read: median ${answered[middle]} ms`)
