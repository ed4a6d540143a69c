package tiles

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"muchan/tiles/layers"
)

// Ground is where a layer's features lie: outlines in whole world units, how far each vertex matters, and an index. Tables of the same
// rows for other audiences share it, as it holds nothing but shapes and identifiers' hashes. It is immutable and safe for concurrent
// use.
//
// Features stand in the order of the Hilbert curve, so those of a tile stand together; a feature is known by its place in this order.
type Ground struct {
	rows    []uint32 // row of the table
	numbers []uint64 // FeatureID
	tree    tree     // over boxes of the outlines
	first   []uint32 // feature k has the vertices from first[k] to first[k+1]
	hard    []uint32 // bit z is set where rounding and leaving out vertices may spoil the outline at zoom z
	spots   []spot   // rings without their closing vertex, outer rings with positive area (y down), holes negative
	detail  []detail // parallel to spots

	showFrom int // lowest zoom at which half of the features are as large as smallestShown
}

// detail of a vertex is the lowest zoom level that draws it, and whether it begins a ring.
type detail uint8

const ringStart detail = 1 << 7

// at says whether a zoom level draws the vertex.
func (d detail) at(z int) bool { return int(d&^ringStart) <= z }

// smallestShown is the size in tile units, two pixels of a screen, below which an outline is no shape any more.
const smallestShown = 16

// NewGround lays out a table's shapes. The table is not kept.
func NewGround(t *layers.Table) *Ground {
	g := &Ground{}
	boxes := g.order(t)
	g.first = make([]uint32, 1, len(boxes)+1)
	for _, row := range g.rows {
		g.numbers = append(g.numbers, FeatureID(t.IDs[row]))
		for _, polygon := range t.Shapes[row] {
			for _, ring := range polygon {
				g.addRing(ring)
			}
		}
		g.first = append(g.first, uint32(len(g.spots)))
	}
	g.spots, g.detail = slices.Clip(g.spots), slices.Clip(g.detail)
	g.tree = newTree(boxes)
	g.hard = make([]uint32, len(g.rows))
	g.generalise()
	g.showFrom = g.shownFrom()
	return g
}

// order finds the rows that are drawn and puts them in Hilbert order; it returns their boxes.
func (g *Ground) order(t *layers.Table) []box {
	type place struct {
		along uint64
		row   uint32
		box   box
	}
	var places []place
	for row, b := range t.Bounds {
		if len(t.Shapes[row]) == 0 || b.IsEmpty() {
			continue
		}
		on := emptyBox.with(spotOf(b.Min)).with(spotOf(b.Max))
		places = append(places, place{hilbert(on.centre()), uint32(row), on})
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.along, b.along), cmp.Compare(a.row, b.row)) })
	boxes := make([]box, len(places), len(places)+len(places)/(branching-1)+branching)
	g.rows = make([]uint32, len(places))
	for k, p := range places {
		boxes[k], g.rows[k] = p.box, p.row
	}
	return boxes
}

// addRing appends a closed ring, run backwards: the plane's y axis points down, which turns every ring round. Vertices in the place of
// the one before are left out, and rings left with fewer than three.
func (g *Ground) addRing(ring orb.Ring) {
	begin := len(g.spots)
	for k := len(ring) - 1; k > 0; k-- {
		if s := spotOf(ring[k]); len(g.spots) == begin || g.spots[len(g.spots)-1] != s {
			g.spots = append(g.spots, s)
		}
	}
	for len(g.spots) > begin+1 && g.spots[len(g.spots)-1] == g.spots[begin] {
		g.spots = g.spots[:len(g.spots)-1]
	}
	if len(g.spots) < begin+3 {
		g.spots = g.spots[:begin]
		return
	}
	for range len(g.spots) - begin {
		g.detail = append(g.detail, firstExactZoom)
	}
	g.detail[begin] |= ringStart
}

// shownFrom is the lowest zoom level at which half of the features are as large as smallestShown.
func (g *Ground) shownFrom() int {
	var sides []int32
	for _, b := range g.tree.leaves() {
		sides = append(sides, b.side())
	}
	if len(sides) == 0 {
		return 0
	}
	slices.Sort(sides)
	z := 0
	for z < MaxZoom && sides[len(sides)/2] < smallestShown<<shift(z) {
		z++
	}
	return z
}

// Len returns the number of features that are drawn.
func (g *Ground) Len() int { return len(g.rows) }

// bytes is the memory it holds.
func (g *Ground) bytes() int {
	return 4*len(g.rows) + 8*len(g.numbers) + 16*cap(g.tree.boxes) + 4*len(g.first) + 4*len(g.hard) + 8*len(g.spots) + len(g.detail)
}

// vertices returns the range of a feature's vertices.
func (g *Ground) vertices(k int) (first, last uint32) { return g.first[k], g.first[k+1] }

// isHard says whether a feature's outline needs repair at a zoom level.
func (g *Ground) isHard(k, z int) bool { return g.hard[k]>>z&1 != 0 }
