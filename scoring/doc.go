// Package scoring turns a snapshot, rule sets, a year and an as-of date into scores. It is pure arithmetic: it reads no clock, no
// store and no network, writes into none of its inputs, and the same inputs give the same bytes. It may import geo and parcels.
//
// Every result that a decision rests on can be explained down to inputs, rule and document: see Scores.Explain.
package scoring
