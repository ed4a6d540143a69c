// What is looked for, as it stands in the link and as it is asked.

import type { Need } from '@/api/match'

export const measures = [
  { key: 'mu', param: 'need_mu', unit: '亩' },
  { key: 'floor', param: 'need_floor_m2', unit: 'm²' },
  { key: 'width', param: 'min_width_m', unit: 'm' },
  { key: 'reach', param: 'max_distance_m', unit: 'm' },
] as const

export const weightNames = ['distance', 'area', 'adjoining', 'form', 'use', 'overlay', 'path', 'holder'] as const

/** needOf turns the page's state into parameters; weights stand as w followed by their name. */
export function needOf(more: Readonly<Record<string, string>>): Need {
  const asked: [string, string | undefined][] = [
    ['uscc', more.firm],
    ['industry', more.industry],
    ['near', more.near],
    ...measures.map((m): [string, string | undefined] => [m.param, more[m.key]]),
    ...weightNames.map((n): [string, string | undefined] => [`weight_${n}`, more[`w${n}`]]),
  ]
  return Object.fromEntries(asked.filter((x): x is [string, string] => x[1] !== undefined && x[1] !== ''))
}
