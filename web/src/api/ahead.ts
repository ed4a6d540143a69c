// What the page opens with is asked for before the page's own code is there to use it.

import { readMeta, readSession } from './client'
import type { Meta, Session } from './types'

let [session, meta]: [Promise<Session> | null, Promise<Meta> | null] = [null, null]

/** askAhead asks who reads, and what there is to see. The server knows the reader by the cookie alone. */
export function askAhead(): void {
  session = readSession()
  meta = readMeta()
  // A failure is for whoever takes the answer.
  session.catch(() => undefined)
  meta.catch(() => undefined)
}

/** firstSession takes the answer that was asked for ahead; there is one, and later readers ask anew. */
export function firstSession(): Promise<Session> {
  const answer = session ?? readSession()
  session = null
  return answer
}

/** firstMeta is firstSession for what there is to see. */
export function firstMeta(signal: AbortSignal): Promise<Meta> {
  const answer = meta ?? readMeta(undefined, signal)
  meta = null
  return answer
}
