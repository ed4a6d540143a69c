// The form of a proposed project and what is sent of it.

import type { Project } from '@/api/admission'

export const parts = [
  { name: 'build', members: [['floor_m2', 'm²'], ['far_floor_m2', 'm²'], ['built_ground_m2', 'm²'], ['office_land_m2', 'm²'], ['office_floor_m2', 'm²'], ['green_m2', 'm²']] },
  { name: 'money', members: [['fai_wan', '万元'], ['output_wan', '万元'], ['revenue_wan', '万元'], ['value_added_wan', '万元'], ['tax_wan', '万元'], ['rd_wan', '万元']] },
  { name: 'use', members: [['energy_tce', '吨标准煤'], ['emissions_t', '吨'], ['staff', '人'], ['electricity_mwh', 'MWh']] },
] as const

export type Member = (typeof parts)[number]['members'][number][0] | 'land_mu'

export type Form = Record<Member | 'park' | 'industry' | 'parcel' | 'above', string>

const numbers: readonly Member[] = ['land_mu', ...parts.flatMap((p) => p.members.map((m) => m[0] as Member))]

export const blank = (): Form => ({ park: '', industry: '', parcel: '', above: '', ...Object.fromEntries(numbers.map((n) => [n, ''])) }) as Form

const asNumber = (text: string) => Number(text.replaceAll(/[,，\s]/g, ''))

/** faultsOf says which fields cannot be sent: what is needed and missing, and what is no number. */
export function faultsOf(f: Form): Partial<Record<keyof Form, 'required' | 'number'>> {
  const out: Partial<Record<keyof Form, 'required' | 'number'>> = {}
  for (const n of numbers) if (f[n].trim() !== '' && !Number.isFinite(asNumber(f[n]))) out[n] = 'number'
  for (const n of ['park', 'land_mu'] as const) if (f[n].trim() === '') out[n] = 'required'
  return out
}

/** projectOf is what is sent: fields left empty are left out, for missing is not zero. */
export function projectOf(f: Form): Project {
  const texts = (['park', 'industry', 'parcel'] as const).flatMap((n) => (f[n].trim() === '' ? [] : [[n, f[n].trim()] as const]))
  const figures = numbers.flatMap((n) => (f[n].trim() === '' ? [] : [[n, asNumber(f[n])] as const]))
  return { ...Object.fromEntries(texts), ...Object.fromEntries(figures), ...(f.above === '' ? {} : { above_scale: f.above === 'yes' }) }
}
