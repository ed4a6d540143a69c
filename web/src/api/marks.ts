// What marks on the map are made from: suspicions about land, room to grow, problems of the data.

import type { FeatureCollection, Point } from 'geojson'
import { getAll } from './client'

/** The types that the rules call low efficiency; the others speak of idle or unfinished land. */
const lowTypes: ReadonlySet<string> = new Set(['unfinished', 'low_output', 'low_intensity', 'bad_faith', 'low_benefit'])

/** readLow lists the parcels suspected of low efficiency. */
export async function readLow(signal: AbortSignal, year: number): Promise<string[]> {
  const { rows } = await getAll<{ total: number; rows: ({ code: string; type: string })[] }>('/land', { year }, signal)
  return [...new Set(rows.filter((r) => lowTypes.has(r.type)).map((r) => r.code))]
}

/** readPotential lists the parcels on which floor area could be added. */
export async function readPotential(signal: AbortSignal, year: number): Promise<string[]> {
  const { rows } = await getAll<{ total: number; rows: ({ code: string; floor_gain_m2: number | null })[] }>('/potential', { year }, signal)
  return rows.filter((r) => (r.floor_gain_m2 ?? 0) > 0).map((r) => r.code)
}

interface Problem {
  severity: string
  rule: string
  key: string
  message: { zh: string; en: string }
  place: [number, number] | null
}

/** readProblems gives the problems of the data that have a place, as points. */
export async function readProblems(signal: AbortSignal): Promise<FeatureCollection<Point>> {
  const { rows } = await getAll<{ total: number; rows: Problem[] }>('/quality', {}, signal)
  return {
    type: 'FeatureCollection',
    features: rows.flatMap((r) =>
      r.place === null ? [] : [{ type: 'Feature' as const, properties: { severity: r.severity, key: r.key, zh: r.message.zh, en: r.message.en }, geometry: { type: 'Point' as const, coordinates: r.place } }],
    ),
  }
}
