// What a page says of single parcels (its own colour, a mark), told to MapLibre as feature state. A style expression with a case per
// parcel would be built, compared and sent to the worker at every change: with 10^5 parcels seconds. State is set only for the
// parcels of the tiles at hand, and only where it differs from what was set before.

import type { Map as MapLibre } from 'maplibre-gl'
import { pause } from './slices'

/** A colour by parcel code, under the name that the style's expressions ask for: it is asked of the parcels at hand alone. */
export type Dressing = Pick<ReadonlyMap<string, string>, 'get'>

interface Piece {
  source: string
  sourceLayer: string
  /** The attribute that holds the parcel's code. */
  code: string
}

const pieces: readonly Piece[] = [
  { source: 'parcels', sourceLayer: 'parcels', code: 'code' },
  { source: 'buildings', sourceLayer: 'buildings', code: 'parcel' },
]

/** changes lists what has to be set so that the parcels at hand wear what is wanted; '' takes a colour away. */
export function changes(codes: Iterable<string>, wanted: Dressing | null, worn: ReadonlyMap<string, string>): [string, string][] {
  const out: [string, string][] = []
  for (const code of codes) {
    const next = wanted?.get(code) ?? ''
    if (next !== (worn.get(code) ?? '')) out.push([code, next])
  }
  return out
}

/** Wardrobe keeps the parcels on a map dressed as wanted, also those that come into sight later. */
export class Wardrobe {
  private readonly wanted = new Map<string, Dressing | null>()
  private readonly worn = new Map<string, Map<string, string>>() // by piece and name, then by feature
  private readonly sources = new Map<string, unknown>()
  private due = 0
  private told = 0

  constructor(private readonly map: MapLibre) {
    map.on('sourcedata', (e) => {
      if (e.sourceDataType === 'content' || e.tile !== undefined) this.later()
    })
  }

  /** wear gives every parcel of a dressing its colour under a name, and takes it from all others; false when they wear it already. */
  wear(name: string, dressing: Dressing | null): boolean {
    if (this.wanted.get(name) === dressing) return false
    this.wanted.set(name, dressing)
    void this.soon()
    return true
  }

  close(): void {
    this.told++
    cancelAnimationFrame(this.due)
  }

  /** soon dresses before the next picture, so that it has the colours already. Of several wishes in a row the last is enough. */
  private async soon(): Promise<void> {
    const mine = ++this.told
    await pause()
    if (mine === this.told) this.dressAll()
  }

  /** later dresses once a picture, however many tiles come in. */
  private later(): void {
    if (this.due === 0) this.due = requestAnimationFrame(() => this.dressAll())
  }

  private dressAll(): void {
    cancelAnimationFrame(this.due)
    this.due = 0
    pieces.forEach((p) => this.dress(p))
  }

  private dress(p: Piece): void {
    const source = this.map.getSource(p.source)
    const bare = this.worn.size === 0 && [...this.wanted.values()].every((d) => d === null)
    if (source === undefined || bare) return
    // Another year's tiles are another source, which knows nothing of the states of the one before.
    if (this.sources.get(p.source) !== source) for (const key of this.worn.keys()) if (key.startsWith(`${p.source} `)) this.worn.delete(key)
    this.sources.set(p.source, source)
    const at = new Map<string, string>() // code of the parcel by feature
    for (const f of this.map.querySourceFeatures(p.source, { sourceLayer: p.sourceLayer })) {
      if (f.id !== undefined) at.set(String(f.id), String(f.properties[p.code]))
    }
    for (const [name, dressing] of this.wanted) this.apply(p, name, dressing, at)
  }

  private apply(p: Piece, name: string, dressing: Dressing | null, at: ReadonlyMap<string, string>): void {
    const key = `${p.source} ${name}`
    const worn = this.worn.get(key) ?? new Map<string, string>()
    const ofFeature = p.code === 'code' ? dressing : dressing && byFeature(dressing, at)
    for (const [id, colour] of changes(new Set([...at.keys(), ...worn.keys()]), ofFeature, worn)) {
      this.map.setFeatureState({ source: p.source, sourceLayer: p.sourceLayer, id }, { [name]: colour === '' ? null : colour })
      if (colour === '') worn.delete(id)
      else worn.set(id, colour)
    }
    if (worn.size > 0) this.worn.set(key, worn)
    else this.worn.delete(key)
  }
}

/** byFeature turns colours of parcels into colours of the features that stand on them. */
function byFeature(dressing: Dressing, at: ReadonlyMap<string, string>): Dressing {
  return new Map([...at].flatMap(([id, code]): [string, string][] => {
    const colour = dressing.get(code)
    return colour === undefined ? [] : [[id, colour]]
  }))
}
