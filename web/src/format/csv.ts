// A table as CSV that spreadsheets open: UTF-8 with its mark, and no text that they would run as a formula.

import type { Value } from '@/api/types'

/** Characters by which a spreadsheet takes a text for a formula, full-width forms included. */
const trigger = /^[=+\-@\t\r＝＋－＠]/

/** cell writes one value. Numbers keep all their digits; a missing value is an empty cell. */
export function cell(v: Value): string {
  if (v === null || v === undefined) return ''
  if (typeof v !== 'string') return String(v)
  // A long row of digits would lose its end as a number, so it is kept a text, as is what looks like a formula.
  const text = trigger.test(v) || /^\d{12,}$/.test(v) ? `'${v}` : v
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** csv writes a head and rows. */
export function csv(head: readonly string[], rows: readonly (readonly Value[])[]): string {
  return `\uFEFF${[head, ...rows].map((r) => r.map(cell).join(',')).join('\r\n')}\r\n`
}

/** save hands a text to the browser as a file. */
export function save(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
