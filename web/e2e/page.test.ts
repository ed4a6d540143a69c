import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, base, firsts, free, idle, launch, pixel, signIn, tokens, visit, watchFirsts, type Visit } from './browser'

interface RawRow {
  code: string
  park: string
  bbox: [number, number, number, number]
  at?: [number, number]
  tax_wan_mu: number | null
  main_firm: string | null
}

let browser: Browser
let rows: RawRow[]
const visits: Visit[] = []

async function open(hash = ''): Promise<Visit> {
  const v = await visit(browser)
  await watchFirsts(v.page)
  visits.push(v)
  await v.page.goto(`${base}/${hash}`)
  await idle(v.page)
  return v
}

const middle = (r: RawRow): [number, number] => r.at ?? [(r.bbox[0] + r.bbox[2]) / 2, (r.bbox[1] + r.bbox[3]) / 2]
const panelCode = (page: Page) => page.getAttribute('[data-test=dossier][data-code]', 'data-code')

/** aim finds a parcel with a tax figure that can be clicked on the map as it stands. */
async function aim(page: Page, park: string): Promise<{ row: RawRow; x: number; y: number }> {
  const size = page.viewportSize()
  for (const row of rows.filter((r) => r.park === park && r.tax_wan_mu !== null)) {
    const p = await pixel(page, middle(row))
    if (p.x > 0 && p.y > 0 && p.x < (size?.width ?? 0) && p.y < (size?.height ?? 0) && (await free(page, p))) return { row, ...p }
  }
  throw new Error('no parcel in sight')
}

beforeAll(async () => {
  browser = await launch()
  rows = (await ask<{ rows: RawRow[] }>('/api/v1/scores?limit=10000', tokens.analyst)).rows
})

afterAll(async () => {
  await browser?.close()
})

