import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, base, idle, launch, pixel, signIn, tokens, visit, type Visit } from './browser'
import { frames, watchFrames } from './frames'

interface RawRow {
  code: string
  park: string
  at: [number, number]
  land_mu: number | null
  tax_wan: number | null
  tax_wan_mu: number | null
  main_firm: string | null
  exit: boolean
}

let browser: Browser
let v: Visit
let rows: RawRow[]

const go = async (hash: string) => {
  await v.page.goto(`${base}/#${hash}`)
  await v.page.waitForSelector('[data-test=table]')
  await idle(v.page)
}
/** onGround is a colour of a parcel as it is seen: a little of the ground shines through. */
const onGround = (c: [number, number, number]) => c.map((x, i) => Math.round(0.88 * x + 0.12 * ([250, 251, 252][i] ?? 0))) as [number, number, number]

const address = () => decodeURIComponent(new URL(v.page.url()).hash)

beforeAll(async () => {
  browser = await launch()
  rows = (await ask<{ rows: RawRow[] }>('/api/v1/scores?limit=10000&park=QM', tokens.analyst)).rows
  v = await visit(browser)
  await v.page.goto(`${base}/#park=QM`)
  await idle(v.page)
  await signIn(v.page, tokens.analyst)
})

afterAll(async () => {
  await browser?.close()
})

