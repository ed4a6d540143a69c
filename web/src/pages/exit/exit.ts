// The pure parts of the exit page.

import type { Candidate } from '@/api/exit'
import type { ExitTest } from '@/api/types'
import { percent } from '@/format/number'
import type { Overlay } from '@/state/overlay'

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

/** gap writes the margin of a failed test; one below a hundredth keeps two decimals, for it is not nothing. */
export const gap = (margin: number | null): string => percent(margin, margin !== null && margin < 0.01 ? 2 : 0)

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
