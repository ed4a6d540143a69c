// The pure parts of the exit page.

import type { Candidate } from '@/api/exit'
import type { ExitTest } from '@/api/types'
import { apart, gap } from '@/format/number'
import { unit } from '@/format/units'
import { english, pick } from '@/i18n'
import type { Overlay } from '@/state/overlay'
import { t } from './words'

/** Deeper red for more failed tests; the legend names the number, so that colour does not speak alone. */
const reds = ['#f4a582', '#e0714f', '#c23b33', '#8f1023', '#5c0a1a'] as const

/** shade is the colour of a number of failed tests, of which five or more are one colour. */
export const shade = (failed: number): string => reds[Math.min(Math.max(failed, 1), reds.length) - 1] as string

/** byFailed colours candidates by the number of their failed tests. */
export function byFailed(rows: readonly Candidate[], title: string, label: (n: number) => string): Overlay {
  const fills = new Map(rows.map((r) => [r.code, shade(r.failed)]))
  const counts = [...new Set(rows.map((r) => r.failed))].sort((a, b) => b - a)
  return { title, fills, legend: counts.map((n) => ({ colour: shade(n), label: label(n), count: rows.filter((r) => r.failed === n).length })) }
}

/** failedOf are the failed tests of a parcel, the widest gap first. */
export function failedOf(tests: readonly ExitTest[]): ExitTest[] {
  return tests.filter((x) => x.failed).sort((a, b) => (b.margin ?? 0) - (a.margin ?? 0))
}

/** told says all of a failed test: value, threshold and gap, with as many decimals as it takes to tell the two apart. */
export function told(x: ExitTest): string {
  const u = x.unit ? ` ${unit(x.unit, english.value)}` : ''
  const [value, threshold] = apart(x.value, x.threshold, 2)
  return t('chip', { title: pick(x.title, x.title_en), value: value + u, threshold: threshold + u, margin: gap(x.margin) })
}

/** short is a failed test on a chip: its name, and how far below its threshold. */
export function short(x: ExitTest): string {
  const g = gap(x.margin)
  return `${pick(x.title, x.title_en)} ${g.startsWith('<') ? g : `−${g}`}`
}

/** widthOf estimates how many pixels wide a text is in small letters: too wide rather than too narrow. */
const widthOf = (text: string) => Array.from(text).reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2e80 ? 12 : 7.2), 0)

/** fitting says how many of the chips with these texts stand in one line of so many pixels, with room left for the number of the others. */
export function fitting(texts: readonly string[], widthPx: number): number {
  const [frame, between, rest] = [14, 5, 32]
  let used = 0
  for (const [i, text] of texts.entries()) {
    used += widthOf(text) + frame + (i === 0 ? 0 : between)
    const room = i === texts.length - 1 ? widthPx : widthPx - rest
    if (used > room) return Math.max(i, 1)
  }
  return texts.length
}

/** testsOf lists the tests that occur, each once, for a filter. */
export function testsOf(rows: readonly Candidate[]): ExitTest[] {
  return [...new Map(rows.flatMap((r) => r.tests).map((x) => [x.id, x])).values()]
}

/** asCode finds a parcel code in what somebody typed or pasted. */
export const asCode = (typed: string): string => typed.replace(/[\s·-]/g, '').toUpperCase()

/** neighbour is the place of the card that an arrow key leads to on a board of columns; null when there is none that way. */
export function neighbour(sizes: readonly number[], at: { column: number; row: number }, key: string): { column: number; row: number } | null {
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const row = at.row + (key === 'ArrowDown' ? 1 : -1)
    return row >= 0 && row < (sizes[at.column] ?? 0) ? { column: at.column, row } : null
  }
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
  for (let column = at.column + by; by !== 0 && column >= 0 && column < sizes.length; column += by) {
    const size = sizes[column] ?? 0
    if (size > 0) return { column, row: Math.min(at.row, size - 1) }
  }
  return null
}
