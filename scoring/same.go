package scoring

import "slices"

// Equal reports whether two scores of parcels say the same. A position in a list counts as what it is: who compares scores of two runs must
// compare what stands there as well.
func (s *ParcelScore) Equal(t *ParcelScore) bool {
	return s.Code == t.Code && s.sameMoney(t) && s.Class == t.Class && s.Points == t.Points && s.Exit == t.Exit &&
		s.Band == t.Band && s.BenefitPerMu == t.BenefitPerMu && s.UnassignedMu == t.UnassignedMu && s.Partial == t.Partial &&
		same(s.Measured, t.Measured) && same(s.Idle, t.Idle) && slices.Equal(s.Firms, t.Firms) && slices.EqualFunc(s.Findings, t.Findings, Finding.equal)
}

func (s *ParcelScore) sameMoney(t *ParcelScore) bool {
	return s.OutputWan == t.OutputWan && s.RevenueWan == t.RevenueWan && s.ValueAddedWan == t.ValueAddedWan && s.TaxWan == t.TaxWan
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
