// Outlines of parks and zones, from the OGC collections.

import type { MultiPolygon, Polygon } from 'geojson'
import { get } from './client'

export interface Outline {
  id: string
  name: string
  rings: [number, number][][]
}

interface Items {
  features: { id?: string | number; properties: Record<string, unknown>; geometry: Polygon | MultiPolygon | null }[]
}

/** readOutlines reads every park, then every zone. */
export async function readOutlines(signal: AbortSignal): Promise<Outline[]> {
  const all = (await Promise.all(['parks', 'zones'].map((c) => get(`/ogc/collections/${c}/items?limit=1000`, signal)))) as Items[]
  return all.flatMap((items, i) =>
    items.features.flatMap(({ id, properties, geometry }) => {
      if (geometry === null) return []
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      const name = typeof properties.name === 'string' && properties.name !== '' ? properties.name : String(id)
      return [{ id: `${i === 0 ? 'park' : 'zone'}.${id}`, name, rings: polygons.flat() as [number, number][][] }]
    }),
  )
}
