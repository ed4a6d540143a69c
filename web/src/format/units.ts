import { missing, number } from './number'
import type { Value } from '@/api/types'

/** One mu in square metres, exactly. */
export const m2PerMu = 2000 / 3

/** area writes 亩 and m² together. */
export function area(mu: Value, english = false): string {
  if (typeof mu !== 'number' || !Number.isFinite(mu)) return missing
  return `${number(mu, 2)} ${english ? 'mu' : '亩'} · ${number(mu * m2PerMu)} m²`
}

/** areaOfM2 is area for a value in square metres. */
export function areaOfM2(m2: Value, english = false): string {
  return typeof m2 === 'number' ? area(m2 / m2PerMu, english) : missing
}

const englishUnits: Readonly<Record<string, string>> = {
  亩: 'mu',
  '万元/亩': '10k yuan/mu',
  万元: '10k yuan',
  亿元: '100 M yuan',
  家: '',
  个: '',
  '吨标准煤': 'tce',
  '万元/吨标准煤': '10k yuan/tce',
  '万元/吨': '10k yuan/t',
  '万元/人': '10k yuan/person',
  '元/千瓦时': 'yuan/kWh',
  兆瓦时: 'MWh',
  吨: 't',
  人: 'persons',
  天: 'days',
  分: 'points',
}

/** unit gives the unit in the reader's language. */
export function unit(u: string | undefined, english: boolean): string {
  if (u === undefined || u === '') return ''
  return english ? (englishUnits[u] ?? u) : u
}

/** coordinates writes a position as CGCS2000 longitude and latitude; 1e-5° is about 1 m. */
export function coordinates(lng: number, lat: number): string {
  const h = (v: number, plus: string, minus: string) => `${Math.abs(v).toFixed(5)}°${v < 0 ? minus : plus}`
  return `${h(lng, 'E', 'W')}  ${h(lat, 'N', 'S')}`
}
