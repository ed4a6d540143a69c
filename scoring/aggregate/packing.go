package aggregate

// mostSteps bounds the search for one rest. A cell for which it does not suffice is not published.
const mostSteps = 2000

// packing is the search for a rest of one whole that one firm dominates: for parts of the whole that lie apart and together leave
// little beside that firm. Columns are numbered within the whole, the heaviest first.
type packing struct {
	dominance float64
	heaps     []heap  // by column
	in        [][]int // by column, the parts it stands in
	parts     [][]int // their columns
	meets     [][]int // by part, those that share a column with it, itself included
	blocked   []int   // by part, how many reasons there are not to take it
	taken     []bool  // by column; the firm's own is marked too
	open      []int   // by column, parts that could take it
	stuck     float64 // sum of the columns that no part can take any more
	steps     int
}

// add gives the packing one more part. at are the numbers of the whole's columns.
func (p *packing) add(at []int, c *cell) {
	columns := make([]int, len(c.columns))
	for i, k := range c.columns {
		columns[i] = at[k]
		p.in[at[k]] = append(p.in[at[k]], len(p.parts))
		p.open[at[k]]++
	}
	p.parts = append(p.parts, columns)
}

// join finds which parts meet, once all are there.
func (p *packing) join() {
	p.meets, p.blocked = make([][]int, len(p.parts)), make([]int, len(p.parts))
	seen := make([]int, len(p.parts)) // the last part, from 1, that was found to meet this one
	for q := range p.parts {
		for _, k := range p.parts[q] {
			for _, other := range p.in[k] {
				if seen[other] != q+1 {
					seen[other] = q + 1
					p.meets[q] = append(p.meets[q], other)
				}
			}
		}
	}
	for k := range p.heaps {
		if p.open[k] == 0 {
			p.stuck += p.heaps[k].sum
		}
	}
}

func (p *packing) block(q int) {
	if p.blocked[q]++; p.blocked[q] > 1 {
		return
	}
	for _, k := range p.parts[q] {
		if p.open[k]--; p.open[k] == 0 && !p.taken[k] {
			p.stuck += p.heaps[k].sum
		}
	}
}

func (p *packing) unblock(q int) {
	if p.blocked[q]--; p.blocked[q] > 0 {
		return
	}
	for _, k := range p.parts[q] {
		if p.open[k]++; p.open[k] == 1 && !p.taken[k] {
			p.stuck -= p.heaps[k].sum
		}
	}
}

// take takes a part away, untake puts it back.
func (p *packing) take(q int) {
	for _, k := range p.parts[q] {
		p.taken[k] = true
	}
	for _, other := range p.meets[q] {
		p.block(other)
	}
}

func (p *packing) untake(q int) {
	for _, other := range p.meets[q] {
		p.unblock(other)
	}
	for _, k := range p.parts[q] {
		p.taken[k] = false
	}
}

// dominated reports whether a firm dominates a sum. A rest of nothing but zeros gives all its firms away.
func (p *packing) dominated(most, sum float64) bool { return sum == 0 || most > p.dominance*sum }

// isolates reports whether there is a rest in which a column's largest firm dominates.
func (p *packing) isolates(f int) bool {
	own := p.heaps[f].sum
	if p.open[f] == 0 {
		p.stuck -= own
	}
	p.taken[f] = true
	found := false
	if p.dominated(p.heaps[f].most, own+p.stuck) {
		for _, q := range p.in[f] {
			p.block(q)
		}
		p.steps = 0
		found = p.search(f)
		for _, q := range p.in[f] {
			p.unblock(q)
		}
	}
	p.taken[f] = false
	if p.open[f] == 0 {
		p.stuck += own
	}
	return found
}

// search decides over the column that fewest parts can take: it goes with one of them, or stays in the rest.
func (p *packing) search(f int) bool {
	if !p.dominated(p.heaps[f].most, p.heaps[f].sum+p.stuck) {
		return false
	}
	if p.steps++; p.steps > mostSteps {
		return true
	}
	k := p.tightest()
	if k < 0 {
		return true
	}
	for _, q := range p.in[k] {
		if p.blocked[q] > 0 {
			continue
		}
		p.take(q)
		found := p.search(f)
		p.untake(q)
		if found {
			return true
		}
	}
	return p.without(k, f)
}

// without searches on with a column left in the rest.
func (p *packing) without(k, f int) bool {
	for _, q := range p.in[k] {
		p.block(q)
	}
	found := p.search(f)
	for _, q := range p.in[k] {
		p.unblock(q)
	}
	return found
}

// tightest is the column with an amount that fewest parts can take, the heaviest of these, and -1 when there is none.
func (p *packing) tightest() int {
	best := -1
	for k, open := range p.open {
		if open > 0 && !p.taken[k] && p.heaps[k].sum > 0 && (best < 0 || open < p.open[best]) {
			best = k
		}
	}
	return best
}
