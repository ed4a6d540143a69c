// Package audit keeps the record of who signed in, who read confidential data and who changed accounts or rules: an append-only
// file of JSON lines, each carrying the SHA-256 of the one before, so that a changed, removed, inserted or reordered line shows.
//
// It knows lines and hashes, no HTTP and no room of ours; api and cmd write through it. A cut tail shows only against a head kept
// elsewhere: see Log.Head.
package audit
