package report

// held is something that must not stand alone at the foot of a page. It is drawn when the block after it knows how much room it takes, for
// what is drawn cannot be moved.
type held struct {
	height float64 // millimetres that drawing it moves on
	draw   func()
}

// leastAfter is how many millimetres of what follows stay with what is held.
const leastAfter = 12.0

// hold keeps something for the page of the next block. What is held one after the other stays together.
func (s *sheet) hold(height float64, draw func()) { s.held = append(s.held, held{height, draw}) }

// withHeld is the room that a block of some height takes together with what is held for it.
func (s *sheet) withHeld(h float64) float64 {
	if len(s.held) == 0 {
		return h
	}
	h = max(h, leastAfter)
	for _, w := range s.held {
		h += w.height
	}
	return h
}
