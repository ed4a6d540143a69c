// Prints every tile that the PMTiles reader finds in an archive: number, zoom, column, row and the SHA-256 of its bytes, unpacked.
// Before them come header and metadata, a line of JSON each. Usage: node archive-tiles.mjs FILE [WEST SOUTH EAST NORTH]

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { PMTiles, zxyToTileId } from 'pmtiles'

const [path, ...box] = process.argv.slice(2)
const file = await open(path)
const archive = new PMTiles({
  getKey: () => path,
  async getBytes(offset, length) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) }
  },
})
const header = await archive.getHeader()
const [west, south, east, north] = box.length === 4 ? box.map(Number) : [header.minLon, header.minLat, header.maxLon, header.maxLat]
const lines = [JSON.stringify(header), JSON.stringify(await archive.getMetadata())]

for (let z = header.minZoom; z <= header.maxZoom; z++) {
  const last = 2 ** z - 1
  const column = (v) => Math.floor(((v + 180) / 360) * 2 ** z)
  const row = (v) => Math.floor((0.5 - Math.asinh(Math.tan((v * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z)
  const within = (v) => Math.min(Math.max(v, 0), last)
  // One more all round: a tile also holds what lies close beside it.
  for (let x = within(column(west) - 1); x <= within(column(east) + 1); x++) {
    for (let y = within(row(north) - 1); y <= within(row(south) + 1); y++) {
      const tile = await archive.getZxy(z, x, y)
      if (tile !== undefined) lines.push([zxyToTileId(z, x, y), z, x, y, createHash('sha256').update(new Uint8Array(tile.data)).digest('hex')].join(' '))
    }
  }
}
process.stdout.write(lines.join('\n') + '\n')
