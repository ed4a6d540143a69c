// What differs between two looks of the map. MapLibre finds that out by itself, but it writes out the sheet it has, checks and copies the
// whole new one and compares all of it, which takes longer than anything else that a new colour asks for.

import type { FilterSpecification, GeoJSONSourceSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'

/** Change is one thing to tell the map. */
export type Change =
  | { kind: 'paint' | 'layout'; layer: string; name: string; value: unknown }
  | { kind: 'filter'; layer: string; value: FilterSpecification | undefined }
  | { kind: 'layer'; layer: string; value: LayerSpecification } // another layer in the place of one
  | { kind: 'data'; source: string; value: GeoJSONSourceSpecification['data'] }

/** changesOf lists what turns one sheet into another over the same sources, whose layers are the same or stand each in the place of one that
 * went; null where there is more to it. */
export function changesOf(before: StyleSpecification, after: StyleSpecification): Change[] | null {
  const data = dataOf(before.sources, after.sources)
  if (data === null || before.layers.length !== after.layers.length) return null
  const out: Change[] = [...data]
  const [there, stays] = [ids(before), ids(after)]
  for (const [i, next] of after.layers.entries()) {
    const was = before.layers[i] as LayerSpecification
    if (!there.has(next.id) && !stays.has(was.id)) {
      out.push({ kind: 'layer', layer: was.id, value: next })
      continue
    }
    if (bones(was) !== bones(next)) return null
    for (const kind of ['paint', 'layout'] as const) out.push(...values(kind, next.id, propertiesOf(was, kind), propertiesOf(next, kind)))
    const [old, filter] = [filterOf(was), filterOf(next)]
    if (!alike(old, filter)) out.push({ kind: 'filter', layer: next.id, value: filter })
  }
  return out
}

const alike = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

const ids = (s: StyleSpecification) => new Set(s.layers.map((l) => l.id))

type Sources = StyleSpecification['sources']

/** dataOf lists the sources whose own data are others; null where a source came, went or is another. Data are compared as objects: they can be large. */
function dataOf(before: Sources, after: Sources): Change[] | null {
  if (!alike(Object.keys(before), Object.keys(after))) return null
  const out: Change[] = []
  for (const [source, next] of Object.entries(after)) {
    const was = before[source] as SourceSpecification
    if (was.type !== 'geojson' || next.type !== 'geojson') {
      if (!alike(was, next)) return null
    } else if (!alike({ ...was, data: null }, { ...next, data: null })) return null
    else if (was.data !== next.data) out.push({ kind: 'data', source, value: next.data })
  }
  return out
}

/** bones are what of a layer cannot be changed while it stands. */
const bones = (l: LayerSpecification) => JSON.stringify(Object.entries(l).filter(([key]) => !['paint', 'layout', 'filter'].includes(key)))

const propertiesOf = (l: LayerSpecification, kind: 'paint' | 'layout'): Readonly<Record<string, unknown>> => (l[kind] ?? {})
const filterOf = (l: LayerSpecification): FilterSpecification | undefined => ('filter' in l ? l.filter : undefined)

function values(kind: 'paint' | 'layout', layer: string, was: Readonly<Record<string, unknown>>, next: Readonly<Record<string, unknown>>): Change[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(next)])]
  return names.filter((n) => !alike(was[n], next[n])).map((name) => ({ kind, layer, name, value: next[name] }))
}
