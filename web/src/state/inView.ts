// What the map has in view, as long as it comes from the tiles on show.

import { computed, shallowRef, type ComputedRef } from 'vue'
import type { StyleSpecification } from 'maplibre-gl'
import type { Values } from '@/api/types'

/** Found is the parcels that are drawn, and how many others squares stand for. */
export interface Found {
  parcels: Values[]
  inSquares: number
}

/** tilesOf names the tiles that parcels and squares come from: those of a year and an edition. Filters, colours and layers that are switched
 * off leave the same parcels in view, for they only fade them. */
export function tilesOf(sheet: StyleSpecification | null): string {
  const parcels = sheet?.sources.parcels
  return parcels?.type === 'vector' ? (parcels.tiles ?? []).join() : ''
}

/** inViewOf keeps what the map last found; it is null until the first time, and from other tiles being asked for until the map has found
 * what is in them: it would be counted under another year. */
export function inViewOf(tiles: () => string): { found: ComputedRef<Found | null>; tell: (found: Found) => void } {
  const told = shallowRef<{ tiles: string; found: Found } | null>(null)
  return {
    found: computed(() => (told.value?.tiles === tiles() ? told.value.found : null)),
    tell: (found) => (told.value = { tiles: tiles(), found }),
  }
}
