package geo

import "fmt"

// Limits on one shape from a stranger. A park's boundary has some hundreds of points; 10^6 is the whole zone in one shape.
const (
	maxShapePoints = 1_000_000
	maxShapeBytes  = 64 << 20
)

func tooManyPoints(n int) error {
	return fmt.Errorf("shape has %d points or more, the limit is %d: split it", n, maxShapePoints)
}
