// A scenario is a set of patches. It stands in the link, one key for each patch, and can be kept by name in this browser.

import type { Patch } from '@/api/rules'

export interface Scenario {
  name: string
  patches: Patch[]
  normalise: boolean
}

const first = 'pa'.charCodeAt(1)

/** keyOf names the n-th patch in the link: pa … pz, pza … */
const keyOf = (n: number): string => 'p' + 'z'.repeat(Math.floor(n / 25)) + String.fromCharCode(first + (n % 25))

/** toLink writes patches as parts of the page's state; those that were there before and are no more are taken away. */
export function toLink(patches: readonly Patch[], before: Readonly<Record<string, string>>): Record<string, string> {
  const gone = Object.keys(before).filter((k) => k.startsWith('p')).map((k) => [k, ''])
  return Object.fromEntries([...gone, ...patches.map((p, n) => [keyOf(n), `${p.set}~${p.path}~${p.value}`])]) as Record<string, string>
}

/** fromLink reads them; whatever is none is left out. */
export function fromLink(more: Readonly<Record<string, string>>): Patch[] {
  return Object.keys(more)
    .filter((k) => /^pz*[a-y]$/.test(k))
    .sort((a, b) => a.length - b.length || a.localeCompare(b))
    .flatMap((k) => {
      const [set, path, value] = (more[k] ?? '').split('~')
      return set && path && value !== undefined ? [{ set, path, value }] : []
    })
}

const shelf = 'muchan.scenarios'

/** kept lists the scenarios of this browser; a shelf that cannot be read is empty. */
export function kept(): Scenario[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(shelf) ?? '[]')
    return Array.isArray(list) ? (list as Scenario[]).filter((s) => typeof s?.name === 'string' && Array.isArray(s.patches)) : []
  } catch {
    return []
  }
}

/** keep puts a scenario on the shelf in place of one of its name. */
export function keep(s: Scenario): Scenario[] {
  const list = [...kept().filter((x) => x.name !== s.name), s].sort((a, b) => a.name.localeCompare(b.name))
  localStorage.setItem(shelf, JSON.stringify(list))
  return list
}

export function drop(name: string): Scenario[] {
  const list = kept().filter((x) => x.name !== name)
  localStorage.setItem(shelf, JSON.stringify(list))
  return list
}
