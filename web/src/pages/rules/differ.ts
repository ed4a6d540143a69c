// What two rule sets say differently: parameter by parameter, and line by line.

import type { Tree } from '@/api/rules'
import { nameOf } from '../policy/inputs'

export interface Difference {
  path: string
  left: string | null // null where this side has no such parameter
  right: string | null
}

type Branch = { readonly [key: string]: Tree }
const isBranch = (t: Tree): t is Branch => typeof t === 'object' && t !== null && !Array.isArray(t)
const isList = (t: Tree): t is readonly Tree[] => Array.isArray(t)

/** leaves flattens a tree: every plain value, or list of plain values, by its path. */
export function leaves(t: Tree, path = '', out = new Map<string, string>()): Map<string, string> {
  const under = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (isList(t) && t.some((item) => typeof item === 'object' && item !== null)) t.forEach((item, i) => leaves(item, under(nameOf(item, i)), out))
  else if (isList(t)) out.set(path, t.map(String).join(', '))
  else if (isBranch(t)) for (const [key, v] of Object.entries(t)) leaves(v, under(key), out)
  else out.set(path, String(t))
  return out
}

/** differences lists what is not the same on both sides, in the order of the left text and then of the right. */
export function differences(left: Tree, right: Tree): Difference[] {
  const [a, b] = [leaves(left), leaves(right)]
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((path) => ({ path, left: a.get(path) ?? null, right: b.get(path) ?? null }))
    .filter((d) => d.left !== d.right)
}

export interface Line {
  kind: ' ' | '-' | '+'
  text: string
}

const mostCells = 4_000_000

/** diffLines compares two texts by their longest common lines; null when they are too long for that. */
export function diffLines(left: string, right: string): Line[] | null {
  const [a, b] = [left.split('\n'), right.split('\n')]
  if (a.length * b.length > mostCells) return null
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const out: Line[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: ' ', text: a[i] ?? '' })
      i++
      j++
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) out.push({ kind: '-', text: a[i++] ?? '' })
    else out.push({ kind: '+', text: b[j++] ?? '' })
  }
  return out
}

/** around leaves of equal lines only those near a difference. */
export function around(lines: readonly Line[], by = 2): (Line | null)[] {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - by), i + by + 1).some((l) => l.kind !== ' '))
  return lines.flatMap((l, i): (Line | null)[] => (near[i] ? [l] : near[i - 1] ? [null] : []))
}
