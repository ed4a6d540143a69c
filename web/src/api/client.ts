// How the page talks to the server, and what every page reads. What a single page reads stands in a file of its own beside this one.
// Here are addresses and JSON, and nothing of the page.

import { asProblem, Problem } from './problem'
import type { Box, Credentials, Dossier, Meta, Row, Scores, Session, Summary, Values } from './types'

const base = '/api/v1'

/** Rows asked for at once at first, and at most and at least. How long a page takes to be taken apart depends on what its rows hold, so
 * the next page is as large as would have taken pageMs. */
const firstPage = 1000
const [fewest, most] = [100, 2500]
const pageMs = 15

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

/** ask gives the server's answer when it is the one that was asked for, and throws a Problem when it is not. */
async function ask(url: string, init: Sent): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(url, { ...init, headers: { ...init.headers, Accept: 'application/json', 'Accept-Language': language } })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new Problem(0, '')
  }
  if (!answer.ok) throw asProblem(answer.status, await answer.json().catch(() => null))
  return answer
}

async function call(url: string, init: Sent): Promise<unknown> {
  const answer = await ask(url, init)
  return answer.status === 204 ? null : answer.json().catch(() => null)
}

/** get reads one address. */
export const get = (url: string, signal?: AbortSignal) => call(url, { signal: signal ?? null })

/** A list as the server answers with it: a page of rows, and how many there are in all. */
interface Listing {
  total: number
  rows: unknown[]
}

/** nextPage is how many rows to ask for after so many took so long to be taken apart. */
export const nextPage = (rows: number, tookMs: number): number => Math.round(Math.min(Math.max((rows * pageMs) / Math.max(tookMs, 0.1), fewest, rows / 4), most, rows * 4))

/** getAll reads a list page by page: the first page's document with the rows of all, made into what `made` makes of each. */
export async function getAll<T extends Listing>(path: string, query: Query, signal?: AbortSignal, made?: (row: unknown) => T['rows'][number]): Promise<T> {
  let limit = firstPage
  async function page(offset: number): Promise<T> {
    const answer = await ask(address(path, { ...query, limit, offset: offset || undefined }), { signal: signal ?? null })
    const text = await answer.text()
    const begun = performance.now()
    const doc = JSON.parse(text) as T
    if (made !== undefined) doc.rows = doc.rows.map(made)
    limit = nextPage(limit, performance.now() - begun)
    return doc
  }
  const all = await page(0)
  for (let rows = all.rows; all.rows.length < all.total && rows.length > 0; all.rows.push(...rows)) rows = (await page(all.rows.length)).rows
  return all
}

/** send changes something at the server, with a document of JSON or none. */
export function send(method: 'POST' | 'PUT' | 'DELETE', url: string, doc?: unknown, signal?: AbortSignal): Promise<unknown> {
  const body = doc === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(doc) }
  return call(url, { method, signal: signal ?? null, ...body })
}

/** sendForFile sends a body of a media type and gets a file. */
export async function sendForFile(url: string, type: string, body: Blob): Promise<Blob> {
  return (await ask(url, { method: 'POST', headers: { 'Content-Type': type }, body })).blob()
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

/** The language of a printed page, which is Chinese unless it is asked for in English. */
export type Tongue = 'zh' | 'en'

const printed = (year: number | undefined, lang: Tongue) => ({ year, lang: lang === 'en' ? lang : undefined })

/** dossierFile is a parcel's dossier as PDF, with what the reader may see. */
export const dossierFile = (code: string, year: number | undefined, lang: Tongue) => address(`/exports/dossiers/${encodeURIComponent(code)}.pdf`, printed(year, lang))

/** parcelsFile is the layer of parcels in a format, of one park or of all. */
export const parcelsFile = (format: string, park?: string, year?: number) => address('/exports/layers/parcels', { format, park, year })

/** exitListFile is the list of suspected exit candidates as PDF. */
export const exitListFile = (park: string, year: number | undefined, lang: Tongue) => address('/exports/exit-candidates.pdf', { park, ...printed(year, lang) })

/** readScores reads every row of a year. */
export async function readScores(year: number, signal?: AbortSignal): Promise<Scores> {
  return getAll<Scores>('/scores', { year }, signal, (row) => asRow(row as Values))
}

/** asRow sets what every row has beside the fields, which depend on the reader and stay as they came. */
export function asRow(raw: Values & { bbox?: unknown; at?: unknown }): Row {
  const box = asBox(raw.bbox)
  return { code: String(raw.code), bbox: box, at: asPoint(raw.at) ?? middle(box), values: raw }
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
