// A basemap that lies in a PMTiles file at our own server is read from it part by part, by range requests.

import { addProtocol } from 'maplibre-gl'
import type { Protocol } from 'pmtiles'

let reader: Promise<Protocol> | null = null

/** read fetches the code that reads archives once; a reader whose network failed tries again with the next tile. */
function read(): Promise<Protocol> {
  reader ??= import('pmtiles').then(
    ({ Protocol: Reader }) => new Reader(),
    (cause: unknown) => {
      reader = null
      throw cause
    },
  )
  return reader
}

/** readArchives lets maps read archives. The code that does is fetched with the first tile that is asked for. */
export function readArchives(): void {
  addProtocol('pmtiles', async (request, aborting) => (await read()).tile(request, aborting))
}
