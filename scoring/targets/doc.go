// Package targets holds the zone's plan against what the service can compute: how far each indicator has come, how fast it has to grow
// from here, whether the plan's own figures agree with each other, and on what land its targets per km² rest. It corrects nothing: where
// the plan contradicts itself every figure stands with its place, and a note.
//
// # Series
//
// An indicator is a level of the target year; a total over the years after the base year (exports, foreign capital), whose base is one
// year's value and which therefore has no progress from base to target; or a rate, whose "growth" is the indicator itself (R&D).
//
// # Arithmetic
//
//   - progress is (actual − base) ÷ (target − base), which holds for targets that fall (PM2.5) as for those that rise;
//   - the time gone is (year − base year) ÷ (target year − base year), because figures are yearly;
//   - the path between base and target is one of even growth: due = base × (target ÷ base)^time gone;
//   - growth required from a to b in n years is (b ÷ a)^(1/n) − 1, and for a total the g with base × Σ (1+g)^k = target;
//   - the plan's growth agrees with its target when what it leads to rounds to the target as written, or is within 0.1 % of it.
//
// # What is computed
//
// Indicators that firms on file make, by an explicit table from the target's ID to a metric (Metrics). Analysts get the exact sums over
// all firms on file. Everybody else gets the cells of the public table (package aggregate): the same firms, rounded alike, hidden when
// hidden there, so that the two can be subtracted without a gain. A count of fewer than three firms is not shown to them. All
// other indicators are official statistics which this service does not hold, and say so.
//
// # Land
//
// The two targets per km² imply two areas (276.33 ÷ 26.7 = 10.35 km² and 7.9 ÷ 0.83 = 9.52 km²). Neither is the zone's area: that is an
// input with a definition (approved, planned, built), and each definition on file is shown beside them.
package targets
