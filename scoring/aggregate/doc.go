// Package aggregate makes the sums that may be public: output, revenue, value added, tax and land of at least three firms, by zone,
// park, industry, park and industry, published class, and map cell, for every year, so that nothing that is published can be
// solved for one firm or for the sum of two (统计法 art. 28, 统计法实施条例 art. 29).
//
// A firm counts whole where it holds most land in the year; its figures are not split over parcels, because a split firm would
// stand in many sums with weights nobody can check. So sums here differ from those staff see, which are sums over parcels.
//
// Cells come one after the other, the most useful first. A cell is left out
//
//   - when fewer than three firms stand in it, or one has more than the dominance share of its absolute sum, or all amounts are 0
//     (then every firm's is known);
//   - when together with what is already published it would give away a firm: see auditor.
//
// The amounts of one measure in one year are unknowns of their own. Land is one unknown over all years, since a firm keeps its
// land: what is safe when an attacker takes it for constant is safe when it is not. Numbers of firms are published with land, for
// the same cells. Money is rounded to whole 万元, land to hundredths of a 亩; the audit does not rest on the rounding.
//
// It may import geo, parcels and scoring.
package aggregate
