import { describe, expect, it } from 'vitest'
import type { Explanation } from '@/api/types'
import { explanationOf, grades, isPartial, leftOver, milestones, series, shownFields } from './dossier'

const how = (id: string): Explanation => ({ id, title: id, title_en: id, value: 1 })

describe('grades of a past year', () => {
  it('tells the published class only where it differs', () => {
    expect(grades({ class: 'A', published_class: 'B', published_year: 2018 })).toEqual({ again: 'A', published: 'B', publishedYear: 2018 })
    expect(grades({ class: 'A', published_class: 'A', published_year: 2018 })?.published).toBe('')
    expect(grades({ class: 'A', published_class: null })?.published).toBe('')
    expect(grades({ published_class: 'B' })).toBeNull()
  })
})

describe('incomplete amounts', () => {
  it('marks what the server names, and every amount when it names none', () => {
    expect(isPartial('tax_wan_mu', { partial: 'tax;output' })).toBe(true)
    expect(isPartial('value_added_wan', { partial: 'tax;output' })).toBe(false)
    expect(isPartial('value_added_wan', { partial: '增加值' })).toBe(true)
    expect(isPartial('value_added_wan', { partial: '部分企业缺报' })).toBe(true)
    expect(isPartial('far', { partial: 'tax' })).toBe(false)
    expect(isPartial('tax_wan_mu', { partial: null })).toBe(false)
    expect(isPartial('tax_wan_mu', {})).toBe(false)
  })
})

describe('dossier', () => {
  it('finds an explanation by field or by metric', () => {
    const all = [how('far'), how('tax_per_mu')]
    expect(explanationOf('far', all)?.id).toBe('far')
    expect(explanationOf('tax_wan_mu', all)?.id).toBe('tax_per_mu')
    expect(explanationOf('density', all)).toBeNull()
  })

  it('drops no explanation: what has no number beside it is left over', () => {
    expect(leftOver([how('far'), how('novel')], { far: 1 }).map((e) => e.id)).toEqual(['novel'])
    expect(leftOver([how('far')], {}).map((e) => e.id)).toEqual(['far'])
    expect(leftOver([how('idle')], { idle_type: null }).map((e) => e.id)).toEqual(['idle'])
    expect(leftOver([how('idle')], { idle_type: 'stalled' })).toEqual([])
  })

  it('shows a band only without the exact figure', () => {
    expect(shownFields(['tax_wan_mu', 'tax_band'], { tax_wan_mu: null, tax_band: '<5' })).toEqual(['tax_wan_mu'])
    expect(shownFields(['tax_wan_mu', 'tax_band'], { tax_band: '<5' })).toEqual(['tax_band'])
  })

  it.each([
    ['in time', '2010-03-01', '2010-02-01', false],
    ['on the day', '2010-03-01', '2010-03-01', false],
    ['late', '2010-03-01', '2010-03-02', true],
    ['awaited after its day', '2010-03-01', null, true],
    ['awaited before its day', '2030-03-01', null, false],
    ['nothing agreed', null, '2010-03-02', false],
  ])('start of building: %s', (_, due, done, late) => {
    expect(milestones({ due_start_on: due, started_on: done }, '2026-11-22')[0]?.late).toBe(late)
  })

  it('leaves out steps nobody wrote down', () => {
    expect(milestones({}, '2026-11-22')).toEqual([])
  })

  it('draws a missing year as a gap', () => {
    const runs = series([0, 5, null, 10], 30, 10)
    expect(runs).toEqual([[{ x: 0, y: 10 }, { x: 10, y: 5 }], [{ x: 30, y: 0 }]])
  })
  it('draws below zero', () => {
    expect(series([-5, 5], 10, 10)).toEqual([[{ x: 0, y: 10 }, { x: 10, y: 0 }]])
  })
})