describe('an analyst', () => {
  let v: Visit
  const park = () => rows[0]?.park ?? ''

  beforeAll(async () => {
    v = await open(`#park=${park()}`)
    await signIn(v.page, tokens.analyst)
  })

  it('clicks a parcel on the map and reads the API’s own figure in its dossier', async () => {
    const { row, x, y } = await aim(v.page, park())
    await v.page.mouse.click(x, y)
    await v.page.waitForSelector('[data-test=dossier][data-code] [data-field=tax_wan_mu]')
    const code = await panelCode(v.page)
    if (row.at !== undefined) expect(code).toBe(row.code)
    const want = (await ask<{ properties: { tax_wan_mu: number } }>(`/api/v1/parcels/${code}`, tokens.analyst)).properties.tax_wan_mu
    const cell = v.page.locator('[data-test=dossier] [data-field=tax_wan_mu] .value')
    expect(Number(await cell.getAttribute('data-value'))).toBe(want)
    expect((await cell.innerText()).replace(/\s/g, '')).toBe(`${want.toFixed(2).replace(/\B(?=(\d{3})+(?!\d)\.)/g, ',')}万元/亩`)
    expect(await v.page.getAttribute(`[data-code="${code}"][role=row]`, 'aria-selected')).toBe('true')
  })

  it('opens where a number comes from', async () => {
    await v.page.click('[data-test=dossier] [data-field=tax_wan_mu] button.how')
    const how = await v.page.innerText('[data-test=dossier] [data-field=tax_wan_mu] [data-test=how]')
    expect(how).toContain('算式')
    expect(how).toContain('取数')
  })

  it('clicks a row and sees the parcel outlined on the map', async () => {
    const line = v.page.locator('[data-test=table] [role=row][data-code]').nth(2)
    const code = (await line.getAttribute('data-code')) ?? ''
    await line.click()
    await v.page.waitForSelector(`[data-test=dossier][data-code="${code}"]`)
    await idle(v.page)
    const row = rows.find((r) => r.code === code)
    if (row === undefined) throw new Error(`${code} is not among the scores`)
    const p = await pixel(v.page, middle(row))
    expect(await free(v.page, p)).toBe(true)
    await v.page.mouse.move(5, 5)
    const picture = async () => {
      await idle(v.page)
      const clip = { x: Math.max(0, p.x - 170), y: Math.max(90, p.y - 150), width: 340, height: 300 }
      return (await v.page.screenshot({ clip })).toString('base64')
    }
    const selected = await picture()
    expect(await picture()).toBe(selected)
    await v.page.keyboard.press('Escape')
    await v.page.waitForSelector('[data-test=overview]')
    expect(await picture()).not.toBe(selected)
  })

  it('walks the table with the arrow keys and closes the dossier with Escape', async () => {
    const table = v.page.locator('[data-test=table]')
    await table.focus()
    const before = await v.page.getAttribute('[data-test=map]', 'data-selected')
    await v.page.keyboard.press('ArrowDown')
    await expect.poll(() => v.page.getAttribute('[data-test=map]', 'data-selected')).not.toBe(before)
    await v.page.keyboard.press('Escape')
    await expect.poll(() => v.page.getAttribute('[data-test=map]', 'data-selected')).toBe('')
    await v.page.waitForSelector('[data-test=overview]')
  })

  it('lists only what the map shows when asked to', async () => {
    const all = await v.page.innerText('[data-test=count]')
    await v.page.click('[data-test=in-view]')
    await expect.poll(() => v.page.innerText('[data-test=count]')).not.toBe(all)
    await v.page.click('[data-test=in-view]')
    await expect.poll(() => v.page.innerText('[data-test=count]')).toBe(all)
  })

  it('shows a headline that divides', async () => {
    const all = (await ask<{ all: { land_mu: number; tax: { wan: number; wan_per_mu: number } } }>('/api/v1/summary', tokens.analyst)).all
    const page = await v.context.newPage()
    await page.goto(`${base}/`)
    const tax = page.locator('[data-test="over.tax_mu"]')
    await tax.waitFor()
    const shown = async (part: string) => Number((await tax.locator(`[data-test=${part}]`).innerText()).replace(/[^0-9.]/g, ''))
    const [perMu, land, sum] = [await shown('per-mu'), await shown('land'), await shown('sum')]
    expect(land).toBe(Math.round(all.land_mu))
    expect(perMu).toBeCloseTo(all.tax.wan / all.land_mu, 2)
    const unit = all.tax.wan >= 10_000 ? 10_000 : 1
    expect(Math.abs((sum * unit) / land / perMu - 1)).toBeLessThan(0.005)
    await page.close()
  })

  it('says of a past year which facts are of today', async () => {
    const years = (await ask<{ years: number[]; as_of: string }>('/api/v1/meta', tokens.analyst))
    const page = await v.context.newPage()
    await page.goto(`${base}/#year=${years.years[0]}&parcel=${rows[0]?.code}`)
    await page.waitForSelector('[data-test=dossier][data-code] [data-test=grades]')
    expect(await page.innerText('[data-test=dossier] [data-test=past]')).toContain(years.as_of)
    await page.goto(`${base}/#parcel=${rows[0]?.code}`)
    await page.waitForSelector('[data-test=dossier][data-code] [data-field=tax_wan_mu]')
    await expect.poll(() => page.locator('[data-test=past]').count()).toBe(0)
    await page.close()
  })

  it('skips to the ranking with the focus', async () => {
    const page = await v.context.newPage()
    await page.goto(`${base}/`)
    await page.waitForSelector('[data-test=table] [data-code]')
    await page.locator('[data-test=skip]').focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-test'))).toBe('table')
    await page.close()
  })

  it('keeps the bar’s parts apart in both languages', async () => {
    const page = await v.context.newPage()
    for (const lang of ['zh', 'en']) {
      await page.goto(`${base}/#lang=${lang}`)
      await page.reload()
      await page.waitForSelector('[data-test=language]')
      const year = await page.locator('.year').boundingBox()
      const button = await page.locator('[data-test=language]').boundingBox()
      expect((year?.x ?? 0) + (year?.width ?? 0)).toBeLessThan(button?.x ?? 0)
      const cut = await page.locator('[data-test=search]').evaluate((el) => {
        const input = el as HTMLInputElement
        const pen = document.createElement('canvas').getContext('2d')
        if (pen === null) return 0
        pen.font = getComputedStyle(input).font
        return pen.measureText(input.placeholder).width - input.clientWidth
      })
      expect(cut).toBeLessThanOrEqual(0)
    }
    await page.close()
  })

  it('finds a parcel by its code', async () => {
    const code = rows.at(-1)?.code ?? ''
    await v.page.fill('[data-test=search]', code)
    await v.page.keyboard.press('Enter')
    await v.page.waitForSelector(`[data-test=dossier][data-code="${code}"]`)
  })

  it('takes a dossier and the table away as files', async () => {
    const { page } = v
    const code = rows.at(-1)?.code ?? '' // open since the test before
    const [pdf] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=dossier-pdf]')])
    expect(pdf.suggestedFilename()).toMatch(new RegExp(`^muchan-${code}-\\d{4}\\.pdf$`))
    expect((await readFile(await pdf.path())).subarray(0, 5).toString()).toBe('%PDF-')
    await page.click('[data-test=export]')
    const [sheet] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=export-xlsx]')])
    expect(sheet.suggestedFilename()).toMatch(/^muchan-parcels-\d{4}\.xlsx$/)
    expect((await readFile(await sheet.path())).subarray(0, 2).toString()).toBe('PK')
  })

  it('switches the language, and the link keeps it', async () => {
    await v.page.click('[data-test=language]')
    await v.page.waitForSelector('text=Parcel ranking')
    expect(await v.page.getAttribute('html', 'lang')).toBe('en')
    expect(v.page.url()).toContain('lang=en')
    await v.page.reload()
    await v.page.waitForSelector('text=Parcel ranking')
    await v.page.click('[data-test=language]')
    await v.page.waitForSelector('text=宗地排行')
  })

  it('opens a link at the parcel it names', async () => {
    const code = rows[1]?.code ?? ''
    const page = await v.context.newPage()
    await page.goto(`${base}/#parcel=${code}`)
    await page.waitForSelector(`[data-test=dossier][data-code="${code}"]`)
    await idle(page)
    await page.close()
  })
})

