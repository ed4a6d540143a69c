// How the page talks to the server, and what every page reads. What a single page reads stands in a file of its own beside this one.
// Here are addresses and JSON, and nothing of the page.

import { asProblem, Problem } from './problem'
import type { Box, Credentials, Dossier, Meta, Row, Scores, Session, Summary, Values } from './types'

const base = '/api/v1'

/** Rows asked for at once; the server's own upper limit. */
export const pageSize = 10000

let language = 'zh-CN'

/** setLanguage chooses the language of the server's sentences. */
export function setLanguage(tag: string): void {
  language = tag
}

type Query = Record<string, string | number | undefined>

/** address joins a path and its parameters, leaving out those without a value. */
export function address(path: string, query: Query = {}): string {
  const set = Object.entries(query).filter(([, v]) => v !== undefined && v !== '')
  const text = new URLSearchParams(set.map(([k, v]) => [k, String(v)])).toString()
  return base + path + (text === '' ? '' : `?${text}`)
}

type Sent = Pick<RequestInit, 'method' | 'body' | 'signal'> & { headers?: Readonly<Record<string, string>> }

async function call(url: string, init: Sent): Promise<unknown> {
  let answer: Response
  try {
    answer = await fetch(url, { ...init, headers: { ...init.headers, Accept: 'application/json', 'Accept-Language': language } })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new Problem(0, '')
  }
  if (answer.status === 204) return null
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw asProblem(answer.status, body)
  return body
}

/** get reads one address. */
export const get = (url: string, signal?: AbortSignal) => call(url, { signal: signal ?? null })

/** send changes something at the server, with a document of JSON or none. */
export function send(method: 'POST' | 'PUT' | 'DELETE', url: string, doc?: unknown, signal?: AbortSignal): Promise<unknown> {
  const body = doc === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(doc) }
  return call(url, { method, signal: signal ?? null, ...body })
}

export const readSession = () => get(address('/session')) as Promise<Session>

/** signIn sends what the reader typed in the body, never in an address. */
export function signIn(c: Credentials): Promise<Session> {
  return send('POST', address('/session'), c) as Promise<Session>
}

export const signOut = () => send('DELETE', address('/session'))

/** readMeta also carries what depends on the year: the addresses of the tiles and the breaks of the metrics. */
export const readMeta = (year?: number, signal?: AbortSignal) => get(address('/meta', { year }), signal) as Promise<Meta>

export const readSummary = (year: number, signal?: AbortSignal) => get(address('/summary', { year }), signal) as Promise<Summary>

export function readDossier(code: string, year: number | undefined, signal?: AbortSignal): Promise<Dossier> {
  return get(address(`/parcels/${encodeURIComponent(code)}`, { year }), signal) as Promise<Dossier>
}

// Addresses of files. A link to one is enough: the browser sends the session along and saves what comes.

/** dossierFile is a parcel's dossier as PDF, with what the reader may see. */
export const dossierFile = (code: string, year?: number) => address(`/exports/dossiers/${encodeURIComponent(code)}.pdf`, { year })

/** parcelsFile is the layer of parcels in a format, of one park or of all. */
export const parcelsFile = (format: string, park?: string, year?: number) => address('/exports/layers/parcels', { format, park, year })

/** exitListFile is the list of suspected exit candidates as PDF. */
export const exitListFile = (park?: string, year?: number) => address('/exports/exit-candidates.pdf', { park, year })

/** readScores fetches every row of a year, page by page. */
export async function readScores(year: number, signal?: AbortSignal): Promise<Scores> {
  const rows: Row[] = []
  for (;;) {
    const page = (await get(address('/scores', { year, limit: pageSize, offset: rows.length || undefined }), signal)) as {
      year: number
      total: number
      rows: Values[]
    }
    rows.push(...page.rows.map(asRow))
    if (page.rows.length === 0 || rows.length >= page.total) return { year: page.year, total: page.total, rows }
  }
}

/** asRow separates what every row has from the fields, which depend on the reader. */
export function asRow(raw: Values & { bbox?: unknown; at?: unknown }): Row {
  const { bbox, at, ...values } = raw
  const box = asBox(bbox)
  return { code: String(raw.code), bbox: box, at: asPoint(at) ?? middle(box), values: values }
}

function asPoint(p: unknown): [number, number] | null {
  return Array.isArray(p) && p.length === 2 && p.every((n) => typeof n === 'number') ? (p as [number, number]) : null
}

function middle(b: Box | null): [number, number] | null {
  return b === null ? null : [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2]
}

function asBox(b: unknown): Box | null {
  return Array.isArray(b) && b.length === 4 && b.every((n) => typeof n === 'number') ? (b as Box) : null
}
