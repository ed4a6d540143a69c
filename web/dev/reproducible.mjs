// Proves that dist is what src builds to, byte for byte: builds once more beside it and compares.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

async function files(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const names = entries.filter((e) => e.isFile()).map((e) => relative(dir, join(e.parentPath, e.name)))
  return new Map(await Promise.all(names.sort().map(async (n) => [n, await readFile(join(dir, n))])))
}

const fresh = await mkdtemp(join(tmpdir(), 'muchan-web-'))
try {
  await build({ root, logLevel: 'error', build: { outDir: fresh, emptyOutDir: true } })
  const [have, want] = [await files(join(root, 'dist')), await files(fresh)]
  const names = [...new Set([...have.keys(), ...want.keys()])]
  const wrong = names.filter((n) => !have.get(n)?.equals(want.get(n) ?? Buffer.alloc(0)))
  for (const n of wrong) console.error(`${n}: ${!have.has(n) ? 'missing in dist' : !want.has(n) ? 'left over in dist' : 'differs'}`)
  if (wrong.length > 0) {
    console.error('dist is not what src builds to: run `npm run build` and commit dist')
    process.exitCode = 1
  } else {
    console.log(`${names.length} files, all equal`)
  }
} finally {
  await rm(fresh, { recursive: true })
}
