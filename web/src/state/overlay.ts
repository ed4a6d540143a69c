import { shallowRef } from 'vue'

/** What a page draws over the map's own colours: some parcels in its colours, the rest grey. */
export interface Overlay {
  title: string
  /** Colour by parcel code. */
  fills: ReadonlyMap<string, string>
  legend: readonly { colour: string; label: string; count: number }[]
}

/** overlay is set by the page on show and taken away by it when it goes; null is none. */
export const overlay = shallowRef<Overlay | null>(null)
