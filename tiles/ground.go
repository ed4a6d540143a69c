package tiles

import (
	"cmp"
	"runtime"
	"slices"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/tiles/layers"
)

// Ground is where a layer's features lie: outlines in whole world units, how far each vertex matters, and an index. Tables of the same
// rows for other audiences share it, as it holds nothing but shapes and identifiers' hashes. It is immutable, but for what is found out
// when a feature is first drawn (hardness), and safe for concurrent use.
//
// Features stand in the order of the Hilbert curve, so those of a tile stand together; a feature is known by its place in this order.
type Ground struct {
	rows    []uint32 // row of the table
	numbers []uint64 // FeatureID
	tree    tree     // over boxes of the outlines
	first   []uint32 // feature k has the vertices from first[k] to first[k+1]
	hard    []hardness
	spots   []spot   // rings without their closing vertex, outer rings with positive area (y down), holes negative
	detail  []detail // parallel to spots

	showFrom int // lowest zoom at which half of the features are as large as smallestShown

	mark    *mark // of this ground
	follows *mark // of the one it was made of by after
	redrawn []box // of features that stand as they did there, and are drawn in another way
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
	g := &Ground{mark: new(mark)}
	order, boxes := laidOut(t)
	g.rows, g.numbers, g.first = make([]uint32, 0, len(order)), make([]uint64, 0, len(order)), make([]uint32, 1, len(order)+1)
	vertices := verticesOf(t.Shapes)
	g.spots, g.detail = make([]spot, 0, vertices), make([]detail, 0, vertices)
	var over projector
	for together := range slices.Chunk(order, lookedUpTogether) {
		lookAt(t.Shapes, together)
		for _, row := range together {
			g.add(t, row, &over)
		}
	}
	g.tree = newTree(boxes)
	g.hard = make([]hardness, len(g.rows))
	g.rateVertices()
	g.showFrom = g.shownFrom()
	return g
}

// place is where a row that is drawn stands in the order.
type place struct {
	along uint64
	row   uint32
	box   box
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.along, q.along), cmp.Compare(p.row, q.row))
}

func placeOf(row uint32, b box) place { return place{hilbert(b.centre()), row, b} }

// placesOf finds those of some rows that are drawn, in Hilbert order.
func placesOf(t *layers.Table, rows []int) (places []place) {
	var over corners
	for _, row := range rows {
		if p, drawn := placeIn(t, row, &over); drawn {
			places = append(places, p)
		}
	}
	slices.SortFunc(places, place.compare)
	return places
}

// laidOut returns all rows that are drawn, in the order of placesOf, with their boxes and room for a tree over them.
func laidOut(t *layers.Table) (rows []uint32, boxes []box) {
	along, boxOf := make([]uint64, len(t.Bounds)), make([]box, len(t.Bounds))
	inChunks(len(boxOf), func(from, to int) {
		var over corners
		for row := from; row < to; row++ {
			boxOf[row] = emptyBox
			if p, drawn := placeIn(t, row, &over); drawn {
				along[row], boxOf[row] = p.along, p.box
			}
		}
	})
	rows = make([]uint32, 0, len(boxOf))
	for row, b := range boxOf {
		if b != emptyBox {
			along[len(rows)] = along[row]
			rows = append(rows, uint32(row))
		}
	}
	geo.SortByKey(along[:len(rows)], rows)
	boxes = make([]box, len(rows), roomForTree(len(rows)))
	for k, row := range rows {
		boxes[k] = boxOf[row]
	}
	return rows, boxes
}

// corners project the south-western and the north-eastern corners of boxes: each those near its last one.
type corners struct{ southWest, northEast projector }

// placeIn is where a row of a table stands, and whether it is drawn.
func placeIn(t *layers.Table, row int, over *corners) (p place, drawn bool) {
	b := t.Bounds[row]
	if len(t.Shapes[row]) == 0 || b.IsEmpty() {
		return place{row: uint32(row)}, false
	}
	return placeOf(uint32(row), emptyBox.with(over.southWest.spotOf(b.Min)).with(over.northEast.spotOf(b.Max))), true
}

// verticesOf counts the vertices of shapes: as many as will be drawn, or little more.
func verticesOf(shapes []geo.Shape) (n int) {
	for _, shape := range shapes {
		for _, polygon := range shape {
			for _, ring := range polygon {
				n += max(0, len(ring)-1)
			}
		}
	}
	return n
}

// lookAt has some shapes come from memory at the same time, from their lists of polygons over those of rings to the vertices.
func lookAt(shapes []geo.Shape, rows []uint32) {
	seen := 0.0
	for _, row := range rows {
		for _, polygon := range shapes[row] {
			for _, ring := range polygon {
				if len(ring) > 0 {
					seen += ring[0][0]
				}
			}
		}
	}
	runtime.KeepAlive(seen)
}

// add appends the feature of a row.
func (g *Ground) add(t *layers.Table, row uint32, over *projector) {
	g.rows = append(g.rows, row)
	g.numbers = append(g.numbers, FeatureID(t.IDs[row]))
	for _, polygon := range t.Shapes[row] {
		for _, ring := range polygon {
			g.addRing(ring, over)
		}
	}
	g.first = append(g.first, uint32(len(g.spots)))
}

// addRing appends a closed ring, run backwards: the plane's y axis points down, which turns every ring round. Vertices in the place of
// the one before are left out, and rings left with fewer than three.
func (g *Ground) addRing(ring orb.Ring, over *projector) {
	begin := len(g.spots)
	for k := len(ring) - 1; k > 0; k-- {
		if s := over.spotOf(ring[k]); len(g.spots) == begin || g.spots[len(g.spots)-1] != s {
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
	smaller := func(z int) (n int) {
		for _, b := range g.tree.leaves() {
			if b.side() < smallestShown<<shift(z) {
				n++
			}
		}
		return n
	}
	z := 0
	for z < MaxZoom && smaller(z) > len(g.rows)/2 {
		z++
	}
	return z
}

// Len returns the number of features that are drawn.
func (g *Ground) Len() int { return len(g.rows) }

// bytes is the memory it holds.
func (g *Ground) bytes() int {
	return 4*len(g.rows) + 8*len(g.numbers) + boxBytes*cap(g.tree.boxes) + 4*len(g.first) + 8*len(g.hard) + 8*cap(g.spots) + cap(g.detail) +
		boxBytes*cap(g.redrawn)
}

// vertices returns the range of a feature's vertices.
func (g *Ground) vertices(k int) (first, last uint32) { return g.first[k], g.first[k+1] }