describe('the public', () => {
  let v: Visit

  beforeAll(async () => {
    v = await open()
  })

  it('sees the map and nothing of the rest', async () => {
    expect(await v.page.locator('[data-test=table]').count()).toBe(0)
    expect(await v.page.locator('[data-test=overview]').count()).toBe(0)
  })

  it('sees the parcels before their edges and the letters are made ready', async () => {
    const { painted = Infinity, ...others } = await firsts(v.page)
    expect(Object.keys(others).sort()).toEqual(['edges', 'letters', 'lines'])
    for (const at of Object.values(others)) expect(at).toBeGreaterThan(painted)
  })

  it('gets no confidential word, on the page or in any answer', async () => {
    const text = [await v.page.innerText('body'), ...[...v.bodies.values()].map((b) => b.toString('utf8'))].join('\n')
    const firms = rows.map((r) => r.main_firm).filter((f): f is string => !!f)
    expect(firms.length).toBeGreaterThan(0)
    const leaked = [...firms, 'tax_wan', 'output_wan', 'value_added', 'main_uscc', 'tax_band', 'exit_failed'].filter((word) => text.includes(word))
    expect(leaked).toEqual([])
    // Control: the same search finds them in what an analyst gets.
    const control = visits[0] === undefined ? '' : [...visits[0].bodies.values()].map((b) => b.toString('utf8')).join('\n')
    expect(firms.filter((f) => control.includes(f)).length).toBeGreaterThan(0)
  })

  it('opens a parcel on the map and reads what is published', async () => {
    const size = v.page.viewportSize() ?? { width: 0, height: 0 }
    for (const row of rows) {
      const p = await pixel(v.page, middle(row))
      if (p.x < 0 || p.y < 0 || p.x > size.width || p.y > size.height || !(await free(v.page, p))) continue
      await v.page.mouse.click(p.x, p.y)
      break
    }
    await v.page.waitForSelector('[data-test=dossier][data-code]')
    expect(await v.page.innerText('[data-test=dossier]')).not.toContain('亩均税收')
  })

  it('is told when a part of the page is lost, and gets it once the network is back', async () => {
    const page = await v.context.newPage()
    const part = '**/assets/SignInDialog-*.js'
    await page.route(part, (r) => r.abort())
    await page.goto(base)
    await page.waitForSelector('[data-test=lost] button')
    await page.unroute(part)
    await page.click('[data-test=sign-in]')
    await page.waitForSelector('[data-test=token]')
    expect(await page.locator('[data-test=lost]').count()).toBe(0)
    await page.close()
  })

  it('is refused with a sentence when the token is wrong', async () => {
    const before = v.faults.length
    await v.page.click('[data-test=sign-in]')
    await v.page.fill('[data-test=token]', 'not-a-token')
    await v.page.click('[data-test=enter]')
    const said = await v.page.waitForSelector('[data-test=sign-in-form] [role=alert]')
    expect((await said.innerText()).length).toBeGreaterThan(3)
    // Chromium itself writes the refused answer to the console.
    v.faults.splice(before)
    expect(v.page.url()).not.toContain('not-a-token')
  })
})

describe('every visit', () => {
  it('stayed on our own host', () => {
    expect(visits.flatMap((v) => v.foreign)).toEqual([])
    expect(visits.some((v) => v.bodies.size > 0)).toBe(true)
  })

  it('left the console free of errors and policy violations', () => {
    expect(visits.flatMap((v) => v.faults)).toEqual([])
  })

  it('was under a content security policy without unsafe-inline', async () => {
    const policy = (await fetch(`${base}/`)).headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).toMatch(/style-src 'self'(;|$)/)
    expect(policy).not.toContain('unsafe')
  })
})
