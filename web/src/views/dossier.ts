// What the dossier shows of which field, and which explanation belongs to which number.

import type { Explanation, Value, Values } from '@/api/types'

/** Explanations are known by the metric; a few fields of the tables have another name than their metric. */
const explains: Readonly<Record<string, readonly string[]>> = {
  tax_wan_mu: ['tax_per_mu'],
  output_wan_mu: ['output_per_mu'],
  value_added_wan_mu: ['value_added_per_mu'],
  fai_wan_mu: ['fai_per_mu', 'investment'],
  land_mu: ['land', 'land_mu'],
  score: ['points', 'class'],
  idle_type: ['idle', 'idle_land'],
  idle_plant: ['plant', 'vacant_plant'],
  tax_band: ['tax_per_mu'],
  output_band: ['output_per_mu'],
  value_added_band: ['value_added_per_mu'],
  tax_wan: ['tax', 'tax_per_mu'],
  output_wan: ['output', 'output_per_mu'],
  value_added_wan: ['value_added', 'value_added_per_mu'],
}

/** explanationOf finds where a field's number comes from. */
export function explanationOf(field: string, all: readonly Explanation[] | null | undefined): Explanation | null {
  const ids = [field, ...(explains[field] ?? [])]
  return all?.find((e) => ids.includes(e.id)) ?? null
}

export const metricFields = ['class', 'tax_wan_mu', 'tax_band', 'value_added_wan_mu', 'value_added_band', 'output_wan_mu', 'output_band', 'fai_wan_mu', 'far', 'density', 'coefficient', 'vacant_share', 'score'] as const
export const moneyFields = ['land_mu', 'tax_wan', 'value_added_wan', 'output_wan'] as const
const flagFields = ['idle_type', 'idle_plant', 'exit'] as const

/** shownFields leaves out what the reader has not, and bands where the exact figure is there. */
export function shownFields(fields: readonly string[], values: Values): string[] {
  return fields.filter((f) => f in values && !(f.endsWith('_band') && f.replace('_band', '_wan_mu') in values))
}

/** outcome is the value an explanation leads to; a text that is only a code is left to the explanation's words. */
export function outcome(e: Explanation, english = false): { value: number | null; text: string } {
  const text = (english && e.text_en) || e.text
  return { value: e.value, text: e.value === null && text && !/^[a-z_]+$/.test(text) ? text : '' }
}

/** leftOver lists the explanations that stand beside no number on the page. */
export function leftOver(all: readonly Explanation[] | null | undefined, values: Values): Explanation[] {
  const raised = flagFields.filter((f) => Boolean(values[f]))
  const used = new Set([...shownFields([...metricFields, ...moneyFields], values), ...raised].map((f) => explanationOf(f, all)))
  return (all ?? []).filter((e) => !used.has(e))
}

export interface Milestone {
  title: string // the field that names it
  due: string | null
  done: string | null
  late: boolean
}

const steps: readonly { due: string | null; done: string }[] = [
  { due: null, done: 'signed_on' },
  { due: null, done: 'handed_over_on' },
  { due: 'due_start_on', done: 'started_on' },
  { due: 'due_completion_on', done: 'completed_on' },
  { due: 'due_production_on', done: 'produced_on' },
]

const day = (v: Value) => (typeof v === 'string' && v !== '' ? v : null)

/** milestones sets what was agreed beside what was done; a step is late when it came, or is still awaited, after its day. */
export function milestones(values: Values, asOf: string): Milestone[] {
  return steps
    .map((s) => {
      const due = s.due === null ? null : day(values[s.due])
      const done = day(values[s.done])
      return { title: s.done, due, done, late: due !== null && (done ?? asOf) > due }
    })
    .filter((m) => m.due !== null || m.done !== null)
}

/** series scales a row of yearly values into a drawing of the given size; a missing year is a gap, not a zero. */
export function series(values: readonly (number | null | undefined)[], width: number, height: number): { x: number; y: number }[][] {
  const known = values.filter((v): v is number => typeof v === 'number')
  const [low, high] = [Math.min(0, ...known), Math.max(...known, 1e-9)]
  const runs: { x: number; y: number }[][] = [[]]
  values.forEach((v, i) => {
    if (typeof v !== 'number') {
      runs.push([])
      return
    }
    const x = values.length < 2 ? width / 2 : (i * width) / (values.length - 1)
    runs.at(-1)?.push({ x, y: height - ((v - low) / (high - low)) * height })
  })
  return runs.filter((r) => r.length > 0)
}

/** grades tells the class worked out anew from a published one that differs; null for a reader who sees the published one only. */
export function grades(values: Values): { again: string; published: string; publishedYear: number | null } | null {
  if (!('class' in values)) return null
  const [again, published] = [String(values.class ?? ''), String(values.published_class ?? '')]
  const year = values.published_year
  return { again, published: published === again ? '' : published, publishedYear: typeof year === 'number' ? year : null }
}

const amountsOf: Readonly<Record<string, RegExp>> = {
  tax: /tax|税/,
  output: /output|产值/,
  revenue: /revenue|收入/,
  value_added: /value_added|增加值/,
  benefit: /benefit|效益/,
}

/**
 * isPartial says whether a field's number is a lower bound because some firm on the parcel did not report. The server names the
 * amounts concerned; when it names none that is known here, all of them are marked.
 */
export function isPartial(field: string, values: Values): boolean {
  const said = typeof values.partial === 'string' ? values.partial : ''
  const kind = /^(tax|output|revenue|value_added|benefit)_(wan|wan_mu|band)$/.exec(field)?.[1]
  if (said === '' || kind === undefined) return false
  const named = Object.values(amountsOf).some((re) => re.test(said))
  return !named || (amountsOf[kind]?.test(said) ?? false)
}
