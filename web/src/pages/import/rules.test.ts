import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hasWords, inWords } from './rules'

const repository = join(import.meta.dirname, '../../../..')

/** rulesOf reads the rules that a Go package names where it finds fault. */
function rulesOf(folder: string): string[] {
  const files = readdirSync(join(repository, folder)).filter((f) => f.endsWith('.go') && !f.endsWith('_test.go'))
  const text = files.map((f) => readFileSync(join(repository, folder, f), 'utf8')).join('\n')
  return [...text.matchAll(/Rule\w*(?:: *| += )"([a-z_]+\.[a-z_]+)"/g)].map((m) => m[1] ?? '')
}

it('has words for every rule of an import', () => {
  const rules = ['parcels/ingest', 'geo/layerfile', 'geo', 'parcels'].flatMap(rulesOf).filter((r) => !r.startsWith('undo.') && !r.startsWith('rule_sets.'))
  expect(rules.length).toBeGreaterThan(40)
  expect([...new Set(rules)].filter((r) => !hasWords(r))).toEqual([])
})

it('speaks the reader’s language, and the server’s own words where it has none', () => {
  const p = { rule: 'number.form', message: 'this is not a number', remedy: 'Write digits.' }
  expect(inWords(p, false)).toEqual({ what: '不是数字', remedy: '只写数字和小数点，如 12345.67；单位写在表头' })
  expect(inWords(p, true)).toEqual({ what: p.message, remedy: p.remedy })
  expect(inWords({ rule: 'new.rule', message: 'm' }, false)).toEqual({ what: 'm', remedy: '' })
})
