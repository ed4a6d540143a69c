// How much of the page a reader's browser fetches, in gzip as the server sends it: what the first view needs, and everything there is.
// It fails when that is over the budget. Run it after a build: node dev/budget.mjs

import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const budget = { first: 650_000, all: 1_300_000 } // bytes; all is what a reader may be made to load in total
const dist = join(import.meta.dirname, '../dist')

const assets = (await readdir(join(dist, 'assets'))).filter((name) => extname(name) !== '.map')
const sizes = new Map(await Promise.all(assets.map(async (name) => [name, gzipSync(await readFile(join(dist, 'assets', name))).length])))
const html = await readFile(join(dist, 'index.html'), 'utf8')

/** needed follows the static imports from what index.html names, and the map, which is read at once; its worker is fetched by its address. */
async function needed() {
  const found = new Set(assets.filter((name) => html.includes(name)))
  for (const name of found) {
    const text = await readFile(join(dist, 'assets', name), 'utf8')
    for (const other of assets) {
      const statically = new RegExp(`(from|import)\\s*["']\\./${other.replaceAll('.', '\\.')}["']`).test(text)
      if (statically || (/worker|^MapPane/.test(other) && text.includes(other))) found.add(other)
    }
  }
  return found
}

const sum = (names) => [...names].reduce((n, name) => n + (sizes.get(name) ?? 0), 0)
const measured = { first: sum(await needed()), all: sum(assets) }
for (const [what, bytes] of Object.entries(measured)) {
  console.log(`${what.padEnd(6)} ${(bytes / 1000).toFixed(0).padStart(5)} kB of ${budget[what] / 1000} kB`)
  if (bytes > budget[what]) process.exitCode = 1
}
