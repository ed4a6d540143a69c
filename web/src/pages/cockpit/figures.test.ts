import { describe, expect, it } from 'vitest'
import type { Target } from '@/api/cockpit'
import { deadlines, filled, inOrder } from './figures'

const target = (id: string, value: number | null, goal: number | null, met: boolean | null): Target =>
  ({ id, target: goal, met, achieved: value === null || goal === null ? null : value / goal, actual: { value } }) as Target

describe('targets', () => {
  it('come with what is missed first and what nobody knows last', () => {
    const all = [target('no-goal', null, null, null), target('unknown', null, 5, null), target('only-actual', 3, null, null), target('met', 6, 5, true), target('missed', 4, 5, false)]
    expect(inOrder(all).map((t) => t.id)).toEqual(['missed', 'met', 'only-actual', 'unknown', 'no-goal'])
  })

  it('fill a bar up to the whole, and none when something is missing', () => {
    expect(filled(target('', 4, 5, false))).toBe(0.8)
    expect(filled(target('', 9, 5, true))).toBe(1)
    expect(filled(target('', null, 5, null))).toBeNull()
  })
})

describe('deadlines', () => {
  it('are those ahead, nearest first', () => {
    const stage = (id: string, left: number) => ({ id, title: { zh: id, en: id }, on: '2026-12-01', days_left: left })
    const rows = [
      { code: 'b', park: 'QM', title: '', title_en: '', stages: [stage('over', 0), stage('soon', 10), stage('far', 400)] },
      { code: 'a', park: 'QM', title: '', title_en: '', stages: [stage('now', 2)] },
      { code: 'c', park: 'QM', title: '', title_en: '', stages: null },
    ]
    expect(deadlines(rows, 90).map((d) => `${d.code} ${d.stage.zh}`)).toEqual(['a now', 'b soon'])
  })
})
