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
  { name: 'potential', title: 'page.potential', least: 'viewer', layout: 'beside', group: 'judge', icon: 'M3 17h14M5 17V9h4v8M11 17V4h4v13M13 1v3', body: lazy(() => import('./potential/PotentialPage.vue')) },
  { name: 'matching', title: 'page.matching', least: 'analyst', layout: 'beside', group: 'judge', icon: 'M3 7h9M9 4l3 3-3 3M17 13H8M11 10l-3 3 3 3', body: lazy(() => import('./matching/MatchingPage.vue')) },
  { name: 'admission', title: 'page.admission', least: 'analyst', layout: 'whole', group: 'judge', icon: 'M5 3h10v14H5zM8 8l1.5 1.5L12 7M8 13h4', body: lazy(() => import('./admission/AdmissionPage.vue')) },
  { name: 'policy', title: 'page.policy', least: 'analyst', layout: 'beside', group: 'judge', icon: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4', body: lazy(() => import('./policy/PolicyPage.vue')) },
  { name: 'runs', title: 'page.runs', least: 'public', layout: 'whole', group: 'rate', icon: 'M4 4h12v12H4zM7 8h6M7 11h6M7 14h3', body: lazy(() => import('./runs/RunsPage.vue')) },
  { name: 'rules', title: 'page.rules', least: 'viewer', layout: 'whole', group: 'rate', icon: 'M5 3h7l3 3v11H5zM12 3v3h3M8 10h4M8 13h4', body: lazy(() => import('./rules/RulesPage.vue')) },
]

/** open are the pages this reader may open. */
export const open = computed(() => pages.filter((p) => (p.only === undefined ? atLeast(p.least) : session.value.audience === p.only)))

/** page is the one on show; one that the reader may not open, or that there is not, gives way to the map. */
export const page = computed<PageRef>(() => open.value.find((p) => p.name === view.page) ?? (pages[0] as PageRef))
