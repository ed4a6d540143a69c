import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, base, launch, signIn, tokens, visit, type Visit } from './browser'

interface Land {
  total: number
  types: { type: string; count: number }[]
  rows: { code: string; type: string }[]
}
interface Idle {
  rows: { code: string; type: string; days_left: number | null; fee_wan?: number | null }[]
}

let browser: Browser

async function open(token: string, hash: string): Promise<Visit> {
  const v = await visit(browser)
  await v.page.goto(`${base}/#${hash}`)
  await signIn(v.page, token)
  return v
}

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

it('counts suspicions by type as the API does, keeps one type in the link and paints it', async () => {
  const land = await ask<Land>('/api/v1/land?limit=10000', tokens.viewer)
  const v = await open(tokens.viewer, 'page=idle')
  for (const x of land.types) expect(await v.page.locator(`[data-type=${x.type}]`).innerText()).toMatch(new RegExp(`${x.count}$`))
  await v.page.click('[data-type=idle_stalled]')
  const stalled = land.rows.filter((r) => r.type === 'idle_stalled')
  await v.page.locator('[data-test=page-count]', { hasText: `${stalled.length} 条` }).waitFor()
  expect(v.page.url()).toContain('my-type=idle_stalled')
  expect(await v.page.locator('[data-test=overlay-legend]').innerText()).toContain(`${new Set(stalled.map((r) => r.code)).size} 宗`)
  expect([v.faults, v.foreign]).toEqual([[], []])
  await v.context.close()
})

it('shows the clock of order 53, its fee to analysts alone, and leads to a case', async () => {
  const idle = await ask<Idle>('/api/v1/idle?limit=10000', tokens.analyst)
  const row = idle.rows.find((r) => r.type === 'unstarted' && r.days_left !== null && typeof r.fee_wan === 'number')
  const hash = `page=idle&my-open=${row?.code}.idle_unstarted`
  const analyst = await open(tokens.analyst, hash)
  const pane = analyst.page.locator('[data-test=finding]')
  await pane.locator('[data-test=parcel-cases]').waitFor()
  const said = await pane.innerText()
  expect(said).toContain(`还有 ${row?.days_left} 天`)
  expect(said).toContain(`闲置费估算 ${row?.fee_wan?.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}`)
  expect(said).toContain('国土资源部令第53号')
  expect(analyst.faults).toEqual([])
  await analyst.context.close()
  const viewer = await open(tokens.viewer, hash)
  const seen = await viewer.page.locator('[data-test=finding]').innerText()
  expect(seen).toContain(`还有 ${row?.days_left} 天`)
  expect(seen).not.toContain('闲置费')
  expect(await viewer.page.locator('[data-test=parcel-cases]').count()).toBe(0)
  expect(viewer.faults).toEqual([])
  await viewer.context.close()
})
