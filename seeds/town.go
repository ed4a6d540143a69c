package seeds

import "math"

// plan is what a town is grown from: the net of its streets and a drawing of its blocks.
type plan struct {
	code, name, nameEn string
	county             string
	lon, lat           float64   // degrees of the middle
	turn               float64   // degrees, counter-clockwise
	bend               float64   // metres by which streets leave the straight line
	cols, rows         []float64 // spacing of the street centre lines in metres, from the west and from the south
	streets            []float64 // widths in metres, repeated over the lines
	drawing            []string  // a letter per block, north first; '.' is no block
	serial             int       // of the park, in codes
	seed               uint64
}

// town is a net of street centre lines with blocks between them. Line i runs north, line j runs east, and node[i][j] is where
// they cross; block (i, j) lies north-east of that node.
type town struct {
	plan
	frame
	node         [][]vec
	halfI, halfJ []float64 // half widths of the lines
}

// newTown lays out the streets: a regular net, bent, jittered and turned.
func newTown(p plan) *town {
	t := &town{plan: p, frame: frame{p.lon, p.lat}}
	xs, ys := centred(p.cols), centred(p.rows)
	d := newDice(p.seed, 1)
	phase := d.between(0, 2*math.Pi)
	t.node = make([][]vec, len(xs))
	for i, x := range xs {
		t.node[i] = make([]vec, len(ys))
		for j, y := range ys {
			jitter := vec{d.normal(), d.normal()}.times(t.looseness(i, j))
			v := vec{x + p.bend*math.Sin(y/900+phase), y + p.bend*math.Sin(x/1100-phase)}.plus(jitter)
			t.node[i][j] = v.turned(p.turn * degree)
		}
	}
	for i := range xs {
		t.halfI = append(t.halfI, p.streets[i%len(p.streets)]/2)
	}
	for j := range ys {
		t.halfJ = append(t.halfJ, p.streets[(j+1)%len(p.streets)]/2)
	}
	return t
}

// centred turns spacings into positions around zero.
func centred(steps []float64) []float64 {
	at := []float64{0}
	for _, s := range steps {
		at = append(at, at[len(at)-1]+s)
	}
	middle := at[len(at)-1] / 2
	for i := range at {
		at[i] -= middle
	}
	return at
}

// looseness is how far in metres a node may stray: inside little, at the edge of the town much, because there streets follow the
// terrain.
func (t *town) looseness(i, j int) float64 {
	around := 0
	for _, c := range [4][2]int{{i, j}, {i - 1, j}, {i, j - 1}, {i - 1, j - 1}} {
		if t.block(c[0], c[1]) != '.' {
			around++
		}
	}
	if around < 4 {
		return 26
	}
	return 7
}

// block returns the letter of a block, '.' outside the drawing.
func (t *town) block(i, j int) byte {
	row := len(t.drawing) - 1 - j
	if j < 0 || row < 0 || i < 0 || i >= len(t.drawing[row]) {
		return '.'
	}
	return t.drawing[row][i]
}

// cells returns the blocks with one of the letters, in a fixed order.
func (t *town) cells(letters string) [][2]int {
	var found [][2]int
	for j := range t.rows {
		for i := range t.cols {
			c := t.block(i, j)
			for k := range len(letters) {
				if letters[k] == c {
					found = append(found, [2]int{i, j})
				}
			}
		}
	}
	return found
}

// allCells returns every block, land without parcels included.
func (t *town) allCells() [][2]int {
	var found [][2]int
	for j := range t.rows {
		for i := range t.cols {
			if t.block(i, j) != '.' {
				found = append(found, [2]int{i, j})
			}
		}
	}
	return found
}

// quad is a block's land between its streets: its corners counter-clockwise from the south-west.
type quad [4]vec

func (t *town) quad(i, j int) quad {
	corner := [4]vec{t.node[i][j], t.node[i+1][j], t.node[i+1][j+1], t.node[i][j+1]}
	inset := [4]float64{t.halfJ[j], t.halfI[i+1], t.halfJ[j+1], t.halfI[i]}
	var q quad
	for k := range q {
		prev := (k + 3) % 4
		in, on := corner[k].minus(corner[prev]), corner[(k+1)%4].minus(corner[k])
		a := corner[k].plus(in.unit().left().times(inset[prev]))
		b := corner[k].plus(on.unit().left().times(inset[k]))
		q[k], _ = crossing(a, in, b, on)
	}
	return q
}

