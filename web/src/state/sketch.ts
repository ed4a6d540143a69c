// What a tool of the map draws: its corners, and whether it is finished. Corners are in the link as long as they fit in it.

import type { FeatureCollection } from 'geojson'
import { computed, shallowRef, watch } from 'vue'
import { parsePoints, pointsText } from '@/map/areaStats'
import type { Position } from '@/map/earth'
import { setMore, view } from './view'

const longest = 200

export const drawing = computed(() => view.page === 'map' && (view.tool === 'distance' || view.tool === 'area' || view.tool === 'box'))
export const corners = shallowRef<Position[]>(parsePoints(view.more.points ?? ''))
export const finished = shallowRef(corners.value.length > 1)

/** outline is a park or zone that was picked instead of drawn; null is none. */
export const outline = shallowRef<readonly (readonly Position[])[] | null>(null)

watch(() => view.tool, restart)

export function restart(): void {
  corners.value = []
  finished.value = false
  outline.value = null
  setMore({ points: '' })
}

/** addCorner takes a place into the sketch; a box has two. A finished sketch starts anew. */
export function addCorner(p: Position): void {
  if (finished.value) restart()
  corners.value = [...corners.value, p]
  if (view.tool === 'box' && corners.value.length === 2) finish()
}

export function dropCorner(): void {
  corners.value = corners.value.slice(0, -1)
  finished.value = false
}

export function finish(): void {
  finished.value = true
  const text = pointsText(corners.value)
  setMore({ points: text.length <= longest ? text : '' })
}

/** rings are the area that was drawn or picked; null while there is none. */
export const rings = computed<readonly (readonly Position[])[] | null>(() => {
  if (outline.value !== null) return outline.value
  const [p, q] = corners.value
  if (view.tool === 'box' && p !== undefined && q !== undefined) return [[p, [q[0], p[1]], q, [p[0], q[1]]]]
  return view.tool === 'area' && corners.value.length > 2 ? [corners.value] : null
})

/** picture is the sketch as the map draws it. */
export const picture = computed<FeatureCollection>(() => {
  const feature = (geometry: FeatureCollection['features'][number]['geometry']) => ({ type: 'Feature' as const, properties: {}, geometry })
  const closed = (r: readonly Position[]) => [...r, ...r.slice(0, 1)].map((p) => [...p])
  const drawn = drawing.value ? corners.value : []
  return {
    type: 'FeatureCollection',
    features: [
      ...(drawing.value && rings.value ? [feature({ type: 'Polygon', coordinates: rings.value.map(closed) })] : []),
      ...(drawn.length > 1 && !rings.value ? [feature({ type: 'LineString', coordinates: drawn.map((p) => [...p]) })] : []),
      ...drawn.map((p) => feature({ type: 'Point', coordinates: [...p] })),
    ],
  }
})
