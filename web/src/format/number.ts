// Numbers as the bureau writes them: a missing number is an en dash, never 0; the unit stands with the number.

import type { Value } from '@/api/types'

export const missing = '–'

const formats = new Map<number, Intl.NumberFormat>()

function fixed(digits: number): Intl.NumberFormat {
  let f = formats.get(digits)
  if (f === undefined) {
    f = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    formats.set(digits, f)
  }
  return f
}

/** number writes a value with a fixed number of decimals and thousands separators. */
export function number(v: Value, digits = 0): string {
  if (typeof v !== 'number' || !Number.isFinite(v)) return missing
  const text = fixed(digits).format(v)
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text
}

/** percent writes a share between 0 and 1. */
export function percent(v: Value, digits = 1): string {
  return typeof v === 'number' && Number.isFinite(v) ? `${number(v * 100, digits)}%` : missing
}

/** some writes an amount with so many decimals; one above zero that is too small for them is "<0.01", for it is not nothing. */
export function some(v: Value, digits: number): string {
  const least = 10 ** -digits
  return typeof v === 'number' && v > 0 && v < least / 2 ? `<${number(least, digits)}` : number(v, digits)
}

/** gap writes by what share of its threshold a value misses it: whole per cents, and below one of them two decimals. */
export function gap(margin: Value): string {
  if (typeof margin !== 'number' || !Number.isFinite(margin)) return missing
  return `${some(margin * 100, margin < 0.01 ? 2 : 0)}%`
}

/** money writes 万元 amounts, from 1 亿元 on in 亿元; in English in millions. */
export function money(wan: Value, english = false): { text: string; unit: string } {
  if (english) return { text: number(typeof wan === 'number' ? wan / 100 : wan, 1), unit: 'M yuan' }
  if (typeof wan === 'number' && Math.abs(wan) >= 10000) return { text: number(wan / 10000, 2), unit: '亿元' }
  return { text: number(wan, 1), unit: '万元' }
}

const allDigits = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })

/** precise keeps all digits a value was given with, up to six decimals. */
export function precise(v: Value): string {
  if (typeof v !== 'number' || !Number.isFinite(v)) return missing
  return allDigits.format(v)
}

/** apart writes two values with as many decimals as it takes to see that they are not the same, at least so many and at most six. */
export function apart(a: Value, b: Value, digits = 0): [string, string] {
  for (let d = digits; ; d++) {
    const pair: [string, string] = [number(a, d), number(b, d)]
    if (a === b || pair[0] !== pair[1] || d >= 6) return pair
  }
}

/** digitsOf is how many decimals a field is shown with. */
export function digitsOf(field: string): number {
  if (/^(firm_count|exit_failed|published_year|storeys)$/.test(field)) return 0
  if (/_m2$/.test(field)) return 0
  if (/^(land_mu|drawn_mu|tax_wan_mu|far|exit_severity)$/.test(field)) return 2
  return 1
}
