import { describe, expect, it } from 'vitest'
import type { Finding } from '@/api/quality'
import { idOf, onMap, placeOf, sortFindings } from './findings'

const finding = (f: Partial<Finding>): Finding => ({
  rule: 'r', severity: 'warning', entity: 'parcels', key: 'k', others: [], park: null, column: null, value: null, message: { zh: '', en: '' }, remedy: { zh: '', en: '' }, place: null, bbox: null, ...f,
})

describe('findings', () => {
  const rows = [finding({ key: 'b', severity: 'note' }), finding({ key: 'a', severity: 'error', place: [118.5, 24.8] }), finding({ key: 'c', bbox: [0, 0, 2, 4] })]

  it('are ordered by severity, not by its letters', () => {
    expect(sortFindings(rows, 'severity').map((f) => f.key)).toEqual(['a', 'c', 'b'])
    expect(sortFindings(rows, '-key').map((f) => f.key)).toEqual(['c', 'b', 'a'])
    expect(sortFindings(rows, '').map((f) => f.key)).toEqual(['b', 'a', 'c'])
  })
  it('have a mark on the map where they have a place', () => {
    const marks = onMap(rows, idOf(rows[1] as Finding)).features
    expect(marks.map((m) => [m.geometry.type === 'Point' && m.geometry.coordinates, m.properties])).toEqual([
      [[118.5, 24.8], { bad: true, picked: true }],
      [[1, 2], { bad: false, picked: false }],
    ])
    expect(placeOf(finding({}))).toBeNull()
  })
})
