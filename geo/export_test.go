package geo

// PerimeterArea is UnionArea without the overlay to fall back on; it is false where that would be asked.
func PerimeterArea(shapes ...Shape) (M2, bool) {
	all := make([]boxed, len(shapes))
	for i, s := range shapes {
		all[i] = boxed{s, BoundOf(s).Pad(wallWidth)}
	}
	return perimeterArea(all)
}

// ScatteredArea is PerimeterArea and whether the shapes were seen to lie apart; PiecedArea is what looking at every wall makes of them.
func ScatteredArea(shapes ...Shape) (area M2, apart bool) {
	area, _ = PerimeterArea(shapes...)
	return area, wallsOf(shapes).scattered()
}

func PiecedArea(shapes ...Shape) M2 {
	ground := parallelAt(BoundOf(shapes[0]).Pad(wallWidth).Min[1])
	return M2(wallsOf(shapes).pieces(&ground).sum)
}

func wallsOf(shapes []Shape) *perimeter {
	p := &perimeter{first: []int{0}}
	for i, s := range shapes {
		p.shapes = append(p.shapes, boxed{s, BoundOf(s).Pad(wallWidth)})
		p.walls = appendWalls(p.walls, s, i)
		p.first = append(p.first, len(p.walls))
	}
	return p
}

// ClosedRingArea is RingArea by the closed formulas alone.
func ClosedRingArea(r []Point) float64 { return closedRingArea(r) }

// PlainlySimple and the library's own verdict, which must follow from it.
var PlainlySimple = plainlySimple

func LibraryCheck(s Shape) error { return toMultiPolygon(s).Validate() }

// DecodeAnyEWKB and DecodeAnyWKB are the readers behind the quick one.
var (
	DecodeAnyEWKB = decodeAnyEWKB
	DecodeAnyWKB  = decodeAnyWKB
)

// Entries is how many edges stand in the bands of a prepared shape, each as often as it does.
func Entries(p *Prepared) int { return len(p.inBand) }

// LibraryPointOnSurface is the library's own.
func LibraryPointOnSurface(s Shape) (Point, bool) {
	xy, ok := toMultiPolygon(s).PointOnSurface().XY()
	return Point{xy.X, xy.Y}, ok
}
