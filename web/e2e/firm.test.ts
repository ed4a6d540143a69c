import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, base, launch, signIn, tokens, visit, type Visit } from './browser'

interface Firm {
  uscc: string
  name: string
  points: number
  rule: { title: string } | null
  indicators: { points: number | null }[]
  land: { code: string }[]
}

let browser: Browser
let v: Visit
let page: Page
let firms: { total: number; rows: { uscc: string; name: string }[] }
const one = (n: number) => n.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

beforeAll(async () => {
  browser = await launch()
  firms = await ask('/api/v1/firms?sort=-points&cohort=above_scale&limit=10', tokens.analyst)
  v = await visit(browser)
  page = v.page
  await page.goto(base)
  await signIn(page, tokens.analyst)
})
afterAll(() => browser?.close())

it('finds a firm by its code and adds its points up to the API’s total', async () => {
  const firm = await ask<Firm>(`/api/v1/firms/${firms.rows[2]?.uscc}`, tokens.analyst)
  await page.click('[data-page=firm]')
  await page.fill('[data-test=firm-search]', firm.uscc)
  await page.locator('[data-test=page-count]', { hasText: /^1 家$/ }).waitFor()
  await page.locator('[data-test=table]').focus()
  await page.keyboard.press('ArrowDown')
  await page.waitForSelector(`[data-test=firm][data-uscc="${firm.uscc}"]`)
  expect(await page.locator('[data-test=firm-points]').innerText()).toBe(one(firm.points))
  const bars = await page.locator('[data-test=firm] figure').first().locator('table tbody tr').allTextContents()
  expect(bars).toHaveLength(firm.indicators.filter((i) => i.points !== null).length + 1 + Number(Math.abs(firm.indicators.reduce((s, i) => s + (i.points ?? 0), 0) - firm.points) > 1e-6))
  expect(bars.at(-1)).toContain(one(firm.points))
  expect(page.url()).toContain(`my-open=${firm.uscc}`)
})

it('draws every year with figures, and leads to the land and back to the firm', async () => {
  const meta = await ask<{ years: number[] }>('/api/v1/meta', tokens.analyst)
  const trend = page.locator('[data-test=firm] figure').nth(1).locator('tbody tr')
  await trend.first().waitFor({ state: 'attached' })
  expect(await trend.count()).toBe(meta.years.length)
  const firm = await ask<Firm>(`/api/v1/firms/${firms.rows[2]?.uscc}`, tokens.analyst)
  await page.locator('[data-test=firm]').getByRole('button', { name: firm.land[0]?.code ?? '' }).click()
  await page.waitForSelector(`[data-test=dossier][data-code="${firm.land[0]?.code}"]`)
  const card = page.locator('[data-test=dossier] article', { hasText: firm.uscc })
  const bars = card.locator('[data-test=waterfall] li')
  if ((await bars.count()) === 0) await card.getByRole('button', { name: '指标得分' }).click()
  const gains = await bars.evaluateAll((all) => all.map((li) => Number((li as HTMLElement).dataset.points)))
  expect(gains.slice(0, -1).reduce((a, b) => a + b, 0)).toBeCloseTo(firm.points, 6)
  expect(gains.at(-1)).toBeCloseTo(firm.points, 6)
  await bars.first().locator('button').click()
  await bars.first().locator('[data-test=how]').waitFor()
  expect(await bars.first().locator('[data-test=how]').innerText()).toContain(firm.rule?.title ?? '')
  await page.locator('[data-test=firm-link]', { hasText: firm.name }).click()
  await page.waitForSelector(`[data-test=firm][data-uscc="${firm.uscc}"]`)
})

it('left no fault behind', () => expect([v.faults, v.foreign]).toEqual([[], []]))
