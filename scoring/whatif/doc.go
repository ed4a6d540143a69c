// Package whatif scores a zone again by other rules or inputs and says what would differ: which firms and parcels change class and
// why, who comes onto the list of exit candidates or leaves it, which bands and idle flags move. Nothing of it is stored, and what
// is listed are suspicions as in any run.
//
// It may import geo, parcels and scoring, and like scoring is pure arithmetic: the same scores, book and request give the same
// result.
package whatif
