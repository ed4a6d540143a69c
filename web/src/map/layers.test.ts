import { describe, expect, it } from 'vitest'
import { byClass } from './buckets'
import { mapLayers, type Look } from './layers'

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
    for (const [mine, other] of [['parcel-fill', 'parcel-worn'], ['grid-fill', 'grid-plain']] as const) {
      const seen = (look: typeof own, id: string) => look.get(id)?.layout?.visibility
      expect([seen(own, mine), seen(own, other), seen(page, mine), seen(page, other)], mine).toEqual(['visible', 'none', 'none', 'visible'])
      // Neither has another colour in the other look, in which its tiles would stand until they are drawn anew.
      for (const id of [mine, other]) expect(own.get(id)?.paint, id).toEqual(page.get(id)?.paint)
    }
  })
})
