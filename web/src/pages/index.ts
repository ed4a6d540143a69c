// The pages of the system: who may open them, where they stand in the rail, and how much of the window they take. A page's code is
// read from the server when it is first opened.

import { computed, defineAsyncComponent, type Component } from 'vue'
import type { Audience } from '@/api/types'
import type { Key } from '@/i18n'
import { atLeast, session } from '@/state/session'
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
  body?: Component
}

/** lazy wraps a page whose code is fetched when it is needed. */
export const lazy = (load: () => Promise<{ default: Component }>): Component => defineAsyncComponent({ loader: load, delay: 120 })

export const pages: readonly PageRef[] = [
  { name: 'map', title: 'page.map', least: 'public', layout: 'map', group: 'look', icon: 'M3 5l5-2 4 2 5-2v12l-5 2-4-2-5 2zM8 3v12M12 5v12' },
  { name: 'cockpit', title: 'page.cockpit', least: 'viewer', layout: 'whole', group: 'look', icon: 'M3 13a7 7 0 0114 0M10 13l3.500-4M3 16h14', body: lazy(() => import('./cockpit/CockpitPage.vue')) },
]

/** open are the pages this reader may open. */
export const open = computed(() => pages.filter((p) => (p.only === undefined ? atLeast(p.least) : session.value.audience === p.only)))

/** page is the one on show; one that the reader may not open, or that there is not, gives way to the map. */
export const page = computed<PageRef>(() => open.value.find((p) => p.name === view.page) ?? (pages[0] as PageRef))