describe('the map', () => {
  it('counts each mark as the API does, and the link keeps layer and opacity', async () => {
    const land = await ask<{ rows: { code: string; type: string }[] }>('/api/v1/land?limit=10000', tokens.analyst)
    const low = new Set(land.rows.filter((r) => /^(unfinished|low_|bad_faith)/.test(r.type)).map((r) => r.code)).size
    await v.page.click('[data-test=layers]')
    const line = v.page.locator('[data-layer=low]')
    await line.locator('.el-switch').click()
    await expect.poll(() => line.locator('small').innerText()).toBe(String(low))
    await line.locator('input[type=range]').focus()
    await v.page.keyboard.press('ArrowLeft')
    await expect.poll(address).toMatch(/show=low&dim=low-90/)
    await v.page.click('[data-test=layers]')
  })

  it('divides a metric as asked, under its own legend only, which counts what falls between the edges', async () => {
    await watchFrames(v.page, [onGround([244, 165, 130]), onGround([199, 233, 180])]) // class C, and the lowest of three steps
    await go('park=QM&metric=tax_wan_mu&breaks=at_5_20')
    const pictures = (await frames(v.page)).filter((f) => f.legend === 'steps')
    expect(Math.max(...pictures.map((f) => f.pixels[1] ?? 0))).toBeGreaterThan(200)
    expect(Math.max(...pictures.map((f) => f.pixels[0] ?? 0))).toBeLessThan(20)
    const shown = await v.page.locator('section.legend .entry .n').allInnerTexts()
    const values = rows.map((r) => r.tax_wan_mu)
    const between = (low: number, high: number) => values.filter((x) => x !== null && x >= low && x < high).length
    expect(shown.map(Number)).toEqual([between(-Infinity, 5), between(5, 20), between(20, Infinity), values.filter((x) => x === null).length])
    expect(await v.page.locator('.breaks svg[role=img] rect').count()).toBeGreaterThan(10)
  })

  it('adds up the parcels of a box that was drawn', async () => {
    await go('park=QM&tool=box')
    const at = rows.map((r) => r.at)
    const middle: [number, number] = [at.reduce((s, p) => s + p[0], 0) / at.length, at.reduce((s, p) => s + p[1], 0) / at.length]
    const from = await pixel(v.page, middle)
    const to = { x: from.x + 120, y: from.y + 90 }
    await v.page.mouse.click(from.x, from.y)
    await v.page.mouse.click(to.x, to.y)
    await v.page.waitForSelector('[data-test=area-stats]')
    await v.page.reload() // the link has the corners to the metre, and then the sums are the link's
    await v.page.waitForSelector('[data-test=area-stats]')
    const corners = (/my-points=([^&]+)/.exec(address())?.[1] ?? '').split('..').map((p) => p.split('_').map(Number) as [number, number])
    const [p, q] = corners as [[number, number], [number, number]]
    const [[w, e], [s, n]] = [[p[0], q[0]].sort((a, b) => a - b), [p[1], q[1]].sort((a, b) => a - b)] as [[number, number], [number, number]]
    const area = { type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] }
    const answer = await fetch(`${base}/api/v1/within`, { method: 'POST', headers: { Authorization: `Bearer ${tokens.analyst}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ area }) })
    const { rows: inside } = (await answer.json()) as { rows: { code: string; share: number }[] }
    const wholly = rows.filter((r) => r.at[0] > w && r.at[0] < e && r.at[1] > s && r.at[1] < n)
    expect(wholly.length).toBeGreaterThan(3)
    for (const r of wholly) expect(inside.map((x) => x.code)).toContain(r.code)
    const stats = v.page.locator('[data-test=area-stats]')
    await expect.poll(() => stats.getAttribute('data-parcels')).toBe(String(inside.length))
    expect(await stats.getAttribute('data-cut')).toBe(String(inside.filter((x) => x.share < 1).length))
    const tax = inside.reduce((sum, x) => sum + x.share * (rows.find((r) => r.code === x.code)?.tax_wan ?? 0), 0)
    expect((await stats.innerText()).replaceAll(',', '')).toContain(tax.toFixed(1))
  })

  it('measures a picked park as large as the server has drawn it', async () => {
    await go('park=QM&tool=area')
    const parks = await ask<{ rows: { code: string; name: string; drawn_km2: number }[] }>('/api/v1/parks', tokens.analyst)
    const park = parks.rows.find((x) => x.code === 'QM')
    await v.page.click('[data-test=pick-outline]')
    await v.page.keyboard.type(park?.name ?? '')
    await v.page.keyboard.press('Enter')
    const m2 = Number(await v.page.getAttribute('[data-test=area]', 'data-m2'))
    expect(Math.abs(m2 / 1e6 / (park?.drawn_km2 ?? 0) - 1)).toBeLessThan(1e-5)
  })

  it('holds two years against each other with a divider for the keyboard', async () => {
    await go('park=QM&swipe=2019&tool=time')
    const divider = v.page.locator('[data-test=divider]')
    await divider.focus()
    await v.page.keyboard.press('ArrowRight')
    expect(await divider.getAttribute('aria-valuenow')).toBe('55')
    await v.page.locator('[data-test=year-slider]').focus()
    await v.page.keyboard.press('ArrowLeft')
    await expect.poll(address).toContain('year=2024')
  })

  it('lays the map out on paper', async () => {
    await go('park=QM&tool=print')
    await v.page.evaluate(() => (window.print = () => undefined))
    await v.page.click('[data-test=print]')
    await v.page.waitForSelector('[data-test=print-sheet]', { state: 'attached' })
    expect(await v.page.getAttribute('[data-test=print-sheet] img', 'src')).toMatch(/^data:image\/png/)
    expect(await v.page.textContent('[data-test=print-sheet]')).toMatch(/比例尺 1:[\d,]+/)
  })

  it('stands buildings up, and only then may the map be tilted', async () => {
    await go('park=QM&show=solid')
    await expect.poll(address, { timeout: 10_000 }).toMatch(/at=[^&]*,50/)
    await go('park=QM')
    await expect.poll(address, { timeout: 10_000 }).not.toMatch(/,50$/)
  })
})

describe('the ranking', () => {
  it('filters by column, on the map too, and saves what it shows', async () => {
    await go('park=QM&my-where=tax_wan_mu:5:20&my-cols=code.main_firm.tax_wan_mu')
    const want = rows.filter((r) => r.tax_wan_mu !== null && r.tax_wan_mu >= 5 && r.tax_wan_mu <= 20).sort((a, b) => (b.tax_wan_mu ?? 0) - (a.tax_wan_mu ?? 0) || (a.code < b.code ? -1 : 1))
    expect(await v.page.innerText('[data-test=count]')).toContain(`${want.length} / ${rows.length}`)
    await v.page.click('[data-test=export]')
    const [file] = await Promise.all([v.page.waitForEvent('download'), v.page.click('[data-test=save-csv]')])
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split(/\r?\n/)
    expect(lines[0]?.split(',').length).toBe(3)
    expect(lines.slice(1).map((l) => l.split(',')[0])).toEqual(want.map((r) => r.code))
    const [book] = await Promise.all([v.page.waitForEvent('download'), v.page.click('[data-test=save-xlsx]')])
    expect((await readFile(await book.path())).subarray(0, 2).toString()).toBe('PK')
  })

  it('takes a column out by the menu and stands at full height', async () => {
    await v.page.click('[data-test=columns]')
    await v.page.locator('[data-column=main_firm] [type=checkbox]').click()
    await expect.poll(address).toContain('my-cols=code.tax_wan_mu')
    const before = (await v.page.locator('#ranking').boundingBox())?.height ?? 0
    await v.page.click('[data-test=high]')
    await expect.poll(async () => ((await v.page.locator('#ranking').boundingBox())?.height ?? 0) > before + 100).toBe(true)
  })
})

describe('the cockpit', () => {
  it('says the API’s own figures, each with a note for the keyboard', async () => {
    await v.page.goto(`${base}/#page=cockpit`)
    await v.page.waitForSelector('[data-test=key-figures]')
    const all = (await ask<{ all: { tax: { wan_per_mu: number } } }>('/api/v1/summary', tokens.analyst)).all
    expect(await v.page.innerText('[data-figure=tax] b')).toBe(all.tax.wan_per_mu.toFixed(2))
    await v.page.locator('[data-figure=tax] [data-test=note]').focus()
    await v.page.keyboard.press('Enter')
    expect(await v.page.innerText('[data-test=note-card]')).toMatch(/含义[\s\S]+来源[\s\S]+标准[\s\S]+更新/)
    await v.page.keyboard.press('Escape')
    expect(await v.page.locator('[data-test=note-card]').count()).toBe(0)
  })

  it('shows every target of the plan when asked, and every contradiction', async () => {
    const plan = await ask<{ total: number; contradictions: unknown[] }>('/api/v1/targets', tokens.analyst)
    await v.page.click('[data-test=targets] .switch')
    await expect.poll(() => v.page.locator('[data-target]').count()).toBe(plan.total)
    expect(await v.page.locator('[data-test=plan-notes] details').count()).toBe(plan.contradictions.length)
  })
})

describe('all of it', () => {
  it('asked no other host and left the console clean', () => {
    expect(v.foreign).toEqual([])
    expect(v.faults).toEqual([])
  })
})
