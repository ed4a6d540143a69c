package geo

import (
	"encoding/binary"
	"fmt"
	"math"
)

// WKB geometry types and the flags that EWKB and ISO WKB add for heights, measures and SRID.
const (
	wkbPolygon      = 3
	wkbMultiPolygon = 6
	ewkbZ           = 0x80000000
	ewkbM           = 0x40000000
	ewkbSRID        = 0x20000000
)

// wkbScanner walks WKB without building anything.
type wkbScanner struct {
	rest   []byte
	points int
}

// scanWKB checks the counts in WKB against the bytes that follow and against the limits. The decoder behind it allocates what a
// count promises, so nine bytes could ask for gigabytes; after the scan a count is backed by bytes. It lets only Polygon and
// MultiPolygon through, which ends nesting.
func scanWKB(b []byte) error {
	if len(b) > maxShapeBytes {
		return fmt.Errorf("%d bytes is above the limit of %d: split the shape", len(b), maxShapeBytes)
	}
	s := wkbScanner{rest: b}
	if err := s.geometry(wkbPolygon, wkbMultiPolygon); err != nil {
		return err
	}
	if len(s.rest) > 0 {
		return fmt.Errorf("%d bytes follow the geometry", len(s.rest))
	}
	return nil
}

func (s *wkbScanner) geometry(allowed ...uint32) error {
	order, err := s.order()
	if err != nil {
		return err
	}
	word, err := s.count(order, 0)
	if err != nil {
		return err
	}
	kind, stride := splitType(word)
	if word&ewkbSRID != 0 {
		if _, err := s.count(order, 0); err != nil {
			return err
		}
	}
	for _, a := range allowed {
		if kind == a {
			return s.body(order, kind, stride)
		}
	}
	return fmt.Errorf("geometry type %d is not an area: give a Polygon or MultiPolygon", kind)
}

// splitType separates a type word into the plain type and the number of ordinates. ISO WKB adds 1000 for z, 2000 for m.
func splitType(word uint32) (kind uint32, stride int) {
	stride = 2
	if word&ewkbZ != 0 {
		stride++
	}
	if word&ewkbM != 0 {
		stride++
	}
	kind = word &^ (ewkbZ | ewkbM | ewkbSRID)
	switch kind / 1000 {
	case 1, 2:
		stride++
	case 3:
		stride += 2
	}
	return kind % 1000, stride
}

func (s *wkbScanner) body(order binary.ByteOrder, kind uint32, stride int) error {
	smallest := 4 // an empty ring
	if kind == wkbMultiPolygon {
		smallest = 9 // an empty polygon
	}
	n, err := s.count(order, smallest)
	if err != nil {
		return err
	}
	for range n {
		if kind == wkbMultiPolygon {
			err = s.geometry(wkbPolygon)
		} else {
			err = s.ring(order, stride)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *wkbScanner) ring(order binary.ByteOrder, stride int) error {
	n, err := s.count(order, 8*stride)
	if err != nil {
		return err
	}
	if s.points += int(n); s.points > maxShapePoints {
		return tooManyPoints(s.points)
	}
	for k := 0; k < int(n)*stride; k++ {
		if f := math.Float64frombits(order.Uint64(s.rest[8*k:])); math.IsNaN(f) && k%stride < 2 {
			return fmt.Errorf("point %d is not a number", k/stride+1)
		}
	}
	s.rest = s.rest[8*stride*int(n):]
	return nil
}

func (s *wkbScanner) order() (binary.ByteOrder, error) {
	if len(s.rest) == 0 {
		return nil, fmt.Errorf("ends early")
	}
	first := s.rest[0]
	s.rest = s.rest[1:]
	switch first {
	case 0:
		return binary.BigEndian, nil
	case 1:
		return binary.LittleEndian, nil
	}
	return nil, fmt.Errorf("byte order %d is neither 0 nor 1", first)
}

// count reads a 32-bit number of things that take at least size bytes each.
func (s *wkbScanner) count(order binary.ByteOrder, size int) (uint32, error) {
	if len(s.rest) < 4 {
		return 0, fmt.Errorf("ends early")
	}
	n := order.Uint32(s.rest)
	s.rest = s.rest[4:]
	if int64(n)*int64(size) > int64(len(s.rest)) {
		return 0, fmt.Errorf("announces %d items, more than its bytes can hold", n)
	}
	return n, nil
}
