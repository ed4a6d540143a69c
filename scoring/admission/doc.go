// Package admission tests a proposed project before it is let in: what it promises against the control indicators, the requirements of
// admission, the planning conditions of the land and the lines on the map, and where it would rank among the park's firms. It reads
// finished scores and changes nothing. It knows no clock, store or network; api and cmd may import it.
//
// # Tests
//
// Each test passes, fails, or cannot be decided, and says what is missing. A limit holds inclusively. Values are computed from what the
// project states: floor-area ratio from storeys (those above 8 m count twice) or from the stated floor area for the ratio; investment
// with the land price. A stated plain floor area stands in for the ratio's as a lower bound, because nobody knows what would count
// twice: it can pass a least ratio and never fail it. Offices by land, and by floor area where their land is not stated; the land test
// and the floor test may disagree and both are shown.
//
// # Place
//
// A parcel or a point. Touching the ecological red line fails. Inside an industrial block line of the levels the set names passes;
// outside of them nothing that was found forbids a project, so that is not decided.
//
// # Rank
//
// By tax per mu, by output per mu, and by the points of the evaluation, as one more firm: rank = 1 + the number of firms that have
// more, of N + 1; equal ones share the rank. Firms count where both figure and land are known. For points the bases stay those of the
// run (the project moves no mean), only the indicators count (no bonus, penalty or override), a missing value is filled by the set's
// rule, and the class is that of rank r of N + 1. The cohort is that of a firm with land of its own.
package admission
