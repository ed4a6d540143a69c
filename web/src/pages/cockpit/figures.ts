// The pure parts of the cockpit: which targets come first, and which deadlines are near.

import type { IdleRow, Target } from '@/api/cockpit'

/** A note on a number: what it means, where it comes from, what it is held against, and of when it is. */
export interface Note {
  title: string
  meaning: string
  source: string
  threshold: string
  updated: string
}

/** inOrder puts targets that can be held against an actual value first, those not met before the others; then those with a target. */
export function inOrder(targets: readonly Target[]): Target[] {
  const rank = (t: Target) => (t.actual.value !== null ? (t.target === null ? 2 : t.met === false ? 0 : 1) : t.target === null ? 4 : 3)
  return [...targets].sort((a, b) => rank(a) - rank(b))
}

/** filled is how much of a target's bar is filled: actual ÷ target, at most whole; null where one of them is missing. */
export function filled(t: Target): number | null {
  return t.achieved === null ? null : Math.max(0, Math.min(1, t.achieved))
}

export interface Deadline {
  code: string
  park: string
  stage: { zh: string; en: string }
  on: string
  daysLeft: number
}

/** deadlines are the next steps of idle land that fall due within so many days, the nearest first. */
export function deadlines(rows: readonly IdleRow[], within: number): Deadline[] {
  return rows
    .flatMap((r) => (r.stages ?? []).filter((s) => s.days_left > 0 && s.days_left <= within).map((s) => ({ code: r.code, park: r.park, stage: s.title, on: s.on, daysLeft: s.days_left })))
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.code < b.code ? -1 : 1))
}
