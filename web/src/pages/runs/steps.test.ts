import { describe, expect, it } from 'vitest'
import { actDoc, actsFor, daysLeft, stepsOf } from './steps'
import type { Run } from '@/api/runs'

const run = (part: Partial<Run>) => ({ state: 'draft', until: null, objections: [], acts: [], allowed: [], ...part }) as unknown as Run
const states = (r: Run) => stepsOf(r, '2026-11-26').map((s) => s.state)

describe('the steps of a run', () => {
  it.each([
    ['a draft', run({}), ['now', 'ahead', 'ahead', 'ahead']],
    ['a notice on its last day', run({ state: 'notice', until: '2026-11-26' }), ['done', 'now', 'now', 'ahead']],
    ['a notice that is over', run({ state: 'notice', until: '2026-11-25' }), ['done', 'done', 'done', 'now']],
    ['an undecided objection', run({ state: 'notice', until: '2026-11-25', objections: [{ decision: null }] as Run['objections'] }), ['done', 'done', 'now', 'ahead']],
    ['one published', run({ state: 'final' }), ['done', 'done', 'done', 'done']],
  ])('of %s', (_, r, want) => expect(states(r)).toEqual(want))
})

it('counts days over the end of a month', () => expect(daysLeft('2026-12-01', '2026-11-26')).toBe(5))

it('leaves what the data keeper does to him', () => {
  const r = run({ allowed: ['object', 'finalise'] })
  expect(actsFor(r, false)).toEqual(['object'])
  expect(actsFor(r, true)).toEqual(['object', 'finalise'])
})

it('sends numbers as numbers and leaves out what is empty', () => {
  expect(actDoc('uphold', 4, { about: '3', change: '', note: 'x', party: 'other act' })).toEqual({ act: 'uphold', seq: 4, about: 3, note: 'x' })
})
