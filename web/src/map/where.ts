// Filters by column: a range of numbers or a part of a text, as they stand in the link.

import type { Row } from '@/api/types'

export interface Condition {
  field: string
  low?: number
  high?: number
  text?: string
}

const name = /^[a-z][a-z0-9_]{0,40}$/
const bound = (s: string | undefined) => (s === undefined || s === '' || !Number.isFinite(Number(s)) ? undefined : Number(s))

/** parseWhere reads conditions such as tax_wan_mu:5:20,main_firm~鞋. What it does not understand is left out. */
export function parseWhere(text: string): Condition[] {
  return text.split(',').flatMap((part): Condition[] => {
    const words = /^([a-z0-9_]+)~(.+)$/.exec(part)
    if (words?.[1] !== undefined && words[2] !== undefined && name.test(words[1])) return [{ field: words[1], text: words[2] }]
    const [field = '', from, to] = part.split(':')
    const low = bound(from)
    const high = bound(to)
    if (!name.test(field) || (low === undefined && high === undefined)) return []
    return [{ field, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) }]
  })
}

/** whereText writes conditions for the link; a comma in a text would end it and becomes a space. */
export function whereText(all: readonly Condition[]): string {
  return all
    .map((c) => (c.text !== undefined ? (c.text.trim() === '' ? '' : `${c.field}~${c.text.replaceAll(',', ' ')}`) : c.low === undefined && c.high === undefined ? '' : `${c.field}:${c.low ?? ''}:${c.high ?? ''}`))
    .filter(Boolean)
    .join(',')
}

/** meets says whether a row meets every condition. A value that is missing meets none. */
export function meets(row: Row, all: readonly Condition[]): boolean {
  return all.every((c) => {
    const v = row.values[c.field]
    if (v === null || v === undefined || v === '') return false
    if (c.text !== undefined) return String(v).toLowerCase().includes(c.text.trim().toLowerCase())
    return typeof v === 'number' && v >= (c.low ?? Number.NEGATIVE_INFINITY) && v <= (c.high ?? Number.POSITIVE_INFINITY)
  })
}
