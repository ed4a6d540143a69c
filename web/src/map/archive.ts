// A basemap that lies in a PMTiles file at our own server is read from it part by part, by range requests.

import { addProtocol } from 'maplibre-gl'
import type { Protocol } from 'pmtiles'

let reader: Promise<Protocol> | null = null

/** readArchives lets maps read archives. The code that does is fetched with the first tile that is asked for. */
export function readArchives(): void {
  addProtocol('pmtiles', async (request, aborting) => {
    reader ??= import('pmtiles').then(({ Protocol: Reader }) => new Reader())
    return (await reader).tile(request, aborting)
  })
}
