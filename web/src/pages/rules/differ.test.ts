import { describe, expect, it } from 'vitest'
import { around, differences, diffLines } from './differ'

describe('differences of rule sets', () => {
  it('are by parameter, whatever the order of lists', () => {
    const left = { exit: { tests: [{ id: 'far', threshold: 0.8 }, { id: 'tax', threshold: 25 }], states: ['low', 'unused'] } }
    const right = { exit: { tests: [{ id: 'tax', threshold: 25 }, { id: 'far', threshold: 1 }], states: ['low'], more: true } }
    expect(differences(left, right)).toEqual([
      { path: 'exit.tests.far.threshold', left: '0.8', right: '1' },
      { path: 'exit.states', left: 'low, unused', right: 'low' },
      { path: 'exit.more', left: null, right: 'true' },
    ])
  })
})

describe('differences of texts', () => {
  it('give both texts back', () => {
    const [a, b] = ['x\ny\nz\nsame', 'x\nY\nz\nnew\nsame']
    const lines = diffLines(a, b) ?? []
    expect(lines.filter((l) => l.kind !== '+').map((l) => l.text).join('\n')).toBe(a)
    expect(lines.filter((l) => l.kind !== '-').map((l) => l.text).join('\n')).toBe(b)
    expect(lines.filter((l) => l.kind === ' ').length).toBe(3)
  })

  it('leave out what is far from any', () => {
    const lines = diffLines('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\nsix') ?? []
    expect(around(lines, 1).map((l) => l?.text ?? '…')).toEqual(['5', '6', 'six'])
  })
})
