package aggregate

// AtLeast is how many firms must stand behind whatever can be worked out. The audit looks for sums over one and two firms, so it is no
// parameter.
const AtLeast = 3

// Why an amount is not published.
const (
	TooFew        = "few"           // fewer than three firms
	Dominated     = "dominance"     // one firm has more than the dominance share, or all amounts are 0
	Complementary = "complementary" // it would give away what is hidden elsewhere
	TooLarge      = "limit"         // the zone is too large for an audit in this detail
	NotPublished  = "not_published" // no final run of the year has kept its figures
)

// cell is one sum that might be published.
type cell struct {
	members []int32   // firms behind it, ascending
	amounts []float64 // parallel to members
	family  int       // place of its grouping in Groupings
	year    int
	columns []int  // its members' columns in the audit, ascending
	reason  string // why it is not published, "" when it is
}

// heap is what is known of some firms together.
type heap struct {
	firms     int
	sum, most float64 // of the absolute amounts
}

func (h *heap) add(o heap) {
	h.firms, h.sum, h.most = h.firms+o.firms, h.sum+o.sum, max(h.most, o.most)
}

func heapOf(amounts []float64) (h heap) {
	for _, v := range amounts {
		h.add(heap{1, max(v, -v), max(v, -v)})
	}
	return h
}

// refuse returns why the amount of a heap may not be known.
func (h heap) refuse(dominance float64) string {
	switch {
	case h.firms < AtLeast:
		return TooFew
	case h.sum == 0, h.most > dominance*h.sum:
		return Dominated
	}
	return ""
}
