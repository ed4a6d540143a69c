package layerfile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// The shape types of a shapefile that are read: nothing, and areas without and with heights or measures.
const (
	shpNull     = 0
	shpPolygon  = 5
	shpPolygonZ = 15
	shpPolygonM = 25
)

const (
	shpHeaderBytes = 100
	shpMagic       = 9994
	shpVersion     = 1000
)

// shpScanner streams the areas of a .shp, record by record.
type shpScanner struct {
	r       *bufio.Reader
	limits  Limits
	kind    int32
	records int
	buf     []byte
	flat    bool // heights or measures were dropped
	turned  int  // records with rings running the wrong way
}

func newSHP(f io.Reader, limits Limits) (*shpScanner, error) {
	s := &shpScanner{r: bufio.NewReaderSize(f, 64<<10), limits: limits}
	var head [shpHeaderBytes]byte
	if _, err := io.ReadFull(s.r, head[:]); err != nil {
		return nil, fatal(RuleFormat, "the .shp is shorter than its header", "Copy or export it again.")
	}
	if binary.BigEndian.Uint32(head[0:]) != shpMagic || binary.LittleEndian.Uint32(head[28:]) != shpVersion {
		return nil, fatal(RuleFormat, "this is no shapefile", "Give it its true extension, or export it again.")
	}
	switch s.kind = int32(binary.LittleEndian.Uint32(head[32:])); s.kind {
	case shpNull, shpPolygon:
	case shpPolygonZ, shpPolygonM:
		s.flat = true
	default:
		return nil, fatal(RuleShape, "the shapefile holds "+shpKindName(s.kind)+", not areas", "Export polygons.")
	}
	return s, nil
}

func shpKindName(kind int32) string {
	names := map[int32]string{1: "points", 3: "lines", 8: "points", 11: "points", 13: "lines", 18: "points", 21: "points", 23: "lines", 28: "points", 31: "surfaces"}
	if n, ok := names[kind]; ok {
		return n
	}
	return fmt.Sprintf("shapes of type %d", kind)
}

// next returns the next area in the file's coordinates, nil for an empty record, or io.EOF.
func (s *shpScanner) next() (geo.Shape, error) {
	var head [8]byte
	n, err := io.ReadFull(s.r, head[:])
	if errors.Is(err, io.EOF) && n == 0 {
		return nil, io.EOF
	}
	s.records++
	if err != nil {
		return nil, s.broken("the .shp ends inside a record", "Copy or export it again.")
	}
	length := 2 * int64(int32(binary.BigEndian.Uint32(head[4:])))
	if length < 4 || length > int64(s.limits.RecordBytes) {
		return nil, s.broken(fmt.Sprintf("a record claims %d bytes", length), "Export it again.")
	}
	if err := s.fill(int(length)); err != nil {
		return nil, err
	}
	return s.area(s.buf)
}

// fill reads a record in steps, so that a length that lies costs no memory.
func (s *shpScanner) fill(length int) error {
	s.buf = s.buf[:0]
	for len(s.buf) < length {
		step := min(length-len(s.buf), 1<<20)
		at := len(s.buf)
		s.buf = append(s.buf, make([]byte, step)...)
		if _, err := io.ReadFull(s.r, s.buf[at:]); err != nil {
			return s.broken("the .shp ends inside a record", "Copy or export it again.")
		}
	}
	return nil
}

func (s *shpScanner) broken(message, remedy string) error {
	return &Error{Row: s.records, Rule: RuleSyntax, Message: message, Remedy: remedy, Fatal: true}
}

// bad is about one record; the next can be read.
func (s *shpScanner) bad(message string) error {
	return &Error{Row: s.records, Rule: RuleShape, Message: message, Remedy: "Repair or export the shape again."}
}

// area reads a polygon: box, number of rings and points, where each ring begins, points.
func (s *shpScanner) area(b []byte) (geo.Shape, error) {
	kind := int32(binary.LittleEndian.Uint32(b))
	if kind == shpNull {
		return nil, nil
	}
	if kind != s.kind {
		return nil, s.bad("the record's type is not the file's")
	}
	const fixed = 4 + 32 + 4 + 4
	if len(b) < fixed {
		return nil, s.bad("the record is too short for an area")
	}
	rings, points := int64(binary.LittleEndian.Uint32(b[36:])), int64(binary.LittleEndian.Uint32(b[40:]))
	if rings > points || fixed+4*rings+16*points > int64(len(b)) {
		return nil, s.bad(fmt.Sprintf("the record claims %d rings and %d points, more than it holds", rings, points))
	}
	starts, coordinates := b[fixed:fixed+4*rings], b[fixed+4*rings:]
	list := make([]orb.Ring, rings)
	for i := range list {
		from, to := int64(binary.LittleEndian.Uint32(starts[4*i:])), points
		if i+1 < len(list) {
			to = int64(binary.LittleEndian.Uint32(starts[4*i+4:]))
		}
		if from > to || to > points {
			return nil, s.bad("the rings are out of order")
		}
		list[i] = ringOf(coordinates[16*from : 16*to])
	}
	shape, turned := assemble(list)
	if turned {
		s.turned++
	}
	return shape, nil
}

// ringOf reads points and closes the ring where the file left it open.
func ringOf(b []byte) orb.Ring {
	ring := make(orb.Ring, 0, len(b)/16+1)
	for ; len(b) >= 16; b = b[16:] {
		ring = append(ring, orb.Point{float(b), float(b[8:])})
	}
	if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
		ring = append(ring, ring[0])
	}
	return ring
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }
