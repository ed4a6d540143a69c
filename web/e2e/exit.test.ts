import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, base, idle, launch, signIn, tokens, visit, type Visit } from './browser'

interface Candidate {
  code: string
  rank: number
  tests: { title: string; value: number | null; failed: boolean; rule: { document?: string } }[]
}
interface CaseDoc {
  id: string
  parcel: string
  state: string
  allowed: string[]
  acts: { note: string; document: string | null }[]
}

let browser: Browser
let v: Visit
let page: Page
let list: { total: number; rows: Candidate[] }

/** go opens another state of the page as a link does. */
async function go(hash: string): Promise<void> {
  await page.goto(`${base}/#${hash}`)
  await page.reload()
}
const text = (test: string) => page.locator(`[data-test=${test}]`).innerText()

beforeAll(async () => {
  browser = await launch()
  list = await ask('/api/v1/exit-candidates', tokens.analyst)
  v = await visit(browser)
  page = v.page
  await page.goto(`${base}/#page=exit`)
  await signIn(page, tokens.analyst)
})
afterAll(() => browser?.close())

describe('exit candidates', () => {
  it('lists what the API lists, worst first, and explains the opened one down to rule and document', async () => {
    expect(await text('page-count')).toBe(`${list.total} 宗`)
    const first = list.rows[0] as Candidate
    await page.locator('[data-test=table]').focus()
    await page.keyboard.press('ArrowDown')
    const pane = page.locator('[data-test=verdict]')
    await pane.getByText(`第 ${first.rank} 位`).waitFor()
    const said = await pane.innerText()
    for (const x of first.tests.filter((y) => y.failed)) {
      expect(said).toContain(x.title)
      expect(said).toContain((x.value ?? 0).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }))
      expect(said).toContain(x.rule.document ?? '')
    }
    expect(page.url()).toContain(`my-open=${first.code}`)
    expect(await page.locator('[data-test=overlay-legend]').innerText()).toContain('疑似退出候选')
  })

  it('restores a filter from a link', async () => {
    const few = await ask<{ total: number }>('/api/v1/exit-candidates?group=density&min_severity=0.5', tokens.analyst)
    await go('page=exit&my-group=density&my-min=0.5')
    await page.locator('[data-test=page-count]', { hasText: `${few.total} 宗` }).waitFor()
    await page.click('[data-test=clear]')
    await page.locator('[data-test=page-count]', { hasText: `${list.total} 宗` }).waitFor()
  })

  it('says why another parcel is not on the list', async () => {
    const scores = await ask<{ rows: { code: string; exit: boolean }[] }>('/api/v1/scores?limit=10000', tokens.analyst)
    const other = scores.rows.find((r) => !r.exit)?.code ?? ''
    const verdict = await ask<{ untested: { zh: string }; tests: { title: string }[] }>(`/api/v1/exit-candidates/${other}`, tokens.analyst)
    await page.click('[data-tab=why]')
    await page.fill('[data-test=why-code]', ` ${other.slice(0, 6)} ${other.slice(6)}`)
    await page.keyboard.press('Enter')
    const pane = page.locator('[data-test=verdict]')
    await pane.getByText('不在名单上').waitFor()
    const said = await pane.innerText()
    expect(said).toContain(verdict.untested.zh)
    for (const x of verdict.tests) expect(said).toContain(x.title)
  })
})

describe('a case', () => {
  let id = ''

  let parcel = ''

  it('keeps what was typed in the dossier over the end of the session', async () => {
    const open = (await ask<{ rows: CaseDoc[] }>('/api/v1/cases?kind=exit', tokens.analyst)).rows.filter((c) => c.allowed.length > 0).map((c) => c.parcel)
    parcel = list.rows.find((r) => !open.includes(r.code))?.code ?? ''
    await go(`parcel=${parcel}`)
    await page.click('[data-test=dossier] [data-test=open-case]')
    await page.fill('[data-test=case-note]', '尚未提交')
    await v.context.clearCookies()
    await page.click('[data-test=case-submit]')
    await page.fill('[data-test=token]', tokens.analyst)
    await page.click('[data-test=enter]')
    await page.waitForSelector('[data-test=token]', { state: 'hidden' })
    expect(await page.inputValue('[data-test=case-note]')).toBe('尚未提交')
  })

  it('is opened from the list with a note, and stands on the board', async () => {
    await go(`page=exit&my-open=${parcel}`)
    await page.click('[data-test=verdict] [data-test=open-case]')
    await page.fill('[data-test=case-note]', '浏览器测试立案')
    await page.click('[data-test=case-submit]')
    await page.waitForSelector('[data-test=case][data-state=opened]')
    id = (await page.locator('.card.current').getAttribute('data-case')) ?? ''
    const kept = await ask<CaseDoc>(`/api/v1/cases/${id}`, tokens.analyst)
    expect([kept.parcel, kept.acts[0]?.note]).toEqual([parcel, '浏览器测试立案'])
  })

  it('shows a refusal at the form and keeps what was typed', async () => {
    await page.check('[data-act=warn]')
    await page.fill('[data-test=act-note]', '送达预警')
    await page.fill('[data-test=act-on]', '2099-01-01')
    await page.click('[data-test=act-submit]')
    await page.locator('[data-test=refusal]', { hasText: '不能晚于今天' }).waitFor()
    expect(await page.inputValue('[data-test=act-note]')).toBe('送达预警')
  })

  it('keeps what was typed over the end of the session', async () => {
    await v.context.clearCookies()
    await page.fill('[data-test=act-on]', '')
    await page.click('[data-test=act-submit]')
    await page.fill('[data-test=token]', tokens.analyst)
    await page.click('[data-test=enter]')
    await page.waitForSelector('[data-test=token]', { state: 'hidden' })
    expect(await page.inputValue('[data-test=act-note]')).toBe('送达预警')
    expect(await page.locator('[data-test=case]').getAttribute('data-state')).toBe('opened')
  })

  it('goes on by the next act, and the card moves', async () => {
    await page.fill('[data-test=act-document]', '演示〔2026〕1号')
    await page.click('[data-test=act-submit]')
    await page.waitForSelector('[data-test=case][data-state=warned]')
    await page.waitForSelector(`[data-state=warned] [data-case="${id}"]`)
    expect((await ask<CaseDoc>(`/api/v1/cases/${id}`, tokens.analyst)).acts[1]?.document).toBe('演示〔2026〕1号')
    expect(await page.inputValue('[data-test=act-note]')).toBe('')
  })

  it('gives the focus back to its card, from which arrow keys and Enter go on', async () => {
    await page.keyboard.press('Escape')
    await page.waitForSelector('[data-test=case]', { state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-case'))).toBe(id)
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-test=case][data-state=warned]')
  })

  it('is saved with the board, a line for each card', async () => {
    const all = await ask<{ total: number }>('/api/v1/cases', tokens.analyst)
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=save-csv]')])
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split(/\r?\n/)
    expect(lines.length - 1).toBe(all.total)
    expect(lines.find((l) => l.startsWith(id))).toContain(parcel)
  })

  it('is restored by its link, in English too', async () => {
    await go(`page=exit&lang=en&my-tab=cases&my-open=${id}`)
    await page.locator('[data-test=case]', { hasText: 'Evidence' }).waitFor()
    expect(await text('case')).toContain('Frozen when opened')
  })

  it('left no fault behind but the refusals that were asked for', () => {
    expect(v.faults.filter((f) => !/status of (401|422)/.test(f))).toEqual([])
    expect(v.foreign).toEqual([])
  })
})

it('shows a viewer neither the page nor its entry', async () => {
  const other = await visit(browser)
  await other.page.goto(`${base}/#page=exit`)
  await signIn(other.page, tokens.viewer)
  await idle(other.page)
  expect(await other.page.locator('[data-page=exit]').count()).toBe(0)
  expect(other.faults).toEqual([])
  await other.context.close()
})
