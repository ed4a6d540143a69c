// Takes pictures of the page for looking at: node dev/shots.mjs OUTDIR, with BASE_URL and MUCHAN_TOKEN_ANALYST.

import { mkdir } from 'node:fs/promises'
import { chromium } from 'playwright-core'

const out = process.argv[2] ?? '/tmp/shots'
const base = process.env.BASE_URL ?? 'http://127.0.0.1:8091'
const token = process.env.MUCHAN_TOKEN_ANALYST ?? 'analyst'
const viewer = process.env.MUCHAN_TOKEN_VIEWER ?? 'viewer'
await mkdir(out, { recursive: true })

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
})
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
const page = await context.newPage()
page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log(m.type(), m.text()))
page.on('pageerror', (e) => console.log('pageerror', e.message))

const settle = async () => {
  await page.waitForTimeout(400)
  await page.waitForSelector('[data-test=map][data-idle=true]', { timeout: 30000 })
  await page.waitForTimeout(300)
}
const shot = async (name) => {
  await settle()
  await page.screenshot({ path: `${out}/${name}.png` })
}
const signIn = async (t) => {
  await page.click('[data-test=sign-in]')
  await page.fill('[data-test=token]', t)
  await page.click('[data-test=enter]')
  await page.waitForSelector('[data-test=table] [data-code]')
}

await page.goto(base)
await shot('public')
await page.click('[data-test=sign-in]')
await page.waitForTimeout(500)
await page.screenshot({ path: `${out}/signin.png` })
await page.keyboard.press('Escape')
await page.waitForTimeout(400)
await signIn(token)
await shot('all')
await page.getByText('清濛', { exact: false }).first().click()
await shot('park')
await page.click('[data-test=table] [data-code] >> nth=3')
await shot('parcel')
await page.goto(`${base}/#park=QM&metric=tax_wan_mu`)
await page.reload()
await page.waitForSelector('[data-test=table] [data-code]')
await shot('metric')
await page.goto(`${base}/#park=GQ&exit=1&lang=en`)
await page.reload()
await page.waitForSelector('[data-test=table] [data-code]')
await page.click('[data-test=table] [data-code] >> nth=0')
await settle()
for (const how of await page.$$('button.how:visible')) await how.click()
await shot('exit-en')
await context.clearCookies()
await page.goto(`${base}/#park=QM`)
await page.reload()
await signIn(viewer)
await shot('viewer')
await page.setViewportSize({ width: 390, height: 844 })
await shot('phone')
await browser.close()
