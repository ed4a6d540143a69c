import { describe, expect, it } from 'vitest'
import type { Tree, Trial } from '@/api/rules'
import { blamed, inputsOf, numberOf, rangeOf, sumsOf } from './inputs'
import { classesAfter } from './migration'
import { newest } from './newest'
import { fromLink, toLink } from './scenario'

const tree: Record<string, Tree> = {
  id: 'x', kind: 'evaluation', valid_from: '2018-01-01', verified: false,
  evaluation: {
    tax: ['vat_wan'],
    cohorts: [{ id: 'above_scale', verified: false, indicators: [{ id: 'I1', weight: 60, cap_factor: 'none', base: { kind: 'cohort_mean' } }, { id: 'I2', weight: 40 }], bounds: [{ class: 'A', upto: 0.2 }] }],
  },
}

describe('inputs of a rule set', () => {
  it('are its numbers, by the paths the server knows', () => {
    expect(inputsOf(tree).map((i) => [i.path, i.kind])).toEqual([
      ['evaluation.cohorts.above_scale.indicators.I1.weight', 'weight'],
      ['evaluation.cohorts.above_scale.indicators.I1.cap_factor', 'cap'],
      ['evaluation.cohorts.above_scale.indicators.I2.weight', 'weight'],
      ['evaluation.cohorts.above_scale.bounds.A.upto', 'bound'],
    ])
  })

  it('add up per cohort with what is tried', () => {
    const sums = sumsOf(inputsOf(tree), { 'evaluation.cohorts.above_scale.indicators.I1.weight': '50' })
    expect([...sums.values()]).toEqual([90])
  })

  it.each([['1/3', 1 / 3], ['25%', 0.25], ['-7', -7], ['none', null], ['', null], ['2012-07-01', null]])('reads %s', (text, want) => {
    expect(numberOf(text)).toBe(want)
  })

  it('have room on both sides', () => {
    expect(rangeOf('threshold', '350')).toEqual({ min: 0, max: 700, step: 1 })
    expect(rangeOf('number', '0.5')).toEqual({ min: 0, max: 1, step: 0.01 })
  })

  it('take the refusal that names them, else the last one changed', () => {
    const all = inputsOf(tree)
    expect(blamed('rule set x, evaluation.cohorts.above_scale.bounds.A.upto: no', all, 'q')).toBe('evaluation.cohorts.above_scale.bounds.A.upto')
    expect(blamed('the bounds overlap', all, 'q')).toBe('q')
  })
})

describe('a scenario', () => {
  it('goes through the link and back', () => {
    const patches = Array.from({ length: 30 }, (_, n) => ({ set: 's', path: `a.b.${n}`, value: '1/3' }))
    const parts = toLink(patches, {})
    expect(Object.keys(parts).every((k) => /^[a-z]{1,20}$/.test(k))).toBe(true)
    expect(fromLink(parts)).toEqual(patches)
    expect(toLink([], parts)).toEqual(Object.fromEntries(Object.keys(parts).map((k) => [k, ''])))
  })
})

describe('newest', () => {
  it('does one at a time and skips what is overtaken', async () => {
    const done: number[] = []
    const doors: (() => void)[] = []
    const ask = newest<number>((n) => new Promise((open) => {
      doors.push(() => {
        done.push(n)
        open()
      })
    }))
    for (const n of [1, 2, 3]) ask(n)
    expect(doors.length).toBe(1)
    doors[0]?.()
    await new Promise((r) => setTimeout(r))
    doors[1]?.()
    await new Promise((r) => setTimeout(r))
    expect(done).toEqual([1, 3])
  })
})

describe('what a trial paints', () => {
  const now = (code: string) => ({ a: 'A', b: '' })[code]
  const trial = (changes: { code: string; to: string }[]) => ({ parcel_changes: changes, parcels: { moved: 0, cells: [{ from: 'A', to: 'A', count: 7 }, { from: '', to: '', count: 2 }] } }) as unknown as Trial

  it('is all parcels in their class while none moves', () => {
    const { of, counts } = classesAfter(trial([]), now)
    expect([of('a'), of('b'), of('none'), Object.fromEntries(counts)]).toEqual(['A', '-', undefined, { A: 7, '-': 2 }])
  })

  it('is those that move, in the class they would have', () => {
    const { of, counts } = classesAfter(trial([{ code: 'a', to: 'C' }, { code: 'c', to: '' }]), now)
    expect([of('a'), of('b'), of('c'), Object.fromEntries(counts)]).toEqual(['C', undefined, '-', { C: 1, '-': 1 }])
  })
})
