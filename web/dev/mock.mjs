// Answers /api/v1 and /tiles with the made-up zone of world.mjs, so that the page can be worked on alone: `npm run mock`, then
// `npm run dev`. It also serves dist under the content security policy the page is meant to live with. Nothing here is shipped.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { dossier, meta, scores, summary } from './answers.mjs'
import { features } from './world.mjs'

const dist = new URL('../dist/', import.meta.url)
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.mjs': 'text/javascript' }
const policy =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const open = { parks: 0, zones: 0, parcels: 0, buildings: 1 }
const level = { public: 0, viewer: 1, analyst: 2, admin: 3 }
const publicFields = ['code', 'park', 'use_code', 'drawn_mu', 'published_class', 'published_year']

const index = (name, fields) =>
  new GeoJSONVT(
    {
      type: 'FeatureCollection',
      features: features[name].map((f) => ({
        type: 'Feature',
        properties: Object.fromEntries(Object.entries(f.properties).filter(([k, v]) => v !== null && (fields === undefined || fields.includes(k)))),
        geometry: { type: 'Polygon', coordinates: f.rings },
      })),
    },
    { maxZoom: 16, buffer: 128, tolerance: 1 },
  )
const tiles = { parks: index('parks'), zones: index('zones'), parcels: index('parcels'), buildings: index('buildings'), public: index('parcels', publicFields) }

const send = (res, status, body, headers = {}) => {
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', ...headers })
  res.end(body === null ? undefined : Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body))
}
const refuse = (res, status, detail) => send(res, status, { type: 'about:blank', title: 'refused', status, detail, code: 'refused' })

function tile(res, audience, [, name, z, x, y]) {
  if (level[audience] < (open[name] ?? 9)) return refuse(res, 401, '需要登录')
  const made = tiles[name === 'parcels' && audience === 'public' ? 'public' : name].getTile(+z, +x, +y)
  const body = made ? Buffer.from(fromGeojsonVt({ [name]: made }, { version: 2 })) : Buffer.alloc(0)
  send(res, 200, body, { 'Content-Type': 'application/vnd.mapbox-vector-tile' })
}

async function session(req, res, audience) {
  if (req.method === 'DELETE') return send(res, 204, null, { 'Set-Cookie': 'as=; Max-Age=0; Path=/' })
  if (req.method !== 'POST') return send(res, 200, audience === 'public' ? { audience, name: null } : { audience, name: audience, expires_at: null })
  let body = ''
  for await (const chunk of req) body += chunk
  const { token, name } = JSON.parse(body)
  const as = token ?? name
  if (!(as in level)) return refuse(res, 401, '令牌不正确或已停用。')
  send(res, 200, { audience: as, name: `示例${as}` }, { 'Set-Cookie': `as=${as}; Path=/; HttpOnly; SameSite=Strict` })
}

async function file(res, path) {
  try {
    const name = path === '/' ? 'index.html' : path.slice(1)
    send(res, 200, await readFile(new URL(name, dist)), { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' })
  } catch {
    refuse(res, 404, '没有这个文件')
  }
}

async function answer(req, res) {
  const url = new URL(req.url, 'http://localhost')
  const audience = /^Bearer (\w+)$/.exec(req.headers.authorization ?? '')?.[1] ?? (/(?:^|; )as=(\w+)/.exec(req.headers.cookie ?? '')?.[1] || 'public')
  const path = url.pathname
  const year = Number(url.searchParams.get('year') ?? 2025)
  const tilePath = /^\/tiles\/(\w+)\/(\d+)\/(\d+)\/(\d+)\.mvt$/.exec(path)
  if (tilePath) return tile(res, audience, tilePath)
  if (path === '/api/v1/session') return session(req, res, audience)
  if (path === '/api/v1/meta') return send(res, 200, meta(audience))
  if (/^\/api\/v1\/(scores|summary)$/.test(path) && level[audience] < 1) return refuse(res, 401, '需要登录')
  if (path === '/api/v1/scores') return send(res, 200, scores(audience, year))
  if (path === '/api/v1/summary') return send(res, 200, summary(audience, year))
  const code = /^\/api\/v1\/parcels\/(\w+)$/.exec(path)?.[1]
  if (code) {
    const found = dossier(audience, code, year)
    return found ? send(res, 200, found) : refuse(res, 404, '没有这宗地。')
  }
  return file(res, path)
}

const port = Number(process.env.PORT ?? 8080)
createServer((req, res) => answer(req, res).catch((e) => refuse(res, 500, String(e)))).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`))
