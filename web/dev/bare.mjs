// A page with nothing but the map library and the parcels' tiles of a running server, to measure the real page against: what a machine
// takes for that is its own. All else is handed on to the server, so that both pages lie behind the same way.

import { createServer, request } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const library = join(import.meta.dirname, '../node_modules/maplibre-gl/dist')

const page = `<!doctype html><meta charset="utf-8"><title>bare</title>
<link rel="stylesheet" href="/bare/maplibre-gl.css"><link rel="modulepreload" href="/bare/maplibre-gl-shared.mjs">
<style>html, body, #map { height: 100%; margin: 0 }</style><div id="map"></div>
<script type="module">
import { Map, setWorkerUrl } from '/bare/maplibre-gl.mjs'
setWorkerUrl('/bare/maplibre-gl-worker.mjs')
const meta = await (await fetch('/api/v1/meta')).json()
const of = meta.layers.find((l) => l.name === 'parcels')
const tiles = [new URL(of.tiles, location).href.replace(/%7B(\\w)%7D/g, '{$1}')]
const map = new Map({ container: 'map', bounds: meta.bound, fitBoundsOptions: { padding: 50 }, style: {
  version: 8, sources: { parcels: { type: 'vector', tiles, minzoom: of.min_zoom, maxzoom: 16 } },
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#eef1f4' } }, { id: 'fill', type: 'fill', source: 'parcels', 'source-layer': 'parcels', paint: { 'fill-color': '#6699cc' } }],
} })
map.on('render', function first() {
  if (!map.getSource('parcels') || !map.isSourceLoaded('parcels')) return
  map.off('render', first)
  // As on the page: a task after the picture's own, which ends when it was handed to the screen.
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => (document.body.dataset.painted = 'true')
  port2.postMessage(null)
})
</script>`

const types = { '.mjs': 'text/javascript', '.css': 'text/css' }

/** behind serves the bare page at /bare/ and everything else as the server at base does; it gives its own address and how to end it. */
export async function behind(base) {
  const names = ['maplibre-gl.css', 'maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs']
  const files = new Map(await Promise.all(names.map(async (name) => [`/bare/${name}`, { type: types[name.slice(name.lastIndexOf('.'))], body: gzipSync(await readFile(join(library, name))) }])))
  files.set('/bare/', { type: 'text/html', body: gzipSync(page) })
  const server = createServer((asked, answer) => {
    const file = files.get(asked.url)
    if (file !== undefined) {
      answer.writeHead(200, { 'Content-Type': file.type, 'Content-Encoding': 'gzip' })
      answer.end(file.body)
      return
    }
    const on = request(new URL(asked.url, base), { method: asked.method, headers: asked.headers }, (from) => {
      answer.writeHead(from.statusCode, from.headers)
      from.pipe(answer)
    })
    on.on('error', () => answer.destroy())
    asked.pipe(on)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}
