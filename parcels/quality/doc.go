// Package quality reads a whole snapshot and tells what is wrong or missing in it: rows by themselves, shapes against each other,
// figures against other years and other firms, and what should have a counterpart and has none. It changes nothing and decides
// nothing; every finding has a rule, a severity, a place where there is one, and a remedy. It imports geo and parcels.
//
// The same snapshot and options give the same report, whatever the order of rows and the number of processors. Time and memory grow
// with the number of rows: neighbours are found by an index, and at most Options.Keep findings of a rule are kept beside their count.
//
// Missing is not wrong: what is absent is a note (…_missing, without_figures), never compared with anything.
//
// The tolerances are parameters. Half a percent and 5 cm along the perimeter are those the zone checks title areas by; the others
// are choices of ours, stated in DefaultOptions, from no norm.
//
// Gaps are sought as narrow strips between two boundaries that face each other, not as holes in the union of all parcels: a strip
// that three parcels enclose is found once for each pair of sides that face each other, and a gap without facing sides is not found.
package quality
