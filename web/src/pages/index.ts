// The pages of the system: who may open them, where they stand in the rail, and how much of the window they take. A page's code is
// read from the server when it is first opened.

import { computed, defineAsyncComponent, type Component } from 'vue'
import type { Audience } from '@/api/types'
import type { Key } from '@/i18n'
import { atLeast, shownTo } from '@/state/session'
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
  { name: 'figures', title: 'page.figures', least: 'public', only: 'public', layout: 'whole', group: 'look', icon: 'M3 17h14M5 14V9M10 14V4M15 14v-7', body: lazy(() => import('./figures/FiguresPage.vue')) },
  { name: 'import', title: 'page.import', least: 'admin', layout: 'beside', group: 'data', icon: 'M10 3v9M6.500 8.500L10 12l3.500-3.500M3 13v4h14v-4', body: lazy(() => import('./import/ImportPage.vue')) },
  { name: 'quality', title: 'page.quality', least: 'analyst', layout: 'beside', group: 'data', icon: 'M10 3l7 13H3zM10 8v4M10 14v.5', body: lazy(() => import('./quality/QualityPage.vue')) },
  { name: 'accounts', title: 'page.accounts', least: 'admin', layout: 'whole', group: 'data', icon: 'M10 10a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M3 17c1-4 4-5 7-5s6 1 7 5', body: lazy(() => import('./accounts/AccountsPage.vue')) },
  { name: 'audit', title: 'page.audit', least: 'admin', layout: 'whole', group: 'data', icon: 'M5 3h10v14H5zM8 7h4M8 10h4M8 13h2', body: lazy(() => import('./audit/AuditPage.vue')) },
]

/** open are the pages this reader may open. */
export const open = computed(() => pages.filter((p) => (p.only === undefined ? atLeast(p.least, shownTo.value) : shownTo.value === p.only)))

/** page is the one on show; one that the reader may not open, or that there is not, gives way to the map. */
export const page = computed<PageRef>(() => open.value.find((p) => p.name === view.page) ?? (pages[0] as PageRef))
