// The columns of the ranking, in order. A reader gets those whose field the server lists for it.

export interface Column {
  field: string // '' for the row's position and for the flags
  width: number
  kind: 'position' | 'code' | 'park' | 'class' | 'text' | 'number' | 'bar' | 'flags'
}

/** How much more room the longer English titles take; that of a bar has some to spare. */
const widerInEnglish = { bar: 1.25, other: 1.45 }

const all: readonly Column[] = [
  { field: '', width: 50, kind: 'position' },
  { field: 'code', width: 166, kind: 'code' },
  { field: 'park', width: 84, kind: 'park' },
  { field: 'class', width: 54, kind: 'class' },
  { field: 'main_firm', width: 212, kind: 'text' },
  { field: 'address', width: 170, kind: 'text' },
  { field: 'land_mu', width: 104, kind: 'number' },
  { field: 'tax_wan_mu', width: 150, kind: 'bar' },
  { field: 'value_added_wan_mu', width: 140, kind: 'number' },
  { field: 'output_wan_mu', width: 128, kind: 'number' },
  { field: 'tax_band', width: 142, kind: 'text' },
  { field: 'value_added_band', width: 156, kind: 'text' },
  { field: 'output_band', width: 142, kind: 'text' },
  { field: 'far', width: 82, kind: 'number' },
  { field: 'density', width: 96, kind: 'number' },
  { field: 'fai_wan_mu', width: 124, kind: 'number' },
  { field: 'score', width: 90, kind: 'number' },
  { field: 'flags', width: 150, kind: 'flags' },
]

/** widened gives columns with longer English titles the room for them. */
function widened(c: Column, english: boolean): Column {
  const long = (c.kind === 'number' && c.field !== 'land_mu') || c.kind === 'bar' || c.kind === 'park' || c.field.endsWith('_band')
  return english && long ? { ...c, width: Math.round(c.width * widerInEnglish[c.kind === 'bar' ? 'bar' : 'other']) } : c
}

/** columnOf is the column of a field, one of the usual ones or a plain one. */
function columnOf(field: string): Column {
  const usual = all.find((c) => c.field === field)
  if (usual !== undefined) return usual
  const isNumber = /_(mu|m2|wan|share|count|failed|severity|year)$|^coefficient$/.test(field)
  return { field, width: isNumber ? 128 : 140, kind: isNumber ? 'number' : 'text' }
}

/**
 * columnsFor leaves out what the reader has not; the bands stand only where the exact figures do not. Columns the reader chose are
 * given as in the link, with dots between, and stand between the position and the flags.
 */
export function columnsFor(has: (field: string) => boolean, english = false, chosen = ''): Column[] {
  const wanted = chosen.split('.').filter((f) => f !== '' && has(f))
  if (wanted.length > 0) return [all[0] as Column, ...wanted.map(columnOf), all.at(-1) as Column].map((c) => widened(c, english))
  const exact = has('tax_wan_mu')
  return all.filter((c) => {
    if (c.kind === 'position' || c.kind === 'flags') return true
    if (exact && c.field.endsWith('_band')) return false
    if (exact && c.field === 'address') return false
    return has(c.field)
  }).map((c) => widened(c, english))
}