// at maps the unit square onto the quad. Lines of equal u or v stay straight, so a corner on a straight border stays on it.
func (q quad) at(u, v float64) vec { return q[0].to(q[1], u).to(q[3].to(q[2], u), v) }

// width and depth are the mean lengths along u and v in metres.
func (q quad) width() float64 { return (q[1].minus(q[0]).length() + q[2].minus(q[3]).length()) / 2 }
func (q quad) depth() float64 { return (q[3].minus(q[0]).length() + q[2].minus(q[1]).length()) / 2 }

// border walks around a set of blocks along the street centre lines, counter-clockwise. The set must hang together by its sides
// and have no hole.
func (t *town) border(cells [][2]int) []vec {
	has := map[[2]int]bool{}
	for _, c := range cells {
		has[c] = true
	}
	next := map[[2]int][2]int{}
	for _, c := range cells {
		i, j := c[0], c[1]
		for _, side := range [4]struct{ beside, from, to [2]int }{
			{[2]int{i, j - 1}, [2]int{i, j}, [2]int{i + 1, j}},
			{[2]int{i + 1, j}, [2]int{i + 1, j}, [2]int{i + 1, j + 1}},
			{[2]int{i, j + 1}, [2]int{i + 1, j + 1}, [2]int{i, j + 1}},
			{[2]int{i - 1, j}, [2]int{i, j + 1}, [2]int{i, j}},
		} {
			if !has[side.beside] {
				next[side.from] = side.to
			}
		}
	}
	start := cells[0]
	ring := []vec{t.node[start[0]][start[1]]}
	for at := next[start]; at != start; at = next[at] {
		ring = append(ring, t.node[at[0]][at[1]])
		if len(ring) > len(next) {
			panic("seeds: blocks of " + t.name + " that touch by a corner have no one border")
		}
	}
	return ring
}

// edge runs around the town, so many metres outside its last streets.
func (t *town) edge(out float64) []vec { return shifted(t.border(t.allCells()), out, true) }

// outline is the town's border: outside its last streets, with a bend here and there.
func (t *town) outline() []vec {
	d := newDice(t.seed, 2)
	edge := t.edge(40)
	var out []vec
	for k, p := range edge {
		q := edge[(k+1)%len(edge)]
		out = append(out, p)
		outward := q.minus(p).unit().left().times(-1)
		for _, share := range []float64{d.between(0.2, 0.45), d.between(0.55, 0.8)} {
			out = append(out, p.to(q, share).plus(outward.times(d.between(-12, 30))))
		}
	}
	return out
}

// line is a street between two of its nodes.
type line struct {
	north bool // runs north
	at    int  // i or j
	axis  []vec
	half  float64
}

// lines returns the streets as long as they have a block beside them, west to east and then south to north.
func (t *town) lines() []line {
	var found []line
	for i := range t.node {
		beside := func(j int) bool { return t.block(i-1, j) != '.' || t.block(i, j) != '.' }
		for _, run := range runs(len(t.rows), beside) {
			l := line{north: true, at: i, half: t.halfI[i]}
			for j := run[0]; j <= run[1]; j++ {
				l.axis = append(l.axis, t.node[i][j])
			}
			found = append(found, l)
		}
	}
	for j := range t.node[0] {
		beside := func(i int) bool { return t.block(i, j-1) != '.' || t.block(i, j) != '.' }
		for _, run := range runs(len(t.cols), beside) {
			l := line{at: j, half: t.halfJ[j]}
			for i := run[0]; i <= run[1]; i++ {
				l.axis = append(l.axis, t.node[i][j])
			}
			found = append(found, l)
		}
	}
	return found
}

// runs returns the first and last node of each unbroken run of steps.
func runs(n int, has func(int) bool) [][2]int {
	var found [][2]int
	for k := 0; k < n; k++ {
		if !has(k) {
			continue
		}
		from := k
		for k < n && has(k) {
			k++
		}
		found = append(found, [2]int{from, k})
	}
	return found
}

// area is the line's land: its axis widened on both sides, and lengthened over the crossings at its ends.
func (l line) area() []vec {
	axis := append([]vec(nil), l.axis...)
	n := len(axis)
	axis[0] = axis[0].minus(axis[1].minus(axis[0]).unit().times(l.half))
	axis[n-1] = axis[n-1].plus(axis[n-1].minus(axis[n-2]).unit().times(l.half))
	right, left := shifted(axis, l.half, false), shifted(axis, -l.half, false)
	for k := len(left) - 1; k >= 0; k-- {
		right = append(right, left[k])
	}
	return right
}
