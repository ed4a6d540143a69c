import { effectScope, nextTick, type EffectScope } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type * as LinkModule from './link'
import type * as ViewModule from '@/state/view'

/** entries are the browser's history, the last one open. */
let entries: string[]
let leave: () => void
let view: typeof ViewModule
let link: LinkModule.Link
let scope: EffectScope
let tried: string

beforeEach(async () => {
  vi.useFakeTimers()
  vi.resetModules()
  entries = ['#page=policy']
  const place = (text: string) => (text.includes('#') ? text.slice(text.indexOf('#')) : '')
  vi.stubGlobal('window', {
    location: { pathname: '/', get hash() { return entries.at(-1) } },
    history: {
      pushState: (_: unknown, __: string, to: string) => entries.push(place(to)),
      replaceState: (_: unknown, __: string, to: string) => (entries[entries.length - 1] = place(to)),
    },
    addEventListener: (name: string, f: () => void) => name === 'pagehide' && (leave = f),
    removeEventListener: () => undefined,
  })
  vi.stubGlobal('document', { documentElement: { lang: '' } })
  view = await import('@/state/view')
  const { keptLink } = await import('./link')
  scope = effectScope()
  scope.run(() => {
    view.keepAddress()
    link = keptLink('policy', () => ({ pa: tried }))
  })
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

const move = (to: string) => {
  tried = to
  link.later()
}

it('is written when the slider rests, or was let go', async () => {
  move('1')
  vi.advanceTimersByTime(299)
  expect(view.view.more).toEqual({})
  vi.advanceTimersByTime(1)
  expect(view.view.more).toEqual({ pa: '1' })
  move('2')
  await link.rested()
  await nextTick()
  expect(entries).toEqual(['#page=policy&my-pa=2'])
})

it('is written before the document goes', async () => {
  move('3')
  leave()
  await nextTick()
  expect(entries).toEqual(['#page=policy&my-pa=3'])
})

it('has its last step in the page that is left, and nothing of it in the next', async () => {
  move('4')
  view.turnTo('exit', { person: 'x' })
  link.now() // the page goes a moment later
  await nextTick()
  vi.advanceTimersByTime(1000)
  await nextTick()
  expect(entries).toEqual(['#page=policy&my-pa=4', '#page=exit&my-person=x'])
})

it('leaves the step alone to which the browser itself went', async () => {
  move('5')
  entries.push('#page=exit')
  Object.assign(view.view, { page: 'exit', more: {} })
  await nextTick()
  vi.advanceTimersByTime(1000)
  expect(entries).toEqual(['#page=policy', '#page=exit'])
})
