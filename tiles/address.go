package tiles

import (
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// MaxZoom is the deepest zoom level that is served: one unit of a tile is 3.4 cm on the ground there, finer than cadastral points.
// Clients magnify its tiles beyond.
const MaxZoom = 18

// Address names a tile: zoom, column from the west, row from the north.
type Address struct{ Z, X, Y int }

// ParseAddress reads a tile address from the parts of a URL. Only plain decimal numbers are numbers; "+1", "01" and "1.0" are not,
// so that a tile has one URL. A zoom outside 0..MaxZoom and a column or row outside 0..2^zoom-1 are errors.
func ParseAddress(z, x, y string) (Address, error) {
	var numbers [3]int
	for i, s := range []string{z, x, y} {
		n, err := strconv.Atoi(s)
		if err != nil || s[0] < '0' || s[0] == '0' && len(s) > 1 {
			return Address{}, fmt.Errorf("tile address %.20s/%.20s/%.20s: give zoom, column and row as whole numbers from 0", z, x, y)
		}
		numbers[i] = n
	}
	at := Address{numbers[0], numbers[1], numbers[2]}
	return at, at.check()
}

func (a Address) check() error {
	if a.Z < 0 || a.Z > MaxZoom {
		return fmt.Errorf("tile address %v: zoom levels are 0 to %d", a, MaxZoom)
	}
	if n := 1 << a.Z; a.X < 0 || a.X >= n || a.Y < 0 || a.Y >= n {
		return fmt.Errorf("tile address %v: columns and rows at zoom %d are 0 to %d", a, a.Z, n-1)
	}
	return nil
}

// String writes z/x/y.
func (a Address) String() string { return fmt.Sprintf("%d/%d/%d", a.Z, a.X, a.Y) }

// Extent is the number of units along a tile's edge, and buffer how many are drawn beyond it, so that outlines do not show where
// tiles meet.
const (
	Extent = 4096
	buffer = 64
)

// project takes a position to units of the tile, x to the east and y to the south from its north-west corner.
func (a Address) project(p orb.Point) orb.Point {
	units := float64(Extent) * float64(int(1)<<a.Z)
	sin := math.Sin(p[1] * math.Pi / 180)
	x := p[0]/360 + 0.5
	y := 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi) // the inverse hyperbolic tangent, in half the time of math.Atanh
	return orb.Point{x*units - float64(a.X*Extent), y*units - float64(a.Y*Extent)}
}

// unproject is the inverse of project.
func (a Address) unproject(p orb.Point) orb.Point {
	units := float64(Extent) * float64(int(1)<<a.Z)
	x := (p[0] + float64(a.X*Extent)) / units
	y := (p[1] + float64(a.Y*Extent)) / units
	return orb.Point{(x - 0.5) * 360, math.Atan(math.Sinh((0.5-y)*2*math.Pi)) * 180 / math.Pi}
}
