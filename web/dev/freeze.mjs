// Measures how long the page keeps a reader waiting who works in a large zone: the longest tasks of the page's own thread while it opens,
// sorts, colours, filters, searches, moves the map and changes pages. What a task computes is the page's; what it takes by the clock
// beyond that is waiting for the machine, above all for WebGL in software. node dev/freeze.mjs, with BASE_URL of a server over a zone of 10^5
// parcels (muchan gen) and a sign-in as MUCHAN_TOKEN_ANALYST. For a quiet machine, not for CI.

import { chromium } from 'playwright-core'

const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080'
const token = process.env.MUCHAN_TOKEN_ANALYST ?? ''

/** No task shall compute longer. */
const limitMs = 100

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup'],
})
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'zh-CN' })
const answer = await fetch(`${base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })
const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=')
await context.addCookies([{ name, value, url: base }])
const page = await context.newPage()
/** quiet waits until the page has nothing to do. */
async function quiet() {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true], .el-skeleton') === null, undefined, { timeout: 240_000 })
  if (await page.locator('[data-test=map]').isVisible()) await page.waitForSelector('[data-test=map][data-idle=true]', { timeout: 240_000 })
  await page.waitForTimeout(1200)
}

/** tasksOf lists the tasks of the page's own thread in a trace: how long each took, how long it had a processor, and what it was. */
function tasksOf(trace) {
  const { traceEvents: all } = JSON.parse(trace)
  const main = new Set(all.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => `${e.pid}.${e.tid}`))
  const timed = all.filter((e) => e.ph === 'X' && main.has(`${e.pid}.${e.tid}`))
  const within = (e) => timed.filter((x) => x.tid === e.tid && x.pid === e.pid && x.ts >= e.ts && x.ts + x.dur <= e.ts + e.dur && !x.name.endsWith('RunTask') && x.dur > e.dur / 4)
  const what = (e) => [...new Set(within(e).sort((a, b) => b.dur - a.dur).map((x) => x.name))].slice(0, 4).join(' > ')
  // A task that runs another is in the trace twice.
  const outer = timed.filter((e) => e.name.endsWith('RunTask')).sort((a, b) => a.ts - b.ts || b.dur - a.dur)
  const ends = new Map()
  const tasks = outer.filter((e) => {
    const thread = `${e.pid}.${e.tid}`
    if (e.ts < (ends.get(thread) ?? 0)) return false
    ends.set(thread, e.ts + e.dur)
    return true
  })
  return tasks.map((e) => ({ wall: e.dur / 1000, busy: (e.tdur ?? e.dur) / 1000, what: () => what(e) }))
}

/** timed does something, waits until the page is quiet, and says the longest tasks by the time they computed, and by the clock. */
async function timed(what, act) {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'gpu', 'v8'] })
  await act()
  await quiet()
  const tasks = tasksOf((await browser.stopTracing()).toString())
  const longest = (by) => tasks.map((x) => Math.round(x[by])).sort((a, b) => b - a).slice(0, 5).join(' ')
  console.log(`${what.padEnd(34)} computing ${longest('busy').padEnd(26)} by the clock ${longest('wall')} ms`)
  for (const task of tasks.filter((x) => x.busy > limitMs)) console.log(`    ${task.busy.toFixed(0)} of ${task.wall.toFixed(0)} ms: ${task.what()}`)
}

const sort = (title) => page.locator('[data-test=table] [role=columnheader] button', { hasText: title }).first().click()
const turn = (to) => page.click(`[data-test=rail] [data-page=${to}]`)

await timed('open', async () => {
  await page.goto(base)
  await page.waitForSelector('[data-test=table] [data-code]', { timeout: 240_000 })
})
console.log('rows', await page.textContent('[data-test=count]'))
await timed('sort by firm', () => sort('主要企业'))
await timed('sort by firm, down', () => sort('主要企业'))
await timed('sort by code', () => sort('宗地代码'))
await timed('sort by floor-area ratio', () => sort('容积率'))
await timed('classes: only A', () => page.locator('.classes button').first().click())
await timed('all classes', () => page.locator('.classes button').first().click())
await timed('only what is in view', () => page.click('[data-test=in-view]'))
await timed('zoom in', () => page.mouse.move(700, 300).then(() => page.mouse.wheel(0, -400)))
await timed('drag the map', async () => {
  await page.mouse.down()
  await page.mouse.move(500, 220, { steps: 8 })
  await page.mouse.up()
})
await timed('all again', () => page.click('[data-test=in-view]'))
for (const [title, breaks] of [['tax_wan_mu', 'equal'], ['far', ''], ['class', '']]) {
  await timed(`colour by ${title} ${breaks}`, () => page.evaluate(([m, b]) => (location.hash = `metric=${m}${b ? `&breaks=${b}` : ''}`), [title, breaks]))
}
await timed('search', () => page.locator('[data-test=search]').first().pressSequentially('演示纺织', { delay: 120 }))
await timed('clear the search', () => page.locator('[data-test=search]').first().fill(''))
await timed('columns', () => page.click('[data-test=columns]'))
for (const to of ['exit', 'idle', 'potential', 'cockpit', 'quality', 'firm', 'policy', 'map']) await timed(`page ${to}`, () => turn(to))
await browser.close()
