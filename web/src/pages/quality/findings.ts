// The list of findings as the page shows and exports it.

import type { Feature, FeatureCollection } from 'geojson'
import type { Finding } from '@/api/quality'
import type { Box } from '@/api/types'
import { laidOut, ranksOf, sortOf } from '@/map/order'

const order = ['error', 'warning', 'note']

/** idOf tells one finding from all others. */
export const idOf = (f: Finding) => [f.rule, f.entity, f.key, f.column ?? '', f.others.join('+'), f.value ?? ''].join('|')

/** sortFindings orders by a column; '-' in front for descending. What is alike keeps its order. */
export function sortFindings(rows: readonly Finding[], by: string): Finding[] {
  if (by === '') return [...rows]
  const { field, down } = sortOf(by)
  const value = (f: Finding) => (field === 'severity' ? String(order.indexOf(f.severity)) : (f[field as 'rule' | 'entity' | 'key' | 'park'] ?? ''))
  return laidOut(rows, ranksOf(rows.map(value)), down)
}

/** placeOf is the box to show of a finding: its own, or some 200 m around its place. */
export function placeOf(f: Finding): Box | null {
  if (f.bbox) return f.bbox
  return f.place ? [f.place[0] - 0.001, f.place[1] - 0.0009, f.place[0] + 0.001, f.place[1] + 0.0009] : null
}

/** onMap puts a mark at each finding that has a place; errors are red, the one looked at is bold. */
export function onMap(rows: readonly Finding[], picked: string): FeatureCollection {
  const features = rows.flatMap((f): Feature[] => {
    const box = placeOf(f)
    const at = f.place ?? (box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : null)
    return at === null ? [] : [{ type: 'Feature', properties: { bad: f.severity === 'error', picked: idOf(f) === picked }, geometry: { type: 'Point', coordinates: at } }]
  })
  return { type: 'FeatureCollection', features }
}
