// Package match finds the land on which a firm could grow: for a firm that must expand, or a profile of one, the parcels that could
// serve and the lawful way to each, best first. It reads finished scores and changes nothing.
//
// # What could serve
//
// A parcel is looked at when it is of at least one Kind: signed and not built on, suspected of being idle, unfinished and standing
// still, partly built (its second phase), with an empty plant, suspected exit candidate, or in the authority's reserve. The findings of
// the scores say so, and where these are silent the register's state. All of these are suspicions drawn from the file; a match is a
// proposal to look at, never a decision about somebody's land. A parcel may be of several kinds; each offers land, floor area that
// stands, or floor area that may be built, and the offer that serves best counts.
//
// # Who is left out
//
// Parcels that are not drawn, too far, too small, too narrow, that overlap the ecological red line, or whose area nobody knows. Each
// keeps its reason, and one that is too small names the neighbours it could be joined with. Certificates state areas to 0.01 m², so a
// need is met by what is less than half of that short of it: a need of exactly what there is fits, however it was converted.
//
// # The order
//
// The score is 100 × Σ weight × value ÷ Σ weight over the parts that can be told, each value from 0 to 1:
//
//   - distance: 1 ÷ (1 + d ÷ HalfDistanceM), d being the shortest geodesic between the boundary of the land the firm has, or the
//     place that was named, and the parcel's boundary. The boundary, not a point inside: what counts for an expansion is what lies
//     between the two;
//   - adjoining: 1 when that gap is at most TouchM (the plan's own case: 已签约但未建设的土地 beside a firm that wants to grow), else 0;
//   - area: need ÷ offer, so that land twice as large as needed counts half;
//   - form: how much of its smallest enclosing rectangle the parcel fills, times its short by its long side when that is below
//     SlimBelow. It needs no corner to be right and does not depend on the number of corners;
//   - use: industrial, storage, other, not on file;
//   - overlay: inside an industrial block line of level 1, level 2, or outside, by a point on the parcel's surface;
//   - path: how short the lawful way is (see Paths);
//   - holder: who has it now: nobody, or a firm by its class.
//
// Weights and values are Params. No document states them; Defaults are this program's proposal, and the answer says so. A part
// that does not apply to an offer (form of an empty plant, distance where no place was named) is left out of both sums; a part that
// applies and is not on file has a value of its own, so that a gap in the file is never an advantage.
package match
