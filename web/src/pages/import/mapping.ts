// Which column of the file goes to which field: what the preview says, and what the reader makes of it.

import type { Import, Options } from '@/api/imports'

export const leave = '-'

export interface Line {
  column: string
  /** Ours, or '-' when the column is not read. */
  field: string
  unit: string
  factor: number
  sample: string
}

/** linesOf lists every column of the file with what becomes of it, in the file's order. */
export function linesOf(doc: Import): Line[] {
  const first = doc.sample[0]?.cells ?? []
  return doc.header.map((column) => {
    const at = doc.columns.findIndex((c) => c.column === column)
    const use = doc.columns[at]
    const field = doc.options.map?.[column] ?? use?.field ?? leave
    return { column, field, unit: use?.unit ?? '', factor: use?.factor ?? 1, sample: first[at] ?? '' }
  })
}

/** mapOf is what has to be said of the columns: only where it differs from what the service finds by itself. */
export function mapOf(doc: Import, chosen: readonly Line[]): Record<string, string> | null {
  const before = new Map(linesOf(doc).map((l) => [l.column, l.field]))
  const said = chosen.filter((l) => doc.options.map?.[l.column] !== undefined || before.get(l.column) !== l.field)
  return said.length === 0 ? null : Object.fromEntries(said.map((l) => [l.column, l.field]))
}

/** sameOptions says whether a file was read with these options. */
export function sameOptions(a: Options, b: Options): boolean {
  const plain = (o: Options) => JSON.stringify([o.crs, o.encoding, o.sheet, o.skip_bad, o.relate, sorted(o.map), sorted(o.set)])
  return plain(a) === plain(b)
}

const sorted = (pairs: Record<string, string> | null) => Object.entries(pairs ?? {}).sort(([x], [y]) => x.localeCompare(y))

/** position reads "lon lat". */
export function position(place: string | undefined): [number, number] | null {
  const [x, y] = (place ?? '').split(' ').map(Number)
  return x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y) || place === '' ? null : [x, y]
}
