// The pure parts of GridTable.

export interface GridColumn {
  /** What it is sorted by; '' for a column that has no value of its own. */
  id: string
  title: string
  width: number
  align?: 'right' | 'centre'
  unit?: string
  hint?: string
  /** Cannot be sorted by. */
  fixed?: boolean
  /** Sorted from the highest down at first, as numbers are. */
  fromHigh?: boolean
}

/** nextSort is the order that a click on a column's head asks for. */
export function nextSort(order: string, c: GridColumn): string {
  const down = order.replace(/^-/, '') === c.id ? !order.startsWith('-') : c.fromHigh === true
  return (down ? '-' : '') + c.id
}

/** rowsInSight says which rows of a long list are to be drawn: those in sight and a few around them. */
export function rowsInSight(top: number, height: number, rowHeight: number, count: number, around = 6): { from: number; to: number } {
  const from = Math.max(0, Math.floor(top / rowHeight) - around)
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + around)
  return { from: Math.min(from, to), to }
}

/** scrollTo gives the scroll position that brings a row into sight, or the present one when it is. */
export function scrollTo(row: number, top: number, height: number, rowHeight: number): number {
  const start = row * rowHeight
  if (start < top) return start
  return start + rowHeight > top + height ? start + rowHeight - height : top
}
