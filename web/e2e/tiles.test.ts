import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { ask, base, tokens } from './browser'

interface Meta {
  year: number
  bound: [number, number, number, number]
  layers: { name: string; id: string; tiles: string; min_zoom: number; fields: { name: string }[] }[]
}

const zoom = 13

function covering([w, s, e, n]: Meta['bound'], z: number): [number, number][] {
  const x = (v: number) => Math.floor(((v + 180) / 360) * 2 ** z)
  const y = (v: number) => Math.floor((0.5 - Math.asinh(Math.tan((v * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z)
  const out: [number, number][] = []
  for (let i = x(w); i <= x(e); i++) for (let j = y(n); j <= y(s); j++) out.push([i, j])
  return out
}

/** read decodes a layer's tiles with the reference decoder: attributes by identifier, and how many features had no ring. */
async function read(meta: Meta, name: string, token: string) {
  const layer = meta.layers.find((l) => l.name === name)
  if (layer === undefined) throw new Error(`no layer ${name}`)
  const found = new Map<string, Record<string, unknown>>()
  let empty = 0
  for (const [x, y] of covering(meta.bound, zoom)) {
    const path = layer.tiles.replace('{z}', String(zoom)).replace('{x}', String(x)).replace('{y}', String(y)).replace('{year}', String(meta.year))
    const answer = await fetch(base + path, token === '' ? {} : { headers: { Authorization: `Bearer ${token}` } })
    expect([200, 204], path).toContain(answer.status)
    const tile = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer())))
    const decoded = tile.layers[name]
    for (let i = 0; i < (decoded?.length ?? 0); i++) {
      const f = decoded?.feature(i)
      if (f === undefined) continue
      if (f.type !== 3 || f.loadGeometry().length === 0) empty++
      found.set(String(f.properties[layer.id]), f.properties)
    }
  }
  return { found, empty }
}

describe('tiles', () => {
  it('hold every parcel of the table with the same class and figure', async () => {
    const meta = await ask<Meta>('/api/v1/meta', tokens.analyst)
    const { rows } = await ask<{ rows: { code: string; class: string | null; tax_wan_mu: number | null }[] }>('/api/v1/scores?limit=10000', tokens.analyst)
    const { found, empty } = await read(meta, 'parcels', tokens.analyst)
    expect(empty).toBe(0)
    expect([...found.keys()].sort()).toEqual(rows.map((r) => r.code).sort())
    for (const r of rows) {
      const p = found.get(r.code)
      expect(p?.class ?? '', r.code).toBe(r.class ?? '')
      if (r.tax_wan_mu === null) expect(p?.tax_wan_mu, r.code).toBeUndefined()
      else expect(p?.tax_wan_mu as number, r.code).toBeCloseTo(r.tax_wan_mu, 6)
    }
  })

  it('are read at every zoom, and show every parcel one by one or in a square', async () => {
    const meta = await ask<Meta>('/api/v1/meta', tokens.viewer)
    const { rows } = await ask<{ rows: { bbox: Meta['bound'] | null }[] }>('/api/v1/scores?limit=10000', tokens.viewer)
    const layer = meta.layers.find((l) => l.name === 'parcels')
    for (let z = 8; z <= 18; z++) {
      const places = new Set(rows.flatMap((r) => (r.bbox === null ? [] : covering(r.bbox, z).map(([x, y]) => `${x}/${y}`))))
      const seen = new Set<unknown>()
      let inSquares = 0
      for (const place of places) {
        const answer = await fetch(`${base}/tiles/parcels/${z}/${place}.mvt`, { headers: { Authorization: `Bearer ${tokens.viewer}` } })
        expect([200, 204]).toContain(answer.status)
        const tile = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer())))
        for (const decoded of Object.values(tile.layers)) {
          for (let i = 0; i < decoded.length; i++) {
            const f = decoded.feature(i)
            if (f.type !== 3 || f.loadGeometry().length === 0) throw new Error(`${z}/${place}: ${decoded.name} has a feature without a ring`)
            if (decoded.name === 'parcels') seen.add(f.properties[layer?.id ?? ''])
            if (decoded.name === 'grid') inSquares += Number(f.properties.count)
          }
        }
      }
      expect(seen.size + inSquares, `zoom ${z}`).toBe(rows.filter((r) => r.bbox !== null).length)
    }
  })

  it('give the public the public fields and no others', async () => {
    const meta = await ask<Meta>('/api/v1/meta')
    const allowed = new Set(meta.layers.find((l) => l.name === 'parcels')?.fields.map((f) => f.name))
    expect(allowed.has('tax_wan_mu')).toBe(false)
    const { found } = await read(meta, 'parcels', '')
    expect(found.size).toBeGreaterThan(0)
    const keys = new Set([...found.values()].flatMap((p) => Object.keys(p)))
    expect([...keys].filter((k) => !allowed.has(k))).toEqual([])
  })
})
