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
// A parcel or a point in the park; a point outside the park's boundary is refused, and where no boundary is on file nothing passes for a
// point. A project may take a part of its parcel, never more than it, and a point beside the parcel contradicts it. The rule sets are
// those of the land itself: of the parcel, or of the zones around the point. Zones count while they are in force. Overlapping the
// ecological red line by more than scoring.RedLineSlackM2 fails, and a red line whose overlap cannot be computed is not decided. Inside
// an industrial block line of the levels the set names passes; outside of them nothing that was found forbids a project, so that is not
// decided.
//
// # The contract
//
// The floor-area ratio is held against the parcel's contract. Above its maximum a project fails; where 泉政办规〔2025〕13号 speaks of the
// parcel it is not decided, because more may be granted by that document's procedure. Its bands rest on what the present users yield,
// so they neither pass nor fail somebody else's project.
//
// # Industry
//
// Where the industry is not stated closely enough to tell which requirement is meant, only what all that may be meant say alike is
// decided: below the least fails, from the greatest on passes.
//
// # Rank
//
// By tax per mu, by output per mu, and by the points of the evaluation, as one more firm: rank = 1 + the number of firms that have
// more, of N + 1; equal ones share the rank. Firms count where both figure and land are known. For points the bases stay those of the
// run (the project moves no mean), only the indicators count (no bonus, penalty or override), a missing value is filled by the set's
// rule, and the class is that of rank r of N + 1. The cohort is that of a firm with land of its own.
package admission
