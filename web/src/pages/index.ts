// The pages of the system: who may open them, where they stand in the rail, and how much of the window they take. A page's code is
// read from the server when it is first opened.

import { computed, type Component } from 'vue'
import type { Audience } from '@/api/types'
import type { Key } from '@/i18n'
import { part } from '@/state/lost'
import { atLeast, shownTo } from '@/state/session'
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
const lazy = (load: () => Promise<{ default: Component }>): Component => part(load, 120)

const map: PageRef = { name: 'map', title: 'page.map', least: 'public', layout: 'map', group: 'look', icon: 'M3 5l5-2 4 2 5-2v12l-5 2-4-2-5 2zM8 3v12M12 5v12' }

export const pages: readonly PageRef[] = [
  map,
  { name: 'cockpit', title: 'page.cockpit', least: 'viewer', layout: 'whole', group: 'look', icon: 'M3 13a7 7 0 0114 0M10 13l3.500-4M3 16h14', body: lazy(() => import('./cockpit/CockpitPage.vue')) },
  { name: 'figures', title: 'page.figures', least: 'public', only: 'public', layout: 'whole', group: 'look', icon: 'M3 17h14M5 14V9M10 14V4M15 14v-7', body: lazy(() => import('./figures/FiguresPage.vue')) },
  {
    name: 'exit', title: 'page.exit', least: 'analyst', layout: 'beside', group: 'judge', wide: (more) => more.tab === 'cases',
    icon: 'M11 3H4v14h7M8 10h9M14 7l3 3-3 3', body: lazy(() => import('./exit/ExitPage.vue')),
  },
  {
    name: 'idle', title: 'page.idle', least: 'viewer', layout: 'beside', group: 'judge',
    icon: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15M10 6v4.500l3 2', body: lazy(() => import('./idle/IdlePage.vue')),
  },
  { name: 'potential', title: 'page.potential', least: 'viewer', layout: 'beside', group: 'judge', icon: 'M3 17h14M5 17V9h4v8M11 17V4h4v13M13 1v3', body: lazy(() => import('./potential/PotentialPage.vue')) },
  { name: 'matching', title: 'page.matching', least: 'analyst', layout: 'beside', group: 'judge', icon: 'M3 7h9M9 4l3 3-3 3M17 13H8M11 10l-3 3 3 3', body: lazy(() => import('./matching/MatchingPage.vue')) },
  { name: 'admission', title: 'page.admission', least: 'analyst', layout: 'whole', group: 'judge', icon: 'M5 3h10v14H5zM8 8l1.5 1.5L12 7M8 13h4', body: lazy(() => import('./admission/AdmissionPage.vue')) },
  { name: 'policy', title: 'page.policy', least: 'analyst', layout: 'beside', group: 'judge', icon: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4', body: lazy(() => import('./policy/PolicyPage.vue')) },
  { name: 'runs', title: 'page.runs', least: 'public', layout: 'whole', group: 'rate', icon: 'M4 4h12v12H4zM7 8h6M7 11h6M7 14h3', body: lazy(() => import('./runs/RunsPage.vue')) },
  { name: 'rules', title: 'page.rules', least: 'viewer', layout: 'whole', group: 'rate', icon: 'M5 3h7l3 3v11H5zM12 3v3h3M8 10h4M8 13h4', body: lazy(() => import('./rules/RulesPage.vue')) },
  {
    name: 'firm', title: 'page.firm', least: 'analyst', layout: 'whole', group: 'rate',
    icon: 'M3 17V8l4 2.500V8l4 2.500V3h5v14zM13.500 6v.5M13.500 10v.5M6.500 14v.5M10 14v.5', body: lazy(() => import('./firm/FirmPage.vue')),
  },
  { name: 'import', title: 'page.import', least: 'admin', layout: 'beside', group: 'data', icon: 'M10 3v9M6.500 8.500L10 12l3.500-3.500M3 13v4h14v-4', body: lazy(() => import('./import/ImportPage.vue')) },
  { name: 'quality', title: 'page.quality', least: 'analyst', layout: 'beside', group: 'data', icon: 'M10 3l7 13H3zM10 8v4M10 14v.5', body: lazy(() => import('./quality/QualityPage.vue')) },
  { name: 'accounts', title: 'page.accounts', least: 'admin', layout: 'whole', group: 'data', icon: 'M10 10a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M3 17c1-4 4-5 7-5s6 1 7 5', body: lazy(() => import('./accounts/AccountsPage.vue')) },
  { name: 'audit', title: 'page.audit', least: 'admin', layout: 'whole', group: 'data', icon: 'M5 3h10v14H5zM8 7h4M8 10h4M8 13h2', body: lazy(() => import('./audit/AuditPage.vue')) },
]

/** open are the pages this reader may open. */
export const open = computed(() => pages.filter((p) => (p.only === undefined ? atLeast(p.least, shownTo.value) : shownTo.value === p.only)))

/** page is the one on show; one that the reader may not open, or that there is not, gives way to the map. */
export const page = computed<PageRef>(() => {
  const found = open.value.find((p) => p.name === view.page) ?? map
  return found.wide?.(view.more) ? { ...found, layout: 'whole' } : found
})
