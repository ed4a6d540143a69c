import { describe, expect, it } from 'vitest'
import { cell, csv } from './csv'

describe('csv', () => {
  it.each([
    [null, ''],
    [0, '0'],
    [-1.5, '-1.5'],
    [true, 'true'],
    ['=1+1', "'=1+1"],
    ['＝1', "'＝1"],
    ['@x', "'@x"],
    ['-x', "'-x"],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['123456789012345', "'123456789012345"],
  ])('writes %j as %s', (v, want) => expect(cell(v)).toBe(want))

  it('begins with the mark of UTF-8 and ends every line', () => {
    expect(csv(['a', 'b'], [[1, null]])).toBe('\uFEFFa,b\r\n1,\r\n')
  })
})
