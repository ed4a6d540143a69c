package parcels

import "iter"

// pageRows is how many rows a page has, and pageBits how many bits of a position are within it: some 100 kB of figures.
const (
	pageBits = 9
	pageRows = 1 << pageBits
)

// Pages are the rows of a table so large that a snapshot with a changed row must not copy all of them: it has that page anew, and shares the
// others. A page holds its part of the array that it was cut from in memory.
type Pages[T any] struct {
	pages [][]T // all but the last full
	len   int
}

// pagesOf cuts rows into pages, and takes ownership of them.
func pagesOf[T any](rows []T) Pages[T] {
	p := Pages[T]{make([][]T, 0, (len(rows)+pageRows-1)/pageRows), len(rows)}
	for at := 0; at < len(rows); at += pageRows {
		end := min(at+pageRows, len(rows))
		p.pages = append(p.pages, rows[at:end:end])
	}
	return p
}

// Len returns the number of rows.
func (p *Pages[T]) Len() int { return p.len }

// At returns the row at a position. Nobody writes into it.
func (p *Pages[T]) At(i int) *T { return &p.pages[i>>pageBits][i&(pageRows-1)] }

// All goes through the rows and their positions.
func (p *Pages[T]) All() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		for i := range p.len {
			if !yield(i, p.At(i)) {
				return
			}
		}
	}
}

// Rows returns a copy of the rows, made page by page by two processors at once. See copyInBlocks.
func (p *Pages[T]) Rows() []T {
	out, half := make([]T, p.len), len(p.pages)/2
	copyPages := func(from, to int) {
		for k := from; k < to; k++ {
			copyInBlocks(out[k<<pageBits:], p.pages[k])
		}
	}
	together(func() { copyPages(0, half) }, func() { copyPages(half, len(p.pages)) })
	return out
}

// Where returns copies of the rows for which a condition holds.
func (p *Pages[T]) Where(holds func(*T) bool) (rows []T) {
	for _, row := range p.All() {
		if holds(row) {
			rows = append(rows, *row)
		}
	}
	return rows
}

// Apart goes through the rows that do not stand where those of others do, whatever they say.
func (p *Pages[T]) Apart(others *Pages[T]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for k, page := range p.pages {
			if k < len(others.pages) && &page[0] == &others.pages[k][0] {
				continue
			}
			for i := range page {
				if !yield(&page[i]) {
					return
				}
			}
		}
	}
}

// SharedWith reports whether all pages are those of others, so that no row differs.
func (p *Pages[T]) SharedWith(others *Pages[T]) bool {
	if p.len != others.len {
		return false
	}
	for k := range p.pages {
		if &p.pages[k][0] != &others.pages[k][0] {
			return false
		}
	}
	return true
}

// between are the rows from one position up to another, in parts.
func (p *Pages[T]) between(from, to int) (parts [][]T) {
	for from < to {
		page, at := p.pages[from>>pageBits], from&(pageRows-1)
		part := page[at:min(at+to-from, len(page))]
		parts, from = append(parts, part), from+len(part)
	}
	return parts
}

// changing begins a change of rows: the pages that are written into are copied, and p stays as it is.
func (p *Pages[T]) changing() *changing[T] {
	next := *p
	next.pages = append([][]T(nil), p.pages...)
	return &changing[T]{next, map[int]bool{}}
}

// changing is rows of which some are being changed.
type changing[T any] struct {
	Pages[T]
	copied map[int]bool
}

// at returns a row to be written into.
func (c *changing[T]) at(i int) *T {
	if k := i >> pageBits; !c.copied[k] {
		c.copied[k] = true
		c.pages[k] = append([]T(nil), c.pages[k]...)
	}
	return c.At(i)
}
