import type { Map as MapLibre } from 'maplibre-gl'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, base, idle, launch, tokens, visit } from './browser'

declare global {
  interface Window {
    map?: MapLibre
  }
}

const site = process.env.MUCHAN_STATIC_SITE ?? ''

interface Seen {
  codes: string[]
  squares: number
  fields: string[]
  red: number // pixels
  blue: number
}

/** look moves the map and tells what is drawn there. */
function look(page: Page, center: [number, number], zoom: number): Promise<Seen> {
  return page.evaluate(
    async ({ center, zoom }) => {
      const map = window.map
      if (map === undefined) throw new Error('no map')
      const still = new Promise((done) => map.once('idle', done))
      map.jumpTo({ center, zoom })
      map.triggerRepaint()
      await still
      const features = map.queryRenderedFeatures()
      const gl = map.getCanvas().getContext('webgl2')
      if (gl === null) throw new Error('no WebGL')
      const pixels = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4)
      gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
      let red = 0
      let blue = 0
      for (let i = 0; i < pixels.length; i += 4) {
        if (pixels[i] === 255 && pixels[i + 1] === 0) red++
        if (pixels[i + 2] === 255 && pixels[i + 1] === 0) blue++
      }
      return {
        codes: [...new Set(features.filter((f) => f.layer.id === 'parcels').map((f) => String(f.properties.code)))],
        squares: features.filter((f) => f.layer.id === 'grid').length,
        fields: [...new Set(features.flatMap((f) => Object.keys(f.properties)))],
        red,
        blue,
      }
    },
    { center, zoom },
  )
}

describe.skipIf(site === '')('an archive on a static host', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it.each(['public', 'analyst'])('is shown by MapLibre as %s, fetched in ranges from there alone', async (audience) => {
    const { rows } = await ask<{ rows: { code: string; at: [number, number] }[] }>('/api/v1/scores?limit=10000', tokens.analyst)
    const parcel = rows[0]
    if (parcel === undefined) throw new Error('no parcel')
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } })
    const faults: string[] = []
    const foreign: string[] = []
    const answers: number[] = []
    page.on('console', (m) => m.type() === 'error' && faults.push(m.text()))
    page.on('pageerror', (e) => faults.push(e.message))
    page.on('request', (r) => !r.url().startsWith(site) && !/^(data|blob):/.test(r.url()) && foreign.push(r.url()))
    page.on('response', (r) => r.url().endsWith('.pmtiles') && answers.push(r.status()))

    await page.goto(`${site}/page/archive.html#${audience}`)
    await page.waitForSelector('html[data-still]', { timeout: 60_000 })
    const near = await look(page, parcel.at, 17)
    expect(near.codes).toContain(parcel.code)
    expect(near.codes.every((code) => rows.some((r) => r.code === code))).toBe(true)
    expect(near.red).toBeGreaterThan(1000)
    expect(near.squares).toBe(0)
    const far = await look(page, parcel.at, 9)
    expect(far.squares).toBeGreaterThan(0)
    expect(far.codes).toEqual([])
    expect(far.blue).toBeGreaterThan(0)

    const seen = new Set([...near.fields, ...far.fields])
    for (const field of ['tax_wan_mu', 'tax_wan', 'score']) expect(seen.has(field), field).toBe(audience === 'analyst')
    expect(answers.length).toBeGreaterThan(2)
    expect(answers.every((status) => status === 206)).toBe(true)
    expect(foreign).toEqual([])
    expect(faults).toEqual([])
    await page.close()
  })

  it('lies under the zone as a basemap, and no other host is asked', async () => {
    const v = await visit(browser)
    // The server hands out an archive as this site does; that it does is the server's own test.
    const basemap = { tiles: [], names: [], attribution: '某图', min_zoom: 0, max_zoom: 14, archive: '/basemap.pmtiles', layers: ['parks', 'parcels'] }
    await v.context.route('**/api/v1/meta*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), basemap } })
    })
    const answers: number[] = []
    await v.context.route('**/basemap.pmtiles', async (route) => {
      const response = await route.fetch({ url: `${site}/public.pmtiles` })
      answers.push(response.status())
      await route.fulfill({ response })
    })
    const picture = async (state: string) => {
      await v.page.goto('about:blank') // what stands after the # alone loads no page
      await v.page.goto(`${base}/${state}`)
      await idle(v.page)
      return v.page.locator('[data-test=map] canvas').screenshot()
    }
    const faint = await picture('#dim=basemap-10')
    const full = await picture('')
    expect(full.equals(faint)).toBe(false)
    expect(await v.page.locator('[data-test=map]').getAttribute('data-fault')).toBe('')
    expect(await v.page.textContent('[data-test=scale]')).toContain('某图')
    expect(answers.length).toBeGreaterThan(1)
    expect(answers.every((status) => status === 206)).toBe(true)
    expect([v.faults, v.foreign]).toEqual([[], []])
    await v.context.close()
  })
})
