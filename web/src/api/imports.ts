// Files that are brought in: uploaded, looked at, applied, taken back.

import type { FeatureCollection } from 'geojson'
import { address, get, send } from './client'
import { asProblem, Problem } from './problem'
import type { Box } from './types'

export const kinds = ['parcels', 'buildings', 'firms', 'occupancies', 'figures', 'events', 'zones', 'parks', 'targets'] as const
export type Kind = (typeof kinds)[number]

export interface Options {
  crs: string // 'detect' finds it out, '' takes the file's own
  encoding: string
  sheet: string
  map: Record<string, string> | null // column of the file to ours; '-' leaves it out
  set: Record<string, string> | null // ours to its value in every row
  skip_bad: boolean
  relate: boolean
  straddle: string
  doubles: string
}

export interface RowProblem {
  entity: string
  key?: string
  row?: number
  column?: string
  value?: string
  rule: string
  message: string
  message_zh: string // what its rule says; message has the particulars
  remedy?: string
  remedy_zh: string
  place?: string // "lon lat"
  severity: 'error' | 'warning'
}

export interface ColumnUse {
  column?: string
  field: string
  title: string
  unit?: string
  factor?: number
  set?: string
}

export interface Field {
  field: string
  title: string
  title_en: string
  unit?: string
  required: boolean
}

export interface Difference {
  entity: string
  key: string
  action: string
  columns?: { column: string; title: string; before: string; after: string }[]
}

export interface Plan {
  new: number
  changed: number
  unchanged: number
  ended: number
  missing: number
  emptied: number
  repeated: number
  differences: Difference[]
  absent: string[]
}

export interface Receipt {
  change: number
  version: number
  repeated: boolean
  new: number
  changed: number
  unchanged: number
  ended: number
  deleted: number
  emptied: number
}

export interface Import {
  id: string
  kind: Kind
  file: string
  bytes: number
  by: string
  uploaded_at: string
  state: 'ready' | 'refused' | 'applied'
  options: Options
  format: string
  encoding: string
  crs: string
  crs_assumed: boolean
  rows: number
  accepted: number
  skipped: number
  doubled: number
  ledger: boolean
  notes: string[]
  header: string[]
  fields: Field[]
  columns: ColumnUse[]
  sample: { row: number; cells: string[]; bad: boolean }[]
  bbox: Box | null
  outline: FeatureCollection | null
  errors: number
  warnings: number
  problems: { error: RowProblem[]; warning: RowProblem[] }
  plan: Plan | null
  content: string
  receipt: Receipt | null
  refused: { rows: number; href: string } | null
}

export interface Waiting {
  max_bytes: number
  formats: string[]
  bridged: string[]
  rows: Import[]
}

export interface Change {
  change: number
  at: string
  who: string
  why: string
  file: string
  undoes: number
  undone_by: number
  new: number
  changed: number
  ended: number
  deleted: number
}

const one = (id: string, rest = '') => address(`/imports/${encodeURIComponent(id)}${rest}`)

export const readWaiting = (signal?: AbortSignal) => get(address('/imports'), signal) as Promise<Waiting>
export const readImport = (id: string, signal?: AbortSignal) => get(one(id), signal) as Promise<Import>
export const readAgain = (id: string, options: Options) => send('POST', one(id), options) as Promise<Import>
export const discard = (id: string) => send('DELETE', one(id))
export const readChanges = (limit: number, signal?: AbortSignal) => get(address('/changes', { limit }), signal) as Promise<Change[]>
export const undo = (change: number, why: string) => send('POST', address(`/changes/${change}/undo`), { why }) as Promise<Receipt>

export function apply(id: string, content: string, confirmed: boolean, why: string): Promise<Import> {
  return send('POST', one(id, '/apply'), { content, crs_confirmed: confirmed, why }) as Promise<Import>
}

/** upload sends a file and tells how much of it has gone, 0 to 1. XMLHttpRequest alone knows that. */
export function upload(kind: Kind, file: File, told: (share: number) => void, signal: AbortSignal): Promise<Import> {
  return new Promise((done, failed) => {
    const call = new XMLHttpRequest()
    call.open('POST', address('/imports', { kind, name: file.name }))
    call.setRequestHeader('Content-Type', 'application/octet-stream')
    call.setRequestHeader('Accept-Language', document.documentElement.lang)
    call.responseType = 'json'
    call.upload.onprogress = (e) => e.lengthComputable && told(e.loaded / e.total)
    call.onload = () => (call.status === 200 ? done(call.response as Import) : failed(asProblem(call.status, call.response)))
    call.onerror = () => failed(new Problem(0, ''))
    call.onabort = () => failed(new DOMException('', 'AbortError'))
    signal.addEventListener('abort', () => call.abort())
    call.send(file)
  })
}
