// Package report makes printed pages: the dossier of a parcel (一地一档) and the list of exit candidates, as PDF with their own letters
// embedded.
//
// A document is gathered for one audience first, into values that hold what this audience may see and nothing else, and drawn after
// that; what draws has no way back to the snapshot. The package knows pages, maps and words; it knows no store and no HTTP, and asks no
// clock: the same content gives the same bytes. It may import geo, parcels, scoring, tiles/export and tiles/layers; api and the commands
// import it. See DESIGN.md.
package report
