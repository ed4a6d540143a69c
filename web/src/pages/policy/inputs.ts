// The numbers of a rule set that can be tried with other values, found in its text.

import { scalarText, type Tree } from '@/api/rules'

export interface Input {
  path: string
  /** Where it stands: the sections above it, by name. */
  section: string
  /** The item it belongs to, with the title the text gives it. */
  item: string
  title: { zh: string; en: string }
  key: string
  kind: 'weight' | 'bound' | 'cap' | 'threshold' | 'number' | 'switch'
  value: string
  min: number
  max: number
  step: number
}

type Branch = { readonly [key: string]: Tree }
const isBranch = (t: Tree): t is Branch => typeof t === 'object' && t !== null && !Array.isArray(t)

/** nameOf is how a path calls an item of a list: by its id, class or kind, else by its place. */
export function nameOf(item: Tree, at: number): string {
  if (!isBranch(item)) return String(at)
  const named = [item.id, item.class, item.kind].find((v): v is string => typeof v === 'string')
  return named ?? String(at)
}

/** What stands in front of the body is about the set, not a parameter. */
const heads = new Set(['id', 'kind', 'title', 'title_en', 'authority', 'document', 'source', 'valid_from', 'valid_to', 'applies_to', 'zones', 'evaluation_years', 'verified', 'notice', 'notice_en'])
const untold = new Set(['verified', 'benchmarks', 'crosswalk', 'grouped'])

/** numberOf reads 0.5, 25% and 1/3; null is no number. */
export function numberOf(v: string): number | null {
  const text = v.trim()
  if (/^-?\d+(\.\d+)?%$/.test(text)) return Number(text.slice(0, -1)) / 100
  const part = /^(\d+)\/(\d+)$/.exec(text)
  if (part) return Number(part[1]) / Number(part[2])
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : null
}

function kindOf(key: string, v: Tree): Input['kind'] | null {
  if (typeof v === 'boolean') return 'switch'
  if (key === 'cap_factor') return 'cap'
  if (numberOf(scalarText(v)) === null || (typeof v === 'string' && !/[%/]/.test(v))) return null
  if (key === 'weight') return 'weight'
  if (key === 'upto') return 'bound'
  return key === 'threshold' || key === 'at_least' || key === 'at_most' ? 'threshold' : 'number'
}

/** rangeOf gives a slider room on both sides of the value in force. */
export function rangeOf(kind: Input['kind'], value: string): { min: number; max: number; step: number } {
  const v = numberOf(value) ?? 1
  if (kind === 'weight') return { min: 0, max: 100, step: 1 }
  if (kind === 'bound') return { min: 0, max: 1, step: 0.01 }
  if (kind === 'cap') return { min: 1, max: 3, step: 0.05 }
  if (v > 0 && v <= 1 && !Number.isInteger(v)) return { min: 0, max: 1, step: 0.01 }
  const max = Math.max(2, Math.abs(v) * 2)
  return { min: Math.min(0, v), max, step: Number.isInteger(v) ? Math.max(1, 10 ** Math.floor(Math.log10(max) - 2)) : 0.05 }
}

const textOf = (t: Tree | undefined) => (typeof t === 'string' ? t : '')

/** inputsOf lists every parameter of a set's tree that is a number, a share or a switch, in the order of the text. */
export function inputsOf(tree: Branch): Input[] {
  const found: Input[] = []
  const add = (owner: Branch, path: string, trail: readonly string[], key: string): void => {
    const v = owner[key] ?? null
    const kind = kindOf(key, v)
    if (kind === null) return
    found.push({
      path: `${path}.${key}`, section: trail.slice(1, -1).join(' / ') || (trail[0] ?? ''), item: trail.at(-1) ?? '', key, kind, value: scalarText(v),
      title: { zh: textOf(owner.title), en: textOf(owner.title_en) }, ...rangeOf(kind, scalarText(v)),
    })
  }
  const walk = (t: Tree, path: string, trail: readonly string[]): void => {
    if (Array.isArray(t)) t.forEach((item: Tree, i) => walk(item, `${path}.${nameOf(item, i)}`, [...trail, nameOf(item, i)]))
    else if (isBranch(t)) {
      for (const [key, v] of Object.entries(t)) {
        if (untold.has(key)) continue
        if (typeof v === 'object' && v !== null) walk(v, `${path}.${key}`, [...trail, key])
        else add(t, path, trail, key)
      }
    }
  }
  for (const [key, v] of Object.entries(tree)) if (!heads.has(key)) walk(v, key, [key])
  return found
}

/** cohortOf is the cohort a weight or cut-off belongs to. */
export const cohortOf = (i: Input): string => /\.cohorts\.([^.]+)\./.exec(i.path)?.[1] ?? ''

/** sumsOf adds up the weights of each cohort with the values being tried. */
export function sumsOf(inputs: readonly Input[], tried: Readonly<Record<string, string>>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const i of inputs) {
    if (i.kind !== 'weight') continue
    sums.set(cohortOf(i), (sums.get(cohortOf(i)) ?? 0) + (numberOf(tried[i.path] ?? i.value) ?? 0))
  }
  return sums
}

/** at says which input a refusal is about: one that it names, or the only one that was changed last. */
export function blamed(reason: string, inputs: readonly Input[], last: string): string {
  return inputs.find((i) => reason.includes(i.path))?.path ?? last
}
