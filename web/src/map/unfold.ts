// The rest of a sheet, for a map that opened with part of it (see opening in style.ts). MapLibre could find it out by itself, but in one
// stretch, most of which is comparing the two sheets and checking what is new: it is made by us, and tests put it through the same checks.

import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl'
import { pause } from './slices'

const unchecked = { validate: false }

/** unfold adds sources, layers and smooth edges that a map has not yet. Layers come all in one task: each picture in between would have the
 * parcels' tiles taken apart again. It gives up when the map is gone. */
export async function unfold(map: MapLibre, sheet: StyleSpecification, gone: () => boolean): Promise<void> {
  for (const [id, source] of Object.entries(sheet.sources)) {
    if (map.getSource(id) !== undefined) continue
    map.style.addSource(id, source, unchecked)
    await pause()
    if (gone()) return
  }
  for (const [i, layer] of sheet.layers.entries()) {
    if (map.getLayer(layer.id) !== undefined) continue
    const above = sheet.layers.slice(i + 1).find((l) => map.getLayer(l.id) !== undefined)
    map.style.addLayer(layer, above?.id, unchecked)
  }
  for (const layer of sheet.layers) {
    if (layer.type === 'fill') map.setPaintProperty(layer.id, 'fill-antialias', layer.paint?.['fill-antialias'], unchecked)
  }
}
