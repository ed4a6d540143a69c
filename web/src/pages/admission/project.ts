// The form of a proposed project and what is sent of it.

import type { Project, Storey } from '@/api/admission'

export const parts = [
  { name: 'build', members: [['floor_m2', 'm²'], ['far_floor_m2', 'm²'], ['built_ground_m2', 'm²'], ['office_land_m2', 'm²'], ['office_floor_m2', 'm²'], ['green_m2', 'm²']] },
  { name: 'money', members: [['fai_wan', '万元'], ['output_wan', '万元'], ['revenue_wan', '万元'], ['value_added_wan', '万元'], ['tax_wan', '万元'], ['rd_wan', '万元']] },
  { name: 'use', members: [['energy_tce', '吨标准煤'], ['emissions_t', '吨'], ['staff', '人'], ['electricity_mwh', 'MWh']] },
] as const

export type Member = (typeof parts)[number]['members'][number][0] | 'land_mu'

/** A line of the form for one storey, or for several alike. */
export interface StoreyLine {
  floor_m2: string
  height_m: string
  alike: string // how many; '' is one
}

export type Form = Record<Member | 'park' | 'industry' | 'parcel' | 'above', string> & { storeys: StoreyLine[] }

export type Fault = 'required' | 'number' | 'storey'

const numbers: readonly Member[] = ['land_mu', ...parts.flatMap((p) => p.members.map((m) => m[0] as Member))]

export const blank = (): Form => ({ park: '', industry: '', parcel: '', above: '', storeys: [], ...(Object.fromEntries(numbers.map((n) => [n, ''])) as Record<Member, string>) })

const asNumber = (text: string) => Number(text.replaceAll(/[,，\s]/g, ''))

const filled = (l: StoreyLine) => [l.floor_m2, l.height_m, l.alike].some((text) => text.trim() !== '')
const alike = (l: StoreyLine) => (l.alike.trim() === '' ? 1 : asNumber(l.alike))
const mostAlike = 200
const whole = (l: StoreyLine) => l.floor_m2.trim() !== '' && l.height_m.trim() !== '' && [asNumber(l.floor_m2), asNumber(l.height_m)].every(Number.isFinite) && Number.isInteger(alike(l)) && alike(l) >= 1 && alike(l) <= mostAlike

/** storeysOf lists the storeys one by one, from the ground up; a line that nothing was typed into is none. */
export function storeysOf(lines: readonly StoreyLine[]): Storey[] {
  return lines.filter((l) => filled(l) && whole(l)).flatMap((l) => Array.from({ length: alike(l) }, () => ({ floor_m2: asNumber(l.floor_m2), height_m: asNumber(l.height_m) })))
}

/** faultsOf says which fields cannot be sent: what is needed and missing, what is no number, and storeys without area or height. */
export function faultsOf(f: Form): Partial<Record<keyof Form, Fault>> {
  const out: Partial<Record<keyof Form, Fault>> = {}
  for (const n of numbers) if (f[n].trim() !== '' && !Number.isFinite(asNumber(f[n]))) out[n] = 'number'
  for (const n of ['park', 'land_mu'] as const) if (f[n].trim() === '') out[n] = 'required'
  if (f.storeys.some((l) => filled(l) && !whole(l))) out.storeys = 'storey'
  return out
}

/** projectOf is what is sent: fields left empty are left out, for missing is not zero. */
export function projectOf(f: Form): Project {
  const texts = (['park', 'industry', 'parcel'] as const).flatMap((n) => (f[n].trim() === '' ? [] : [[n, f[n].trim()] as const]))
  const figures = numbers.flatMap((n) => (f[n].trim() === '' ? [] : [[n, asNumber(f[n])] as const]))
  const storeys = storeysOf(f.storeys)
  return {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(figures),
    ...(f.above === '' ? {} : { above_scale: f.above === 'yes' }),
    ...(storeys.length === 0 ? {} : { storeys }),
  }
}
