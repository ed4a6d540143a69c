import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, base, idle, launch, signIn, tokens, visit, type Visit } from './browser'

let browser: Browser
let v: Visit

const headers = { Authorization: `Bearer ${tokens.analyst}`, 'Content-Type': 'application/json' }
const tell = async <T>(path: string, doc: unknown): Promise<T> => {
  const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(doc) })
  return answer.json() as Promise<T>
}

const weight = 'evaluation.cohorts.above_scale.indicators.I1.weight'
const open = (page: Page, name: string) => page.click(`[data-test=rail] [data-page=${name}]`)
const text = (selector: string) => v.page.innerText(selector)

beforeAll(async () => {
  browser = await launch()
  v = await visit(browser)
  await v.page.goto(`${base}/`)
  await idle(v.page)
  await signIn(v.page, tokens.analyst)
})
afterAll(async () => browser?.close())

describe('what-if', () => {
  interface Trial {
    firms: { moved: number }
    totals: { firm_changes: number }
  }

  it('moves classes with a slider, as the API itself says', async () => {
    await open(v.page, 'policy')
    await v.page.waitForSelector(`[data-path="${weight}"]`)
    await v.page.locator(`[data-path="${weight}"] input[type=range]`).fill('60')
    const want = await tell<Trial>('/api/v1/what-if', { patches: [{ set: 'evaluation.default', path: weight, value: '60' }], normalise: true })
    expect(want.firms.moved).toBeGreaterThan(0)
    await expect.poll(() => text('[data-test=moved]')).toBe(`${want.firms.moved}家`)
    await expect.poll(() => v.page.url()).toContain(encodeURIComponent(`evaluation.default~${weight}~60`))
    expect(await v.page.locator('[data-test=overlay-legend] li').count()).toBeGreaterThan(0)
  })

  it('shows the server’s refusal at the input that causes it, and goes on', async () => {
    const before = v.faults.length
    const bound = '[data-path="evaluation.cohorts.above_scale.bounds.A.upto"]'
    await v.page.fill(`${bound} input.exact`, '0.9')
    await v.page.keyboard.press('Tab')
    await v.page.waitForSelector(`${bound} [role=alert]`)
    expect(await text(`${bound} [role=alert]`)).toContain('分级界限重叠')
    v.faults.splice(before) // Chromium itself writes the refused answer to the console.
  })

  it('is opened again by its link and goes back to nothing', async () => {
    await expect.poll(() => v.page.url()).toContain(encodeURIComponent('bounds.A.upto~0.9'))
    await v.page.reload()
    await v.page.waitForSelector('[data-test=refused]')
    v.faults.length = 0
    await v.page.click('[data-test=reset]')
    await expect.poll(() => text('[data-test=moved]')).toBe('0家')
    await expect.poll(() => v.page.url()).not.toContain('my-p')
  })
})

it('growth: the sums of the parks are the API’s', async () => {
  const want = await ask<{ total: number; parks: { groups: { parcels: number; floor_gain_m2: number }[] }[] }>('/api/v1/potential', tokens.analyst)
  await open(v.page, 'potential')
  await v.page.waitForSelector('[data-test=park-gains] b')
  const shown = await v.page.locator('[data-test=park-gains] tbody b').allInnerTexts()
  const gains = want.parks.flatMap((p) => p.groups.filter((g) => g.parcels > 0).map((g) => Math.round(g.floor_gain_m2)))
  expect(shown.map((s) => Number(s.replaceAll(',', '')))).toEqual(gains)
  expect(await text('[data-test=page-count]')).toContain(String(want.total))
  await v.page.locator('[data-test=table]').focus()
  await v.page.keyboard.press('ArrowDown')
  await v.page.waitForSelector('[data-test=dossier][data-code]')
  await v.page.keyboard.press('Escape')
})

it('shows potential and ranking only under the year they are of', async () => {
  const { page } = v
  const years = (await ask<{ years: number[] }>('/api/v1/meta', tokens.analyst)).years
  const turn = (year: number | undefined) => page.evaluate((y) => {
    const q = new URLSearchParams(location.hash.slice(1))
    q.set('year', String(y))
    location.hash = q.toString()
  }, year)
  /** held keeps the answers of an address back until it is let go. */
  const held = async (address: string): Promise<() => void> => {
    let go = () => {}
    const gate = new Promise<void>((done) => (go = done))
    await page.route(address, async (r) => {
      await gate
      await r.continue()
    })
    return go
  }
  const legend = () => page.locator('[data-test=overlay-legend] li').count()
  await open(page, 'potential')
  await expect.poll(legend).toBeGreaterThan(0)
  const gains = await held('**/api/v1/potential?*')
  await turn(years.at(-2))
  await expect.poll(legend).toBe(0)
  expect(await page.locator('[data-test=potential] [data-test=table]').count()).toBe(0)
  gains()
  await page.waitForSelector('[data-test=potential] [data-test=table]')
  await expect.poll(legend).toBeGreaterThan(0)

  await open(page, 'map')
  const table = page.locator('[data-test=table]')
  await table.locator('[data-code]').first().waitFor()
  await expect.poll(() => page.locator('.legend .n').first().innerText()).not.toBe('–')
  const scores = await held('**/api/v1/scores?*')
  await turn(years.at(-3))
  await expect.poll(() => table.isVisible()).toBe(false)
  expect(await text('[data-test=count]')).toBe('正在载入…')
  expect(new Set(await page.locator('.legend .n').allInnerTexts())).toEqual(new Set(['–']))
  scores()
  await expect.poll(() => table.isVisible()).toBe(true)
  await expect.poll(() => page.locator('.legend .n').first().innerText()).not.toBe('–')
  await page.unrouteAll()
  await turn(years.at(-1))
})

