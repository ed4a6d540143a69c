package aggregate

// auditor decides which cells of one system of unknowns are published. What is published spans a space of sums over firms, every one
// of which can be worked out. A cell is let in only while
//
//   - no sum in this space, with whatever factors, is over fewer than three firms;
//   - no cell that had to be hidden for dominance is in it;
//   - nothing that is left of a published cell when any published cells that lie within it and apart from each other are taken away,
//     of whatever groupings and as many as there are, is dominated by one firm.
//
// Dominated sums that come about in other ways, as of cells that overlap, are not looked for, unless they are a cell.
//
// Firms that stand in the same cells are one column that counts as often as there are firms; a sum over such a column is never over
// fewer. In reduced row echelon form a sum over one column is a row with one entry, and a sum over two columns is a row with two
// entries or comes of two rows whose entries outside their pivots are proportional.
type auditor struct {
	dominance float64
	width     int   // number of columns
	column    []int // of each firm, -1 for one in no cell
	weight    []int // firms in each column
	basis     []echelon
	hidden    [][]uint64      // what remains of each hidden cell after what is published was taken from it
	heaps     map[int][]heap  // by year, each column
	published map[int][]*cell // by year
	at        []int           // scratch: by column, its number within a whole
}

// audit sets the reason of every cell. Cells come in the order in which they are wanted, year by year. careless leaves complementary
// suppression out; it is for tests that must notice.
func audit(cells []*cell, firms int, dominance float64, careless bool) {
	a := &auditor{dominance: dominance, published: map[int][]*cell{}}
	for _, c := range cells {
		if c.reason == "" {
			c.reason = heapOf(c.amounts).refuse(dominance)
		}
	}
	a.within(cells, firms)
	a.pile(cells)
	for i, c := range cells {
		if i == 0 || cells[i-1].year != c.year {
			a.hide(cells, c.year)
		}
		if c.reason != "" {
			continue
		}
		if !careless && (!a.apart(c) || !a.admit(a.vector(c))) {
			c.reason = Complementary
			continue
		}
		a.published[c.year] = append(a.published[c.year], c)
	}
}

// hide watches over the dominated cells of a year; those of too few firms cannot be worked out anyway. One that an earlier year gave
// away already is not watched: nothing can be done for it.
func (a *auditor) hide(cells []*cell, year int) {
	for _, c := range cells {
		if c.year == year && c.reason == Dominated {
			v := a.vector(c)
			a.reduce(v)
			if nonzero(v) {
				a.hidden = append(a.hidden, v)
			}
		}
	}
}
