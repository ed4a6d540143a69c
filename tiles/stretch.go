package tiles

import "math"

// nowhere stands for the place of a feature that was not there.
const nowhere = math.MaxUint32

// stretch is features from a place on that stood one after another before, or a single one that was nowhere.
type stretch struct {
	at  int
	was uint32
	n   int
}

// eachStretch cuts an order, given as where each feature stood before, into stretches as long as can be: so that what is kept of features is
// copied by the million and not one by one.
func eachStretch(was []uint32, visit func(stretch)) {
	for at := 0; at < len(was); {
		n := 1
		for was[at] != nowhere && at+n < len(was) && was[at+n] == was[at]+uint32(n) {
			n++
		}
		visit(stretch{at, was[at], n})
		at += n
	}
}
