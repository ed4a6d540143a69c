import { describe, expect, it } from 'vitest'
import { byClass, byMetric } from './buckets'
import { isParcels, isSquares, mapLayers, type Look } from './layers'

const plain: Look = {
  colouring: byClass('class'), classField: 'class', emphasis: null, squares: null, hidden: [], english: false, firms: true, overlaid: false,
  opacity: {}, shown: ['low', 'potential', 'solid'], label: 'class', basemap: null, kept: false, shapes: null,
}
const looks: [string, Look][] = [
  ['plain', plain],
  ['filtered', { ...plain, emphasis: ['==', ['get', 'class'], 'A'] as never }],
  ['kept by column', { ...plain, kept: true }],
  ['overlaid', { ...plain, overlaid: true }],
  ['faint', { ...plain, opacity: { parcels: 0 } }],
]

const have = new Set(['parcels', 'buildings', 'zones', 'parks', 'sketch'])

/** paints lists every paint value of a look by layer and property. */
function paints(look: Look): Map<string, unknown> {
  return new Map(mapLayers(look, have).flatMap((l) => Object.entries(l.paint ?? {}).map(([property, v]): [string, unknown] => [`${l.id} ${property}`, v])))
}

describe('the looks of the map', () => {
  // MapLibre evaluates what asked for a state by the next look's value, for tiles that it has not drawn anew yet.
  it('never give a number to what asks for a state in another look', () => {
    const asking = new Set(looks.flatMap(([, look]) => [...paints(look)].filter(([, v]) => JSON.stringify(v).includes('feature-state')).map(([k]) => k)))
    expect(asking.size).toBeGreaterThan(5)
    for (const [name, look] of looks) {
      const bare = [...paints(look)].filter(([k, v]) => asking.has(k) && !Array.isArray(v)).map(([k]) => k)
      expect(bare, name).toEqual([])
    }
  })

  it('draw a page’s colours and the map’s own by layers of their own, of which one is out of sight', () => {
    const at = (look: Look) => new Map(mapLayers(look, have).map((l) => [l.id, l]))
    const [own, page] = [at(plain), at({ ...plain, overlaid: true })]
    for (const [mine, other] of [['parcel-fill class', 'parcel-worn'], ['grid-fill class', 'grid-plain']] as const) {
      const seen = (look: typeof own, id: string) => look.get(id)?.layout?.visibility
      expect([seen(own, mine), seen(own, other), seen(page, mine), seen(page, other)], mine).toEqual(['visible', 'none', 'none', 'visible'])
      // Neither has another colour in the other look, in which its tiles would stand until they are drawn anew.
      for (const id of [mine, other]) expect(own.get(id)?.paint, id).toEqual(page.get(id)?.paint)
    }
  })

  it('draw each division by layers of its own, so that none is seen in the colours of another', () => {
    const far = (...breaks: number[]) => byMetric({ field: 'far', title: '', title_en: '', unit: '', breaks })
    const divisions = [byClass('class'), byClass('published_class'), far(1), far(1, 2), far(1, 2)]
    const layers = divisions.map((colouring) => mapLayers({ ...plain, colouring, label: 'value' }, have))
    for (const is of [isParcels, isSquares, (id: string) => id.startsWith('parcel-letters')]) {
      const written = layers.flatMap((all) => all.filter((l) => is(l.id)).map((l) => [l.id, JSON.stringify([l.paint, l.layout])] as const))
      const colours = new Map(written)
      for (const [id, look] of written) expect(look, id).toBe(colours.get(id))
    }
    expect(new Set(layers.flatMap((all) => all.filter((l) => isParcels(l.id)).map((l) => l.id))).size).toBe(5) // four divisions, and a page's own
  })
})
