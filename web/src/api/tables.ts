// A table as the reader sees it, made into a file by the server, which keeps on record who signed in and did so.

import { address, sendForFile } from './client'

export type Cell = string | number | boolean | null | undefined

export interface SheetColumn {
  title: string
  /** text unless said otherwise; a column of numbers holds numbers alone. */
  type?: 'text' | 'number' | 'date'
  /** Decimals that a workbook shows; the value keeps all it has. */
  digits?: number
}

export interface Sheet {
  /** What the table is: the workbook's sheet, and on record. */
  name: string
  columns: readonly SheetColumn[]
  rows: readonly (readonly Cell[])[]
}

export type SheetFormat = 'xlsx' | 'csv'

const rowsAtOnce = 2000

/** linesOf writes a sheet as JSON lines, some rows at a time so that the page can answer the reader in between. */
export async function linesOf(sheet: Sheet): Promise<Blob> {
  const parts = [JSON.stringify({ columns: sheet.columns })]
  for (let i = 0; i < sheet.rows.length; i += rowsAtOnce) {
    parts.push(sheet.rows.slice(i, i + rowsAtOnce).map((r) => JSON.stringify(r.map((c) => c ?? null))).join('\n'))
    await new Promise((next) => setTimeout(next))
  }
  return new Blob([parts.join('\n')])
}

/** makeFile has the server make a file of a sheet. */
export async function makeFile(sheet: Sheet, format: SheetFormat): Promise<Blob> {
  return sendForFile(address('/exports/tables', { name: sheet.name, format }), 'application/x-ndjson', await linesOf(sheet))
}
