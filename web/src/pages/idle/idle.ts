// The pure parts of the idle-land page.

import type { Finding, IdleRow, LandList } from '@/api/idle'
import { overAll } from '@/map/slices'
import type { Overlay } from '@/state/overlay'

/** One colour per type, told apart by those who do not see red or green; the table and the legend name them. */
const colours: Readonly<Record<string, string>> = {
  idle_unstarted: '#b2182b', idle_stalled: '#d6604d', overdue: '#8c510a', unfinished: '#bf812d', signed_unbuilt: '#dfc27d', built_unused: '#762a83',
  partly_built: '#5aae61', low_output: '#2166ac', low_intensity: '#4393c3', bad_faith: '#1b1b3a', low_benefit: '#92c5de',
}
export const colourOf = (type: string): string => colours[type] ?? '#6b7885'

/** The order in which a parcel with several suspicions takes its colour: what runs against a clock comes first. */
const ranks = new Map(Object.keys(colours).map((type, i) => [type, i]))
const rank = (type: string) => ranks.get(type) ?? ranks.size

/** Gravest is the gravest finding of each parcel, and per type one of those with their number, the gravest type first. */
export interface Gravest {
  of: ReadonlyMap<string, Finding>
  types: readonly { finding: Finding; count: number }[]
}

/** gravest finds out what parcels are coloured by; null when it was given up. */
export async function gravest(lines: readonly Line[], gone?: () => boolean): Promise<Gravest | null> {
  const of = new Map<string, Finding>()
  const counts = new Map<string, number>()
  const count = (type: string, by: 1 | -1) => counts.set(type, (counts.get(type) ?? 0) + by)
  const one = new Map<string, Finding>()
  const whole = await overAll(lines, ({ finding: f }) => {
    const known = of.get(f.code)
    if (known !== undefined && rank(known.type) <= rank(f.type)) return
    if (known !== undefined) count(known.type, -1)
    count(f.type, 1)
    of.set(f.code, f)
    one.set(f.type, f)
  }, gone)
  if (!whole) return null
  const types = [...one.values()].map((finding) => ({ finding, count: counts.get(finding.type) ?? 0 })).filter((x) => x.count > 0)
  return { of, types: types.sort((a, b) => rank(a.finding.type) - rank(b.finding.type)) }
}

/** byType colours parcels by their gravest findings. */
export function byType(g: Gravest, title: string, label: (f: Finding) => string): Overlay {
  const colour = (f: Finding | undefined) => (f === undefined ? undefined : colourOf(f.type))
  return { title, fills: { get: (code) => colour(g.of.get(code)) }, legend: g.types.map(({ finding, count }) => ({ colour: colourOf(finding.type), label: label(finding), count })) }
}

export interface Line {
  key: string
  finding: Finding
  clock: IdleRow | null
}

/** What the clock of order 53 or of an empty plant runs for; other suspicions of the parcel have none. */
const clocked = new Set(['signed_unbuilt', 'idle_unstarted', 'idle_stalled', 'built_unused'])

/** linesOf sets each finding beside the clock of its parcel; null when it was given up. */
export async function linesOf(list: LandList, clocks: readonly IdleRow[], type: string, gone?: () => boolean): Promise<Line[] | null> {
  const of = new Map(clocks.map((r) => [r.code, r]))
  const out: Line[] = []
  const whole = await overAll(list.rows, (f) => {
    if (type !== '' && f.type !== type) return
    out.push({ key: `${f.code}.${f.type}`, finding: f, clock: clocked.has(f.type) ? (of.get(f.code) ?? null) : null })
  }, gone)
  return whole ? out : null
}

type Worth = string | number | null
const worth: Readonly<Record<string, (l: Line) => Worth>> = {
  code: (l) => l.finding.code,
  type: (l) => rank(l.finding.type),
  since: (l) => l.finding.since,
  left: (l) => l.clock?.days_left ?? null,
}

/** inOrder sorts lines by a column; those without a value come last either way. */
export function inOrder(lines: readonly Line[], sort: string): Line[] {
  const of = worth[sort.replace(/^-/, '')]
  if (of === undefined) return [...lines]
  const way = sort.startsWith('-') ? -1 : 1
  return [...lines].sort((a, b) => {
    const [x, y] = [of(a), of(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return x === y ? 0 : (x < y ? -1 : 1) * way
  })
}
