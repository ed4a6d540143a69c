import type { FeatureCollection } from 'geojson'
import { shallowRef } from 'vue'
import type { Dressing } from '@/map/dress'

/** What a page draws over the map's own colours: some parcels in its colours, the rest grey. */
export interface Overlay {
  title: string
  /** Colour by parcel code. */
  fills: Dressing
  legend: readonly { colour: string; label: string; count: number }[]
}

/** overlay is set by the page on show and taken away by it when it goes; null is none. */
export const overlay = shallowRef<Overlay | null>(null)

/** shapes are drawn over everything: outlines of a file that is not stored yet, places of findings. A feature's property `bad` makes it
 * red, `picked` bold. They are set and taken away as the overlay is. */
export const shapes = shallowRef<FeatureCollection | null>(null)
