// The pages of the system: who may open them, where they stand in the rail, and how much of the window they take. A page's code is
// read from the server when it is first opened.

import { computed, defineAsyncComponent, type Component } from 'vue'
import type { Audience } from '@/api/types'
import type { Key } from '@/i18n'
import { atLeast, ended, session, signing } from '@/state/session'
import type { View } from '@/state/url'
import { view } from '@/state/view'

/** map fills the window with the map, beside stands beside the map, whole takes the window for itself. */
export type Layout = 'map' | 'beside' | 'whole'

export interface PageRef {
  name: string
  title: Key
  least: Audience
  /** only keeps a page for exactly one audience. */
  only?: Audience
  layout: Layout
  group: 'look' | 'judge' | 'rate' | 'data'
  icon: string // paths in a box of 20 by 20
  /** Takes the window for itself in some of its states. */
  wide?: (more: View['more']) => boolean
  body?: Component
}

/** lazy wraps a page whose code is fetched when it is needed. */
const lazy = (load: () => Promise<{ default: Component }>): Component => defineAsyncComponent({ loader: load, delay: 120 })

export const pages: readonly PageRef[] = [
  { name: 'map', title: 'page.map', least: 'public', layout: 'map', group: 'look', icon: 'M3 5l5-2 4 2 5-2v12l-5 2-4-2-5 2zM8 3v12M12 5v12' },
  {
    name: 'exit', title: 'page.exit', least: 'analyst', layout: 'beside', group: 'judge', wide: (more) => more.tab === 'cases',
    icon: 'M11 3H4v14h7M8 10h9M14 7l3 3-3 3', body: lazy(() => import('./exit/ExitPage.vue')),
  },
  {
    name: 'idle', title: 'page.idle', least: 'viewer', layout: 'beside', group: 'judge',
    icon: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15M10 6v4.500l3 2', body: lazy(() => import('./idle/IdlePage.vue')),
  },
  {
    name: 'firm', title: 'page.firm', least: 'analyst', layout: 'whole', group: 'rate',
    icon: 'M3 17V8l4 2.500V8l4 2.500V3h5v14zM13.500 6v.5M13.500 10v.5M6.500 14v.5M10 14v.5', body: lazy(() => import('./firm/FirmPage.vue')),
  },
]

/** open are the pages this reader may open. */
export const open = computed(() => pages.filter((p) => (p.only === undefined ? atLeast(p.least) : session.value.audience === p.only)))

/** resuming is true while a reader whose session ran out is asked to sign in again: the page stays below the dialog with what was typed. */
export const resuming = computed(() => ended.value && signing.value)

/** page is the one on show; one that the reader may not open, or that there is not, gives way to the map. */
export const page = computed<PageRef>(() => {
  const found = (resuming.value ? pages : open.value).find((p) => p.name === view.page) ?? (pages[0] as PageRef)
  return found.wide?.(view.more) ? { ...found, layout: 'whole' } : found
})
