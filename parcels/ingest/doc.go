// Package ingest turns files into a parcels.Change, and says about every row it refuses where, by which rule and what to do. It
// knows columns, their titles and units, and how people write numbers and dates; formats are geo/layerfile's, rules of content
// parcels', rules that need other rows the store's. The commands and the server's import route import it.
package ingest
