package layerfile

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// maxWKTPoints bounds the points of one shape, like the limit of package geo.
const maxWKTPoints = 1_000_000

// AppendWKT appends a shape as MULTIPOLYGON with the shortest digits that read back to the same number.
func AppendWKT(dst []byte, s geo.Shape) []byte {
	if len(s) == 0 {
		return append(dst, "MULTIPOLYGON EMPTY"...)
	}
	dst = append(dst, "MULTIPOLYGON("...)
	for i, polygon := range s {
		dst = appendComma(dst, i)
		dst = append(dst, '(')
		for j, ring := range polygon {
			dst = appendComma(dst, j)
			dst = appendWKTRing(dst, ring)
		}
		dst = append(dst, ')')
	}
	return append(dst, ')')
}

func appendWKTRing(dst []byte, ring orb.Ring) []byte {
	dst = append(dst, '(')
	for i, p := range ring {
		dst = appendComma(dst, i)
		dst = strconv.AppendFloat(dst, p[0], 'f', -1, 64)
		dst = append(dst, ' ')
		dst = strconv.AppendFloat(dst, p[1], 'f', -1, 64)
	}
	return append(dst, ')')
}

func appendComma(dst []byte, i int) []byte {
	if i > 0 {
		return append(dst, ',')
	}
	return dst
}

// ParseWKT reads a POLYGON or MULTIPOLYGON, coordinates as they stand, x first. Heights and measures are dropped; "" and EMPTY
// give nil. Rings are oriented as geo.Shape wants; whether they are closed and valid is for geo.Check to say.
func ParseWKT(s string) (geo.Shape, error) {
	p := wktParser{rest: s}
	if p.end() {
		return nil, nil
	}
	kind := p.word()
	if kind == "SRID" {
		return nil, errors.New("SRID is not read here; name the system by --crs")
	}
	if modifier := p.word(); modifier == "EMPTY" {
		return nil, p.finish()
	} else if modifier != "" && modifier != "Z" && modifier != "M" && modifier != "ZM" {
		return nil, fmt.Errorf("%q after %s", clip(modifier), clip(kind))
	} else if modifier != "" && p.word() == "EMPTY" {
		return nil, p.finish()
	}
	shape, err := p.area(strings.TrimRight(kind, "ZM"))
	if err != nil {
		return nil, err
	}
	orient(shape)
	return shape, p.finish()
}

// orient turns outer rings counter-clockwise and holes clockwise.
func orient(s geo.Shape) {
	for _, polygon := range s {
		for i, ring := range polygon {
			want := orb.CCW
			if i > 0 {
				want = orb.CW
			}
			if len(ring) > 2 && ring.Orientation() == -want {
				ring.Reverse()
			}
		}
	}
}

// wktParser reads from the front of rest.
type wktParser struct {
	rest   string
	points int
}

func (p *wktParser) blank() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

func (p *wktParser) end() bool { p.blank(); return p.rest == "" }

func (p *wktParser) finish() error {
	if !p.end() {
		return fmt.Errorf("%q after the end of the shape", clip(p.rest))
	}
	return nil
}

func (p *wktParser) word() string {
	p.blank()
	n := 0
	for n < len(p.rest) && (p.rest[n]|0x20 >= 'a' && p.rest[n]|0x20 <= 'z') {
		n++
	}
	w := strings.ToUpper(p.rest[:n])
	p.rest = p.rest[n:]
	return w
}

func (p *wktParser) take(c byte) bool {
	p.blank()
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *wktParser) area(kind string) (geo.Shape, error) {
	switch kind {
	case "POLYGON":
		rings, err := p.polygon()
		return geo.Shape{rings}, err
	case "MULTIPOLYGON":
		var shape geo.Shape
		err := p.list(func() error {
			if p.word() == "EMPTY" {
				return nil
			}
			rings, err := p.polygon()
			shape = append(shape, rings)
			return err
		})
		return shape, err
	}
	return nil, fmt.Errorf("%q is not an area: give POLYGON or MULTIPOLYGON", clip(kind))
}

func (p *wktParser) polygon() (orb.Polygon, error) {
	var rings orb.Polygon
	err := p.list(func() error {
		var ring orb.Ring
		err := p.list(func() error {
			point, err := p.point()
			ring = append(ring, point)
			return err
		})
		rings = append(rings, ring)
		return err
	})
	return rings, err
}

// list reads "(item, item, …)".
func (p *wktParser) list(item func() error) error {
	if !p.take('(') {
		return fmt.Errorf("( expected before %q", clip(p.rest))
	}
	for {
		if err := item(); err != nil {
			return err
		}
		if p.take(')') {
			return nil
		}
		if !p.take(',') {
			return fmt.Errorf(", or ) expected before %q", clip(p.rest))
		}
	}
}

func (p *wktParser) point() (orb.Point, error) {
	if p.points++; p.points > maxWKTPoints {
		return orb.Point{}, fmt.Errorf("more than %d points", maxWKTPoints)
	}
	var ordinates [4]float64
	n := 0
	for ; ; n++ {
		p.blank()
		if p.rest == "" || p.rest[0] == ',' || p.rest[0] == ')' {
			break
		}
		if n == len(ordinates) {
			return orb.Point{}, errors.New("a position has more than four numbers")
		}
		v, err := p.number()
		if err != nil {
			return orb.Point{}, err
		}
		ordinates[n] = v
	}
	if n < 2 {
		return orb.Point{}, errors.New("a position has fewer than two numbers")
	}
	return orb.Point{ordinates[0], ordinates[1]}, nil
}

func (p *wktParser) number() (float64, error) {
	n := strings.IndexAny(p.rest, " \t\r\n,()")
	if n < 0 {
		n = len(p.rest)
	}
	v, err := strconv.ParseFloat(p.rest[:n], 64)
	if err != nil || strings.Trim(p.rest[:n], "0123456789+-.eE") != "" { // no NaN, no infinity, no hexadecimal
		return 0, fmt.Errorf("%q is not a number", clip(p.rest[:n]))
	}
	p.rest = p.rest[n:]
	return v, nil
}