it('matching: ranks land for a need and explains a score', async () => {
  const want = await ask<{ rows: { code: string; score: number }[] }>('/api/v1/match?need_mu=10', tokens.analyst)
  await v.page.goto(`${base}/#page=matching&my-mu=10`)
  await v.page.waitForSelector('[data-test=matches] [data-code]')
  const first = v.page.locator('[data-test=matches] [data-code]').first()
  expect(await first.getAttribute('data-code')).toBe(want.rows[0]?.code)
  expect(await first.locator('[data-test=score]').innerText()).toBe(want.rows[0]?.score.toFixed(1))
  await first.locator('button').click()
  await first.locator('table').waitFor()
  expect(await first.innerText()).toContain('合法路径')
})

it('admission: tests a project, and says what is missing in the form', async () => {
  const project = { park: 'QM', industry: '1952', land_mu: 30, tax_wan: 600 }
  const storeys = [{ floor_m2: 9000, height_m: 9 }, { floor_m2: 8000, height_m: 4.5 }, { floor_m2: 8000, height_m: 4.5 }]
  const want = await tell<{ passed: number; failed: number; unknown: number }>('/api/v1/admission', { ...project, storeys })
  await open(v.page, 'admission')
  await v.page.click('[data-test=judge]')
  expect(await text('[data-test=admission-form] [role=alert]')).toBe('必填')
  for (const [name, value] of Object.entries(project)) {
    if (name === 'park') await v.page.selectOption('[name=park]', String(value))
    else await v.page.fill(`[name=${name}]`, String(value))
  }
  for (const [i, line] of [['9000', '9', ''], ['8000', '4.5', '2']].entries()) {
    await v.page.click('[data-test=storey-add]')
    for (const [k, name] of ['floor_m2', 'height_m', 'alike'].entries()) await v.page.fill(`[name=${name}_${i}]`, line[k] ?? '')
  }
  expect(await text('[data-test=storey-sum]')).toBe('共 3 层，建筑面积 25,000 m²')
  await v.page.keyboard.press('Enter')
  await v.page.waitForSelector('[data-test=verdict]')
  const outcomes = (o: string) => v.page.locator(`[data-test=verdict] [data-outcome=${o}]`).count()
  expect([await outcomes('passed'), await outcomes('failed'), await outcomes('unknown')]).toEqual([want.passed, want.failed, want.unknown])
})

describe('runs and rules', () => {
  it('show a published run with the firms the API lists', async () => {
    const runs = await ask<{ id: string }[]>('/api/v1/runs', tokens.analyst)
    const list = await ask<{ total: number }>(`/api/v1/runs/${runs[0]?.id}/firms?limit=1`, tokens.analyst)
    await open(v.page, 'runs')
    await v.page.click(`[data-run="${runs[0]?.id}"]`)
    await v.page.waitForSelector(`[data-test=run][data-id="${runs[0]?.id}"]`)
    await expect.poll(() => text('[data-test=firm-count]')).toContain(String(list.total))
    expect(await v.page.locator('[data-test=new-draft]').count()).toBe(0)
  })

  it('show every rule set on hand, and the difference of two', async () => {
    const sets = await ask<{ id: string }[]>('/api/v1/rules?all=true&limit=1000', tokens.viewer)
    await v.page.goto(`${base}/#page=rules&my-open=exit.qingmeng&my-tab=diff`)
    await v.page.waitForSelector('[data-test=rule-diff]')
    expect(await v.page.locator('[data-set]').count()).toBe(sets.length)
    expect(await text('[data-test=rule-diff]')).toContain('检验项 · 投资强度 · 阈值')
    await v.page.click('[data-test=language]')
    await v.page.waitForSelector('text=Parameters that differ')
    await v.page.click('[data-test=language]')
  })

  it('show the texts a rule set had', async () => {
    const texts = await ask<{ hash: string }[]>('/api/v1/rules/exit.qingmeng/texts', tokens.viewer)
    await v.page.goto(`${base}/#page=rules&my-open=exit.qingmeng&my-tab=history`)
    await v.page.waitForSelector('[data-test=rule-history] [data-hash]')
    expect(await v.page.locator('[data-hash]').evaluateAll((rows) => rows.map((r) => r.getAttribute('data-hash')))).toEqual(texts.map((x) => x.hash.slice(0, 12)))
  })

  it('let the public read what was published, and no more', async () => {
    const stranger = await visit(browser)
    await stranger.page.goto(`${base}/#page=runs`)
    await stranger.page.waitForSelector('[data-test=runs] [data-run]')
    expect(await stranger.page.locator('[data-test=run]').count()).toBe(0)
    expect(await stranger.page.locator('[data-test=rail] [data-page=policy]').count()).toBe(0)
    expect([...stranger.faults, ...stranger.foreign]).toEqual([])
  })
})

it('left the console clean and stayed on our own host', () => {
  expect(v.faults).toEqual([])
  expect(v.foreign).toEqual([])
})
