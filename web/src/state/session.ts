import { computed, shallowRef } from 'vue'
import { firstSession } from '@/api/ahead'
import * as api from '@/api/client'
import type { Audience, Credentials, Session } from '@/api/types'

const order: readonly Audience[] = ['public', 'viewer', 'analyst', 'admin']
const nobody: Session = { audience: 'public', name: null }

/** session is who is signed in; the audience decides what the server sends, the page only leaves out what would stay empty. */
export const session = shallowRef<Session>(nobody)

/** ended is true when a session ran out while the page was open. */
export const ended = shallowRef(false)

const before = shallowRef<Audience>('public')

/** signing is true while the sign-in dialog is open. */
export const signing = shallowRef(false)

/** lapsed is true while the sign-in lies over a page whose session ended: nothing is read for it until somebody has signed in. */
export const lapsed = computed(() => ended.value && signing.value)

/** shownTo is whom everything on show is for: while a session has lapsed the page below stays with what was typed into it. Whoever closes
 * the sign-in is the public. */
export const shownTo = computed<Audience>(() => (lapsed.value ? before.value : session.value.audience))

/** atLeast says whether an audience, that of what is on show unless named, sees what a given one sees. */
export function atLeast(a: Audience, reader: Audience = shownTo.value): boolean {
  return order.indexOf(reader) >= order.indexOf(a)
}

export const isViewer = computed(() => atLeast('viewer'))
export const isAnalyst = computed(() => atLeast('analyst'))

/** resume asks who is signed in by cookie. */
export async function resume(): Promise<void> {
  session.value = await firstSession()
}

export async function signIn(c: Credentials): Promise<void> {
  session.value = await api.signIn(c)
  ended.value = false
  signing.value = false
}

export async function signOut(): Promise<void> {
  await api.signOut()
  session.value = nobody
}

/** lapse is called when the server no longer knows a session we thought we had. */
export function lapse(): void {
  if (session.value.audience === 'public') return
  before.value = session.value.audience
  session.value = nobody
  ended.value = true
  signing.value = true
}
