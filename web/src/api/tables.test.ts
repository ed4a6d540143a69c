import { expect, it } from 'vitest'
import { linesOf } from './tables'

it('writes a head and one line a row, with what is missing as null', async () => {
  const text = await (await linesOf({ name: '排行', columns: [{ title: '企业' }, { title: '亩', type: 'number', digits: 2 }], rows: [['a\n"b"', 1.5], [undefined, null]] })).text()
  expect(text).toBe('{"columns":[{"title":"企业"},{"title":"亩","type":"number","digits":2}]}\n["a\\n\\"b\\"",1.5]\n[null,null]')
})

it('keeps every row of a long table', async () => {
  const rows = Array.from({ length: 4001 }, (_, i) => [i])
  const lines = (await (await linesOf({ name: 'n', columns: [{ title: 'n', type: 'number' }], rows })).text()).split('\n')
  expect(lines.length).toBe(4002)
  expect(lines.at(-1)).toBe('[4000]')
})
