// How the map looks, from all that the reader chose and the server sent.

import { computed } from 'vue'
import { english } from '@/i18n'
import { emphasis, squareEmphasis } from '@/map/filter'
import { parcelLabels, style } from '@/map/style'
import { problems } from './marks'
import { overlay, shapes } from './overlay'
import { isAnalyst } from './session'
import { classField, colouring, flags, kept, meta, scores, year } from './store'
import { view } from './view'

const labels = computed(() => parcelLabels(scores.data?.rows ?? [], classField.value, view.metric))
const points = computed(() => ({ labels: labels.value, problems: view.shown.includes('quality') ? problems.data : null }))

// A page that paints anew paints by what the parcels wear; the sheet below stays the same.
const overlaid = computed(() => overlay.value !== null)

/** sheet is the map's look for the year on show, and what lies in it; null until it is known. */
export const sheet = computed(() => sheetOf(year.value, true))

/** The other year's sheet has the same look; its labels come from its own tiles, for the rows at hand are of the year on show. */
export const otherSheet = computed(() => (view.swipe === undefined || view.swipe === year.value || !meta.data?.years.includes(view.swipe) ? null : sheetOf(view.swipe, false)))

function sheetOf(of: number | undefined, labelled: boolean) {
  const m = meta.data
  if (m === null || of === undefined) return null
  const look = {
    colouring: colouring.value,
    classField: classField.value,
    emphasis: emphasis(flags.value, classField.value),
    squares: squareEmphasis(flags.value, classField.value),
    hidden: view.hidden,
    english: english.value,
    firms: isAnalyst.value,
    overlaid: overlaid.value,
    opacity: view.opacity,
    shown: view.shown,
    label: view.label,
    basemap: m.basemap ? (m.basemap.layers ?? []) : null,
    kept: kept.value !== null && !overlaid.value,
    shapes: shapes.value,
  }
  return style(m, of, look, labelled ? points.value : { labels: null, problems: null }, window.location.origin)
}
