package scoring

import "slices"

// Equal reports whether two scores of parcels say the same. Positions of firms count as what they are, and who compares scores of two runs must
// compare what stands there as well. Where in the exit list a candidate stands does not count: one more moves all behind it.
func (ps *ParcelScore) Equal(t *ParcelScore) bool {
	return ps.Class == t.Class && ps.Points == t.Points && ps.OnlyGraded(t)
}

// OnlyGraded reports whether two scores of parcels say the same but for the grade, which moves with everybody's: class and points.
func (ps *ParcelScore) OnlyGraded(t *ParcelScore) bool {
	return ps.Code == t.Code && ps.sameMoney(t) && (ps.Exit < 0) == (t.Exit < 0) &&
		ps.Band == t.Band && ps.BenefitPerMu == t.BenefitPerMu && ps.UnassignedMu == t.UnassignedMu && ps.Partial == t.Partial &&
		same(ps.Measured, t.Measured) && same(ps.Idle, t.Idle) && slices.Equal(ps.Firms, t.Firms) && slices.EqualFunc(ps.Findings, t.Findings, Finding.equal)
}

func (ps *ParcelScore) sameMoney(t *ParcelScore) bool {
	return ps.OutputWan == t.OutputWan && ps.RevenueWan == t.RevenueWan && ps.ValueAddedWan == t.ValueAddedWan && ps.TaxWan == t.TaxWan
}

// equal does not ask whether two rules are one value in memory, but whether they say the same.
func (f Finding) equal(g Finding) bool {
	rule := same(f.Rule, g.Rule)
	f.Rule, g.Rule = nil, nil
	return rule && f == g
}

// same reports whether two pointers lead to equal values, or nowhere.
func same[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}
