// The data desk: a file is looked at on the map, corrected, applied and taken back; an account is made, used and shut out; the record
// has all of it; a session that ends takes nothing that was typed; and what the public sees is what is published.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, base, cookieOf, idle, launch, tokens, visit, type Visit } from './browser'

let browser: Browser
const visits: Visit[] = []

async function enter(token: string, hash: string): Promise<Visit> {
  const v = await visit(browser)
  visits.push(v)
  if (token !== '') await v.context.addCookies([await cookieOf(token)])
  await v.page.goto(`${base}/${hash}`)
  await v.page.waitForSelector('main[data-page]')
  return v
}

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

// A square of 100 m in 清濛, in the projected system of the surveyors, without saying so; and one whose code is wrong.
const square = (x: number, y: number) => [[[x, y], [x + 100, y], [x + 100, y + 100], [x, y + 100], [x, y]]]
const feature = (code: string, x: number) => ({
  type: 'Feature', properties: { 编号: code, park: 'QM' }, geometry: { type: 'Polygon', coordinates: square(x, 2_749_088) },
})
const code = '350503001001GB99001'
const survey = JSON.stringify({ type: 'FeatureCollection', features: [feature(code, 355_445), feature('BAD', 355_645)] })

const choose = (page: Page, name: string, text: string) => page.setInputFiles('[data-test=file]', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
const state = (page: Page, want: string) => page.waitForSelector(`[data-test=preview][data-state=${want}]`)

describe.skipIf(tokens.admin === '')('the data keeper', () => {
  let v: Visit
  beforeAll(async () => {
    v = await enter(tokens.admin, '#page=import')
    await v.page.waitForSelector('[data-test=changes] [data-change]')
  })

  it('maps the columns of a survey file until it can be read', async () => {
    await choose(v.page, '测量.geojson', survey)
    await state(v.page, 'refused')
    expect(await v.page.inputValue('[data-column=park]')).toBe('park')
    await v.page.selectOption('[data-column=编号]', 'code')
    await v.page.selectOption('[data-test=set-field]', 'valid_from')
    await v.page.fill('[data-test=set-value]', '2026-01-01')
    await v.page.keyboard.press('Enter')
    await v.page.click('[data-test=skip-bad]')
    await v.page.click('[data-test=again]')
    await state(v.page, 'ready')
    const problem = v.page.locator('[data-test=problems] tbody tr').first()
    expect(await problem.innerText()).toContain('BAD')
  })

  it('cannot apply it before the assumed system is confirmed on the map', async () => {
    expect(await v.page.isDisabled('[data-test=apply-now]')).toBe(true)
    await v.page.click('[data-test=to-map]')
    await idle(v.page)
    const [lng, lat] = ((await v.page.getAttribute('[data-test=map]', 'data-centre')) ?? '').split(',').map(Number) as [number, number]
    expect(Math.abs(lng - 118.5715)).toBeLessThan(0.01)
    expect(Math.abs(lat - 24.845)).toBeLessThan(0.01)
    await v.page.click('[data-test=confirm]')
    expect(await v.page.isDisabled('[data-test=apply-now]')).toBe(false)
  })

  it('loses nothing of what was typed when the session ends, and goes on after signing in again', async () => {
    await v.page.fill('[data-test=why]', '测量补录')
    await v.context.clearCookies()
    const before = v.faults.length
    await v.page.click('[data-test=apply-now]')
    await v.page.waitForSelector('[data-test=sign-in-form]')
    await v.page.fill('[data-test=token]', tokens.admin)
    await v.page.click('[data-test=enter]')
    await v.page.waitForSelector('[data-test=sign-in-form]', { state: 'hidden' })
    v.faults.splice(before) // Chromium itself writes the refused answer to the console
    await state(v.page, 'ready')
    expect(await v.page.inputValue('[data-test=why]')).toBe('测量补录')
    expect(await v.page.isDisabled('[data-test=apply-now]')).toBe(false)
  })

  it('applies it, gets the bad row back with its reason, and undoes the change', async () => {
    await v.page.click('[data-test=apply-now]')
    await v.page.waitForSelector('[data-test=receipt]')
    const [rows] = await Promise.all([v.page.waitForEvent('download'), v.page.click('[data-test=refused-rows]')])
    expect(rows.suggestedFilename()).toContain('测量')
    const [change] = await ask<{ change: number; why: string; new: number }[]>('/api/v1/changes?limit=1', tokens.admin)
    expect(change).toMatchObject({ why: '测量补录', new: 1 })

    await v.page.click('[data-test=back]')
    await v.page.click(`[data-change="${change?.change}"] [data-test=undo]`)
    await v.page.fill('[data-test=undo-why]', '试验')
    await v.page.keyboard.press('Enter')
    await v.page.waitForSelector(`[data-test=changes] .done`)
    const [undone] = await ask<{ undoes: number; deleted: number }[]>('/api/v1/changes?limit=1', tokens.admin)
    expect(undone).toMatchObject({ undoes: change?.change, deleted: 1 })
  })

  it('adds an account, sees its token once, and shuts it out', async () => {
    const name = `试用${Date.now()}`
    await v.page.goto(`${base}/#page=accounts`)
    await v.page.click('[data-test=add]')
    await v.page.fill('[data-test=name]', name)
    await v.page.click('[data-test=save]')
    const token = await v.page.inputValue('[data-test=secret] input')
    expect((await fetch(`${base}/api/v1/summary`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200)
    await v.page.click('[data-test=kept]')
    const row = v.page.locator(`[data-account="${name}"]`)
    await row.waitFor()
    expect(await v.page.innerText('body')).not.toContain(token)
    await row.locator('[data-test=disable]').click()
    await v.page.click('[data-test=yes]')
    await expect.poll(async () => (await fetch(`${base}/api/v1/summary`, { headers: { Authorization: `Bearer ${token}` } })).status, { timeout: 10_000 }).toBe(401)

    await v.page.goto(`${base}/#page=audit&my-q=${encodeURIComponent(name)}`)
    await v.page.waitForSelector('[data-test=audit] [data-seq]')
    const acts = await v.page.locator('[data-seq]').allInnerTexts()
    expect(acts.length).toBe(2)
    expect(acts.join()).toContain('新建账号')
  })
})

describe('an analyst', () => {
  it('sees what is wrong in the store, counted as the API counts it, and where', async () => {
    const v = await enter(tokens.analyst, '#page=quality')
    const report = await ask<{ total: number; counts: { rule: string; found: number }[]; rows: { place: unknown; bbox: unknown }[] }>('/api/v1/quality?limit=1000', tokens.analyst)
    await v.page.waitForSelector('[data-test=table] [data-code]')
    expect(await v.page.innerText('[data-test=page-count]')).toContain(String(report.total))
    const rule = report.counts[0]
    await v.page.click(`[data-rule="${rule?.rule}"]`)
    await expect.poll(() => v.page.innerText('[data-test=page-count]')).toContain(String(rule?.found))
    const before = await v.page.getAttribute('[data-test=map]', 'data-centre')
    await v.page.focus('[data-test=table]')
    await v.page.keyboard.press('ArrowDown')
    await v.page.waitForSelector('[data-test=finding] dl')
    if (report.rows[0]?.place || report.rows[0]?.bbox) await expect.poll(() => v.page.getAttribute('[data-test=map]', 'data-centre'), { timeout: 30_000 }).not.toBe(before)
    await v.page.reload()
    await v.page.waitForSelector('[data-test=finding] dl')
  })
})

describe('the public', () => {
  it('reads the published sums, and a reason where one is withheld', async () => {
    const v = await enter('', '#page=figures&my-by=class')
    await v.page.waitForSelector('[data-group=A]')
    const { rows } = await ask<{ rows: { published_class: string; tax_sum_wan: { sum: number | null; suppressed?: string } }[] }>('/api/v1/aggregates?by=class')
    for (const r of rows) {
      const cell = (await v.page.innerText(`[data-group="${r.published_class}"] [data-measure=tax_sum_wan]`)).replace(/[≥,]/g, '')
      expect(cell).toBe(r.tax_sum_wan.suppressed ? '不公开' : String(r.tax_sum_wan.sum))
    }
    await v.page.click('[data-by=park]')
    await v.page.waitForSelector('[data-test=why]')
    expect(await v.page.locator('[data-test=rail] [data-page]').evaluateAll((all) => all.map((b) => b.getAttribute('data-page')))).toEqual(['map', 'figures', 'runs'])
  })
})

it('left the console free of errors and asked no other host', () => {
  expect(visits.flatMap((v) => v.faults)).toEqual([])
  expect(visits.flatMap((v) => v.foreign)).toEqual([])
})
