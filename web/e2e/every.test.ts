// Every page of the rail, for every kind of reader: opened by its button and by its link, in both languages, without a finding of
// axe-core that is serious, an error in the console, a request to another host. A page that is added to the rail is in here.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, base, cookieOf, launch, tokens, visit, type Visit } from './browser'

declare global {
  interface Window {
    axe: { run(context?: unknown, options?: unknown): Promise<AxeResults> }
  }
}

// An analyst has the pages and fields of an admin, less the data desk.
const readers = (['public', 'viewer', 'admin'] as const).filter((r) => r === 'public' || tokens[r] !== '')
let browser: Browser
let axe: string

beforeAll(async () => {
  browser = await launch()
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})
afterAll(() => browser.close())

/** still waits until a page has read what it shows: nothing is asked for, and no skeleton stands in for what comes. */
async function still(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('.el-skeleton, .opening') === null, undefined, { timeout: 30_000 })
}

/** findings lists what axe-core calls serious or critical. The map's canvas and the charts' are pictures with a table beside them. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  return result.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.any[0]?.message ?? n.failureSummary ?? ''}`))
}

/** where says which page is on show and whether anything scrolls that should not. */
const where = (page: Page) =>
  page.evaluate(() => ({
    page: document.querySelector('[data-page].work')?.getAttribute('data-page') ?? '',
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    taller: document.documentElement.scrollHeight - document.documentElement.clientHeight,
  }))

/** pagesOf lists the rail; without one there is the map alone. */
async function pagesOf(page: Page): Promise<string[]> {
  const names = await page.locator('[data-test=rail] [data-page]').evaluateAll((all) => all.map((b) => b.getAttribute('data-page') ?? ''))
  return names.length === 0 ? ['map'] : names
}

describe.each(readers)('the pages of %s', (reader) => {
  let v: Visit
  const open = async (hash: string) => {
    await v.page.goto('about:blank')
    await v.page.goto(`${base}/${hash}`)
    await v.page.waitForSelector('main[data-page]')
    await still(v.page)
  }

  beforeAll(async () => {
    v = await visit(browser)
    if (reader !== 'public') await v.context.addCookies([await cookieOf(tokens[reader])])
    await open('')
  })
  afterAll(() => v.context.close())

  it('open from the rail, with the keyboard, and none has a serious finding', async () => {
    const seen: Record<string, string[]> = {}
    for (const name of await pagesOf(v.page)) {
      const button = v.page.locator(`[data-test=rail] [data-page="${name}"]`)
      if ((await button.count()) > 0) {
        await button.focus()
        await v.page.keyboard.press('Enter')
      }
      await v.page.waitForSelector(`main[data-page="${name}"]`)
      await still(v.page)
      expect(await where(v.page), name).toEqual({ page: name, wider: 0, taller: 0 })
      const found = await findings(v.page)
      if (found.length > 0) seen[name] = found
    }
    expect(seen).toEqual({})
  })

  // A viewer has no page that an admin has not.
  it.runIf(reader === 'public' || reader === 'admin')('open by a link, in English without Chinese controls, on the small screen of a bureau’s notebook', async () => {
    const left: Record<string, string[]> = {}
    await v.page.setViewportSize({ width: 1366, height: 768 })
    await open('#lang=en')
    for (const name of await pagesOf(v.page)) {
      await v.page.evaluate((hash) => (window.location.hash = hash), `page=${name}&lang=en`)
      await v.page.waitForSelector(`main[data-page="${name}"]`)
      await still(v.page)
      expect(await v.page.getAttribute('html', 'lang')).toBe('en')
      expect(await where(v.page), name).toEqual({ page: name, wider: 0, taller: 0 })
      const words = await v.page.locator('main button, main h2, main th, main label, main [role=columnheader], [data-test=rail]').allInnerTexts()
      // Names and values of the data may be Chinese; a whole control that is, is a sentence somebody forgot.
      const chinese = words.map((w) => w.trim()).filter((w) => /^[\u4e00-\u9fff（）、，：\s]+$/.test(w) && !names.has(w))
      if (chinese.length > 0) left[name] = [...new Set(chinese)].slice(0, 8)
    }
    expect(left).toEqual({})
  })

  it('left the console free of errors and asked no other host', () => {
    expect(v.faults).toEqual([])
    expect(v.foreign).toEqual([])
  })
})

/** names are what the data itself calls things: they stay Chinese in English. */
const names = new Set<string>()
beforeAll(async () => {
  const meta = await ask<{ parks: { name: string }[] }>('/api/v1/meta')
  for (const p of meta.parks) names.add(p.name)
  const { rows } = await ask<{ rows: Record<string, unknown>[] }>('/api/v1/scores?limit=10000', tokens.analyst)
  for (const r of rows) for (const value of Object.values(r)) if (typeof value === 'string') names.add(value)
})

describe('on a phone', () => {
  it.each(['', 'parcel'])('the map is usable%s', async (what) => {
    const v = await visit(browser)
    await v.context.addCookies([await cookieOf(tokens.analyst)])
    await v.page.setViewportSize({ width: 390, height: 844 })
    const { rows } = await ask<{ rows: { code: string }[] }>('/api/v1/scores?limit=1', tokens.analyst)
    await v.page.goto(`${base}/#${what === 'parcel' ? `parcel=${rows[0]?.code}` : ''}`)
    await v.page.waitForSelector(what === 'parcel' ? '[data-test=dossier][data-code] [data-field]' : '[data-test=map]')
    await still(v.page)
    expect(await v.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    const box = await v.page.locator('[data-test=map]').boundingBox()
    expect(box?.height).toBeGreaterThan(200)
    expect(await findings(v.page)).toEqual([])
    expect(v.faults).toEqual([])
    await v.context.close()
  })
})
