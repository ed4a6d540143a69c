// Where points come from, bar by bar up to the total.

import type { Indicator } from '@/api/types'

export interface Bar {
  id: string // of the indicator; '' for what none accounts for, and for the total
  label: string
  from: number
  to: number
  total: boolean
}

interface Scored {
  points: number | null
  indicators?: readonly Indicator[] | null
}

/**
 * waterfall stacks a firm's points up to its total. What the indicators do not account for are points added or taken by steps and
 * stands as a bar of its own, so that the bars always end where the total is.
 */
export function waterfall(firm: Scored, label: (i: Indicator) => string, other: string, total: string): Bar[] {
  if (firm.points === null) return []
  let at = 0
  const bars = (firm.indicators ?? [])
    .filter((i) => i.points !== null)
    .map((i) => {
      const from = at
      at += i.points ?? 0
      return { id: i.id, label: label(i), from, to: at, total: false }
    })
  if (Math.abs(firm.points - at) > 1e-6) bars.push({ id: '', label: other, from: at, to: firm.points, total: false })
  return [...bars, { id: '', label: total, from: 0, to: firm.points, total: true }]
}

/** lie says where a bar lies on a scale from the lowest to the highest point of all: start and width in per cent, never invisible. */
export function lie(b: Bar, all: readonly Bar[]): { start: number; width: number } {
  const ends = all.flatMap((x) => [x.from, x.to])
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const span = high - low || 1
  const share = (v: number) => ((v - low) / span) * 100
  return { start: Math.min(share(Math.min(b.from, b.to)), 99), width: Math.max(share(Math.max(b.from, b.to)) - share(Math.min(b.from, b.to)), 1) }
}
