// Accounts and the record of who did what.

import { address, get, send } from './client'
import type { Audience } from './types'

export type Role = Exclude<Audience, 'public'>
export const roles: readonly Role[] = ['viewer', 'analyst', 'admin']

export interface Token {
  id: string
  note: string
  created: string
  expires: string | null // null: never
  disabled: boolean
}

export interface Account {
  name: string
  role: Role
  disabled: boolean
  password: boolean // it can sign in by one
  created: string
  last_use: string | null
  tokens: Token[]
}

/** NewToken holds a secret that is told this once. */
export interface NewToken {
  account: string
  id: string
  token: string
  expires: string | null
}

const one = (name: string, rest = '') => address(`/accounts/${encodeURIComponent(name)}${rest}`)

export const readAccounts = (signal?: AbortSignal) => get(address('/accounts'), signal) as Promise<Account[]>
export const addAccount = (a: { name: string; role: Role; note: string; days: number }) => send('POST', address('/accounts'), a) as Promise<NewToken>
export const editAccount = (name: string, e: { role?: Role; disabled?: boolean; password?: string }) => send('POST', one(name), e) as Promise<Account>
export const addToken = (name: string, t: { note: string; days: number }) => send('POST', one(name, '/tokens'), t) as Promise<NewToken>
export const revokeToken = (name: string, id: string) => send('DELETE', one(name, `/tokens/${encodeURIComponent(id)}`))

export interface AuditLine {
  seq: number
  at: string
  who: string
  role?: string
  act: string
  route?: string
  target?: string
  address?: string
}

export interface AuditFilter {
  who: string
  act: string // 'writes' is all but reads
  q: string
  from: string // days
  to: string
}

/** readAudit reads lines, newest first; those before a number are the next page. */
export function readAudit(f: AuditFilter, limit: number, before?: number, signal?: AbortSignal): Promise<AuditLine[]> {
  return get(address('/audit', { ...f, limit, before }), signal) as Promise<AuditLine[]>
}
