import { describe, expect, it } from 'vitest'
import type { Candidate } from '@/api/exit'
import type { ExitTest } from '@/api/types'
import { asCode, byFailed, failedOf, fitting, neighbour, shade, short, testsOf, told } from './exit'

const test = (id: string, failed: boolean, margin: number) => ({ id, title: id, title_en: id, value: 1, threshold: 2, failed, margin }) as ExitTest
const row = (code: string, tests: ExitTest[]) => ({ code, tests, failed: tests.filter((x) => x.failed).length }) as Candidate

describe('the list', () => {
  const rows = [row('a', [test('far', true, 0.1), test('tax', true, 0.6), test('fai', false, 0)]), row('b', [test('far', true, 0.2)])]
  it('puts the widest gap first and leaves out what passed', () => {
    expect(failedOf(rows[0]?.tests ?? []).map((x) => x.id)).toEqual(['tax', 'far'])
  })
  it('names every test once', () => expect(testsOf(rows).map((x) => x.id)).toEqual(['far', 'tax', 'fai']))
  it('paints by the number of failed tests and counts them', () => {
    const o = byFailed(rows, 'title', (n) => `${n} failed`)
    expect(o.fills.get('a')).toBe(shade(2))
    expect(o.legend).toEqual([
      { colour: shade(2), label: '2 failed', count: 1 },
      { colour: shade(1), label: '1 failed', count: 1 },
    ])
    expect(shade(9)).toBe(shade(5))
  })
})

it('finds a code in what was pasted', () => expect(asCode(' 350502 999 001 gb 00239\n')).toBe('350502999001GB00239'))

it('does not write a near miss as none', () => {
  const near = { ...test('far', true, 1e-6), title: '容积率', value: 0.799999, threshold: 0.8 }
  expect(short(near)).toBe('容积率 <0.01%')
  expect(told(near)).toBe('容积率：实际 0.799999，标准 0.800000，差距 <0.01%')
  expect(short(test('far', true, 0.69))).toBe('far −69%')
})

describe('chips in one line', () => {
  const chips = ['容积率 −69%', '亩均税收 −34%', '投资强度 −12%'] // some 73, 85 and 85 px wide, 14 more each for the frame
  it.each([
    [400, 3],
    [293, 3], // all of them fit exactly
    [291, 2], // the third does not, and "+1" has its room
    [220, 1], // the second would stand where "+2" does
    [40, 1], // one is always shown
  ])('%i px', (width, n) => expect(fitting(chips, width)).toBe(n))
})

describe('the board', () => {
  const sizes = [2, 0, 3, 0]
  it.each([
    [{ column: 0, row: 0 }, 'ArrowDown', { column: 0, row: 1 }],
    [{ column: 0, row: 1 }, 'ArrowDown', null],
    [{ column: 0, row: 1 }, 'ArrowRight', { column: 2, row: 1 }],
    [{ column: 2, row: 2 }, 'ArrowLeft', { column: 0, row: 1 }],
    [{ column: 2, row: 0 }, 'ArrowRight', null],
    [{ column: 2, row: 0 }, 'ArrowUp', null],
    [{ column: 2, row: 1 }, 'x', null],
  ])('%o %s', (at, key, to) => expect(neighbour(sizes, at, key)).toEqual(to))
})
