package geo

// PerimeterArea is UnionArea without the overlay to fall back on; it is false where that would be asked.
func PerimeterArea(shapes ...Shape) (M2, bool) { return perimeterArea(shapes) }

// ClosedRingArea is RingArea by the closed formulas alone.
func ClosedRingArea(r []Point) float64 { return closedRingArea(r) }
