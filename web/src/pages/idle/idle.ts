// The pure parts of the idle-land page.

import type { Finding, IdleRow, LandList } from '@/api/idle'
import type { Overlay } from '@/state/overlay'

/** One colour per type, told apart by those who do not see red or green; the table and the legend name them. */
const colours: Readonly<Record<string, string>> = {
  idle_unstarted: '#b2182b', idle_stalled: '#d6604d', overdue: '#8c510a', unfinished: '#bf812d', signed_unbuilt: '#dfc27d', built_unused: '#762a83',
  partly_built: '#5aae61', low_output: '#2166ac', low_intensity: '#4393c3', bad_faith: '#1b1b3a', low_benefit: '#92c5de',
}
export const colourOf = (type: string): string => colours[type] ?? '#6b7885'

/** The order in which a parcel with several suspicions takes its colour: what runs against a clock comes first. */
const order = Object.keys(colours)
const rank = (type: string) => (order.includes(type) ? order.indexOf(type) : order.length)

/** byType colours the parcels of some findings, each by its gravest, and counts them. */
export function byType(rows: readonly Finding[], title: string, label: (f: Finding) => string): Overlay {
  const gravest = new Map<string, Finding>()
  for (const f of rows) {
    const known = gravest.get(f.code)
    if (known === undefined || rank(f.type) < rank(known.type)) gravest.set(f.code, f)
  }
  const shown = [...gravest.values()]
  const types = [...new Map(shown.map((f) => [f.type, f])).values()].sort((a, b) => rank(a.type) - rank(b.type))
  return {
    title,
    fills: new Map(shown.map((f) => [f.code, colourOf(f.type)])),
    legend: types.map((f) => ({ colour: colourOf(f.type), label: label(f), count: shown.filter((x) => x.type === f.type).length })),
  }
}

export interface Line {
  key: string
  finding: Finding
  clock: IdleRow | null
}

/** What the clock of order 53 or of an empty plant runs for; other suspicions of the parcel have none. */
const clocked = new Set(['signed_unbuilt', 'idle_unstarted', 'idle_stalled', 'built_unused'])

/** linesOf sets each finding beside the clock of its parcel. */
export function linesOf(list: LandList | null, clocks: readonly IdleRow[], type: string): Line[] {
  const of = new Map(clocks.map((r) => [r.code, r]))
  return (list?.rows ?? [])
    .filter((f) => type === '' || f.type === type)
    .map((f) => ({ key: `${f.code}.${f.type}`, finding: f, clock: clocked.has(f.type) ? (of.get(f.code) ?? null) : null }))
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
