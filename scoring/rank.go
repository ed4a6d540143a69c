package scoring

// ClassOf returns the class of a rank among n: the first bound with rank/n ≤ upto, compared exactly, so "the first 20 % (included)"
// is what it says. It is T when the set has no bounds, or the cohort is smaller than the set classes.
func (c *Cohort) ClassOf(rank, n int) Class {
	if n < c.Small.Below && c.Small.Policy == "not_rated" {
		return ClassNotRated
	}
	for i, b := range c.Bounds {
		if !b.Upto.holds(rank, n) {
			continue
		}
		if last := i == len(c.Bounds)-1; last && i > 0 && n < c.Small.Below && c.Small.Policy == "no_last" {
			return c.Bounds[i-1].Class
		}
		return b.Class
	}
	return ClassNotRated
}

// worse reports whether a is a lower class than b; both are A to D.
func worse(a, b Class) bool { return a > b }

// graded reports whether a class is one of A to D.
func graded(c Class) bool { return c >= ClassA && c <= ClassD && len(c) == 1 }
