import type { Value } from './types'

export interface Misplaced {
  parameter: string
  line?: number // of the parameter's text
  detail: string
}

/** Problem is an answer that is not what was asked for, in the words the server used (RFC 9457), or our own when it said nothing. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  /** What a check said, in the check's own words (English only). */
  readonly reason: string
  /** The members or parameters that are wrong. */
  readonly wrong: readonly Misplaced[]

  constructor(status: number, detail: string, code = '', reason = '', wrong: readonly Misplaced[] = []) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.reason = reason
    this.wrong = wrong
  }

  /** True when no server answered at all. */
  get offline(): boolean {
    return this.status === 0
  }
}

/** asProblem reads the body of a refused answer; a body that is no problem document leaves the status to speak. */
export function asProblem(status: number, body: unknown): Problem {
  const doc = (typeof body === 'object' && body !== null ? body : {}) as Record<string, Value>
  const text = [doc.detail, doc.title].find((t): t is string => typeof t === 'string' && t !== '')
  const said = (v: Value) => (typeof v === 'string' ? v : '')
  const wrong: unknown = doc.errors
  return new Problem(status, text ?? `HTTP ${status}`, said(doc.code), said(doc.reason), Array.isArray(wrong) ? (wrong as Misplaced[]) : [])
}
