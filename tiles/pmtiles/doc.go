// Package pmtiles writes PMTiles archives, version 3, and reads what one says of itself: all tiles of a map in one file, of which a reader fetches parts by HTTP range
// requests, so that any static host serves the map. Written from the open specification at github.com/protomaps/PMTiles.
//
// It knows the file's form and nothing of what the tiles show. It imports nothing of ours; tiles may import it.
package pmtiles
